#include <array>
#include <string>

#include "base/sha256.h"
#include "store/earlier_version.h"
#include "store/pages.h"
#include "store/run_lock.h"
#include "store/schema.h"
#include "store/sqlite.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;
using store::Access;
using store::Database;
using store::Schema;
using store::Store;

namespace {

Database connect(const std::string& path) {
  return must(Database::open(path, Database::Mode::create, kNoPatience));
}

/// The store's schema as it was at a version.
Schema store_at(std::size_t version) {
  Schema schema = store::kStoreSchema;
  schema.steps = schema.steps.first(version);
  return schema;
}

std::int64_t version_of(Database& database) {
  return must(database.value<std::int64_t>("PRAGMA user_version")).value();
}

/// Every table, index and view of a file, as SQL.
std::vector<std::string> objects(Database& database) {
  return must(database.list(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name",
      [](const store::Rows& rows) -> Result<std::string> { return rows.get<std::string>(0); }));
}

// A small schema with a past of three versions.
constexpr const char* kShelves =
    "CREATE TABLE shelf (id INTEGER PRIMARY KEY);"
    "CREATE TABLE book (title TEXT, shelf INTEGER REFERENCES shelf);";
constexpr const char* kAuthors = "ALTER TABLE book ADD author TEXT DEFAULT 'unknown';";
constexpr const char* kYears = "ALTER TABLE book ADD year INTEGER;";
constexpr const char* kRebuilt =
    "CREATE TABLE wide (id INTEGER PRIMARY KEY, width INTEGER);"
    "INSERT INTO wide SELECT id, 80 FROM shelf; DROP TABLE shelf;"
    "ALTER TABLE wide RENAME TO shelf;";
constexpr const char* kLoseShelves = "ALTER TABLE book ADD year INTEGER; DELETE FROM shelf;";

Schema library(std::span<const char* const> steps) {
  return {.application_id = 7, .noun = "library", .steps = steps};
}

/// A file of version 1 with one book on a shelf.
Database old_library(const std::string& path) {
  constexpr std::array kSteps{kShelves};
  Database database = connect(path);
  must(create_schema(database, library(kSteps)));
  must(database.script("INSERT INTO shelf VALUES (1); INSERT INTO book VALUES ('Emma', 1);"));
  return database;
}

}  // namespace

TEST_CASE("a database is not upgraded while somebody crawls with it", "[upgrade]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  Database old = connect(path);
  must(create_schema(old, store_at(1)));
  {
    const auto lock = must(store::RunLock::take(path));

    const Error error = error_of(Store::open(path, Access::read_write));

    CHECK(error.code == Errc::storage_busy);
    CHECK(error.message.find("another qanat crawls with it") != std::string::npos);
    CHECK(version_of(old) == 1);
  }
  CHECK(Store::open(path, Access::read_write));
  CHECK(version_of(old) == store::kStoreSchema.version());
}

TEST_CASE("a store that another qanat upgraded while it was open is not gone on with",
          "[upgrade]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  const Store open = must(Store::create(path));
  CHECK(open.check_in_place());

  must(connect(path).script("PRAGMA user_version = 99"));

  const Error error = error_of(open.check_in_place());
  CHECK(error.code == Errc::storage_replaced);
  CHECK(error.message.find("start qanat again") != std::string::npos);
}

TEST_CASE("a database of version 1 becomes what a new one is, and keeps its rows", "[upgrade]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  {
    Database old = connect(path);
    must(create_schema(old, store_at(1)));
    REQUIRE(version_of(old) == 1);
    must(
        old.script("INSERT INTO channel (name, followed, state, added_at)"
                   " VALUES ('some_channel', 1, 'fresh', 0)"));
  }

  {
    Store upgraded = must(Store::open(path, Access::read_write, kNoPatience));
    CHECK(must(upgraded.channels()).size() == 1);
    must(upgraded.keep_page(page("some_channel", {judged("some_channel", 1, "текст")}), kMonday));
  }

  must(Store::open(path, Access::read_only, kNoPatience));
  Database now = connect(path);
  Database fresh = connect(folder.file("new.db"));
  must(create_schema(fresh, store::kStoreSchema));
  CHECK(version_of(now) == store::kStoreSchema.version());
  CHECK(objects(now) == objects(fresh));
}

