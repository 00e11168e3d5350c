#include "export/output_file.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "export/disk.h"

namespace qanat::exporting {
namespace {

constexpr std::size_t kBufferSize = std::size_t{1} << 16U;
constexpr std::string_view kStandardOutput = "-";

Error output_error(const std::string& path, int code) {
  return disk_error(path == kStandardOutput ? "standard output" : path, code);
}

}  // namespace

OutputFile::OutputFile(std::string path, std::optional<PartialFile> partial, int direct)
    : path_(std::move(path)), partial_(std::move(partial)), direct_(direct) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      partial_(std::move(other.partial_)),
      direct_(std::exchange(other.direct_, -1)),
      buffer_(std::move(other.buffer_)),
      hash_(std::move(other.hash_)),
      size_(other.size_) {}

OutputFile::~OutputFile() {
  if (direct_ >= 0) ::close(direct_);
}

Result<OutputFile> OutputFile::open(const std::string& path) {
  if (path == kStandardOutput) {
    const int copy = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
    if (copy < 0) return fail(output_error(path, errno));
    return OutputFile(path, std::nullopt, copy);
  }
  auto partial = PartialFile::beside(path);
  if (!partial) return fail(partial.error());
  if (*partial) return OutputFile(path, *std::move(partial), -1);
  const int device = ::open(path.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
  if (device < 0) return fail(output_error(path, errno));
  return OutputFile(path, std::nullopt, device);
}

Result<void> OutputFile::write(std::string_view bytes) {
  hash_.update(bytes);
  size_ += static_cast<std::int64_t>(bytes.size());
  buffer_ += bytes;
  return buffer_.size() < kBufferSize ? Result<void>{} : flush();
}

Result<void> OutputFile::flush() {
  const int descriptor = partial_ ? partial_->descriptor() : direct_;
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail(error(errno));
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
  return {};
}

Result<void> OutputFile::finish() {
  if (auto flushed = flush(); !flushed) return flushed;
  if (partial_) return partial_->finish();
  // A pipe or a terminal cannot be synced.
  return ::close(std::exchange(direct_, -1)) == 0 ? Result<void>{} : fail(error(errno));
}

Error OutputFile::error(int code) const { return output_error(path_, code); }

Result<void> write_file(const std::string& path, std::string_view text) {
  auto file = OutputFile::open(path);
  if (!file) return fail(file.error());
  if (auto written = file->write(text); !written) return written;
  return file->finish();
}

}  // namespace qanat::exporting
