#include "app/open_input.h"

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace qanat::app {

Result<Input> open_input(const std::string& path, std::istream& in) {
  if (path == "-") return Input(in);
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return fail(Errc::usage, path + ": is a folder; name a file in it");
  }
  errno = 0;
  auto file = std::make_unique<std::ifstream>(path, std::ios::binary);
  if (!*file) {
    return fail(Errc::usage,
                path + ": cannot be opened: " + std::generic_category().message(errno) +
                    "; check the path");
  }
  return Input(std::move(file), path);
}

}  // namespace qanat::app
