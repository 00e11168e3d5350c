#include <array>
#include <cerrno>
#include <fstream>
#include <new>
#include <system_error>
#include <utility>

#include <zstd.h>

#include "export/line_reader.h"

namespace qanat::exporting {
namespace {

struct FreeDecoder {
  void operator()(ZSTD_DCtx* decoder) const noexcept { ZSTD_freeDCtx(decoder); }
};

class ZstdSource final : public ByteSource {
 public:
  explicit ZstdSource(std::ifstream file) : file_(std::move(file)), decoder_(ZSTD_createDCtx()) {
    if (!decoder_) throw std::bad_alloc();
  }

  Result<bool> more(std::string& out) override {
    // What did not fit into the last output waits inside of the decoder, unless the frame ended.
    if (input_.pos == input_.size && (!output_full_ || wanted_ == 0)) {
      file_.read(packed_.data(), static_cast<std::streamsize>(packed_.size()));
      input_ = {.src = packed_.data(), .size = static_cast<std::size_t>(file_.gcount()), .pos = 0};
      if (input_.size == 0 && wanted_ > 0) return fail(Errc::usage, "damaged: it ends early");
      if (input_.size == 0) return false;
    }
    ZSTD_outBuffer output{.dst = room_.data(), .size = room_.size(), .pos = 0};
    wanted_ = ZSTD_decompressStream(decoder_.get(), &output, &input_);
    if (ZSTD_isError(wanted_) != 0) {
      return fail(Errc::usage, std::string("damaged: ") + ZSTD_getErrorName(wanted_));
    }
    output_full_ = output.pos == output.size;
    out.append(room_.data(), output.pos);
    return true;
  }

 private:
  std::ifstream file_;
  std::unique_ptr<ZSTD_DCtx, FreeDecoder> decoder_;
  std::array<char, 1U << 16U> packed_{};
  std::array<char, 1U << 16U> room_{};
  ZSTD_inBuffer input_{.src = nullptr, .size = 0, .pos = 0};
  std::size_t wanted_ = 1;    ///< 0 at the end of a frame
  bool output_full_ = false;  ///< by the last call
};

}  // namespace

Result<std::unique_ptr<ByteSource>> zstd_source(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(Errc::usage, std::error_code(errno, std::generic_category()).message());
  return std::make_unique<ZstdSource>(std::move(file));
}

}  // namespace qanat::exporting
