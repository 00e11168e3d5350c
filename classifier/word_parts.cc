#include "classifier/word_parts.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "classifier/characters.h"

namespace qanat::classifier {
namespace {

/// The letter of a word that `value` is; 0 for everything else. Other alphabets have no vocabulary.
constexpr char32_t word_letter(char32_t value) {
  if (within(value, U'a', U'z') || within(value, U'а', U'я')) return value;
  if (within(value, U'A', U'Z') || within(value, U'А', U'Я')) return value + 0x20;
  return value == U'ё' || value == U'Ё' ? U'е' : 0;
}

/// The same by the numbers of characters: each letter of a word has one.
constexpr std::array<std::uint8_t, kNumbers> kWordLetterOf = [] {
  std::array<std::uint8_t, kNumbers> letters{};
  for (char32_t each = 0; each < kTableSize; ++each) {
    if (number_of(each) != 0) letters.at(number_of(each)) = number_of(word_letter(each));
  }
  return letters;
}();

/// Bytes of the run of characters for which `belongs` holds.
template <class Belongs>
std::size_t run_size(std::string_view text, Belongs belongs) {
  std::size_t end = 0;
  while (end < text.size()) {
    const utf8::CodePoint point = character_at(text, end);
    if (!belongs(point.value)) break;
    end += point.length;
  }
  return end;
}

bool is_host_character(char32_t value) {
  return within(value, U'a', U'z') || within(value, U'A', U'Z') || is_digit(value) ||
         value == U'-' || value == U'.';
}

/// "https://…", or "host.tld/…" without it.
bool begins_address(std::string_view text) {
  constexpr std::size_t kLongestHost = 253;
  if (text.starts_with("https://") || text.starts_with("http://")) return true;
  const std::size_t host = run_size(text.substr(0, kLongestHost + 1), is_host_character);
  const std::size_t dot = text.substr(0, host).find('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < host && host < text.size() &&
         text[host] == '/';
}

/// Bytes up to the next blank.
std::size_t address_size(std::string_view text) {
  return run_size(text, [](char32_t value) { return !is_blank(value) && value != U'\n'; });
}

bool belongs_to_name(char32_t value) {
  return word_letter(value) != 0 || is_digit(value) || value == U'_';
}

/// Of letters as a vocabulary writes them, at most kBeginningLetters, and of nothing else.
std::optional<Word> word_of(std::string_view text) {
  Word word;
  int letters = 0;
  for (std::size_t at = 0; at < text.size();) {
    const NumberedCharacter next = number_at(text, at);
    const bool letter = next.number != 0 && kWordLetterOf[next.number] == next.number;
    if (!letter || ++letters > kBeginningLetters) return std::nullopt;
    word.append(next.number);
    at += next.length;
  }
  return text.empty() ? std::nullopt : std::optional(word);
}

bool is_head(const Word& word) { return word.head() == word.beginning(); }

}  // namespace

std::string WordPart::text() const {
  std::string letters;
  for (unsigned place = sizeof code_; place-- > 0;) {
    if (pair_ && place + 1 == kHeadLetters) letters += ' ';
    const auto number = static_cast<std::uint8_t>(code_ >> 8U * place);
    if (number != 0) utf8::append(letters, character_of(number));
  }
  return letters;
}

std::optional<Word> WordReader::next() {
  while (at_ < text_.size()) {
    const NumberedCharacter first = number_at(text_, at_);
    const std::string_view rest = text_.substr(at_);
    if (first.number == '@' || first.number == '#') {
      at_ += 1 + run_size(rest.substr(1), belongs_to_name);
    } else if (is_host_character(first.number) && begins_address(rest)) {
      at_ += address_size(rest);
    } else if (kWordLetterOf[first.number] != 0) {
      return read_word();
    } else {
      at_ += first.length;
    }
  }
  return std::nullopt;
}

Word WordReader::read_word() {
  Word word;
  while (at_ < text_.size()) {
    const NumberedCharacter next = number_at(text_, at_);
    const std::uint8_t letter = kWordLetterOf[next.number];
    if (letter == 0) break;
    word.append(letter);
    at_ += next.length;
  }
  return word;
}

std::vector<WordPart> parts_of(std::span<const std::string_view> texts) {
  constexpr std::size_t kUsualParts = 256;
  std::vector<WordPart> parts;
  parts.reserve(kUsualParts);
  for (const std::string_view text : texts) {
    for_each_part(text, [&parts](WordPart part) { parts.push_back(part); });
  }
  std::ranges::sort(parts);
  const auto again = std::ranges::unique(parts);
  parts.erase(again.begin(), again.end());
  return parts;
}

std::optional<WordPart> word_part_of(std::string_view text) {
  const std::size_t blank = text.find(' ');
  const auto first = word_of(text.substr(0, blank));
  if (!first) return std::nullopt;
  if (blank == std::string_view::npos) return WordPart::of_word(first->beginning());
  const auto second = word_of(text.substr(blank + 1));
  if (!is_head(*first) || !second || !is_head(*second)) return std::nullopt;
  return WordPart::of_pair(first->head(), second->head());
}

}  // namespace qanat::classifier
