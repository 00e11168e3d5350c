#include "export/file_digest.h"

#include <array>
#include <cerrno>
#include <fstream>

#include "base/sha256.h"
#include "export/disk.h"

namespace qanat::exporting {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 16U;

}  // namespace

Result<FileDigest> digest_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(disk_error(path, errno));
  FileDigest out;
  Sha256 hash;
  std::array<char, kPiece> piece{};
  while (in.read(piece.data(), piece.size()) || in.gcount() > 0) {
    hash.update({piece.data(), static_cast<std::size_t>(in.gcount())});
    out.bytes += in.gcount();
  }
  if (in.bad()) return fail(disk_error(path, EIO));
  out.sha256 = hash.hex();
  return out;
}

}  // namespace qanat::exporting
