#include <array>
#include <new>

#include <zstd.h>

#include "export/compression.h"

namespace qanat::exporting {
namespace {

constexpr int kZstdLevel = 3;  // higher ones save little on posts and take several times as long

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const noexcept { ZSTD_freeCCtx(context); }
};

class ZstdCompressor final : public Compressor {
 public:
  ZstdCompressor() : context_(ZSTD_createCCtx()) {
    if (!context_) throw std::bad_alloc();
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, kZstdLevel);
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
  }

  void add(std::string_view bytes, std::string& out) override {
    ZSTD_inBuffer input{.src = bytes.data(), .size = bytes.size(), .pos = 0};
    while (input.pos < input.size) step(input, ZSTD_e_continue, out);
  }

  void finish(std::string& out) override {
    ZSTD_inBuffer nothing{.src = nullptr, .size = 0, .pos = 0};
    while (step(nothing, ZSTD_e_end, out) != 0) {
    }
  }

 private:
  /// Gives how much waits to be written.
  std::size_t step(ZSTD_inBuffer& input, ZSTD_EndDirective directive, std::string& out) {
    ZSTD_outBuffer output{.dst = room_.data(), .size = room_.size(), .pos = 0};
    const std::size_t left = ZSTD_compressStream2(context_.get(), &output, &input, directive);
    if (ZSTD_isError(left) != 0) throw std::bad_alloc();  // it can only lack memory
    out.append(room_.data(), output.pos);
    return left;
  }

  std::unique_ptr<ZSTD_CCtx, FreeContext> context_;
  std::array<char, 1U << 16U> room_{};
};

}  // namespace

std::unique_ptr<Compressor> zstd_compressor() { return std::make_unique<ZstdCompressor>(); }

}  // namespace qanat::exporting
