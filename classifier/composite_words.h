#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace qanat::classifier {

/// An expression's words and signs, in order; they point into `text`.
/// Errors: rule, when a character belongs to no word or sign.
[[nodiscard]] Result<std::vector<std::string_view>> split_expression(std::string_view text);

/// Could the word be a rule's id or a glob over ids?
[[nodiscard]] bool is_name(std::string_view word);

/// " (did you mean \"block.links\"?)" for a word close to a feature or function, else nothing.
[[nodiscard]] std::string similar_word(std::string_view word);

}  // namespace qanat::classifier
