#include "store/snapshot_archive.h"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>

#include <sys/resource.h>

#include "base/sha256.h"
#include "store/child.h"
#include "store/pages.h"
#include "store/sqlite.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;
using store::Database;
using store::Snapshot;
using store::SnapshotArchive;

namespace fs = std::filesystem;

namespace {

Snapshot snapshot(std::string body, Instant fetched_at = kMonday) {
  return {.channel = channel("some_channel"),
          .url = "https://t.me/s/some_channel",
          .fetched_at = fetched_at,
          .status = 200,
          .headers = "content-type: text/html\r\n",
          .body = std::move(body)};
}

Database month(const std::string& path) {
  return must(Database::open(path, Database::Mode::read_write, std::chrono::milliseconds(0)));
}

std::int64_t number(Database& database, std::string_view sql) {
  return must(database.value<std::int64_t>(sql)).value_or(-1);
}

/// Bytes that zstd cannot make smaller.
std::string noise(std::size_t size) {
  std::string bytes;
  for (unsigned state = 1; bytes.size() < size; state = state * 1664525U + 1013904223U) {
    bytes.push_back(static_cast<char>(state >> 24U));
  }
  return bytes;
}

}  // namespace

TEST_CASE("fetched bytes come back as they were, by their name", "[archive]") {
  const TemporaryFolder folder;
  SnapshotArchive archive = must(SnapshotArchive::open(folder.file("a/b"), folder.file("q.db")));

  for (const std::string& body :
       {std::string("<html>Привет</html>"), std::string(), noise(100'000), std::string(5, '\0')}) {
    const std::string name = must(archive.keep(snapshot(body)));

    CHECK(name == "sha256:" + sha256_hex(body));
    CHECK(must(archive.body(name)) == body);
    SnapshotArchive again = must(SnapshotArchive::open(folder.file("a/b"), folder.file("q.db")));
    CHECK(must(again.body(name)) == body);
  }
  CHECK_FALSE(must(archive.body("sha256:" + sha256_hex("never fetched"))));
  CHECK_FALSE(must(archive.body("no name at all")));
}

TEST_CASE("the same bytes are stored once, each fetch of them is told", "[archive]") {
  const TemporaryFolder folder;
  SnapshotArchive archive =
      must(SnapshotArchive::open(folder.path().string(), folder.file("q.db")));

  must(archive.keep(snapshot("same")));
  must(archive.keep(snapshot("same", kTuesday)));

  Database file = month(folder.file("archive-202607.db"));
  CHECK(number(file, "SELECT count(*) FROM body") == 1);
  CHECK(number(file, "SELECT count(*) FROM fetch") == 2);
  CHECK(number(file,
               "SELECT count(*) FROM fetch WHERE channel = 'some_channel' AND status = 200"
               " AND url = 'https://t.me/s/some_channel' AND headers LIKE 'content-type:%'") == 2);
}

TEST_CASE("each month has its file, so that an old one can be deleted", "[archive]") {
  const TemporaryFolder folder;
  SnapshotArchive archive =
      must(SnapshotArchive::open(folder.path().string(), folder.file("q.db")));
  const std::string july = must(archive.keep(snapshot("july")));
  const std::string august =
      must(archive.keep(snapshot("august", kMonday + std::chrono::days(20))));

  CHECK(fs::exists(folder.file("archive-202607.db")));
  CHECK(fs::exists(folder.file("archive-202608.db")));
  CHECK(must(archive.body(july)) == "july");
  CHECK(must(archive.body(august)) == "august");
}

TEST_CASE("a month that was moved away is not written to, but made anew in its place",
          "[archive]") {
  const TemporaryFolder folder;
  SnapshotArchive archive = must(SnapshotArchive::open(folder.file("pages"), folder.file("q.db")));
  const std::string before = must(archive.keep(snapshot("before")));
  fs::rename(folder.file("pages"), folder.file("elsewhere"));

  CHECK(error_of(archive.keep(snapshot("nowhere"))).code == Errc::storage);

  fs::create_directory(folder.file("pages"));
  const std::string after = must(archive.keep(snapshot("after")));
  SnapshotArchive moved =
      must(SnapshotArchive::open(folder.file("elsewhere"), folder.file("q.db")));
  CHECK(must(moved.body(before)) == "before");
  SnapshotArchive here = must(SnapshotArchive::open(folder.file("pages"), folder.file("q.db")));
  CHECK(must(here.body(after)) == "after");
}

TEST_CASE("damaged bytes are never handed out", "[archive]") {
  const TemporaryFolder folder;
  SnapshotArchive archive =
      must(SnapshotArchive::open(folder.path().string(), folder.file("q.db")));
  const std::string one = must(archive.keep(snapshot("one")));
  const std::string two = must(archive.keep(snapshot("two")));
  const std::string three = must(archive.keep(snapshot("three")));
  {
    Database file = month(folder.file("archive-202607.db"));
    // A whole frame of other bytes; a cut frame; a size that is not true.
    must(
        file.run("UPDATE body SET frame = (SELECT frame FROM body WHERE sha256 = ?1)"
                 " WHERE sha256 = ?2",
                 sha256_hex("two"),
                 sha256_hex("one")));
    must(file.run("UPDATE body SET frame = substr(frame, 1, 6) WHERE sha256 = ?1",
                  sha256_hex("two")));
    must(file.run("UPDATE body SET size = 1000000000000 WHERE sha256 = ?1", sha256_hex("three")));
  }

  for (const std::string& name : {one, two, three}) {
    const Error error = error_of(archive.body(name));
    CHECK(error.code == Errc::storage_unusable);
    CHECK(error.message.find(name + " is damaged") != std::string::npos);
  }
}

TEST_CASE("a file that is no archive is refused by name", "[archive]") {
  const TemporaryFolder folder;
  std::ofstream(folder.file("archive-202607.db")) << std::string(5000, 'x');
  SnapshotArchive archive =
      must(SnapshotArchive::open(folder.path().string(), folder.file("q.db")));

  const Error error = error_of(archive.keep(snapshot("page")));

  CHECK(error.code == Errc::storage_unusable);
  CHECK(error.message.starts_with(folder.file("archive-202607.db")));
  CHECK(
      error_of(SnapshotArchive::open(folder.file("archive-202607.db"), folder.file("q.db"))).code ==
      Errc::storage);
}

TEST_CASE("a full disk fails the snapshot and leaves the archive whole", "[archive]") {
  const TemporaryFolder folder;
  const std::string path = folder.path().string();
  const std::string name =
      must(must(SnapshotArchive::open(path, folder.file("q.db"))).keep(snapshot("before")));

  const int code = in_child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = 200'000;
    setrlimit(RLIMIT_FSIZE, &limit);
    auto archive = SnapshotArchive::open(path, folder.file("q.db"));
    const auto kept = archive->keep(snapshot(noise(400'000)));
    if (kept || kept.error().code != Errc::storage) return 1;
    return archive->keep(snapshot("small")) ? 0 : 2;
  });

  CHECK(code == 0);
  SnapshotArchive archive = must(SnapshotArchive::open(path, folder.file("q.db")));
  CHECK(must(archive.body(name)) == "before");
  CHECK(must(archive.body("sha256:" + sha256_hex("small"))) == "small");
}
