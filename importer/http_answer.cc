#include "importer/http_answer.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/ascii.h"
#include "importer/chunked_body.h"
#include "importer/gzip_reader.h"

namespace qanat::importer {
namespace {

constexpr std::size_t kLargestPage = std::size_t{64} * 1024 * 1024;
constexpr std::string_view kHeadEnd = "\r\n\r\n";

/// "HTTP/1.1 200 OK".
int status_of(std::string_view line) {
  const std::size_t blank = line.find(' ');
  if (!line.starts_with("HTTP/") || blank == std::string_view::npos) return 0;
  int status = 0;
  (void)std::from_chars(line.data() + blank + 1, line.data() + line.size(), status);
  return status;
}

bool is_packed(std::string_view encoding) {
  return equal_without_case(encoding, "gzip") || equal_without_case(encoding, "x-gzip") ||
         equal_without_case(encoding, "deflate");
}

/// Begins as gzip or zlib begin, which no page does.
bool looks_packed(std::string_view body) {
  constexpr unsigned kDeflate = 8;
  constexpr unsigned kCheck = 31;  // divides zlib's first two bytes
  if (body.size() < 2) return false;
  if (body.starts_with("\x1f\x8b")) return true;
  const unsigned first = static_cast<unsigned char>(body[0]);
  const unsigned second = static_cast<unsigned char>(body[1]);
  return first % 16 == kDeflate && (first * 256 + second) % kCheck == 0;
}

/// The body as the page's author sent it. Some tools put the chunks together or take the
/// compression off and keep the header: such a body is taken as it is.
Result<std::string> decoded(std::string_view sent, std::string_view headers) {
  Result<std::string> body = std::string(sent);
  if (equal_without_case(header_value(headers, "Transfer-Encoding"), "chunked") &&
      begins_with_chunk(*body)) {
    body = joined_chunks(*body);
    if (!body) return body;
  }
  const std::string encoding = header_value(headers, "Content-Encoding");
  if (is_packed(encoding)) {
    auto plain = unpacked(*body, kLargestPage);
    return plain || looks_packed(*body) ? plain : body;
  }
  if (!encoding.empty() && !equal_without_case(encoding, "identity")) {
    return fail(Errc::usage, "compressed with " + encoding + ", which is not supported");
  }
  return body;
}

}  // namespace

std::string header_value(std::string_view headers, std::string_view name) {
  while (!headers.empty()) {
    const std::size_t end = std::min(headers.find('\n'), headers.size());
    const std::string_view line = headers.substr(0, end);
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos &&
        equal_without_case(trimmed_ascii(line.substr(0, colon)), name)) {
      return std::string(trimmed_ascii(line.substr(colon + 1)));
    }
    headers.remove_prefix(std::min(end + 1, headers.size()));
  }
  return "";
}

Result<HttpAnswer> read_http_head(std::string_view bytes) {
  const std::size_t line_end = bytes.find("\r\n");
  const std::size_t head_end = bytes.find(kHeadEnd);
  HttpAnswer answer{.status = status_of(bytes.substr(0, line_end))};
  if (answer.status == 0 || head_end == std::string_view::npos) {
    return fail(Errc::usage, "not an HTTP response");
  }
  if (head_end > line_end) {
    answer.headers = bytes.substr(line_end + 2, head_end - line_end);
  }
  return answer;
}

Result<HttpAnswer> read_http_answer(std::string_view bytes) {
  auto answer = read_http_head(bytes);
  if (!answer) return answer;
  auto body = decoded(bytes.substr(bytes.find(kHeadEnd) + kHeadEnd.size()), answer->headers);
  if (!body) return fail(std::move(body.error()));
  answer->body = *std::move(body);
  return answer;
}

}  // namespace qanat::importer
