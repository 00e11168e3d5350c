#include "classifier/characters.h"

#include <algorithm>
#include <array>

#include <utf8proc.h>

#include "base/utf8.h"

namespace qanat::classifier {
namespace {

utf8proc_category_t category(char32_t value) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(value));
}

struct Traits {
  bool letter = false;
  bool upper = false;
};

Traits compute_traits(char32_t value) {
  switch (category(value)) {
    case UTF8PROC_CATEGORY_LU: return {.letter = true, .upper = true};
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO: return {.letter = true};
    default: return {};
  }
}

Traits traits_of(char32_t value) {
  static const auto table = table_of(compute_traits);
  return value < kTableSize ? table[value] : compute_traits(value);
}

struct Range {
  char32_t first;
  char32_t last;
};

/// Symbols that readers see as pictures, and what joins them: general punctuation is not among
/// them.
constexpr std::array kEmojiRanges{
    Range{0x200D, 0x200D},
    Range{0x20E3, 0x20E3},
    Range{0x2190, 0x21FF},
    Range{0x2300, 0x23FF},
    Range{0x2460, 0x24FF},
    Range{0x2500, 0x27BF},
    Range{0x2900, 0x297F},
    Range{0x2B00, 0x2BFF},
    Range{0xFE00, 0xFE0F},
    Range{0x1F000, 0x1FAFF},
    Range{0xE0020, 0xE007F},
};

constexpr std::u32string_view kBullets = U"-–—―•●○◦∙·*▪▫■□►▶→⇒>|";

/// "1" and two invisible characters make the keycap 1️⃣: its length, or 0 when none begins here.
std::size_t keycap_length(std::string_view text) {
  if (!is_digit(static_cast<unsigned char>(text.front()))) return 0;
  const std::string_view rest = text.substr(1);
  if (rest.starts_with("\u20E3")) return 1 + 3;
  return rest.starts_with("\uFE0F\u20E3") ? 1 + 6 : 0;
}

bool begins_latin(std::string_view text) {
  return !text.empty() && is_latin(character_at(text, 0).value);
}

}  // namespace

bool is_letter(char32_t value) { return traits_of(value).letter; }

bool is_upper(char32_t value) { return traits_of(value).upper; }

bool is_digit(char32_t value) { return value >= U'0' && value <= U'9'; }

bool is_letter_or_digit(char32_t value) { return is_digit(value) || is_letter(value); }

bool is_cyrillic(char32_t value) {
  return within(value, 0x400, 0x52F) && !within(value, 0x482, 0x489);  // marks over letters
}

bool is_latin(char32_t value) {
  return within(value, U'a', U'z') || within(value, U'A', U'Z') ||
         (within(value, 0xC0, 0x24F) && value != U'×' && value != U'÷');
}

bool is_blank(char32_t value) {
  if (value == U' ' || (value >= U'\t' && value <= U'\r')) return true;
  return value > 0x7F && (category(value) == UTF8PROC_CATEGORY_ZS || value == 0x200B ||
                          value == 0x2060 || value == 0xFEFF);
}

bool is_emoji(char32_t value) {
  if (value < kEmojiRanges.front().first) return false;
  return std::ranges::any_of(
      kEmojiRanges, [value](Range range) { return value >= range.first && value <= range.last; });
}

bool is_decoration(char32_t value) { return is_emoji(value) || kBullets.contains(value); }

std::string_view trimmed(std::string_view text) {
  while (!text.empty()) {
    const utf8::CodePoint first = character_at(text, 0);
    if (!is_blank(first.value)) break;
    text.remove_prefix(first.length);
  }
  while (!text.empty() && is_blank(last_character(text))) {
    text.remove_suffix(text.size() - utf8::start_of_last(text));
  }
  return text;
}

bool is_sign_of_word(std::string_view text) {
  if (text.size() < 2) return false;
  if (text.starts_with("||") || text.starts_with(">>")) return true;
  const std::size_t word = text.find_first_not_of(text.front());
  if (word > 2) return false;
  if (text.front() == '-') return text[word] != ' ' && text[word] != '>';
  return text.front() == '*' && begins_latin(text.substr(word));
}

std::size_t ornament_length(std::string_view text) {
  if (const std::size_t keycap = keycap_length(text); keycap > 0) return keycap;
  const utf8::CodePoint first = character_at(text, 0);
  return is_decoration(first.value) || is_blank(first.value) ? first.length : 0;
}

std::string_view without_decoration(std::string_view text) {
  while (!text.empty() && !is_sign_of_word(text)) {
    const std::size_t ornament = ornament_length(text);
    if (ornament == 0) break;
    text.remove_prefix(ornament);
  }
  return text;
}

std::string_view without_trailing_decoration(std::string_view text) {
  while (!text.empty()) {
    const char32_t last = last_character(text);
    if (!is_decoration(last) && !is_blank(last)) break;
    text.remove_suffix(text.size() - utf8::start_of_last(text));
  }
  return text;
}

bool holds_words(std::string_view text) { return holds_character(text, is_letter_or_digit); }

char32_t last_character(std::string_view text) {
  return text.empty() ? 0 : character_at(text, utf8::start_of_last(text)).value;
}

}  // namespace qanat::classifier
