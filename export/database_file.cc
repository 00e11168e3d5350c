#include "export/database_file.h"

#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "export/compression.h"
#include "export/field_table.h"
#include "export/file_digest.h"
#include "export/row_metadata.h"
#include "record/json.h"
#include "store/store.h"

namespace qanat::exporting {
namespace {

using store::Database;
using store::Value;

/// Nobody else sees the file yet, and half of one is thrown away: nothing to roll back to has to be
/// on the disk.
constexpr const char* kSettings = "PRAGMA journal_mode = MEMORY";

std::string_view column_type(FieldType type) {
  switch (type) {
    case FieldType::integer:
    case FieldType::boolean: return "INTEGER";
    case FieldType::number: return "REAL";
    case FieldType::text:
    case FieldType::moment:
    case FieldType::object:
    case FieldType::list: break;
  }
  return "TEXT";
}

/// user_version is that of the record's schema.
std::string create_tables() {
  std::string sql =
      "PRAGMA user_version = 1;"
      "CREATE TABLE metadata (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
      "CREATE TABLE post (";
  for (const Field& field : record_fields()) {
    sql += '"';
    sql += field.name;
    sql += "\" ";
    sql += column_type(field.type);
    sql += field.nullable ? ", " : " NOT NULL, ";
  }
  return sql + "PRIMARY KEY (id)) STRICT";
}

std::string insert_post() {
  std::string parameters;
  for (std::size_t i = 0; i < record_fields().size(); ++i) parameters += i == 0 ? "?" : ", ?";
  return "INSERT INTO post VALUES (" + parameters + ")";
}

/// A row's values in the order of its keys. Their texts live as long as this.
class RowValues {
 public:
  explicit RowValues(const record::Json& row) {
    texts_.reserve(row.size());
    for (const record::Json& value : row) values_.push_back(value_of(value));
  }

  [[nodiscard]] const std::vector<Value>& values() const { return values_; }

 private:
  Value value_of(const record::Json& value) {
    if (value.is_null()) return {};
    if (value.is_boolean()) return std::int64_t{value.get<bool>() ? 1 : 0};
    if (value.is_number_integer()) return value.get<std::int64_t>();
    if (value.is_number_float()) return value.get<double>();
    texts_.push_back(value.is_string() ? utf8::repaired(value.get_ref<const std::string&>())
                                       : record::dump_line(value));
    return std::string_view(texts_.back());
  }

  std::vector<std::string> texts_;  // never grows beyond what was reserved: values point into it
  std::vector<Value> values_;
};

Result<void> insert_metadata(Database& database, const FileMetadata& metadata) {
  for (const auto& [key, value] : metadata) {
    auto inserted = database.run("INSERT INTO metadata VALUES (?1, ?2)", key, value);
    if (!inserted) return inserted;
  }
  return {};
}

Error no_plain_file(const std::string& path) {
  return {.code = Errc::usage,
          .message = path + ": a database is a plain file: name one, without .zst and .gz"};
}

/// SQLite would play the log of the database that is there now into the one that takes its place.
Result<void> check_no_log(const std::string& path) {
  for (const char* ending : {"-wal", "-shm", "-journal"}) {
    const std::string log = path + ending;
    std::error_code error;
    if (!std::filesystem::exists(log, error)) continue;
    std::string problem = log;
    problem.append(": a program has ")
        .append(path)
        .append(
            " open, or was killed while it had: end it, or delete both files if none runs; or name "
            "another file");
    return fail(Errc::usage, std::move(problem));
  }
  return {};
}

}  // namespace

DatabaseFile::DatabaseFile(PartialFile partial, std::unique_ptr<Database> database)
    : partial_(std::move(partial)), database_(std::move(database)), insert_(insert_post()) {}

Result<DatabaseFile> DatabaseFile::create(const std::string& path, const Selection& selection) {
  if (path == "-" || compressor_for(path)) return fail(no_plain_file(path));
  auto partial = PartialFile::beside(path);
  if (!partial) return fail(partial.error());
  if (!*partial) return fail(no_plain_file(path));
  if (auto none = check_no_log((*partial)->target()); !none) return fail(none.error());
  // Its lock is the PartialFile's, which is one with SQLite's own on a network's disk.
  auto database = Database::open((*partial)->path(), Database::Mode::alone, store::kPatience);
  if (!database) return fail(database.error());
  if (auto set = database->script(kSettings); !set) return fail(set.error());
  DatabaseFile file(**std::move(partial), std::make_unique<Database>(*std::move(database)));
  auto transaction = store::Transaction::begin(*file.database_);
  if (!transaction) return fail(transaction.error());
  file.transaction_ = std::make_unique<store::Transaction>(*std::move(transaction));
  if (auto created = file.database_->script(create_tables()); !created) {
    return fail(created.error());
  }
  auto told = insert_metadata(*file.database_, redaction_metadata(selection));
  if (!told) return fail(told.error());
  return file;
}

Result<void> DatabaseFile::write(const Record& record) {
  ++rows_;
  fingerprints_.add(record);
  return database_->run_with(insert_, RowValues(record::record_json(record)).values());
}

Result<WrittenFile> DatabaseFile::finish() {
  if (auto told = insert_metadata(*database_, row_metadata(fingerprints_)); !told)
    return fail(told.error());
  if (auto committed = transaction_->commit(); !committed) return fail(committed.error());
  transaction_.reset();
  database_.reset();
  const auto digest = digest_of_file(partial_.path());
  if (!digest) return fail(digest.error());
  if (auto none = check_no_log(partial_.target()); !none) return fail(none.error());
  if (auto finished = partial_.finish(); !finished) return fail(finished.error());
  return WrittenFile{
      .rows = rows_, .bytes = digest->bytes, .raw_bytes = digest->bytes, .sha256 = digest->sha256};
}

}  // namespace qanat::exporting
