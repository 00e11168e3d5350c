#include "export/compression.h"

namespace qanat::exporting {

std::unique_ptr<Compressor> compressor_for(std::string_view path) {
  if (path.ends_with(".zst")) return zstd_compressor();
  if (path.ends_with(".gz")) return gzip_compressor();
  return nullptr;
}

}  // namespace qanat::exporting
