#include "export/output_folder.h"

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include <unistd.h>

#include "export/disk.h"

namespace qanat::exporting {
namespace {

namespace fs = std::filesystem;

Error taken(const fs::path& path) {
  return {.code = Errc::usage,
          .message = path.string() + ": is there already: name a new folder, or remove it"};
}

/// "set/" and "set" are the same folder.
fs::path without_slash(const fs::path& path) {
  return path.has_filename() ? path : path.parent_path();
}

}  // namespace

OutputFolder::OutputFolder(OutputFolder&& other) noexcept
    : path_(std::move(other.path_)), partial_(std::exchange(other.partial_, {})) {}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  if (!partial_.empty()) fs::remove_all(partial_, ignored);
}

Result<OutputFolder> OutputFolder::create(const std::string& path) {
  if (path.empty()) return fail(Errc::usage, "the folder's name is empty; name a new folder");
  const fs::path target = without_slash(path);
  std::error_code error;
  if (fs::exists(target, error) &&
      !(fs::is_directory(target, error) && fs::is_empty(target, error))) {
    return fail(taken(target));
  }
  fs::path partial = target;
  partial += "." + std::to_string(::getpid()) + ".partial";
  fs::remove_all(partial, error);  // of a dead process
  if (!fs::create_directory(partial, error)) return fail(disk_error(path, error.value()));
  return OutputFolder(target, std::move(partial));
}

Result<void> OutputFolder::add_folder(std::string_view name) {
  std::error_code error;
  fs::create_directory(partial_ / name, error);
  if (error) return fail(disk_error(path_.string(), error.value()));
  return {};
}

Result<void> OutputFolder::finish() {
  if (const int code = sync_folder(partial_); code != 0) {
    return fail(disk_error(path_.string(), code));
  }
  if (std::rename(partial_.c_str(), path_.c_str()) != 0) {
    if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR) return fail(taken(path_));
    return fail(disk_error(path_.string(), errno));
  }
  partial_.clear();
  if (const int code = sync_folder(fs::absolute(path_).parent_path()); code != 0) {
    return fail(disk_error(path_.string(), code));
  }
  return {};
}

}  // namespace qanat::exporting
