#pragma once

#include <string>
#include <string_view>

namespace qanat {

/// `text` for an element of HTML or an attribute in double quotes: & < > " as references.
[[nodiscard]] std::string escaped_html(std::string_view text);

}  // namespace qanat
