#include "classifier/language.h"

#include <algorithm>
#include <array>
#include <cstdint>

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
/// Letters of the other alphabet that make a block a sentence of another language, no name or term.
constexpr std::size_t kSentence = 20;

bool is_russian(char32_t value) {
  return (value >= U'А' && value <= U'я') || value == U'Ё' || value == U'ё';
}

/// Letters of Russian that Ukrainian and Bulgarian do without.
bool is_russian_alone(char32_t value) { return std::u32string_view(U"ыЫэЭёЁ").contains(value); }

enum class Alphabet : std::uint8_t {
  none,
  shared,         ///< of Russian and its neighbours
  russian_alone,  ///< not in the neighbours' alphabets
  foreign,        ///< Cyrillic, but not Russian
  latin,
  other,
};

Alphabet compute_alphabet(char32_t value) {
  if (is_russian_alone(value)) return Alphabet::russian_alone;
  if (is_russian(value)) return Alphabet::shared;
  if (is_cyrillic(value)) return Alphabet::foreign;
  if (is_latin(value)) return Alphabet::latin;
  return is_letter(value) ? Alphabet::other : Alphabet::none;
}

/// How many letters of each alphabet a text has.
class Letters {
 public:
  void count(std::string_view text) {
    static const auto table = table_of(compute_alphabet);
    for (std::size_t at = 0; at < text.size();) {
      const utf8::CodePoint point = character_at(text, at);
      at += point.length;
      const Alphabet alphabet =
          point.value < kTableSize ? table[point.value] : compute_alphabet(point.value);
      ++counts_[static_cast<std::size_t>(alphabet)];
    }
  }

  [[nodiscard]] std::size_t of(Alphabet alphabet) const {
    return counts_[static_cast<std::size_t>(alphabet)];
  }
  [[nodiscard]] std::size_t cyrillic() const {
    return of(Alphabet::shared) + of(Alphabet::russian_alone) + of(Alphabet::foreign);
  }
  [[nodiscard]] std::size_t all() const {
    return cyrillic() + of(Alphabet::latin) + of(Alphabet::other);
  }
  [[nodiscard]] bool is_cyrillic() const { return cyrillic() * kCyrillicPart >= all(); }

 private:
  std::array<std::size_t, static_cast<std::size_t>(Alphabet::other) + 1> counts_{};
};

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
Letters letters_in(std::span<const Line> lines) {
  Letters letters;
  for (const Line& line : lines) {
    for_each_word(line, [&](std::string_view word) { letters.count(word); });
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
  return letters.is_cyrillic() && letters.of(Alphabet::foreign) == 0 &&
         letters.cyrillic() >= kEnoughLetters &&
         letters.of(Alphabet::russian_alone) * kAlonePart >= letters.cyrillic();
}

bool is_other_cyrillic(const Letters& letters, CLD2::Language detected) {
  const std::size_t foreign = letters.of(Alphabet::foreign);
  if (foreign > 0 && foreign * kForeignPart >= letters.cyrillic()) return true;
  if (detected == CLD2::UNKNOWN_LANGUAGE || detected == CLD2::RUSSIAN) return false;
  if (letters.cyrillic() < kEnoughLetters || shows_by_its_letters(detected)) return false;
  return !lacks_letters_of_russian(detected) || letters.of(Alphabet::russian_alone) == 0;
}

bool is_other_latin(const Letters& letters, CLD2::Language detected) {
  return detected != CLD2::UNKNOWN_LANGUAGE && detected != CLD2::ENGLISH &&
         letters.of(Alphabet::latin) >= kEnoughLetters;
}

std::string language_by(const Letters& letters, std::span<const Line> lines) {
  if (letters.all() == 0 || letters.of(Alphabet::other) * 2 > letters.all()) return "other";
  if (is_plainly_russian(letters)) return "ru";

  const bool cyrillic = letters.is_cyrillic();
  const CLD2::Language detected = detect(in_alphabet(words_of(lines), cyrillic));
  if (cyrillic) return is_other_cyrillic(letters, detected) ? "other" : "ru";
  return is_other_latin(letters, detected) ? "other" : "en";
}

/// Empty: as the post.
std::string language_of_block(std::string_view text, std::string_view post) {
  const std::vector<Line> lines = split_lines(text);
  const Letters letters = letters_in(lines);
  if (post == "en") {
    const bool russian = letters.cyrillic() >= kSentence && language_by(letters, lines) == "ru";
    return russian ? "ru" : "";
  }
  if (letters.of(Alphabet::latin) < kSentence || letters.is_cyrillic()) return "";
  return detect(in_alphabet(words_of(lines), false)) == CLD2::ENGLISH ? "en" : "";
}

}  // namespace

std::string language_of(std::string_view text) {
  const std::vector<Line> lines = split_lines(text);
  return language_by(letters_in(lines), lines);
}

PostLanguages languages_of(std::string_view text,
                           std::span<const Line> lines,
                           std::span<const Block> blocks) {
  const Letters letters = letters_in(lines);
  PostLanguages languages{.post = language_by(letters, lines), .blocks = {}};
  const std::size_t strange =
      languages.post == "en" ? letters.cyrillic() : letters.of(Alphabet::latin);
  if (languages.post == "other" || strange < kSentence) return languages;

  // A block may be a part of a line.
  for (const Block& block : blocks) {
    const std::string_view own = text.substr(block.text.begin, block.text.size());
    languages.blocks.push_back(language_of_block(own, languages.post));
  }
  return languages;
}

}  // namespace qanat::classifier
