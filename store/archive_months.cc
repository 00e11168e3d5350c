#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <utility>

#include "store/archive_impl.h"
#include "store/store_impl.h"

// The archive as its months: what an operator lists, checks and deletes.
namespace qanat::store {
namespace {

namespace fs = std::filesystem;

/// What belongs to a database file: itself, and SQLite's log beside it.
constexpr std::array<std::string_view, 3> kParts = {"", "-wal", "-shm"};

/// "archive-202607.db" → "2026-07".
std::string month_of(std::string_view file) {
  constexpr std::size_t kYearAt = 8;
  constexpr std::size_t kMonthAt = 12;
  return std::string(file.substr(kYearAt, 4)) + "-" + std::string(file.substr(kMonthAt, 2));
}

std::int64_t size_on_disk(const fs::path& path) {
  std::int64_t size = 0;
  for (const std::string_view part : kParts) {
    std::error_code absent;
    const auto bytes = fs::file_size(path.string() + std::string(part), absent);
    if (!absent) size += static_cast<std::int64_t>(bytes);
  }
  return size;
}

Result<ArchivedFetch> read_fetch(const Database& file, const Rows& rows) {
  auto channel = ChannelName::parse(rows.view(0));
  if (!channel) return fail(unreadable(file, rows.view(0)));
  return ArchivedFetch{.channel = *std::move(channel),
                       .url = rows.get<std::string>(1),
                       .fetched_at = rows.get<Instant>(2),
                       .status = rows.get<int>(3),
                       .headers = rows.get<std::string>(4),
                       .snapshot = std::string(kSnapshotPrefix) + rows.get<std::string>(5),
                       .bytes = rows.get<std::int64_t>(6),
                       .erased = rows.get<bool>(7)};
}

/// SQLite's own findings, one a line; none when it has none.
Result<std::vector<std::string>> integrity(Database& file) {
  auto lines =
      file.list("SELECT integrity_check FROM pragma_integrity_check",
                [](const Rows& rows) -> Result<std::string> { return rows.get<std::string>(0); });
  if (!lines) return lines;
  std::erase(*lines, "ok");
  const auto orphans = file.value<std::int64_t>("SELECT count(*) FROM pragma_foreign_key_check");
  if (!orphans) return fail(orphans.error());
  if (orphans->value_or(0) > 0) {
    lines->push_back(std::to_string(**orphans) + " fetches name a page that is not there");
  }
  return lines;
}

}  // namespace

Result<bool> SnapshotArchive::has(std::string_view name) {
  if (!name.starts_with(kSnapshotPrefix)) return false;
  const std::string sha256(name.substr(kSnapshotPrefix.size()));
  const auto names = impl_->files();
  if (!names) return fail(names.error());
  for (const std::string& file_name : *names) {
    auto file = impl_->file(file_name, Database::Mode::read_write);
    if (!file) return fail(file.error());
    const auto found =
        (*file)->value<bool>("SELECT 1 FROM body WHERE sha256 = ?1 AND erased_at IS NULL", sha256);
    if (!found) return fail(found.error());
    if (*found) return true;
  }
  return false;
}

Result<std::vector<std::string>> SnapshotArchive::months() {
  auto names = impl_->files();
  if (!names) return fail(names.error());
  std::vector<std::string> months;
  for (const std::string& name : *names) months.push_back(month_of(name));
  std::ranges::reverse(months);
  return months;
}

Result<ArchiveMonth> SnapshotArchive::summary(const std::string& month) {
  const std::string name = archive_file_of(month);
  auto file = impl_->file(name, Database::Mode::read_write);
  if (!file) return fail(file.error());
  auto rows = (*file)->query(
      "SELECT (SELECT count(*) FROM fetch), count(*), ifnull(sum(size), 0) FROM body"
      " WHERE erased_at IS NULL");
  if (!rows) return fail(rows.error());
  if (const auto found = rows->next(); !found) return fail(found.error());
  return ArchiveMonth{.name = month,
                      .fetches = rows->get<std::int64_t>(0),
                      .pages = rows->get<std::int64_t>(1),
                      .bytes = rows->get<std::int64_t>(2),
                      .file_bytes = size_on_disk(impl_->folder / name)};
}

Result<void> SnapshotArchive::for_each_fetch(const std::string& month,
                                             const std::optional<ChannelName>& channel,
                                             const std::function<bool(const ArchivedFetch&)>& row) {
  auto file = impl_->file(archive_file_of(month), Database::Mode::read_write);
  if (!file) return fail(file.error());
  const auto name = channel ? std::optional(channel->str()) : std::nullopt;
  auto rows = (*file)->query(
      "SELECT channel, url, fetched_at, status, headers, sha256, size, erased_at IS NOT NULL"
      " FROM fetch JOIN body USING (sha256)"
      " WHERE ?1 IS NULL OR channel = ?1 ORDER BY fetch.id",
      name);
  if (!rows) return fail(rows.error());
  for (;;) {
    const auto more = rows->next();
    if (!more) return fail(more.error());
    if (!*more) return {};
    const auto fetch = read_fetch(**file, *rows);
    if (!fetch) return fail(fetch.error());
    if (!row(*fetch)) return {};
  }
}

Result<std::int64_t> SnapshotArchive::verify(
    const std::string& month, const std::function<void(const std::string&)>& damaged) {
  auto file = impl_->file(archive_file_of(month), Database::Mode::read_write);
  if (!file) return fail(file.error());
  const auto findings = integrity(**file);
  if (!findings) return fail(findings.error());
  for (const std::string& finding : *findings) damaged((*file)->path() + ": " + finding);
  const auto hashes = (*file)->list(
      "SELECT sha256 FROM body WHERE erased_at IS NULL ORDER BY sha256",
      [](const Rows& rows) -> Result<std::string> { return rows.get<std::string>(0); });
  if (!hashes) return fail(hashes.error());
  for (const std::string& sha256 : *hashes) {
    const auto body = read_body(**file, sha256);
    if (body) continue;
    if (body.error().code != Errc::storage_unusable) return fail(body.error());
    damaged(body.error().message);
  }
  return std::ssize(*hashes);
}

Result<void> SnapshotArchive::remove(const std::string& month) {
  const std::string name = archive_file_of(month);
  if (const auto open = impl_->open_files.find(name); open != impl_->open_files.end()) {
    impl_->open_files.erase(open);
  }
  for (const std::string_view part : kParts) {
    std::error_code error;
    fs::remove((impl_->folder / name).string() + std::string(part), error);
    if (error) return fail(folder_error(impl_->folder, error));
  }
  return {};
}

}  // namespace qanat::store
