#pragma once

#include <span>
#include <string>
#include <string_view>

#include "classifier/lines.h"

namespace qanat::classifier {

/// "ru", "en" or "other". Code, addresses, handles, tags and emoji do not vote. CLD2 reads the
/// words of the alphabet that prevails; where they are too few for it, the alphabet decides: a
/// letter that Russian lacks (і, ў, ј) makes a Cyrillic text another language.
[[nodiscard]] std::string language_of(std::string_view text);
/// The same of a text whose lines are known.
[[nodiscard]] std::string language_of(std::span<const Line> lines);

}  // namespace qanat::classifier
