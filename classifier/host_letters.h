#pragma once

#include <string>
#include <string_view>

namespace qanat::classifier {

/// A host as people read it: labels in Punycode (RFC 3492, "xn--e1afmkfd") in their own letters,
/// without a dot at the end. A label that is no valid Punycode stays as it is.
[[nodiscard]] std::string in_own_letters(std::string_view host);

}  // namespace qanat::classifier