TEST_CASE("a step that databases were made with is never changed", "[upgrade]") {
  const auto hash = [](const Schema& schema, std::size_t step) {
    return sha256_hex(schema.steps[step]).substr(0, 16);
  };

  CHECK(hash(store::kStoreSchema, 0) == "7c42cc1b3167cdfd");
  CHECK(hash(store::kStoreSchema, 1) == "f5e65bbf487411c7");
  CHECK(hash(store::kStoreSchema, 2) == "7e8cb8c0e76b52cc");
  CHECK(hash(store::kStoreSchema, 3) == "d810744499d7b9ca");
  CHECK(hash(store::kStoreSchema, 4) == "26dbd0c6b3565c2f");
  CHECK(hash(store::kStoreSchema, 5) == "6c3088a6b484ec35");
  CHECK(hash(store::kStoreSchema, 6) == "52b5abb5dec8545d");
  CHECK(hash(store::kStoreSchema, 7) == "5401bfad20de7c59");
  CHECK(hash(store::kStoreSchema, 8) == "949dc9f8063afc9a");
  CHECK(hash(store::kStoreSchema, 9) == "b86a099c042b55f1");
  CHECK(hash(store::kStoreSchema, 10) == "50d4121f2402376d");
  CHECK(hash(store::kStoreSchema, 11) == "9318b7feb07d0a95");
  CHECK(hash(store::kStoreSchema, 12) == "178b3db0e659cc4b");
  CHECK(hash(store::kStoreSchema, 13) == "1b994382bb6c3f1b");
  CHECK(hash(store::kStoreSchema, 14) == "064ca1182d300055");
  CHECK(hash(store::kArchiveSchema, 0) == "6d3944222ba5b418");
  CHECK(hash(store::kArchiveSchema, 1) == "ff1c6b73b97f4e8b");
  CHECK(hash(store::kArchiveSchema, 2) == "38a50f5b1d011d3a");
}

TEST_CASE("channels of version 1 keep their state, their settled mark and their posts",
          "[upgrade]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  {
    Database old = connect(path);
    must(create_schema(old, store_at(1)));
    must(old.script(
        "INSERT INTO channel (id, name, followed, state, added_at, last_success_at, settled)"
        " VALUES (1, 'some_channel', 1, 'no_preview', 100, 200, 40),"
        " (2, 'other_channel', 1, 'fresh', 100, NULL, NULL);"
        "INSERT INTO gap VALUES (1, 3, 9, 'page budget', NULL, 200);"));
  }

  Store upgraded = must(Store::open(path, Access::read_write, kNoPatience));

  const auto row = must(upgraded.channel(channel("some_channel"))).value();
  CHECK(row.state == store::ChannelState::no_preview);
  CHECK(row.state_since == Instant(std::chrono::seconds(200)));
  CHECK(row.settled == 40);
  CHECK(must(upgraded.channel(channel("other_channel")))->state_since ==
        Instant(std::chrono::seconds(100)));
  CHECK(must(upgraded.gaps(channel("some_channel"))).size() == 1);
}

TEST_CASE("channels of version 9 keep all that is known of them, and their posts", "[upgrade]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  {
    Database old = connect(path);
    must(create_schema(old, store_at(9)));
    must(
        old.script("INSERT INTO channel VALUES (1, 'some_channel', 1, 'slow', 1, 'Title', 'User',"
                   " 'About', 'photo', 1, 1, 77, 2, 3, 4, 'error', 5, 0.5, 6, 7);"
                   "INSERT INTO gap VALUES (1, 3, 9, 'page budget', NULL, 200);"));
  }

  Store upgraded = must(Store::open(path, Access::read_write, kNoPatience));

  const auto row = must(upgraded.channel(channel("some_channel"))).value();
  CHECK(row.state == store::ChannelState::slow);
  CHECK(row.title == "Title");
  CHECK(row.numeric_id == 77);
  CHECK(row.failures == 5);
  CHECK(row.posts_per_day == 0.5);
  CHECK(row.next_due_at == Instant(std::chrono::seconds(6)));
  CHECK(row.settled == 7);
  CHECK(must(upgraded.gaps(channel("some_channel"))).size() == 1);
  must(upgraded.keep_page(page("some_channel", {judged("some_channel", 1, "текст")}), kMonday));
}

TEST_CASE("posts of version 10 keep their verdicts, and are judged and compared once more",
          "[upgrade]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  const store::JudgedUnder under{.ruleset = "sha256:abc", .profile = ""};
  {
    Store store = new_store(path);
    store::JudgedPost post = judged("some_channel", 7, "один");
    post.profile = under.profile;
    must(store.keep_page(page("some_channel", {post}), kMonday));
    REQUIRE(must(store.count_judged_under(channel("some_channel"), under)) == 1);
  }
  {
    Database old = connect(path);
    back_to_version_10(old);
    REQUIRE_FALSE(Store::open(path, Access::read_only, kNoPatience));
  }

  Store upgraded = must(Store::open(path, Access::read_write, kNoPatience));

  CHECK(selected(upgraded, {.labels = {Label::qa}}) == std::vector<std::string>{"some_channel/7"});
  CHECK(must(upgraded.count_judged_under(channel("some_channel"), under)) == 0);
  Database now = connect(path);
  Database fresh = connect(folder.file("new.db"));
  must(create_schema(fresh, store::kStoreSchema));
  CHECK(must(now.value<std::int64_t>("SELECT count(*) FROM clusters_outdated")) == 1);
  CHECK(objects(now) == objects(fresh));
}

