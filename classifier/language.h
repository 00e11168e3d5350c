#pragma once

#include <span>
#include <string>
#include <string_view>

#include "classifier/lines.h"

namespace qanat::classifier {

/// Raised whenever the same text would be of another language, by another CLD2 as well: it decides
/// which packs speak, so it enters the decision fingerprint.
inline constexpr int kLanguageVersion = 1;

/// "ru", "en" or "other". Code, addresses, handles, tags and emoji do not vote. CLD2 reads the
/// words of the alphabet that prevails; where they are too few for it, the alphabet decides: a
/// letter that Russian lacks (і, ў, ј) makes a Cyrillic text another language.
[[nodiscard]] std::string language_of(std::string_view text);
/// The same of a text whose lines are known.
[[nodiscard]] std::string language_of(std::span<const Line> lines);

}  // namespace qanat::classifier
