#pragma once

#include <optional>
#include <string_view>

namespace qanat::classifier {

enum class Script { latin, cyrillic, neither };

[[nodiscard]] Script script_of(char32_t letter);

/// Styled letters and digits (bold, circled, full width, …) as plain ones of the same case.
[[nodiscard]] char32_t plain_letter(char32_t value);

/// The letter of `to` that looks like `letter`; 0 when there is none.
[[nodiscard]] char32_t twin_letter(char32_t letter, Script to);

/// The alphabet that a word of mixed letters pretends to be written in. Nothing when the word is of
/// one alphabet, or when a letter of the rarer alphabet has no twin: then the mixture is meant.
[[nodiscard]] std::optional<Script> disguised_script(std::string_view word);

}  // namespace qanat::classifier
