#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"

namespace qanat::exporting {

/// What errno says of a path, with the remedy where there is one; code storage.
[[nodiscard]] Error disk_error(const std::string& path, int code);

/// A folder's entries are on the disk. Gives 0, or errno.
[[nodiscard]] int sync_folder(const std::filesystem::path& folder);

}  // namespace qanat::exporting
