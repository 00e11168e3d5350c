#include <filesystem>

#include "store/frame.h"
#include "store/pages.h"
#include "store/snapshot_archive.h"
#include "store/sqlite.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;
using store::Snapshot;
using store::SnapshotArchive;

namespace {

const Instant kJuneFetch = parse_instant("2026-06-30T02:00:00Z").value();
const Instant kJulyFetch = parse_instant("2026-07-01T02:00:00Z").value();
const Instant kRemovedAt = parse_instant("2026-07-15T00:00:00Z").value();

bool shows_irina(std::string_view bytes) { return bytes.contains("Irina"); }

/// A page whose compressed form has an incompressible middle: what to look for in the file.
std::string page_about(const std::string& what) {
  std::string body = what;
  std::uint32_t state = 1;
  for (const char c : what) state = state * 31 + static_cast<unsigned char>(c);
  for (int i = 0; i < 9000; ++i) {
    state = state * 1664525U + 1013904223U;
    body += static_cast<char>(state >> 24U);
  }
  return body;
}

/// June has a page that shows Irina and one that does not, July one that does.
struct Fetched {
  TemporaryFolder folder;
  SnapshotArchive archive =
      must(SnapshotArchive::open(folder.file("archive"), folder.file("qanat.db")));
  std::string irina = page_about("Irina's page");
  std::string first = must(archive.keep(snapshot(kJuneFetch, irina)));
  std::string other = must(archive.keep(snapshot(kJuneFetch, page_about("another page"))));
  std::string later = must(archive.keep(snapshot(kJulyFetch, irina + "later")));

  static Snapshot snapshot(Instant at, std::string body) {
    return {.channel = channel("some_channel"),
            .url = "https://t.me/s/some_channel",
            .fetched_at = at,
            .status = 200,
            .headers = "HTTP/2 200\r\n",
            .body = std::move(body)};
  }

  void erase() {
    must(archive.erase({.names = {channel("some_channel")}}, shows_irina, kRemovedAt));
  }

  /// Some bytes of what the archive would keep of a page, which stand in one piece on the disk.
  [[nodiscard]] bool is_on_disk(const std::string& body) const {
    const std::string piece = store::compressed(body).substr(300, 64);
    for (const auto& file : std::filesystem::directory_iterator(folder.path() / "archive")) {
      if (read_file(file.path()).contains(piece)) return true;
    }
    return false;
  }
  std::int64_t erased_fetches(const std::string& month) {
    std::int64_t erased = 0;
    must(archive.for_each_fetch(month, std::nullopt, [&](const store::ArchivedFetch& fetch) {
      erased += fetch.erased ? 1 : 0;
      return true;
    }));
    return erased;
  }
  std::vector<std::string> damage(const std::string& month) {
    std::vector<std::string> found;
    (void)must(archive.verify(month, [&](const std::string& what) { found.push_back(what); }));
    return found;
  }
};

}  // namespace

TEST_CASE("erased pages have no byte in any file of the archive, in whatever month", "[removal]") {
  Fetched world;
  REQUIRE(world.is_on_disk(world.irina));
  REQUIRE(must(world.archive.count_showing({.names = {channel("some_channel")}}, shows_irina)) ==
          2);

  world.erase();

  CHECK_FALSE(world.is_on_disk(world.irina));
  CHECK_FALSE(world.is_on_disk(world.irina + "later"));
  CHECK(world.is_on_disk(page_about("another page")));
  CHECK_FALSE(must(world.archive.body(world.first)));
  CHECK_FALSE(must(world.archive.has(world.later)));
  CHECK(must(world.archive.body(world.other)));
}

TEST_CASE("an archive with erased pages is whole, and still tells what was fetched", "[removal]") {
  Fetched world;

  world.erase();
  world.erase();

  CHECK(world.damage("2026-06").empty());
  CHECK(world.erased_fetches("2026-06") == 1);
  CHECK(world.erased_fetches("2026-07") == 1);
  CHECK(must(world.archive.summary("2026-06")).pages == 1);
  CHECK(must(world.archive.summary("2026-06")).fetches == 2);
}

TEST_CASE("pages of other channels stay, whatever they show", "[removal]") {
  Fetched world;

  must(world.archive.erase({.names = {channel("other_channel")}}, shows_irina, kRemovedAt));

  CHECK(must(world.archive.has(world.first)));
}

TEST_CASE("a channel's pages are found by its number, whatever its name was", "[removal]") {
  Fetched world;
  const auto keep = [&](const char* name, const char* body, std::int64_t number) {
    Snapshot snapshot = Fetched::snapshot(kJulyFetch, body);
    snapshot.channel = channel(name);
    snapshot.shown.numeric_id = number;
    return must(world.archive.keep(snapshot));
  };
  const std::string renamed = keep("new_name", "Irina under a new name", 77);
  const std::string taken = keep("some_channel", "Irina in the channel that took the name", 78);

  must(world.archive.erase(
      {.names = {channel("some_channel")}, .numeric_id = 77}, shows_irina, kRemovedAt));

  CHECK_FALSE(must(world.archive.has(renamed)));
  CHECK(must(world.archive.has(taken)));
  CHECK_FALSE(must(world.archive.has(world.first)));
}

TEST_CASE("a page that shows what was removed is kept by its name alone", "[removal]") {
  Fetched world;
  const std::string body = page_about("Irina once more");

  const auto name = must(world.archive.keep_erased(Fetched::snapshot(kJulyFetch, body)));

  CHECK_FALSE(must(world.archive.has(name)));
  CHECK_FALSE(world.is_on_disk(body));
  CHECK(world.erased_fetches("2026-07") == 1);
  CHECK(world.damage("2026-07").empty());
}

TEST_CASE("a page that comes again once it may be kept has its bytes again", "[removal]") {
  Fetched world;
  world.erase();

  must(world.archive.keep(Fetched::snapshot(kJuneFetch, world.irina)));

  CHECK(must(world.archive.body(world.first)) == world.irina);
  CHECK(world.erased_fetches("2026-06") == 0);
}

TEST_CASE("a damaged page is erased: nobody knows what it shows", "[removal]") {
  Fetched world;
  {
    auto month = must(store::Database::open(world.folder.file("archive/archive-202606.db"),
                                            store::Database::Mode::read_write,
                                            kNoPatience));
    must(month.script("UPDATE body SET frame = x'00'"));
  }

  world.erase();

  CHECK(world.damage("2026-06").empty());
  CHECK(must(world.archive.summary("2026-06")).pages == 0);
}
