#include "app/open_input.h"

#include <utility>

#include "app/input.h"

namespace qanat::app {

Result<Input> open_input(const std::string& path, std::istream& in) {
  if (path == "-") return Input(in);
  auto file = open_file(path);
  if (!file) return fail(file.error());
  return Input(std::make_unique<std::ifstream>(*std::move(file)), path);
}

}  // namespace qanat::app
