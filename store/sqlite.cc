#include "store/sqlite.h"

#include <stdexcept>
#include <utility>

#include <sqlite3.h>

#include "store/file_owner.h"

namespace qanat::store {
namespace {

// A page of posts touches some two hundred pages of the file, at random places of its indexes. So
// the cache is larger than SQLite's own, and a checkpoint waits for 16 MiB: it then writes once
// what many commits touched. A reader that stays for long makes the WAL grow; a checkpoint cuts it
// back to the limit. secure_delete: what is deleted or replaced leaves no bytes behind in the file
// (Debian's SQLite does so anyway), so that what is removed for good is gone (store/erasure.h).
constexpr const char* kSettings = R"(
  PRAGMA synchronous = FULL;
  PRAGMA cache_size = -8192;
  PRAGMA wal_autocheckpoint = 4096;
  PRAGMA foreign_keys = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA cell_size_check = ON;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA secure_delete = ON;
)";

struct Fault {
  Errc code;
  std::string_view remedy;
};

Fault fault_of(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Errc::storage_busy,
              "another process is writing to it; try again when it has finished"};
    case SQLITE_NOTADB: return {Errc::storage_unusable, "name the file that qanat init made"};
    case SQLITE_CORRUPT:
      return {Errc::storage_unusable, "the file is damaged; restore it from a backup"};
    case SQLITE_FULL:
    case SQLITE_IOERR: return {Errc::storage, "see that its disk works and has free space"};
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return {Errc::storage, "give this user write permission for the file and its folder"};
    default: return {Errc::storage, "run again; if it stays, bring the file back from a backup"};
  }
}

/// Whether the file's rights are what is wrong.
bool is_refused(int code) {
  const int kind = code & 0xff;
  return kind == SQLITE_READONLY || kind == SQLITE_CANTOPEN || kind == SQLITE_PERM;
}

Error make_error(sqlite3* handle, const std::string& path) {
  const int code = sqlite3_extended_errcode(handle);
  const Fault fault = fault_of(code);
  std::string message =
      path + ": " + sqlite3_errmsg(handle) + " (SQLite " + std::to_string(code) + "): ";
  message += fault.remedy;
  if (is_refused(code)) message += owner_in_words(path);
  return {.code = fault.code, .message = std::move(message)};
}

bool is_our_bug(int code) {
  return (code & 0xff) == SQLITE_ERROR || (code & 0xff) == SQLITE_MISUSE ||
         (code & 0xff) == SQLITE_RANGE;
}

}  // namespace

void Database::Close::operator()(sqlite3* handle) const noexcept {
  sqlite3_close_v2(handle);  // waits for statements that end a moment later, in a move
}
void Database::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite3_finalize(statement);
}

Result<Database> Database::open(const std::string& path,
                                Mode mode,
                                std::chrono::milliseconds patience) {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (mode == Mode::read_only) flags |= SQLITE_OPEN_READONLY;
  if (mode == Mode::read_write || mode == Mode::alone) flags |= SQLITE_OPEN_READWRITE;
  if (mode == Mode::create) flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* handle = nullptr;
  // Without "./" a name such as ":memory:" or "" would not be a file.
  const std::string file = path.starts_with('/') ? path : "./" + path;
  const char* const vfs = mode == Mode::alone ? "unix-none" : nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &handle, flags, vfs);
  Database database(path, handle);
  if (handle == nullptr) throw std::bad_alloc();
  if (code != SQLITE_OK) return fail(database.error());
  if (auto configured = database.configure(mode, patience); !configured) {
    return fail(configured.error());
  }
  return database;
}

Result<void> Database::configure(Mode mode, std::chrono::milliseconds patience) {
  sqlite3_busy_timeout(handle_.get(), static_cast<int>(patience.count()));
  sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  if (auto set = script(kSettings); !set) return set;
  if (mode == Mode::read_only) return script("PRAGMA query_only = ON");
  return {};
}

