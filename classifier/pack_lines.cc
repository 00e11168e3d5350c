#include "classifier/pack_lines.h"

#include <algorithm>

namespace qanat::classifier {

std::string LinePlace::text() const {
  return std::string(path) + ":" + std::to_string(number) + ":1";
}

void for_each_line(std::string_view path,
                   std::string_view text,
                   const std::function<bool(std::string_view line, LinePlace where)>& take) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  LinePlace where{.path = path};
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!take(line, where)) return;
    at = end + 1;
    ++where.number;
  }
}

}  // namespace qanat::classifier
