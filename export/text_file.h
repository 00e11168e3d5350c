#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "export/compression.h"
#include "export/output_file.h"
#include "export/written_file.h"

namespace qanat::exporting {

/// A file of rows as text; compressed when its name ends in .zst or .gz. It appears as OutputFile
/// does.
///
/// Errors of every call: those of OutputFile.
class TextFile {
 public:
  static Result<TextFile> open(const std::string& path);

  /// Appends what is no row: a header.
  Result<void> write(std::string_view text);
  Result<void> write_row(std::string_view text);

  /// As OutputFile has it.
  [[nodiscard]] std::string target() const { return file_.target(); }

  /// The last call.
  Result<WrittenFile> finish();

 private:
  TextFile(OutputFile file, std::unique_ptr<Compressor> compressor)
      : file_(std::move(file)), compressor_(std::move(compressor)) {}

  OutputFile file_;
  std::unique_ptr<Compressor> compressor_;  ///< null: as it is
  std::int64_t rows_ = 0;
  std::int64_t raw_bytes_ = 0;
};

}  // namespace qanat::exporting
