#include "classifier/language.h"

#include <algorithm>

#include <cld2/public/compact_lang_det.h>

#include "base/utf8.h"
#include "classifier/characters.h"
#include "classifier/lines.h"

namespace qanat::classifier {
namespace {

/// A text in Cyrillic is Russian when a quarter of its letters are: programmers' posts quote much
/// Latin, and an English post hardly ever quotes so much Cyrillic.
constexpr std::size_t kCyrillicPart = 4;
/// One letter in so many that Russian does not have makes a Cyrillic text another language; a
/// Russian text that quotes a foreign name has fewer.
constexpr std::size_t kForeignPart = 40;
/// Below so many letters the library takes Russian and English headings for their neighbours.
constexpr std::size_t kEnoughLetters = 15;

bool is_russian(char32_t value) {
  return (value >= U'А' && value <= U'я') || value == U'Ё' || value == U'ё';
}

/// Letters of Russian that Ukrainian and Bulgarian do without.
bool is_russian_alone(char32_t value) { return std::u32string_view(U"ыЫэЭёЁ").contains(value); }

struct Letters {
  std::size_t cyrillic = 0;
  std::size_t latin = 0;
  std::size_t others = 0;
  std::size_t foreign = 0;        ///< Cyrillic, but not Russian
  std::size_t russian_alone = 0;  ///< not in the neighbours' alphabets

  Letters& operator+=(const Letters& more) {
    cyrillic += more.cyrillic;
    latin += more.latin;
    others += more.others;
    foreign += more.foreign;
    russian_alone += more.russian_alone;
    return *this;
  }

  [[nodiscard]] std::size_t all() const { return cyrillic + latin + others; }
  [[nodiscard]] bool is_cyrillic() const { return cyrillic * kCyrillicPart >= all(); }
};

/// A single character's.
Letters compute_letters(char32_t value) {
  Letters letters;
  if (is_cyrillic(value)) {
    letters.cyrillic = 1;
    letters.foreign = is_russian(value) ? 0 : 1;
    letters.russian_alone = is_russian_alone(value) ? 1 : 0;
  } else if (is_latin(value)) {
    letters.latin = 1;
  } else if (is_letter(value)) {
    letters.others = 1;
  }
  return letters;
}

Letters count_letters(std::string_view text) {
  static const auto table = table_of(compute_letters);
  Letters letters;
  for (std::size_t at = 0; at < text.size();) {
    const utf8::CodePoint point = character_at(text, at);
    at += point.length;
    letters += point.value < kTableSize ? table[point.value] : compute_letters(point.value);
  }
  return letters;
}

/// Addresses, handles and tags are nobody's language.
bool is_name(std::string_view word) {
  return word.starts_with('@') || word.starts_with('#') || word.contains("://") ||
         word.starts_with("www.");
}

/// Calls take(word) for each word of a line that is neither code nor bare links.
template <class Take>
void for_each_word(const Line& line, Take&& take) {
  if (line.kind == LineKind::code || line.kind == LineKind::links) return;
  for (std::string_view rest = line.text; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    if (!is_name(word)) take(word);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

/// Of the words of the post.
Letters count_letters(std::span<const Line> lines) {
  Letters letters;
  for (const Line& line : lines) {
    for_each_word(line, [&](std::string_view word) { letters += count_letters(word); });
  }
  return letters;
}

/// The words of the post, valid UTF-8 for the library.
std::string words_of(std::span<const Line> lines) {
  std::string words;
  for (const Line& line : lines) {
    for_each_word(line, [&](std::string_view word) { words.append(word).push_back(' '); });
    if (line.kind != LineKind::code && line.kind != LineKind::links) words.push_back('\n');
  }
  return utf8::repaired(words);
}

/// Without the letters of the other alphabet: "Как отменить commit" is a Russian sentence.
std::string in_alphabet(std::string_view words, bool cyrillic) {
  std::string result;
  for (std::size_t at = 0; at < words.size();) {
    const utf8::CodePoint point = utf8::decode(words, at);
    const bool stranger = cyrillic ? is_latin(point.value) : is_cyrillic(point.value);
    result.append(stranger ? " " : words.substr(at, point.length));
    at += point.length;
  }
  return result;
}

/// What the library is sure of; UNKNOWN_LANGUAGE otherwise.
CLD2::Language detect(const std::string& words) {
  bool reliable = false;
  const CLD2::Language language =
      CLD2::DetectLanguage(words.data(), static_cast<int>(words.size()), true, &reliable);
  return reliable ? language : CLD2::UNKNOWN_LANGUAGE;
}

/// The library says so of many a short Russian sentence. Their own letters would have told.
bool shows_by_its_letters(CLD2::Language language) {
  return language == CLD2::SERBIAN || language == CLD2::MACEDONIAN;
}

bool lacks_letters_of_russian(CLD2::Language language) {
  return language == CLD2::UKRAINIAN || language == CLD2::BULGARIAN;
}

/// None of the letters that Russian lacks, and enough of those that its neighbours lack: the
/// library has nothing to add, and takes its time.
bool is_plainly_russian(const Letters& letters) {
  constexpr std::size_t kAlonePart = 100;
  return letters.is_cyrillic() && letters.foreign == 0 && letters.cyrillic >= kEnoughLetters &&
         letters.russian_alone * kAlonePart >= letters.cyrillic;
}

bool is_other_cyrillic(const Letters& letters, CLD2::Language detected) {
  if (letters.foreign > 0 && letters.foreign * kForeignPart >= letters.cyrillic) return true;
  if (detected == CLD2::UNKNOWN_LANGUAGE || detected == CLD2::RUSSIAN) return false;
  if (letters.cyrillic < kEnoughLetters || shows_by_its_letters(detected)) return false;
  return !lacks_letters_of_russian(detected) || letters.russian_alone == 0;
}

bool is_other_latin(const Letters& letters, CLD2::Language detected) {
  return detected != CLD2::UNKNOWN_LANGUAGE && detected != CLD2::ENGLISH &&
         letters.latin >= kEnoughLetters;
}

}  // namespace

std::string language_of(std::string_view text) { return language_of(split_lines(text)); }

std::string language_of(std::span<const Line> lines) {
  const Letters letters = count_letters(lines);
  if (letters.all() == 0 || letters.others * 2 > letters.all()) return "other";
  if (is_plainly_russian(letters)) return "ru";

  const bool cyrillic = letters.is_cyrillic();
  const CLD2::Language detected = detect(in_alphabet(words_of(lines), cyrillic));
  if (cyrillic) return is_other_cyrillic(letters, detected) ? "other" : "ru";
  return is_other_latin(letters, detected) ? "other" : "en";
}

}  // namespace qanat::classifier
