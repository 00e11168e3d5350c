#include "classifier/language.h"

#include <cld2/public/compact_lang_det.h>

#include "base/utf8.h"
#include "classifier/characters.h"
#include "classifier/lines.h"

namespace qanat::classifier {
namespace {

struct Letters {
  std::size_t cyrillic = 0;
  std::size_t latin = 0;
  std::size_t others = 0;
};

Letters count_letters(std::string_view text) {
  Letters letters;
  for (std::size_t at = 0; at < text.size();) {
    const utf8::CodePoint point = utf8::decode(text, at);
    at += point.length;
    if (is_cyrillic(point.value)) {
      ++letters.cyrillic;
    } else if (is_latin(point.value)) {
      ++letters.latin;
    } else if (is_letter(point.value)) {
      ++letters.others;
    }
  }
  return letters;
}

/// The words of the post: lines that are neither code nor bare links, valid UTF-8 for the library.
std::string words_of(std::string_view text) {
  std::string words;
  for (const Line& line : split_lines(text)) {
    if (line.kind == LineKind::code || line.kind == LineKind::links) continue;
    words.append(line.text);
    words.push_back('\n');
  }
  return utf8::repaired(words);
}

/// A text in Cyrillic is Russian when a quarter of its letters are: programmers' posts quote much
/// Latin, and an English post hardly ever quotes so much Cyrillic.
constexpr double kCyrillicShare = 0.25;

}  // namespace

std::string language_of(std::string_view text) {
  const std::string words = words_of(text);
  const Letters letters = count_letters(words);
  const std::size_t all = letters.cyrillic + letters.latin + letters.others;
  if (all == 0 || letters.others * 2 > all) return "other";

  bool reliable = false;
  const CLD2::Language detected =
      CLD2::DetectLanguage(words.data(), static_cast<int>(words.size()), true, &reliable);
  if (static_cast<double>(letters.cyrillic) >= kCyrillicShare * static_cast<double>(all)) {
    const bool another = reliable && detected != CLD2::RUSSIAN && detected != CLD2::ENGLISH;
    return another ? "other" : "ru";
  }
  const bool another = reliable && detected != CLD2::ENGLISH && detected != CLD2::RUSSIAN;
  return another ? "other" : "en";
}

}  // namespace qanat::classifier
