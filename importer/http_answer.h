#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace qanat::importer {

/// An HTTP answer as it stood in an archive.
struct HttpAnswer {
  int status = 0;
  std::string headers;  ///< lines as sent, without the status line
  std::string body;     ///< without chunks and compression
};

/// Errors: usage: no HTTP answer, damaged, a compression that is not gzip or deflate, or larger
/// than any page is.
Result<HttpAnswer> read_http_answer(std::string_view bytes);

/// Status and headers alone; the body is empty. Errors: usage: no HTTP answer.
Result<HttpAnswer> read_http_head(std::string_view bytes);

/// The value of a header among lines of them, without the blanks around it; empty when it is not
/// there. Names are compared without case.
[[nodiscard]] std::string header_value(std::string_view headers, std::string_view name);

}  // namespace qanat::importer
