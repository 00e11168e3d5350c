#pragma once

#include <string>

namespace qanat::parser {

/// Makes numeric references that no character has (&#x100000041;) name U+FFFD, as HTML says, in the
/// bytes they have. Libgumbo adds up their digits in an int that overflows, and writes bytes that
/// are no UTF-8, or another character.
void bound_references(std::string& html);

}  // namespace qanat::parser
