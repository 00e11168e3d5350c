#include "export/output_file.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "export/disk.h"

namespace qanat::exporting {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBufferSize = std::size_t{1} << 16U;
constexpr std::string_view kStandardOutput = "-";

Error output_error(const std::string& path, int code) {
  return disk_error(path == kStandardOutput ? "standard output" : path, code);
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

/// The file that a path of links leads to: renaming over a link would cut it.
std::string resolved(const std::string& path) {
  std::error_code error;
  const fs::path target = fs::is_symlink(path, error) ? fs::canonical(path, error) : fs::path(path);
  return error ? path : target.string();
}

/// A new file of this process's own: another export to the same target writes another one, and a
/// link that somebody left there is not followed. What a dead process left is taken away.
int open_partial(const std::string& path) {
  ::unlink(path.c_str());
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);  // less the umask
}

}  // namespace

OutputFile::OutputFile(std::string path, std::string partial, int descriptor)
    : path_(std::move(path)), partial_(std::move(partial)), descriptor_(descriptor) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      partial_(std::exchange(other.partial_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)),
      buffer_(std::move(other.buffer_)),
      hash_(std::move(other.hash_)),
      size_(other.size_) {}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!partial_.empty()) ::unlink(partial_.c_str());
}

Result<OutputFile> OutputFile::open(const std::string& path) {
  if (path == kStandardOutput) {
    const int copy = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
    if (copy < 0) return fail(output_error(path, errno));
    return OutputFile(path, "", copy);
  }
  const std::string target = resolved(path);
  std::error_code ignored;
  const fs::file_status status = fs::status(target, ignored);
  if (fs::is_directory(status)) return fail(output_error(path, EISDIR));
  // A protected file is not replaced, though the folder would allow it.
  if (fs::exists(status) && ::access(target.c_str(), W_OK) != 0) {
    return fail(output_error(path, errno));
  }
  const bool direct = fs::exists(status) && !fs::is_regular_file(status);
  const std::string partial = direct ? "" : target + "." + std::to_string(::getpid()) + ".partial";
  const int descriptor =
      direct ? ::open(target.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC) : open_partial(partial);
  if (descriptor < 0) return fail(output_error(path, errno));
  if (!direct && fs::exists(status)) {
    (void)::fchmod(descriptor, static_cast<mode_t>(status.permissions()));
  }
  return OutputFile(target, partial, descriptor);
}

Result<void> OutputFile::write(std::string_view bytes) {
  hash_.update(bytes);
  size_ += static_cast<std::int64_t>(bytes.size());
  buffer_ += bytes;
  return buffer_.size() < kBufferSize ? Result<void>{} : flush();
}

Result<void> OutputFile::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail(error(errno));
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
  return {};
}

Result<void> OutputFile::finish() {
  if (auto flushed = flush(); !flushed) return flushed;
  // A pipe or a terminal cannot be synced.
  if (!partial_.empty() && ::fsync(descriptor_) != 0) return fail(error(errno));
  if (::close(std::exchange(descriptor_, -1)) != 0) return fail(error(errno));
  if (partial_.empty()) return {};
  if (std::rename(partial_.c_str(), path_.c_str()) != 0) return fail(error(errno));
  partial_.clear();
  if (const int code = sync_folder(folder_of(path_)); code != 0) return fail(error(code));
  return {};
}

Error OutputFile::error(int code) const { return output_error(path_, code); }

Result<void> write_file(const std::string& path, std::string_view text) {
  auto file = OutputFile::open(path);
  if (!file) return fail(file.error());
  if (auto written = file->write(text); !written) return written;
  return file->finish();
}

}  // namespace qanat::exporting
