#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/channel_name.h"
#include "base/error.h"

namespace qanat::app {

enum class SourceKind { page, warc, desktop_export };

/// A file to import.
struct ImportSource {
  std::string path;
  SourceKind kind = SourceKind::page;  ///< as its first bytes say
};

/// What there is to import at `paths`: files as they are; folders searched to their bottom for
/// saved pages, WARCs and result.json, in the order of their names. Reads only the files'
/// beginnings.
///
/// Errors: usage: nothing is at a path, it is a pipe or a device, it cannot be read, a folder has
/// nothing to import, or an export of Telegram Desktop is among them and no `channel` is given.
Result<std::vector<ImportSource>> find_sources(const std::vector<std::string>& paths,
                                               const std::optional<ChannelName>& channel);

}  // namespace qanat::app
