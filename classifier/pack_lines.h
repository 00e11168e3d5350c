#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace qanat::classifier {

/// Where a line begins, written out only when something is wrong with it.
struct LinePlace {
  std::string_view path;
  std::size_t number = 1;

  [[nodiscard]] std::string text() const;  ///< "lists/x.txt:3:1"
};

/// Calls `take` for each line of a pack's plain file, its LF or CRLF left out, until it says false.
void for_each_line(std::string_view path,
                   std::string_view text,
                   const std::function<bool(std::string_view line, LinePlace where)>& take);

}  // namespace qanat::classifier
