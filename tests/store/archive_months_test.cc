#include <filesystem>
#include <fstream>

#include <sqlite3.h>

#include "store/frame.h"
#include "store/pages.h"
#include "store/snapshot_archive.h"
#include "store/sqlite.h"
#include "support/files.h"
#include "support/random.h"

using namespace qanat;
using namespace qanat::test;
using store::ArchivedFetch;
using store::Snapshot;
using store::SnapshotArchive;

namespace {

const Instant kJuly = parse_instant("2026-07-31T23:59:59Z").value();
const Instant kAugust = kJuly + std::chrono::seconds(1);

Snapshot snapshot(const std::string& name, Instant at, std::string body) {
  return {.channel = channel(name),
          .url = "https://t.me/s/" + name,
          .fetched_at = at,
          .status = 200,
          .headers = "HTTP/2 200\r\n",
          .body = std::move(body)};
}

/// July has two fetches of one page and one of another, August one fetch.
struct TwoMonths {
  TemporaryFolder folder;
  SnapshotArchive archive =
      must(SnapshotArchive::open(folder.file("archive"), folder.file("qanat.db")));
  std::string first = must(archive.keep(snapshot("some_channel", kJuly, "page one")));
  std::string again = must(archive.keep(snapshot("other_channel", kJuly, "page one")));
  std::string second = must(archive.keep(snapshot("some_channel", kJuly, "page two!")));
  std::string later = must(archive.keep(snapshot("some_channel", kAugust, "page three")));

  [[nodiscard]] std::filesystem::path file(const char* name) const {
    return folder.path() / "archive" / name;
  }
  std::vector<std::string> damage(const std::string& month) {
    std::vector<std::string> found;
    (void)must(archive.verify(month, [&](const std::string& what) { found.push_back(what); }));
    return found;
  }
  std::vector<ArchivedFetch> fetches(const std::string& month, std::optional<ChannelName> of = {}) {
    std::vector<ArchivedFetch> found;
    must(archive.for_each_fetch(month, of, [&](const ArchivedFetch& fetch) {
      found.push_back(fetch);
      return true;
    }));
    return found;
  }
};

}  // namespace

TEST_CASE("the archive's months are listed, the oldest first, with what they hold", "[archive]") {
  TwoMonths two;

  REQUIRE(must(two.archive.months()) == std::vector<std::string>{"2026-07", "2026-08"});
  const auto july = must(two.archive.summary("2026-07"));
  CHECK(july.name == "2026-07");
  CHECK(july.fetches == 3);
  CHECK(july.pages == 2);
  CHECK(july.bytes == 17);
  CHECK(july.file_bytes > 4096);
}

TEST_CASE("an archive of many months is read in little memory", "[archive]") {
  constexpr int kMonths = 6;
  constexpr int kPages = 8;
  constexpr std::int64_t kMemoryOfMonth = std::int64_t{1} << 20;
  TwoMonths two;
  Random random(7);
  for (int month = 0; month < kMonths; ++month) {
    for (int page = 0; page < kPages; ++page) {
      std::string noise(std::size_t{1} << 19, ' ');
      for (char& c : noise) c = static_cast<char>(random.below(256));
      const Instant at = kAugust + month * std::chrono::days(31);
      must(two.archive.keep(snapshot("some_channel", at, std::move(noise))));
    }
  }
  SnapshotArchive archive = SnapshotArchive::open_to_read(two.folder.file("archive"));
  const std::int64_t before = sqlite3_memory_used();

  for (const std::string& month : must(archive.months())) {
    (void)must(archive.verify(month, [](const std::string&) {}));
  }

  CHECK(sqlite3_memory_used() - before < (kMonths + 1) * kMemoryOfMonth);
}

TEST_CASE("the fetches of a month come in their order, of one channel where asked", "[archive]") {
  TwoMonths two;

  const auto all = two.fetches("2026-07");
  const auto some = two.fetches("2026-07", channel("some_channel"));

  REQUIRE(all.size() == 3);
  CHECK(all[0].snapshot == two.first);
  CHECK(all[1].snapshot == two.first);
  CHECK(all[1].channel == channel("other_channel"));
  CHECK(all[2].snapshot == two.second);
  CHECK(all[2].bytes == 9);
  CHECK(all[2].headers == "HTTP/2 200\r\n");
  CHECK(all[2].fetched_at == kJuly);
  CHECK(some.size() == 2);
}

TEST_CASE("a sound month verifies, page by page", "[archive]") {
  TwoMonths two;

  CHECK(must(two.archive.verify("2026-07", [](const std::string&) { FAIL("no damage"); })) == 2);
}

