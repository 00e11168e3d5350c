#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/config.h"
#include "app/session.h"
#include "base/channel_name.h"
#include "store/snapshot_archive.h"

/// The commands below `archive`; as commands.h has it.
namespace qanat::app {

void add_archive_list(CLI::App& group, Session& session);
void add_archive_reparse(CLI::App& group, Session& session);
void add_archive_verify(CLI::App& group, Session& session);
void add_archive_prune(CLI::App& group, Session& session);

/// The configured archive, to read. Errors: usage, when there is none yet; storage.
Result<store::SnapshotArchive> open_archive(const Config::Store& config);
/// The same, of the session's configuration. Errors: also those of load_config.
Result<store::SnapshotArchive> open_archive(const Session& session);

/// "12.3 MiB"
[[nodiscard]] std::string mebibytes(std::int64_t bytes);

/// What an answer without anything in it means: of a channel that the store never met, a mistyped
/// name. `channel`: nothing when all were asked for. Errors: those of open_store, check_channels.
Result<void> check_empty_answer(const Session& session, const std::optional<ChannelName>& channel);

/// Errors: usage, when the archive has no such month.
Result<std::string> read_month(const std::string& text, const std::vector<std::string>& months);

}  // namespace qanat::app
