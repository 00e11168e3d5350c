#include "classifier/ornaments.h"

#include <re2/re2.h>

#include "base/utf8.h"
#include "classifier/characters.h"

namespace qanat::classifier {
namespace {

constexpr std::string_view kKeyboardSigns = "-*>|";

bool matches_head(std::string_view text, const RE2& head) {
  re2::StringPiece rest(text.substr(0, text.find('\n')));
  return RE2::Consume(&rest, head);
}

/// "- 2", "— 40 °C": a number that is all the line says.
bool is_negative_number(std::string_view text) {
  static const RE2 number(R"([-–—] ?\d[\d.,]*[ %°]*\p{L}*[ \t]*$)");
  return matches_head(text, number);
}

/// "-> в Rust": a new sentence would begin with a capital.
bool is_arrow_of_sentence(std::string_view text) {
  static const RE2 arrow(R"(-+> ?[\p{Ll}\d])");
  return matches_head(text, arrow);
}

/// "| grep x", "> notes.txt", "| a | b |", "|x|", "*/": code, or a row of a table.
bool is_operator(std::string_view text) {
  static const RE2 operation(R"([|>] [\p{Ll}\d.~/$]|\|.*\||[*>|]+[!-)+-=?-{}~])");
  return matches_head(text, operation);
}

/// "7️⃣ способов": a number that counts what is said.
bool is_counting_keycap(std::string_view text) {
  static const RE2 counted(R"((?:\d\x{FE0F}?\x{20E3}|\x{1F51F})+\s*\p{Ll})");
  return matches_head(text, counted);
}

bool is_content(std::string_view text) {
  return is_sign_of_word(text) || is_counting_keycap(text) || is_negative_number(text) ||
         is_arrow_of_sentence(text) || is_operator(text);
}

/// Keyboard signs apart.
std::string_view without_last_ornament(std::string_view text) {
  const char32_t last = last_character(text);
  const bool ornament = is_decoration(last) || is_blank(last);
  if (text.empty() || !ornament) return text;
  return text.substr(0, utf8::start_of_last(text));
}

}  // namespace

std::string_view without_leading_ornaments(std::string_view text) {
  while (!text.empty() && !is_content(text)) {
    const std::size_t ornament = ornament_length(text);
    if (ornament == 0) break;
    text.remove_prefix(ornament);
  }
  return text;
}

std::string_view without_trailing_ornaments(std::string_view text) {
  const std::string_view frame = text.substr(0, text.find_first_not_of(kKeyboardSigns));
  while (!text.empty()) {
    const std::string_view signs = text.substr(text.find_last_not_of(kKeyboardSigns) + 1);
    if (!signs.empty() && signs != frame) break;
    const std::string_view words = text.substr(0, text.size() - signs.size());
    const std::string_view bare = without_last_ornament(words);
    if (signs.empty() && bare.size() == words.size()) break;
    text = bare;
  }
  return text;
}

}  // namespace qanat::classifier
