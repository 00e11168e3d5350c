#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace qanat::classifier {

/// Calls `take` for each line of a pack's plain file, its LF or CRLF left out, with its place
/// ("lists/x.txt:3:1"), until it says false.
void for_each_line(
    std::string_view path,
    std::string_view text,
    const std::function<bool(std::string_view line, const std::string& where)>& take);

}  // namespace qanat::classifier
