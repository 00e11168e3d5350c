#include <algorithm>
#include <array>
#include <limits>
#include <new>

#include <zlib.h>

#include "export/compression.h"

namespace qanat::exporting {
namespace {

constexpr int kGzipWindow = 15 + 16;  // the widest window, and gzip's head and tail around the data
constexpr int kGzipMemory = 8;        // zlib's own choice

class GzipCompressor final : public Compressor {
 public:
  GzipCompressor() {
    // Without deflateSetHeader() the head has no name, and 0 for the time.
    const int code = deflateInit2(
        &stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, kGzipMemory, Z_DEFAULT_STRATEGY);
    if (code != Z_OK) throw std::bad_alloc();
  }
  ~GzipCompressor() override { deflateEnd(&stream_); }
  GzipCompressor(const GzipCompressor&) = delete;
  GzipCompressor& operator=(const GzipCompressor&) = delete;

  void add(std::string_view bytes, std::string& out) override {
    while (!bytes.empty()) {
      const std::string_view piece =
          bytes.substr(0, std::numeric_limits<decltype(stream_.avail_in)>::max());
      // zlib reads the input only; its type lacks the const.
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
      stream_.avail_in = static_cast<uInt>(piece.size());
      while (stream_.avail_in > 0) step(Z_NO_FLUSH, out);
      bytes.remove_prefix(piece.size());
    }
  }

  void finish(std::string& out) override {
    while (step(Z_FINISH, out) != Z_STREAM_END) {
    }
  }

 private:
  int step(int flush, std::string& out) {
    stream_.next_out = room_.data();
    stream_.avail_out = static_cast<uInt>(room_.size());
    const int code = deflate(&stream_, flush);
    out.append(reinterpret_cast<const char*>(room_.data()), room_.size() - stream_.avail_out);
    return code;
  }

  z_stream stream_{};
  std::array<Bytef, 1U << 16U> room_{};
};

}  // namespace

std::unique_ptr<Compressor> gzip_compressor() { return std::make_unique<GzipCompressor>(); }

}  // namespace qanat::exporting
