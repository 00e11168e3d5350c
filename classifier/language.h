#pragma once

#include <string>
#include <string_view>

namespace qanat::classifier {

/// "ru", "en" or "other". Code, URLs and emoji do not vote; where the words are too few for the
/// library, the alphabet decides.
[[nodiscard]] std::string language_of(std::string_view text);

}  // namespace qanat::classifier
