#include "app/input.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "app/units.h"

namespace qanat::app {
namespace {

Error too_big(const std::string& name, const InputCap& cap) {
  return {.code = cap.code,
          .message = name + ": more than " +
                     format_byte_count({static_cast<std::int64_t>(cap.bytes)}) + "; " +
                     std::string(cap.remedy)};
}

/// Reads to the end or to one byte over the cap.
Result<std::string> read_stream(std::istream& in, const std::string& name, const InputCap& cap) {
  constexpr std::size_t kPiece = std::size_t{64} * 1024;
  std::string out;
  while (in && out.size() <= cap.bytes) {
    const std::size_t had = out.size();
    out.resize(had + kPiece);
    in.read(out.data() + had, static_cast<std::streamsize>(kPiece));
    out.resize(had + static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad())
    return fail(Errc::usage, name + ": cannot be read: " + std::generic_category().message(errno));
  if (out.size() > cap.bytes) return fail(too_big(name, cap));
  return out;
}

}  // namespace

Result<std::ifstream> open_file(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    return fail(Errc::usage, path + ": no such file; check the path");
  }
  if (std::filesystem::is_directory(status)) {
    return fail(Errc::usage, path + ": is a folder; name a file in it");
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (file) return file;
  return fail(Errc::usage,
              path + ": cannot be opened: " + std::generic_category().message(errno) +
                  "; check the path and its permissions");
}

Result<std::string> read_file(const std::string& path, const InputCap& cap) {
  auto file = open_file(path);
  if (!file) return fail(file.error());
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (!error && size > cap.bytes) return fail(too_big(path, cap));
  return read_stream(*file, path, cap);
}

Result<std::string> read_input(const std::string& path, std::istream& in, const InputCap& cap) {
  if (path == "-") return read_stream(in, "standard input", cap);
  return read_file(path, cap);
}

}  // namespace qanat::app
