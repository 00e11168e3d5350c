#include "app/commands/archive.h"

#include <filesystem>
#include <system_error>

#include "app/commands/commands.h"
#include "app/number_text.h"
#include "app/open_store.h"
#include "app/record_filter.h"

namespace qanat::app {

Result<store::SnapshotArchive> open_archive(const Config::Store& config) {
  std::error_code error;
  const auto status = std::filesystem::status(config.archive, error);
  if (error == std::errc::permission_denied) {
    return fail(Errc::storage,
                config.archive.string() + ": " + error.message() +
                    ": run qanat as the archive's owner, or as root with sudo");
  }
  if (!std::filesystem::is_directory(status)) {
    return fail(Errc::usage,
                config.archive.string() +
                    ": no such folder; it is `store.archive`, and the first crawl creates it");
  }
  return store::SnapshotArchive::open_to_read(config.archive.string());
}

Result<store::SnapshotArchive> open_archive(const Session& session) {
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  return open_archive(loaded->config.store);
}

std::string mebibytes(std::int64_t bytes) {
  constexpr double kMebibyte = 1024.0 * 1024;
  return fixed(static_cast<double>(bytes) / kMebibyte, 1) + " MiB";
}

Result<void> check_empty_answer(const Session& session, const std::optional<ChannelName>& channel) {
  if (!channel) return {};
  auto store = open_store(session, store::Access::read_only);
  if (!store) return fail(store.error());
  return check_channels(*store, {*channel});
}

Result<std::string> read_month(const std::string& text, const std::vector<std::string>& months) {
  for (const std::string& month : months) {
    if (month == text) return month;
  }
  const std::string known = months.empty() ? "nothing" : months.front() + " to " + months.back();
  return fail(Errc::usage, "the archive has no month `" + text + "`; it has " + known);
}

void add_archive(CLI::App& parent, Session& session) {
  CLI::App* group =
      add_group(parent, "archive", "List, check, read again or prune the archive of fetched pages");
  add_archive_list(*group, session);
  add_archive_reparse(*group, session);
  add_archive_verify(*group, session);
  add_archive_prune(*group, session);
}

}  // namespace qanat::app
