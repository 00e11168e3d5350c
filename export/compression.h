#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace qanat::exporting {

/// Compresses a stream of bytes. The same bytes in the same pieces become the same.
class Compressor {
 public:
  Compressor() = default;
  virtual ~Compressor() = default;
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;

  /// Appends to `out` what is ready; the rest waits for the next call.
  virtual void add(std::string_view bytes, std::string& out) = 0;
  /// Appends the rest. The last call.
  virtual void finish(std::string& out) = 0;
};

/// One zstd frame with a checksum.
[[nodiscard]] std::unique_ptr<Compressor> zstd_compressor();
/// One gzip member, without a name and a time.
[[nodiscard]] std::unique_ptr<Compressor> gzip_compressor();

/// The compressor that a file's name asks for: .zst, .gz; null for other names.
[[nodiscard]] std::unique_ptr<Compressor> compressor_for(std::string_view path);

}  // namespace qanat::exporting
