#include "app/input.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "app/units.h"

namespace qanat::app {
namespace {

Error too_big(const std::string& name, std::size_t max_bytes) {
  return {.code = Errc::usage,
          .message = name + ": more than " +
                     format_byte_count({static_cast<std::int64_t>(max_bytes)}) +
                     ", which no input of this kind needs; cut it into smaller files"};
}

/// Reads to the end or to one byte over the cap.
Result<std::string> read_stream(std::istream& in, const std::string& name, std::size_t max_bytes) {
  constexpr std::size_t kPiece = std::size_t{64} * 1024;
  std::string out;
  while (in && out.size() <= max_bytes) {
    const std::size_t had = out.size();
    out.resize(had + kPiece);
    in.read(out.data() + had, static_cast<std::streamsize>(kPiece));
    out.resize(had + static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad())
    return fail(Errc::usage, name + ": cannot be read: " + std::generic_category().message(errno));
  if (out.size() > max_bytes) return fail(too_big(name, max_bytes));
  return out;
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t max_bytes) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    return fail(Errc::usage, path + ": no such file; check the path");
  }
  if (std::filesystem::is_directory(status)) {
    return fail(Errc::usage, path + ": is a folder; name a file in it");
  }
  const auto size = std::filesystem::file_size(path, error);
  if (!error && size > max_bytes) return fail(too_big(path, max_bytes));
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return fail(Errc::usage,
                path + ": cannot be opened: " + std::generic_category().message(errno));
  return read_stream(file, path, max_bytes);
}

Result<std::string> read_input(const std::string& path, std::istream& in, std::size_t max_bytes) {
  if (path == "-") return read_stream(in, "standard input", max_bytes);
  return read_file(path, max_bytes);
}

}  // namespace qanat::app
