#include "export/text_file.h"

namespace qanat::exporting {

Result<TextFile> TextFile::open(const std::string& path) {
  auto file = OutputFile::open(path);
  if (!file) return fail(file.error());
  return TextFile(*std::move(file), compressor_for(path));
}

Result<void> TextFile::write(std::string_view text) {
  raw_bytes_ += static_cast<std::int64_t>(text.size());
  if (!compressor_) return file_.write(text);
  std::string ready;
  compressor_->add(text, ready);
  return file_.write(ready);
}

Result<void> TextFile::write_row(std::string_view text) {
  ++rows_;
  return write(text);
}

Result<WrittenFile> TextFile::finish() {
  if (compressor_) {
    std::string ready;
    compressor_->finish(ready);
    if (auto written = file_.write(ready); !written) return fail(written.error());
  }
  if (auto finished = file_.finish(); !finished) return fail(finished.error());
  return WrittenFile{
      .rows = rows_, .bytes = file_.size(), .raw_bytes = raw_bytes_, .sha256 = file_.sha256()};
}

}  // namespace qanat::exporting