TEST_CASE("removals of version 11 hold for the number of the channel, where the store knows it",
          "[upgrade]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  {
    Database old = connect(path);
    must(create_schema(old, store_at(11)));
    must(old.script(
        "INSERT INTO channel (name, followed, state, state_since, numeric_id, added_at)"
        " VALUES ('some_channel', 1, 'taken', 1, 77, 1);"
        "INSERT INTO removal (channel, message_id, removed_at, reason, finished_at)"
        " VALUES ('some_channel', 7, 2, 'she asked', 3), ('gone_channel', NULL, 2, '', 3);"));
  }

  Store upgraded = must(Store::open(path, Access::read_write, kNoPatience));

  const auto removals = must(upgraded.removals());
  REQUIRE(removals.size() == 2);
  CHECK_FALSE(removals[0].target.numeric_id);
  CHECK(removals[1].target ==
        store::RemovalTarget{.channel = channel("some_channel"), .post = 7, .numeric_id = 77});
  CHECK(must(upgraded.channel(channel("some_channel")))->state == store::ChannelState::taken);
  Database now = connect(path);
  Database fresh = connect(folder.file("new.db"));
  must(create_schema(fresh, store::kStoreSchema));
  CHECK(objects(now) == objects(fresh));
}

TEST_CASE("what version 13 read anew of a run's page is no import, what nobody's run fetched is",
          "[upgrade]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  {
    Store store = new_store(path);
    store::PageCommit crawled = page("some_channel", {judged("some_channel", 1, "один")});
    crawled.run = must(store.begin_run(kMonday));
    must(store.keep_page(crawled, kMonday));
    store::PageCommit imported = page("some_channel", {judged("some_channel", 2, "два")});
    imported.provenance.snapshot = "sha256:saved";
    must(store.keep_page(imported, kMonday));
  }
  {
    Database old = connect(path);
    must(
        old.script("INSERT INTO fetch (channel_id, fetched_at, host, snapshot, parser, posts)"
                   " SELECT channel_id, fetched_at, host, snapshot, '2', posts FROM fetch;"
                   "UPDATE post SET last_fetch_id = last_fetch_id + 2;"));
    back_to_version_10(old);
  }

  Store upgraded = must(Store::open(path, Access::read_write, kNoPatience));

  CHECK_FALSE(must(upgraded.find({.channel = channel("some_channel"), .message = 1}))->imported);
  CHECK(must(upgraded.find({.channel = channel("some_channel"), .message = 2}))->imported);
}

TEST_CASE("an upgrade runs the steps that are missing, in their order", "[upgrade]") {
  constexpr std::array kSteps{kShelves, kAuthors, kYears};
  const TemporaryFolder folder;
  Database database = old_library(folder.file("library.db"));

  must(upgrade_schema(database, library(kSteps)));

  CHECK(version_of(database) == 3);
  CHECK(must(database.value<std::string>("SELECT title || author || ifnull(year, '-') FROM book"))
            .value() == "Emmaunknown-");
}

TEST_CASE("a step may rebuild a table that others refer to", "[upgrade]") {
  constexpr std::array kSteps{kShelves, kRebuilt};
  const TemporaryFolder folder;
  Database database = old_library(folder.file("library.db"));

  must(upgrade_schema(database, library(kSteps)));

  CHECK(must(database.value<std::int64_t>(
            "SELECT width FROM book JOIN shelf ON shelf.id = book.shelf")) == 80);
  CHECK(must(database.value<std::int64_t>("PRAGMA foreign_keys")) == 1);
}

TEST_CASE("an upgrade that leaves rows without their partner changes nothing", "[upgrade]") {
  constexpr std::array kSteps{kShelves, kAuthors, kLoseShelves};
  const TemporaryFolder folder;
  Database database = old_library(folder.file("library.db"));
  const std::vector<std::string> before = objects(database);

  const Error error = error_of(upgrade_schema(database, library(kSteps)));

  CHECK(error.code == Errc::storage_unusable);
  CHECK(error.message.find("1 rows refer to missing rows") != std::string::npos);
  CHECK(version_of(database) == 1);
  CHECK(objects(database) == before);
  CHECK(must(database.value<std::int64_t>("PRAGMA foreign_keys")) == 1);
}

TEST_CASE("reading an older database tells how to upgrade it, and leaves it", "[upgrade]") {
  constexpr std::array kSteps{kShelves, kAuthors};
  const TemporaryFolder folder;
  Database database = old_library(folder.file("library.db"));

  const Error error = error_of(check_schema(database, library(kSteps)));

  CHECK(error.code == Errc::storage_unusable);
  CHECK(error.message.find("has version 1, this qanat reads version 2: back it up, then upgrade"
                           " it with a command that writes") != std::string::npos);
  CHECK(version_of(database) == 1);
}

TEST_CASE("an upgrade waits for another writer, then says try later", "[upgrade]") {
  constexpr std::array kSteps{kShelves, kAuthors};
  const TemporaryFolder folder;
  const std::string path = folder.file("library.db");
  Database other = old_library(path);
  auto held = must(store::Transaction::begin(other));
  Database database = connect(path);

  CHECK(error_of(upgrade_schema(database, library(kSteps))).code == Errc::storage_busy);

  must(held.commit());
  must(upgrade_schema(database, library(kSteps)));
  CHECK(version_of(other) == 2);
}
