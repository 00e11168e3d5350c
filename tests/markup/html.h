#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "base/html.h"

namespace qanat::markup {

/// `pattern` with each {key} replaced by its value. Braces around anything else stay.
[[nodiscard]] std::string fill(
    std::string_view pattern,
    std::initializer_list<std::pair<std::string_view, std::string_view>> values);

/// Text as it may stand in an attribute or between tags: & < > " escaped.
[[nodiscard]] inline std::string escape(std::string_view text) { return escaped_html(text); }

/// Base64 for URLs, without padding.
[[nodiscard]] std::string base64url(std::string_view bytes);

}  // namespace qanat::markup
