#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace qanat::parser {

/// The number of a declaration in a style attribute: ("width:800px;…", "width", "px") → 800.
[[nodiscard]] std::optional<double> css_number(std::string_view style,
                                               std::string_view property,
                                               std::string_view unit);

/// The address in the first url(…) of a style attribute that is not a data: URL; empty without one.
[[nodiscard]] std::string css_url(std::string_view style);

}  // namespace qanat::parser