Result<sqlite3_stmt*> Database::prepared(std::string_view sql) {
  auto found = statements_.find(sql);
  if (found == statements_.end()) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle_.get(),
                                        sql.data(),
                                        static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT,
                                        &statement,
                                        nullptr);
    if (is_our_bug(code)) throw std::logic_error(error().message + " in " + std::string(sql));
    if (code != SQLITE_OK) return fail(error());
    found = statements_.try_emplace(std::string(sql), statement).first;
  }
  sqlite3_stmt* statement = found->second.get();
  if (sqlite3_stmt_busy(statement) != 0) throw std::logic_error("statement runs already");
  return statement;
}

Result<void> Database::to_end(Rows& rows) {
  for (;;) {
    const auto more = rows.next();
    if (!more) return fail(more.error());
    if (!*more) return {};
  }
}

Result<void> Database::run_with(std::string_view sql, std::span<const Value> values) {
  auto statement = prepared(sql);
  if (!statement) return fail(statement.error());
  Rows rows(path_, **statement);
  int index = 0;
  for (const Value& value : values) {
    ++index;
    const bool is_bound = std::visit(
        [&](auto bound) {
          if constexpr (std::is_same_v<decltype(bound), std::monostate>) {
            return bind_null(**statement, index);
          } else {
            return bind(**statement, index, bound);
          }
        },
        value);
    if (!is_bound) return fail(error());
  }
  return to_end(rows);
}

Result<void> Database::script(const std::string& sql) {
  if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return fail(error());
  }
  return {};
}

Result<void> Database::empty_log() {
  const auto is_busy = value<bool>("PRAGMA wal_checkpoint(TRUNCATE)");
  if (!is_busy) return fail(is_busy.error());
  if (!is_busy->value_or(false)) return {};
  return fail(Errc::storage_busy,
              path_ +
                  ": another process is reading it, so its log cannot be emptied; try again when"
                  " it has finished");
}

Error Database::error() const { return make_error(handle_.get(), path_); }

std::int64_t Database::changes() const { return sqlite3_changes64(handle_.get()); }

bool Database::is_read_only() const { return sqlite3_db_readonly(handle_.get(), "main") != 0; }

bool Database::has_moved() const {
  int moved = 0;
  sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  return moved != 0;
}

bool Database::bind_integer(sqlite3_stmt& statement, int index, std::int64_t value) {
  return sqlite3_bind_int64(&statement, index, value) == SQLITE_OK;
}

bool Database::bind(sqlite3_stmt& statement, int index, double value) {
  return sqlite3_bind_double(&statement, index, value) == SQLITE_OK;
}

bool Database::bind(sqlite3_stmt& statement, int index, std::string_view value) {
  // A null pointer would bind NULL, not the empty text.
  const char* bytes = value.empty() ? "" : value.data();
  return sqlite3_bind_text64(
             &statement, index, bytes, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8) == SQLITE_OK;
}

bool Database::bind(sqlite3_stmt& statement, int index, Blob value) {
  const char* bytes = value.bytes.empty() ? "" : value.bytes.data();
  return sqlite3_bind_blob64(&statement, index, bytes, value.bytes.size(), SQLITE_TRANSIENT) ==
         SQLITE_OK;
}

bool Database::bind_null(sqlite3_stmt& statement, int index) {
  return sqlite3_bind_null(&statement, index) == SQLITE_OK;
}

Rows::Rows(Rows&& other) noexcept
    : path_(other.path_), statement_(std::exchange(other.statement_, nullptr)) {}

Rows::~Rows() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Result<bool> Rows::next() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return fail(make_error(sqlite3_db_handle(statement_), *path_));
}

bool Rows::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Rows::integer(int column) const { return sqlite3_column_int64(statement_, column); }

double Rows::real(int column) const { return sqlite3_column_double(statement_, column); }

std::string_view Rows::view(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

Result<Transaction> Transaction::begin(Database& database) {
  if (auto begun = database.run("BEGIN IMMEDIATE"); !begun) return fail(begun.error());
  return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  // Some failures have rolled back already.
  if (database_ == nullptr || sqlite3_get_autocommit(database_->handle_.get()) != 0) return;
  sqlite3_exec(database_->handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Result<void> Transaction::commit() {
  if (auto committed = database_->run("COMMIT"); !committed) return committed;
  database_ = nullptr;
  return {};
}

}  // namespace qanat::store
