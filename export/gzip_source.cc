#include <array>
#include <cerrno>
#include <system_error>

#include <zlib.h>

#include "export/line_reader.h"

namespace qanat::exporting {
namespace {

struct CloseGzip {
  void operator()(gzFile file) const noexcept { gzclose_r(file); }
};

class GzipSource final : public ByteSource {
 public:
  /// `packed`: its name says that it is compressed; else zlib reads plain files as they are.
  GzipSource(gzFile file, bool packed) : file_(file), packed_(packed) {}

  Result<bool> more(std::string& out) override {
    const int read = gzread(file_.get(), room_.data(), static_cast<unsigned>(room_.size()));
    int code = Z_OK;
    const char* const why = gzerror(file_.get(), &code);
    // zlib tells a missing end in Z_BUF_ERROR, with the bytes before it.
    if (read < 0 || code != Z_OK) return fail(Errc::usage, std::string("damaged: ") + why);
    const bool is_empty = read == 0 && gztell(file_.get()) == 0 && gzdirect(file_.get()) == 1;
    if (is_empty && packed_) return fail(Errc::usage, "damaged: it is empty");
    out.append(room_.data(), static_cast<std::size_t>(read));
    return read > 0;
  }

 private:
  std::unique_ptr<gzFile_s, CloseGzip> file_;
  bool packed_;
  std::array<char, 1U << 16U> room_{};
};

}  // namespace

Result<std::unique_ptr<ByteSource>> gzip_source(const std::string& path) {
  errno = 0;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) {
    return fail(Errc::usage, std::error_code(errno, std::generic_category()).message());
  }
  return std::make_unique<GzipSource>(file, path.ends_with(".gz"));
}

}  // namespace qanat::exporting
