#include "store/store_figures.h"

#include "store/pages.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;
using store::FiguresReader;
using store::Store;

TEST_CASE("the figures of a database are those of its channels and files", "[figures]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  Store store = must(Store::create(path));
  FiguresReader reader = must(FiguresReader::open(path));
  CHECK(must(reader.read()).channels.empty());
  CHECK_FALSE(must(reader.read()).oldest_due);
  for (const char* name : {"room_one", "room_two", "room_three"}) {
    must(store.add_channel(channel(name), kTuesday));
  }
  must(store.remove_channel(channel("room_three")));
  store::PageCommit commit = page("room_one", {judged("room_one", 9, "text")});
  commit.gap = store::Gap{.low = 1, .high = 8, .cause = "page budget"};
  commit.next_due_at = kMonday;
  must(store.keep_page(commit, kMonday));

  const auto figures = must(reader.read());

  CHECK(figures.channels == std::map<std::string, std::int64_t>{{"fresh", 1}, {"live", 1}});
  CHECK(figures.gaps == 1);
  CHECK(figures.oldest_due == kMonday);
  CHECK(figures.database_bytes > 0);
  CHECK(figures.log_bytes > 0);
}

TEST_CASE("the figures of what is no database are an error", "[figures]") {
  const TemporaryFolder folder;

  CHECK(error_of(FiguresReader::open(folder.file("absent.db"))).code == Errc::storage);
}