TEST_CASE("bytes that are not those of their name are found, and the others are still read",
          "[archive]") {
  TwoMonths two;
  {
    auto file = must(store::Database::open(two.file("archive-202607.db").string(),
                                           store::Database::Mode::read_write,
                                           std::chrono::milliseconds(0)));
    const std::string frame = store::compressed("page 0ne");
    must(file.run(
        "UPDATE body SET frame = ?1 WHERE sha256 = ?2", store::Blob{frame}, two.first.substr(7)));
  }

  const auto found = two.damage("2026-07");

  REQUIRE(found.size() == 1);
  CHECK(found[0].find(two.first + " is damaged") != std::string::npos);
  CHECK(two.damage("2026-08").empty());
}

TEST_CASE("a fetch whose page is gone is found", "[archive]") {
  TwoMonths two;
  {
    auto file = must(store::Database::open(two.file("archive-202607.db").string(),
                                           store::Database::Mode::read_write,
                                           std::chrono::milliseconds(0)));
    must(file.script("PRAGMA foreign_keys = OFF"));
    must(file.run("DELETE FROM body WHERE sha256 = ?1", two.second.substr(7)));
  }

  const auto found = two.damage("2026-07");

  REQUIRE(found.size() == 1);
  CHECK(found[0].find("1 fetches name a page that is not there") != std::string::npos);
}

TEST_CASE("a month that is removed is gone with its log, and the others stay", "[archive]") {
  TwoMonths two;

  must(two.archive.remove("2026-07"));

  CHECK(must(two.archive.months()) == std::vector<std::string>{"2026-08"});
  CHECK_FALSE(must(two.archive.body(two.first)));
  CHECK_FALSE(must(two.archive.has(two.first)));
  CHECK(must(two.archive.body(two.later)) == "page three");
  for (const auto& entry : std::filesystem::directory_iterator(two.folder.path() / "archive")) {
    CHECK(entry.path().filename().string().starts_with("archive-202608"));
  }
}

TEST_CASE("a month that was removed begins anew", "[archive]") {
  TwoMonths two;
  must(two.archive.remove("2026-08"));

  CHECK(must(two.archive.keep(snapshot("some_channel", kAugust, "page three"))) == two.later);
  CHECK(must(two.archive.has(two.later)));
}

TEST_CASE("an archive of an older version is read as it is, and upgraded when it is written to",
          "[archive]") {
  for (const int version : {1, 2}) {
    CAPTURE(version);
    TwoMonths two;
    const auto database = [&](store::Database::Mode mode) {
      return must(store::Database::open(two.file("archive-202607.db").string(), mode, kNoPatience));
    };
    const auto stored_version = [&] {
      auto file = database(store::Database::Mode::read_only);
      return must(file.value<std::int64_t>("PRAGMA user_version")).value();
    };
    {
      auto file = database(store::Database::Mode::read_write);
      must(
          file.script("DROP INDEX fetch_by_numeric_id; ALTER TABLE fetch DROP COLUMN numeric_id;"));
      if (version == 1) must(file.script("ALTER TABLE body DROP COLUMN erased_at"));
      must(file.script("PRAGMA user_version = " + std::to_string(version)));
    }
    auto reader = SnapshotArchive::open_to_read(two.folder.file("archive"));

    CHECK(must(reader.body(two.second)) == "page two!");
    CHECK(must(reader.has(two.first)));
    CHECK(must(reader.summary("2026-07")).pages == 2);
    CHECK(must(reader.verify("2026-07", [](const std::string& what) { FAIL(what); })) == 2);
    std::int64_t fetches = 0;
    must(reader.for_each_fetch("2026-07", {}, [&](const ArchivedFetch& fetch) {
      fetches += fetch.erased ? 100 : 1;
      return true;
    }));
    CHECK(fetches == 3);
    CHECK(stored_version() == version);

    auto writer = must(SnapshotArchive::open(two.folder.file("archive"), two.folder.file("q.db")));
    (void)must(writer.keep(snapshot("some_channel", kJuly, "page four")));
    CHECK(stored_version() == 3);
  }
}

TEST_CASE("a reader makes nothing of an archive, nor of a month that is blank", "[archive]") {
  TwoMonths two;
  std::ofstream(two.file("archive-202609.db")).flush();
  auto reader = SnapshotArchive::open_to_read(two.folder.file("archive"));

  CHECK(must(reader.summary("2026-09")).fetches == 0);
  CHECK(must(reader.body(two.later)) == "page three");

  CHECK(std::filesystem::file_size(two.file("archive-202609.db")) == 0);
  CHECK_FALSE(std::filesystem::exists(two.file("archive-202609.db-wal")));
  CHECK_FALSE(SnapshotArchive::open_to_read(two.folder.file("none")).months());
  CHECK_FALSE(std::filesystem::exists(two.folder.file("none")));
}
