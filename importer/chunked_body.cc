#include "importer/chunked_body.h"

#include <charconv>
#include <optional>

namespace qanat::importer {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

/// The size that the first line says; the line goes from the body. Nothing when there is none.
std::optional<std::size_t> take_size(std::string_view& body) {
  constexpr int kHexadecimal = 16;
  std::size_t size = 0;
  const char* const end = body.data() + body.size();
  const auto [stop, error] = std::from_chars(body.data(), end, size, kHexadecimal);
  if (error != std::errc{}) return std::nullopt;
  const std::string_view rest(stop, end);
  const std::size_t line_end = rest.find(kLineEnd);
  // Blanks and extensions may follow the size.
  if (line_end == std::string_view::npos || rest.find_first_of(" \t;\r") != 0) return std::nullopt;
  body = rest.substr(line_end + kLineEnd.size());
  return size;
}

}  // namespace

bool begins_with_chunk(std::string_view body) { return take_size(body).has_value(); }

Result<std::string> joined_chunks(std::string_view body) {
  std::string out;
  for (;;) {
    if (body.empty()) return fail(Errc::usage, "a chunked body that ends early");
    const auto size = take_size(body);
    if (!size) return fail(Errc::usage, "a chunked body that is damaged");
    if (*size == 0) return out;
    if (*size > body.size() || body.size() - *size < kLineEnd.size()) {
      return fail(Errc::usage, "a chunked body that ends early");
    }
    out += body.substr(0, *size);
    body.remove_prefix(*size);
    if (!body.starts_with(kLineEnd)) return fail(Errc::usage, "a chunked body that is damaged");
    body.remove_prefix(kLineEnd.size());
  }
}

}  // namespace qanat::importer
