#include "parser/words.h"

#include <string>
#include <string_view>

#include "base/ascii.h"

namespace qanat::parser {

namespace {

constexpr std::string_view kNoBreakSpace = "\u00a0";

/// How many bytes of white space `text` starts with: 0, 1, or 2 for a no-break space.
std::size_t blank_at_front(std::string_view text) {
  if (text.starts_with(kNoBreakSpace)) return kNoBreakSpace.size();
  return !text.empty() && std::string_view{" \t\n\r\f\v"}.contains(text.front()) ? 1 : 0;
}

std::size_t blank_at_back(std::string_view text) {
  if (text.ends_with(kNoBreakSpace)) return kNoBreakSpace.size();
  return !text.empty() && std::string_view{" \t\n\r\f\v"}.contains(text.back()) ? 1 : 0;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (const std::size_t blank = blank_at_front(text)) text.remove_prefix(blank);
  while (const std::size_t blank = blank_at_back(text)) text.remove_suffix(blank);
  return text;
}

std::string_view without_prefix(std::string_view text, std::string_view prefix) {
  if (lowered(text.substr(0, prefix.size())) == prefix) text.remove_prefix(prefix.size());
  return text;
}

}  // namespace qanat::parser
