#pragma once

#include <string>
#include <string_view>

namespace qanat::parser {

/// The encoding that a Content-Type, or a tag, names ("text/html; charset=UTF-8"), in lower case;
/// empty when it names none.
[[nodiscard]] std::string charset_in(std::string_view content_type);

/// The one that a page names for itself, in a <meta> of its first kilobyte.
[[nodiscard]] std::string charset_of_page(std::string_view html);

/// Whether a page in it can be read: it is UTF-8, a part of that, or not named.
[[nodiscard]] bool is_readable_charset(std::string_view charset);

}  // namespace qanat::parser
