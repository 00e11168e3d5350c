#include "export/feed/plain_text.h"

#include <algorithm>

#include "base/utf8.h"

namespace qanat::exporting {
namespace {

bool is_xml_character(char32_t value) {
  return value == U'\t' || value == U'\n' || value == U'\r' ||
         (value >= 0x20 && value != 0x7F && value != 0xFFFE && value != 0xFFFF);
}

}  // namespace

std::string without_controls(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const utf8::CodePoint point = utf8::decode(text, at);
    at += point.length;
    if (is_xml_character(point.value)) utf8::append(out, point.value);
  }
  return out;
}

std::string heading_of(std::string_view text, std::size_t longest) {
  text.remove_prefix(std::min(text.find_first_not_of(" \n\t"), text.size()));
  text = text.substr(0, text.find('\n'));
  std::size_t at = 0;
  for (std::size_t taken = 0; at < text.size(); ++taken) {
    if (taken == longest) return std::string(text.substr(0, at)) + "…";
    at += utf8::decode(text, at).length;
  }
  return std::string(text);
}

}  // namespace qanat::exporting
