#include "importer/http_answer.h"

#include <algorithm>
#include <charconv>

#include "base/ascii.h"
#include "importer/chunked_body.h"
#include "importer/gzip_reader.h"

namespace qanat::importer {
namespace {

constexpr std::size_t kLargestPage = std::size_t{64} * 1024 * 1024;

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

/// "HTTP/1.1 200 OK".
int status_of(std::string_view line) {
  const std::size_t blank = line.find(' ');
  if (!line.starts_with("HTTP/") || blank == std::string_view::npos) return 0;
  int status = 0;
  (void)std::from_chars(line.data() + blank + 1, line.data() + line.size(), status);
  return status;
}

}  // namespace

std::string header_value(std::string_view headers, std::string_view name) {
  while (!headers.empty()) {
    const std::size_t end = std::min(headers.find('\n'), headers.size());
    const std::string_view line = headers.substr(0, end);
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos &&
        equal_without_case(without_blanks(line.substr(0, colon)), name)) {
      return std::string(without_blanks(line.substr(colon + 1)));
    }
    headers.remove_prefix(std::min(end + 1, headers.size()));
  }
  return "";
}

Result<HttpAnswer> read_http_answer(std::string_view bytes) {
  const std::size_t line_end = bytes.find("\r\n");
  const std::size_t head_end = bytes.find("\r\n\r\n");
  HttpAnswer answer{.status = status_of(bytes.substr(0, line_end))};
  if (answer.status == 0 || head_end == std::string_view::npos) {
    return fail(Errc::usage, "no answer of a web server");
  }
  if (head_end > line_end) {
    answer.headers = bytes.substr(line_end + 2, head_end - line_end);
  }
  Result<std::string> body = std::string(bytes.substr(head_end + 4));
  if (equal_without_case(header_value(answer.headers, "Transfer-Encoding"), "chunked")) {
    // Some tools put the chunks together and keep the header.
    if (auto joined = joined_chunks(*body)) body = std::move(joined);
  }
  const std::string encoding = header_value(answer.headers, "Content-Encoding");
  if (equal_without_case(encoding, "gzip") || equal_without_case(encoding, "deflate")) {
    // The same with compression.
    if (auto plain = unpacked(*body, kLargestPage)) body = std::move(plain);
  } else if (!encoding.empty() && !equal_without_case(encoding, "identity")) {
    return fail(Errc::usage, "compressed with " + encoding + ", which is not read");
  }
  answer.body = *std::move(body);
  return answer;
}

}  // namespace qanat::importer
