#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/instant.h"

struct sqlite3;
struct sqlite3_stmt;

/// SQLite as values and results. The only file that calls it.
namespace qanat::store {

/// Bytes for a BLOB column; text goes as std::string_view.
struct Blob {
  std::string_view bytes;
};

/// A column's value whose type is known only when the program runs; nothing is NULL.
using Value = std::variant<std::monostate, std::int64_t, double, std::string_view>;

/// The rows of one running statement. Ends it (and its read transaction) when destroyed; must not
/// outlive its Database.
class Rows {
 public:
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  Rows(Rows&& other) noexcept;
  Rows& operator=(Rows&&) = delete;
  ~Rows();

  /// Steps to the next row; false at the end. Errors: as Database.
  Result<bool> next();

  /// A column of the current row, from 0. T: an integer, bool, double, std::string, Instant, or a
  /// std::optional of these, which is nothing for NULL.
  template <class T>
  [[nodiscard]] T get(int column) const;

  /// The bytes of a text or blob column; valid until next() or the end.
  [[nodiscard]] std::string_view view(int column) const;

 private:
  friend class Database;
  Rows(const std::string& path, sqlite3_stmt& statement) : path_(&path), statement_(&statement) {}

  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;

  const std::string* path_;
  sqlite3_stmt* statement_;
};

/// One connection. One thread at a time.
///
/// Errors of every call: storage, storage_busy (BUSY, LOCKED), storage_unusable (NOTADB, CORRUPT),
/// with the path, SQLite's words and the remedy. A wrong statement is a bug: std::logic_error.
class Database {
 public:
  /// alone: reads and writes a file that nobody else knows, without locks.
  enum class Mode { read_only, read_write, create, alone };

  /// Connects, with our settings (docs/store.md); reads nothing yet.
  static Result<Database> open(const std::string& path,
                               Mode mode,
                               std::chrono::milliseconds patience);

  /// Starts a statement with its parameters ?1, ?2, …; each text is prepared once and kept.
  template <class... Args>
  Result<Rows> query(std::string_view sql, const Args&... args) {
    auto statement = prepared(sql);
    if (!statement) return fail(statement.error());
    if (!bind_all(**statement, std::index_sequence_for<Args...>(), args...)) return fail(error());
    return Rows(path_, **statement);
  }

  /// Runs a statement to its end.
  template <class... Args>
  Result<void> run(std::string_view sql, const Args&... args) {
    auto rows = query(sql, args...);
    return rows ? to_end(*rows) : fail(rows.error());
  }

  /// The same with as many parameters as there are values.
  Result<void> run_with(std::string_view sql, std::span<const Value> values);

  /// The first column of the only row; nothing when there is no row. Runs to the end, where a
  /// statement that writes is committed, or fails to be.
  template <class T, class... Args>
  Result<std::optional<T>> value(std::string_view sql, const Args&... args) {
    auto rows = query(sql, args...);
    if (!rows) return fail(rows.error());
    std::optional<T> first;
    for (;;) {
      const auto more = rows->next();
      if (!more) return fail(more.error());
      if (!*more) return first;
      if (!first) first = rows->template get<T>(0);
    }
  }

  /// All rows, each made a T by `read(rows)`, which gives a Result<T>.
  template <class Read, class... Args>
  auto list(std::string_view sql, Read read, const Args&... args)
      -> Result<std::vector<typename std::invoke_result_t<Read, const Rows&>::value_type>> {
    auto rows = query(sql, args...);
    if (!rows) return fail(rows.error());
    std::vector<typename std::invoke_result_t<Read, const Rows&>::value_type> values;
    for (;;) {
      const auto more = rows->next();
      if (!more) return fail(more.error());
      if (!*more) return values;
      auto value = read(*rows);
      if (!value) return fail(value.error());
      values.push_back(*std::move(value));
    }
  }

  /// Runs several statements that give no rows and take no parameters.
  Result<void> script(const std::string& sql);

  /// Moves the log into the file, and leaves no byte of it behind. Errors: also storage_busy, when
  /// another connection reads meanwhile.
  Result<void> empty_log();

  /// Rows that the last INSERT, UPDATE or DELETE changed.
  [[nodiscard]] std::int64_t changes() const;
  /// The file, or its folder, may not be written.
  [[nodiscard]] bool is_read_only() const;
  /// Whether the path leads to another file than the one that is open, or nowhere.
  [[nodiscard]] bool has_moved() const;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  friend class Transaction;

  struct Close {
    void operator()(sqlite3* handle) const noexcept;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };

  Database(std::string path, sqlite3* handle) : path_(std::move(path)), handle_(handle) {}

  Result<sqlite3_stmt*> prepared(std::string_view sql);
  static Result<void> to_end(Rows& rows);
  [[nodiscard]] Error error() const;
  Result<void> configure(Mode mode, std::chrono::milliseconds patience);

  template <std::size_t... Index, class... Args>
  static bool bind_all([[maybe_unused]] sqlite3_stmt& statement,
                       std::index_sequence<Index...> /*positions*/,
                       const Args&... args) {
    return (bind(statement, static_cast<int>(Index) + 1, args) && ...);
  }
  static bool bind_integer(sqlite3_stmt& statement, int index, std::int64_t value);
  static bool bind(sqlite3_stmt& statement, int index, double value);
  static bool bind(sqlite3_stmt& statement, int index, std::string_view value);
  static bool bind(sqlite3_stmt& statement, int index, Blob value);
  static bool bind_null(sqlite3_stmt& statement, int index);
  static bool bind(sqlite3_stmt& statement, int index, Instant value) {
    return bind_integer(statement, index, value.time_since_epoch().count());
  }
  template <std::integral T>
  static bool bind(sqlite3_stmt& statement, int index, T value) {
    return bind_integer(statement, index, static_cast<std::int64_t>(value));
  }
  template <class T>
  static bool bind(sqlite3_stmt& statement, int index, const std::optional<T>& value) {
    return value ? bind(statement, index, *value) : bind_null(statement, index);
  }

  std::string path_;
  std::unique_ptr<sqlite3, Close> handle_;
  // After handle_: statements end before their connection.
  std::map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, std::less<>> statements_;
};

/// BEGIN IMMEDIATE; rolled back unless committed. Must not outlive its Database.
class Transaction {
 public:
  static Result<Transaction> begin(Database& database);

  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  /// Durable when it returns without error; with an error nothing of it is in the database.
  Result<void> commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}

  Database* database_;  ///< nothing once it has ended
};

template <class T>
T Rows::get(int column) const {
  if constexpr (std::is_same_v<T, std::string>) {
    return std::string(view(column));
  } else if constexpr (std::is_same_v<T, double>) {
    return real(column);
  } else if constexpr (std::is_same_v<T, Instant>) {
    return Instant{std::chrono::seconds{integer(column)}};
  } else if constexpr (std::integral<T>) {
    return static_cast<T>(integer(column));
  } else {
    using Inner = typename T::value_type;
    return is_null(column) ? T{} : T{get<Inner>(column)};
  }
}

}  // namespace qanat::store
