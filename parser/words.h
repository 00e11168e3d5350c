#pragma once

#include <string>
#include <string_view>

namespace qanat::parser {

/// White space that does not belong to a text's ends: ASCII's, and the no-break space.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// `text` without `prefix`, which must be lower case and is compared without case; unchanged when
/// it does not start so.
[[nodiscard]] std::string_view without_prefix(std::string_view text, std::string_view prefix);

}  // namespace qanat::parser
