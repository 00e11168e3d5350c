#include "classifier/pack_lines.h"

#include <algorithm>

namespace qanat::classifier {

void for_each_line(
    std::string_view path,
    std::string_view text,
    const std::function<bool(std::string_view line, const std::string& where)>& take) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string where = std::string(path) + ":" + std::to_string(++number) + ":1";
    std::string_view line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!take(line, where)) return;
    at = end + 1;
  }
}

}  // namespace qanat::classifier
