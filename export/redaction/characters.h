#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

/// What characters are to somebody who looks for numbers and addresses in a text.
namespace qanat::exporting {

/// Of the Latin and Cyrillic alphabets.
[[nodiscard]] bool is_letter(char32_t value);

/// Latin and Cyrillic capitals made small.
[[nodiscard]] std::string small_letters(std::string_view text);

/// `text` begins with `prefix`, which is in small letters, in any case.
[[nodiscard]] bool begins_with(std::string_view text, std::string_view prefix);

/// The words of `text` that are addresses of the web, in text order.
[[nodiscard]] std::vector<Span> web_addresses(std::string_view text);

/// One of `words`, in small letters, stands before `at`; punctuation and blanks may part them.
[[nodiscard]] bool stands_after(std::string_view text,
                                std::size_t at,
                                const std::vector<std::string_view>& words);

}  // namespace qanat::exporting
