#include "classifier/homoglyphs.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include <utf8proc.h>

#include "base/utf8.h"
#include "classifier/characters.h"

namespace qanat::classifier {
namespace {

struct Twins {
  char32_t latin;
  char32_t cyrillic;
};

/// Case matters: "H" looks like "Н", "h" does not look like "н".
constexpr std::array kTwins{
    Twins{U'A', U'А'}, Twins{U'B', U'В'}, Twins{U'C', U'С'}, Twins{U'E', U'Е'}, Twins{U'H', U'Н'},
    Twins{U'K', U'К'}, Twins{U'M', U'М'}, Twins{U'O', U'О'}, Twins{U'P', U'Р'}, Twins{U'T', U'Т'},
    Twins{U'X', U'Х'}, Twins{U'Y', U'У'}, Twins{U'a', U'а'}, Twins{U'c', U'с'}, Twins{U'e', U'е'},
    Twins{U'k', U'к'}, Twins{U'o', U'о'}, Twins{U'p', U'р'}, Twins{U'x', U'х'}, Twins{U'y', U'у'},
};

/// Cyrillic letters that Russian lacks: they disguise Latin words, Latin letters do not stand for
/// them ("ITшник" is no disguise).
constexpr std::array kTwinsOfLatin{
    Twins{U'S', U'Ѕ'},
    Twins{U's', U'ѕ'},
    Twins{U'I', U'І'},
    Twins{U'i', U'і'},
    Twins{U'J', U'Ј'},
    Twins{U'j', U'ј'},
};

bool is_styled(char32_t value) {
  return within(value, 0x1D400, 0x1D7FF) || within(value, 0x2460, 0x24FF) ||
         within(value, 0xFF01, 0xFF5E) || within(value, 0x1F110, 0x1F149);
}

/// White letters on a disc or square have no compatibility mapping.
char32_t negative_letter(char32_t value) {
  if (within(value, 0x1F150, 0x1F169)) return U'A' + (value - 0x1F150);
  if (within(value, 0x1F170, 0x1F189)) return U'A' + (value - 0x1F170);
  return value;
}

}  // namespace

Script script_of(char32_t letter) {
  if (is_latin(letter)) return Script::latin;
  return is_cyrillic(letter) ? Script::cyrillic : Script::neither;
}

char32_t plain_letter(char32_t value) {
  if (!is_styled(value)) return negative_letter(value);

  // NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange): flags, as utf8proc wants them
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT);
  std::array<utf8proc_int32_t, 8> parts{};
  int last_class = 0;
  const auto count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(value),
                                             parts.data(),
                                             static_cast<utf8proc_ssize_t>(parts.size()),
                                             options,
                                             &last_class);
  // "⑩" and "⒜" become several characters: the one that is a letter or digit, or none of them.
  if (count == 1) return static_cast<char32_t>(parts.front());
  if (count == 3 && parts.front() == '(') return static_cast<char32_t>(parts.at(1));
  return value;
}

char32_t twin_letter(char32_t letter, Script to) {
  if (to == Script::cyrillic) {
    const auto* found = std::ranges::find(kTwins, letter, &Twins::latin);
    return found == kTwins.end() ? 0 : found->cyrillic;
  }
  if (const auto* found = std::ranges::find(kTwins, letter, &Twins::cyrillic);
      found != kTwins.end()) {
    return found->latin;
  }
  const auto* found = std::ranges::find(kTwinsOfLatin, letter, &Twins::cyrillic);
  return found == kTwinsOfLatin.end() ? 0 : found->latin;
}

std::optional<Script> disguised_script(std::string_view word) {
  std::size_t latin = 0;
  std::size_t cyrillic = 0;
  bool latin_twins = true;
  bool cyrillic_twins = true;
  for (std::size_t at = 0; at < word.size();) {
    const auto point = utf8::decode(word, at);
    at += point.length;
    const char32_t letter = plain_letter(point.value);
    switch (script_of(letter)) {
      case Script::latin:
        ++latin;
        latin_twins = latin_twins && twin_letter(letter, Script::cyrillic) != 0;
        break;
      case Script::cyrillic:
        ++cyrillic;
        cyrillic_twins = cyrillic_twins && twin_letter(letter, Script::latin) != 0;
        break;
      case Script::neither: break;
    }
  }
  if (latin == 0 || cyrillic == 0) return std::nullopt;
  if (latin <= cyrillic && latin_twins) return Script::cyrillic;
  if (cyrillic <= latin && cyrillic_twins) return Script::latin;
  return std::nullopt;
}

}  // namespace qanat::classifier
