#include "export/line_reader.h"

#include <utility>

namespace qanat::exporting {

Result<LineReader> LineReader::open(const std::string& path) {
  auto source = path.ends_with(".zst") ? zstd_source(path) : gzip_source(path);
  if (!source) return fail(Error{source.error()}.within(path));
  return LineReader(path, *std::move(source));
}

Result<bool> LineReader::next(std::string& line) {
  std::size_t searched = at_;
  for (;;) {
    if (const std::size_t end = ready_.find('\n', searched); end != std::string::npos) {
      line.assign(ready_, at_, end - at_);
      at_ = end + 1;
      return true;
    }
    ready_.erase(0, at_);
    at_ = 0;
    searched = ready_.size();
    const auto more = source_->more(ready_);
    if (!more) return fail(Error{more.error()}.within(path_));
    if (*more) continue;
    if (ready_.empty()) return false;
    return fail(Errc::usage, path_ + ": the last line is truncated");
  }
}

}  // namespace qanat::exporting
