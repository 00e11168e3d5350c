#include "parser/charset.h"

#include <algorithm>

#include "base/ascii.h"

namespace qanat::parser {

std::string charset_in(std::string_view content_type) {
  constexpr std::string_view kName = "charset";
  const std::string text = lowered(content_type);
  const std::size_t name = text.find(kName);
  if (name == std::string::npos) return {};
  std::size_t begin = text.find_first_not_of(" \t", name + kName.size());
  if (begin == std::string::npos || text[begin] != '=') return {};
  begin = std::min(text.find_first_not_of(" \t\"'", begin + 1), text.size());
  return text.substr(begin, text.find_first_of(" \t\r\n;,\"'/>", begin) - begin);
}

std::string charset_of_page(std::string_view html) {
  constexpr std::string_view kMeta = "<meta ";
  constexpr std::size_t kLookAt = 1024;
  const std::string head = lowered(html.substr(0, kLookAt));
  for (std::size_t at = 0; (at = head.find(kMeta, at)) != std::string::npos;) {
    at += kMeta.size();
    const std::string_view tag = std::string_view(head).substr(at, head.find('>', at) - at);
    // Other tags hold people's words.
    if (!tag.starts_with("charset") && !tag.starts_with("http-equiv")) continue;
    if (auto charset = charset_in(tag); !charset.empty()) return charset;
  }
  return {};
}

bool is_readable_charset(std::string_view charset) {
  return charset.empty() || charset == "utf-8" || charset == "utf8" || charset == "us-ascii";
}

}  // namespace qanat::parser
