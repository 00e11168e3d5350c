#include "store/faulty_disk.h"

#include <optional>

#include "store/pages.h"
#include "store/snapshot_archive.h"
#include "store/sqlite.h"
#include "support/files.h"
#include "support/sanitized.h"

using namespace qanat;
using namespace qanat::test;
using store::Access;
using store::Database;
using store::SnapshotArchive;
using store::Store;
using Fault = FaultyDisk::Fault;

namespace {

/// Every n-th operation is tried; under AddressSanitizer fewer of them.
constexpr int kStep = kSanitized ? 7 : 1;

/// Nothing is half there: as many posts as whole pages have, each once.
void check_whole(const std::string& path, std::int64_t at_least) {
  Store store = must(Store::open(path, Access::read_only, kNoPatience));
  const auto posts = static_cast<std::int64_t>(selected(store, {}).size());
  CHECK(posts % kPostsPerPage == 0);
  CHECK(posts >= at_least * kPostsPerPage);
  Database database = must(Database::open(path, Database::Mode::read_only, kNoPatience));
  CHECK(must(database.value<std::string>("PRAGMA integrity_check")) == "ok");
}

/// Keeps pages until the disk fails at the `operations`-th write, then mends it and goes on.
/// Whether it failed at all.
bool fails_and_goes_on(FaultyDisk& disk, int operations, Fault fault) {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  std::int64_t kept = 0;
  std::optional<Error> error;
  {
    Store store = new_store(path);
    disk.fail_after(operations, fault);
    for (; kept < 4 && !error; ++kept) {
      const auto done = store.keep_page(numbered_page(kept), kMonday);
      if (!done) error = done.error();
    }
    if (error) --kept;  // the last one was not acknowledged
    disk.mend();
    if (error) {
      CHECK(error->code == Errc::storage);
      CHECK(error->message.find(path) != std::string::npos);
      must(store.keep_page(numbered_page(kept), kMonday));
      ++kept;
    }
  }
  check_whole(path, kept);
  return error.has_value();
}

void try_every(Fault fault) {
  FaultyDisk disk;
  int failed = 0;
  for (int operations = 0;; operations += kStep) {
    CAPTURE(operations);
    if (!fails_and_goes_on(disk, operations, fault)) break;
    ++failed;
  }
  CHECK(failed * kStep >= 4);
}

}  // namespace

TEST_CASE("a disk that is full at any write fails the page as storage, loses nothing, and goes on",
          "[disk]") {
  try_every(Fault::full);
}

TEST_CASE("a disk that fails at any write does the same", "[disk]") { try_every(Fault::writing); }

TEST_CASE("a disk that does not take what was written does the same", "[disk]") {
  try_every(Fault::syncing);
}

TEST_CASE("an archive on a disk that fails keeps what it acknowledged, byte by byte", "[disk]") {
  FaultyDisk disk;
  for (const Fault fault : {Fault::full, Fault::writing, Fault::syncing}) {
    for (int operations = 0;; operations += kStep) {
      CAPTURE(static_cast<int>(fault), operations);
      const TemporaryFolder folder;
      auto archive = must(SnapshotArchive::open(folder.file("archive"), folder.file("qanat.db")));
      const auto keep = [&](const std::string& body) {
        return archive.keep({.channel = channel("some_channel"),
                             .url = "https://t.me/s/some_channel",
                             .fetched_at = kMonday,
                             .status = 200,
                             .headers = "",
                             .body = body});
      };
      const std::string first = must(keep("the first page"));
      disk.fail_after(operations, fault);
      const auto second = keep("the second page");
      disk.mend();

      CHECK(must(archive.body(first)) == "the first page");
      if (!second) CHECK(second.error().code == Errc::storage);
      const std::string again = must(keep("the second page"));
      CHECK(must(archive.body(again)) == "the second page");
      CHECK(must(archive.verify("2026-07", [](const std::string& what) { FAIL(what); })) == 2);
      if (second) break;
    }
  }
}
