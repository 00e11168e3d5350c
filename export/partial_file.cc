#include "export/partial_file.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
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

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

/// The file that a path of links leads to: renaming over a link would cut it.
std::string resolved(const std::string& path) {
  std::error_code error;
  const fs::path target = fs::is_symlink(path, error) ? fs::canonical(path, error) : fs::path(path);
  return error ? path : target.string();
}

/// Another export to the same target writes another one, and a link that somebody left there is not
/// followed. Gives -1 with errno.
int open_new(const std::string& path) {
  for (;;) {
    ::unlink(path.c_str());
    // Less the umask.
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0 || hold_partial(descriptor, path)) return descriptor;
    ::close(descriptor);
  }
}

}  // namespace

PartialFile::PartialFile(std::string target, std::string path, int descriptor)
    : on_signal_(path),
      target_(std::move(target)),
      path_(std::move(path)),
      descriptor_(descriptor) {}

PartialFile::PartialFile(PartialFile&& other) noexcept
    : on_signal_(std::move(other.on_signal_)),
      target_(std::move(other.target_)),
      path_(std::exchange(other.path_, {})),
      outdated_(std::move(other.outdated_)),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

PartialFile::~PartialFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!path_.empty()) ::unlink(path_.c_str());
}

Result<std::optional<PartialFile>> PartialFile::beside(const std::string& target) {
  std::string file = resolved(target);
  std::error_code ignored;
  const fs::file_status status = fs::status(file, ignored);
  const bool is_there = fs::exists(status);
  if (fs::is_directory(status)) return fail(disk_error(target, EISDIR));
  // A protected file is not replaced, though the folder would allow it.
  if (is_there && ::access(file.c_str(), W_OK) != 0) return fail(disk_error(target, errno));
  if (is_there && !fs::is_regular_file(status)) return std::nullopt;
  clear_leftovers(file);
  std::string path = partial_path(file);
  const int descriptor = open_new(path);
  if (descriptor < 0) return fail(disk_error(target, errno));
  if (is_there) (void)::fchmod(descriptor, static_cast<mode_t>(status.permissions()));
  return PartialFile(std::move(file), std::move(path), descriptor);
}

Result<void> PartialFile::finish() {
  if (::fsync(descriptor_) != 0) return fail(disk_error(target_, errno));
  if (!outdated_.empty() && ::unlink(outdated_.c_str()) != 0 && errno != ENOENT) {
    return fail(disk_error(outdated_, errno));
  }
  if (std::rename(path_.c_str(), target_.c_str()) != 0) return fail(disk_error(target_, errno));
  path_.clear();
  // Not earlier: it holds the file, as nobody's leftover.
  if (::close(std::exchange(descriptor_, -1)) != 0) return fail(disk_error(target_, errno));
  const int code = sync_folder(folder_of(target_));
  return code == 0 ? Result<void>{} : fail(disk_error(target_, code));
}

}  // namespace qanat::exporting
