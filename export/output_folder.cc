#include "export/output_folder.h"

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "export/disk.h"
#include "export/leftovers.h"

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

/// A new folder, open. Gives -1 with errno.
int make_new(const std::string& path) {
  for (;;) {
    std::error_code ignored;
    fs::remove_all(path, ignored);
    if (::mkdir(path.c_str(), 0777) != 0) return -1;  // less the umask
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0 || hold_partial(descriptor, path)) return descriptor;
    ::close(descriptor);
  }
}

}  // namespace

OutputFolder::OutputFolder(fs::path path, fs::path partial, int descriptor)
    : path_(std::move(path)), partial_(std::move(partial)), descriptor_(descriptor) {
  on_signal_.emplace_back(partial_.string());
}

OutputFolder::OutputFolder(OutputFolder&& other) noexcept
    : on_signal_(std::move(other.on_signal_)),
      path_(std::move(other.path_)),
      partial_(std::exchange(other.partial_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  if (!partial_.empty()) fs::remove_all(partial_, ignored);
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<OutputFolder> OutputFolder::create(const std::string& path) {
  if (path.empty()) return fail(Errc::usage, "the folder's name is empty; name a new folder");
  const fs::path target = without_slash(path);
  std::error_code error;
  if (fs::exists(target, error) &&
      !(fs::is_directory(target, error) && fs::is_empty(target, error))) {
    return fail(taken(target));
  }
  clear_leftovers(target.string());
  const std::string partial = partial_path(target.string());
  const int descriptor = make_new(partial);
  if (descriptor < 0) return fail(disk_error(path, errno));
  return OutputFolder(target, partial, descriptor);
}

Result<void> OutputFolder::add_folder(std::string_view name) {
  std::error_code error;
  fs::create_directory(partial_ / name, error);
  if (error) return fail(disk_error(path_.string(), error.value()));
  on_signal_.emplace_back(file(name));
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
