#include "importer/chunked_body.h"

#include <charconv>

namespace qanat::importer {

Result<std::string> joined_chunks(std::string_view body) {
  constexpr int kHexadecimal = 16;
  std::string out;
  for (;;) {
    std::size_t size = 0;
    const char* const end = body.data() + body.size();
    const auto [stop, error] = std::from_chars(body.data(), end, size, kHexadecimal);
    const std::size_t line_end = body.find("\r\n");
    if (error != std::errc{} || line_end == std::string_view::npos) {
      return fail(Errc::usage, "a body in chunks that are damaged");
    }
    body.remove_prefix(line_end + 2);
    if (size == 0) return out;
    if (body.size() < size + 2) return fail(Errc::usage, "a body in chunks that ends early");
    out += body.substr(0, size);
    body.remove_prefix(size + 2);
  }
}

}  // namespace qanat::importer
