#include "store/store_figures.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "store/schema.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace qanat::store {
namespace {

/// 0 when there is no such file.
std::int64_t bytes_of(const std::string& path) {
  std::error_code absent;
  const auto bytes = std::filesystem::file_size(path, absent);
  return absent ? 0 : static_cast<std::int64_t>(bytes);
}

Result<std::map<std::string, std::int64_t>> count_states(Database& database) {
  auto rows =
      database.query("SELECT state, count(*) FROM channel WHERE followed = 1 GROUP BY state");
  if (!rows) return fail(rows.error());
  std::map<std::string, std::int64_t> counts;
  for (;;) {
    const auto more = rows->next();
    if (!more) return fail(more.error());
    if (!*more) return counts;
    counts[rows->get<std::string>(0)] = rows->get<std::int64_t>(1);
  }
}

}  // namespace

struct FiguresReader::Impl {
  Database database;
};

FiguresReader::FiguresReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FiguresReader::FiguresReader(FiguresReader&&) noexcept = default;
FiguresReader& FiguresReader::operator=(FiguresReader&&) noexcept = default;
FiguresReader::~FiguresReader() = default;

Result<FiguresReader> FiguresReader::open(const std::string& path) {
  auto database = Database::open(path, Database::Mode::read_only, kPatience);
  if (!database) return fail(database.error());
  if (auto ours = check_schema(*database, kStoreSchema); !ours) return fail(ours.error());
  return FiguresReader(std::make_unique<Impl>(Impl{.database = *std::move(database)}));
}

Result<Figures> FiguresReader::read() {
  Database& database = impl_->database;
  auto channels = count_states(database);
  if (!channels) return fail(channels.error());
  const auto gaps = database.value<std::int64_t>("SELECT count(*) FROM gap");
  if (!gaps) return fail(gaps.error());
  const auto oldest = database.value<std::optional<Instant>>(
      "SELECT min(ifnull(next_due_at, added_at)) FROM channel WHERE followed = 1");
  if (!oldest) return fail(oldest.error());
  return Figures{.channels = *std::move(channels),
                 .gaps = gaps->value_or(0),
                 .oldest_due = oldest->value_or(std::nullopt),
                 .database_bytes = bytes_of(database.path()),
                 .log_bytes = bytes_of(database.path() + "-wal")};
}

}  // namespace qanat::store
