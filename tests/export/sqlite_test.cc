#include "export/sqlite.h"

#include <csignal>
#include <filesystem>
#include <fstream>

#include <sys/resource.h>

#include "base/sha256.h"
#include "export/database_file.h"
#include "export/field_table.h"
#include "record/json.h"
#include "store/sqlite.h"
#include "support/files.h"
#include "tests/store/child.h"
#include "tests/store/pages.h"

using namespace qanat;
using namespace qanat::test;
using exporting::record_fields;
using exporting::write_sqlite;
using exporting::WrittenFile;
using record::Json;
using store::Database;

namespace fs = std::filesystem;

namespace {

Post post_of_some_channel(Post post) {
  post.id.channel = channel("some_channel");
  return post;
}

/// One post with every field, one with as few as can be.
store::Store store_with_full_post(const std::string& path) {
  store::Store store = new_store(path);
  must(store.keep_page(page("some_channel",
                            {judged(post_of_some_channel(full_post())),
                             judged("some_channel", 7, std::string("before\0behind", 13))}),
                       kMonday));
  return store;
}

Database opened(const std::string& path) {
  return must(Database::open(path, Database::Mode::read_only, store::kPatience));
}

/// A column of the post `id` as JSON.
Json column_of(Database& database, const exporting::Field& field, const std::string& id) {
  const std::string sql = "SELECT \"" + std::string(field.name) +
                          "\" FROM post WHERE id = ?1 AND \"" + std::string(field.name) +
                          "\" IS NOT NULL";
  auto rows = must(database.query(sql, id));
  if (!must(rows.next())) return nullptr;
  switch (field.type) {
    case exporting::FieldType::integer: return rows.get<std::int64_t>(0);
    case exporting::FieldType::number: return rows.get<double>(0);
    case exporting::FieldType::boolean: return rows.get<bool>(0);
    case exporting::FieldType::object:
    case exporting::FieldType::list: return Json::parse(rows.view(0));
    case exporting::FieldType::text:
    case exporting::FieldType::moment: break;
  }
  return rows.get<std::string>(0);
}

std::ptrdiff_t entries_of(const TemporaryFolder& folder) {
  return std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator());
}

}  // namespace

TEST_CASE("a database has a row a record, and each column is the JSON's value", "[sqlite]") {
  const TemporaryFolder folder;
  store::Store store = store_with_full_post(folder.file("q.db"));

  const WrittenFile written = must(write_sqlite(store, {}, folder.file("set.db")));

  const std::string bytes = read_file(folder.file("set.db"));
  CHECK(written.rows == 2);
  CHECK(written.bytes == static_cast<std::int64_t>(bytes.size()));
  CHECK(written.sha256 == sha256_hex(bytes));
  Database database = opened(folder.file("set.db"));
  must(store.for_each({}, [&](const Record& record) {
    const Json row = record::record_json(record);
    for (const exporting::Field& field : record_fields()) {
      INFO(field.name);
      CHECK(column_of(database, field, record.post.id.str()) == row[std::string(field.name)]);
    }
    return true;
  }));
}

TEST_CASE("a database tells its schema, parsers and rules", "[sqlite]") {
  const TemporaryFolder folder;
  store::Store store = store_with_full_post(folder.file("q.db"));

  must(write_sqlite(store, {}, folder.file("set.db")));

  Database database = opened(folder.file("set.db"));
  const auto value = [&](const std::string& key) {
    return must(database.value<std::string>("SELECT value FROM metadata WHERE key = ?1", key));
  };
  CHECK(value("qanat.schema") == "qanat.post/1");
  CHECK(value("qanat.parsers") == "1");
  CHECK(value("qanat.rulesets") == "sha256:abc");
  CHECK(must(database.value<std::int64_t>("PRAGMA user_version")) == 1);
}

TEST_CASE("a database says whether personal data was taken out, and why not", "[sqlite]") {
  const TemporaryFolder folder;
  store::Store store = store_with_full_post(folder.file("q.db"));

  must(write_sqlite(store, {.not_redacted_because = "all agreed"}, folder.file("set.db")));

  Database database = opened(folder.file("set.db"));
  const auto value = [&](const std::string& key) {
    return must(database.value<std::string>("SELECT value FROM metadata WHERE key = ?1", key));
  };
  CHECK(value("qanat.redacted") == "false");
  CHECK(value("qanat.not_redacted_because") == "all agreed");
}

TEST_CASE("the same store gives the same database, which replaces the older one", "[sqlite]") {
  const TemporaryFolder folder;
  const TemporaryFolder out;
  store::Store store = store_with_full_post(folder.file("q.db"));

  const WrittenFile one = must(write_sqlite(store, {}, out.file("set.db")));
  const WrittenFile two = must(write_sqlite(store, {}, out.file("set.db")));

  CHECK(one == two);
  CHECK(entries_of(out) == 1);
}

TEST_CASE(
    "a database that somebody has open is not replaced: its log would be played into the next",
    "[sqlite]") {
  const TemporaryFolder folder;
  const TemporaryFolder out;
  store::Store store = store_with_full_post(folder.file("q.db"));
  const std::string set = out.file("set.db");
  for (const std::string ending : {"-wal", "-shm", "-journal"}) {
    must(write_sqlite(store, {}, set));
    const std::string before = read_file(set);
    std::ofstream(set + ending) << "of another database\n";

    const Error error = error_of(write_sqlite(store, {}, set));

    CHECK(error.code == Errc::usage);
    CHECK(error.message.starts_with(set + ending + ": "));
    CHECK(read_file(set) == before);
    CHECK(entries_of(out) == 2);
    fs::remove(set + ending);
  }
}

TEST_CASE("a database that was opened while it was written anew stays as it is", "[sqlite]") {
  const TemporaryFolder out;
  const std::string set = out.file("set.db");
  auto file = must(exporting::DatabaseFile::create(set, {}));
  std::ofstream(set + "-wal") << "of another database\n";

  CHECK(error_of(file.finish()).code == Errc::usage);
  CHECK_FALSE(fs::exists(set));
}

TEST_CASE("a database that does not fit leaves the older one, and nothing else", "[sqlite]") {
  const TemporaryFolder folder;
  const TemporaryFolder out;
  store::Store store = new_store(folder.file("q.db"));
  std::vector<store::JudgedPost> posts;
  for (MessageId id = 1; id <= 300; ++id) {
    posts.push_back(judged("some_channel", id, std::string(1000, 'a')));
  }
  must(store.keep_page(page("some_channel", posts), kMonday));
  std::ofstream(out.file("set.db")) << "last night's\n";

  const int code = in_child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{.rlim_cur = 100'000, .rlim_max = RLIM_INFINITY};
    setrlimit(RLIMIT_FSIZE, &limit);
    const auto written = write_sqlite(store, {}, out.file("set.db"));
    return !written && written.error().code == Errc::storage ? 0 : 1;
  });

  CHECK(code == 0);
  CHECK(read_file(out.file("set.db")) == "last night's\n");
  CHECK(entries_of(out) == 1);
}

TEST_CASE("a database is a plain file", "[sqlite]") {
  const TemporaryFolder folder;
  store::Store store = store_with_full_post(folder.file("q.db"));

  for (const std::string name : {"-", "/dev/null", "set.db.zst", "set.db.gz"}) {
    CHECK(error_of(write_sqlite(store, {}, name)).code == Errc::usage);
  }
  CHECK(error_of(write_sqlite(store, {}, folder.file("none/set.db"))).code == Errc::storage);
}
