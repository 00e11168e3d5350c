#pragma once

#include <string_view>

/// What a record shows of a text: without ornaments at its ends. without_decoration() serves to
/// recognize lines and takes more: of "| grep x" it leaves the words.
namespace qanat::classifier {

/// `text` without the emoji, bullets and blanks before its first sentence. Signs that say
/// something stay: "7️⃣ способов", "- 2", "-> в Rust", "| grep x", "*args", "|x|".
[[nodiscard]] std::string_view without_leading_ornaments(std::string_view text);

/// `text` without the emoji and bullets behind it. Signs of a keyboard stay ("оператор *", "i--"),
/// unless they frame the text: "*** Срезы ***".
[[nodiscard]] std::string_view without_trailing_ornaments(std::string_view text);

}  // namespace qanat::classifier
