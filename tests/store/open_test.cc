#include <filesystem>
#include <fstream>

#include "store/child.h"
#include "store/pages.h"
#include "store/schema.h"
#include "store/sqlite.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;
using store::Access;
using store::Database;
using store::Store;

namespace fs = std::filesystem;

namespace {

void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

/// Runs SQL on a file as another program would.
void alter(const std::string& path, const std::string& sql) {
  auto database = must(Database::open(path, Database::Mode::create, kNoPatience));
  must(database.script(sql));
}

/// Opening is refused with this code and words, and the file's bytes stay.
void check_refused(const std::string& path, Errc code, const std::string& words) {
  const std::string before = read_file(path);
  for (const Access access : {Access::read_only, Access::read_write}) {
    const Error error = error_of(Store::open(path, access, kNoPatience));
    INFO(error.message);
    CHECK(error.code == code);
    CHECK(error.message.starts_with(path + ": "));
    CHECK(error.message.find(words) != std::string::npos);
  }
  CHECK(read_file(path) == before);
}

}  // namespace

TEST_CASE("a missing database is told with the way to make one", "[open]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");

  const Error error = error_of(Store::open(path, Access::read_write));

  CHECK(error.code == Errc::usage);
  CHECK(error.message == path + ": no such file; create a database with `qanat init`");
  CHECK_FALSE(fs::exists(path));
  CHECK(error_of(Store::open(folder.path().string(), Access::read_only)).code == Errc::usage);
}

TEST_CASE("a text file is not a database", "[open]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("notes.txt");
  write_file(path, std::string(8000, 'x'));

  check_refused(path, Errc::storage_unusable, "file is not a database");
}

TEST_CASE("another program's database is refused and left alone", "[open]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("other.db");
  alter(path, "CREATE TABLE bookmarks (url TEXT); PRAGMA user_version = 1;");

  check_refused(path, Errc::storage_unusable, "another program's file");
}

TEST_CASE("a database of a newer version is refused and left alone", "[open]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  {
    const Store store = new_store(path);
  }
  alter(path, "PRAGMA user_version = 99;");

  check_refused(
      path,
      Errc::storage_unusable,
      "has version 99, this qanat reads version " + std::to_string(store::kStoreSchema.version()));
}

TEST_CASE("a damaged database says so and names the backup", "[open]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  {
    Store store = new_store(path);
    std::vector<store::JudgedPost> posts;
    for (MessageId id = 1; id <= 200; ++id) {
      posts.push_back(judged("some_channel", id, std::string(500, 'a')));
    }
    must(store.keep_page(page("some_channel", posts), kMonday));
  }
  {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    const std::string damage(fs::file_size(path) - 4096, '\x5a');
    file.seekp(4096);
    file << damage;
  }

  auto store = Store::open(path, Access::read_only);
  const Error error =
      store ? error_of(store->for_each({}, [](const Record&) { return true; })) : store.error();

  INFO(error.message);
  CHECK(error.code == Errc::storage_unusable);
  CHECK(error.message.starts_with(path + ": "));
  CHECK(error.message.find("backup") != std::string::npos);
}

TEST_CASE("a write waits for another writer, then says try later", "[open]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  {
    const Store store = new_store(path);
  }
  auto other = must(Database::open(path, Database::Mode::read_write, kNoPatience));
  auto held = must(store::Transaction::begin(other));
  Store store = must(Store::open(path, Access::read_write, kNoPatience));

  const Error error = error_of(store.keep_page(page("some_channel", {}), kMonday));

  CHECK(error.code == Errc::storage_busy);
  CHECK(error.message.find("try again") != std::string::npos);
  CHECK(must(store.channels()).size() == 1);  // reading goes on
  must(held.commit());
  must(store.keep_page(page("some_channel", {}), kMonday));
}

TEST_CASE("a database that another process holds alone is busy", "[open]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  {
    const Store store = new_store(path);
  }
  auto other = must(Database::open(path, Database::Mode::read_write, kNoPatience));
  must(other.run("PRAGMA locking_mode = EXCLUSIVE"));
  must(other.script("BEGIN EXCLUSIVE; COMMIT;"));

  CHECK(error_of(Store::open(path, Access::read_write, kNoPatience)).code == Errc::storage_busy);
}

TEST_CASE("a read-only file or folder cannot be opened for writing", "[open]") {
  const auto [file, directory] = GENERATE(
      // A read-only file in an open folder; an open file in a read-only folder.
      std::pair{fs::perms{0444}, fs::perms{0777}},
      std::pair{fs::perms{0666}, fs::perms{0555}});
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  {
    const Store store = new_store(path);
  }
  fs::permissions(path, file);
  fs::permissions(folder.path(), directory);

  const int code = in_child_without_privileges([&] {
    const auto opened = Store::open(path, Access::read_write, kNoPatience);
    if (opened) return 1;
    const bool told =
        opened.error().message.find("give this user write permission") != std::string::npos;
    return opened.error().code == Errc::storage && told ? 0 : 2;
  });

  CHECK(code == 0);
  fs::permissions(folder.path(), fs::perms::owner_all);
}

TEST_CASE("a store opened for reading refuses every write", "[open]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  {
    const Store store = new_store(path);
  }
  Store store = must(Store::open(path, Access::read_only));

  CHECK(error_of(store.keep_page(page("some_channel", {}), kMonday)).code == Errc::storage);
  CHECK(error_of(store.add_channel(channel("other"), kMonday)).code == Errc::storage);
  CHECK(error_of(store.keep_gate({})).code == Errc::storage);
}

TEST_CASE("create never touches a file that is there", "[open]") {
  const TemporaryFolder folder;
  const std::string text = folder.file("notes.txt");
  const std::string database = folder.file("q.db");
  write_file(text, "my notes");
  {
    const Store store = new_store(database);
  }

  for (const std::string& path : {text, database}) {
    const std::string before = read_file(path);
    CHECK(error_of(Store::create(path)).code == Errc::usage);
    CHECK(read_file(path) == before);
  }
}

TEST_CASE("create takes over what a killed create left", "[open]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  alter(path, "PRAGMA journal_mode = WAL");

  Store store = new_store(path);

  CHECK(must(store.channels()).size() == 1);
}

TEST_CASE("create in a folder that is not there names it", "[open]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("none/q.db");

  const Error error = error_of(Store::create(path));

  CHECK(error.code == Errc::storage);
  CHECK(error.message.starts_with(path + ": unable to open database file"));
}

TEST_CASE("the file is what the documentation promises", "[open]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  {
    const Store store = new_store(path);
  }
  auto database = must(Database::open(path, Database::Mode::read_write, kNoPatience));

  const auto text = [&](const char* sql) { return must(database.value<std::string>(sql)).value(); };
  CHECK(text("PRAGMA application_id") == "1902210676");
  CHECK(text("PRAGMA user_version") == std::to_string(store::kStoreSchema.version()));
  CHECK(text("PRAGMA journal_mode") == "wal");
  CHECK(text("PRAGMA synchronous") == "2");
  CHECK(text("PRAGMA foreign_keys") == "1");
  CHECK(text("PRAGMA trusted_schema") == "0");
  CHECK(text("PRAGMA journal_size_limit") == "67108864");
  CHECK(text("SELECT count(*) FROM pragma_table_list"
             " WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'"
             " AND strict = 0") == "0");
}
