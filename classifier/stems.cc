#include "classifier/stems.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "classifier/characters.h"

namespace qanat::classifier {
namespace {

/// The letter of a stem that `value` is; 0 for everything else. Other alphabets have no vocabulary.
char32_t stem_letter(char32_t value) {
  if (within(value, U'a', U'z') || within(value, U'а', U'я')) return value;
  if (within(value, U'A', U'Z') || within(value, U'А', U'Я')) return value + 0x20;
  return value == U'ё' || value == U'Ё' ? U'е' : 0;
}

/// Letters of stems alone, which take two bytes at most.
class Stem {
 public:
  [[nodiscard]] std::string_view text() const { return {bytes_.data(), size_}; }
  void clear() { size_ = 0; }
  void append(char32_t letter) {
    if (letter >= 0x80) put(0xC0U | (letter >> 6U));
    put(letter < 0x80 ? letter : 0x80U | (letter & 0x3FU));
  }

 private:
  void put(char32_t byte) { bytes_[size_++] = static_cast<char>(byte); }

  std::array<char, std::size_t{2} * kStemLetters> bytes_{};
  std::size_t size_ = 0;
};

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
  return stem_letter(value) != 0 || is_digit(value) || value == U'_';
}

/// Reads the word at the beginning of `text` into `stem`; its bytes.
std::size_t read_word(std::string_view text, Stem& stem) {
  std::size_t end = 0;
  for (int letters = 0; end < text.size(); ++letters) {
    const utf8::CodePoint point = character_at(text, end);
    const char32_t letter = stem_letter(point.value);
    if (letter == 0) break;
    if (letters < kStemLetters) stem.append(letter);
    end += point.length;
  }
  return end;
}

/// Bytes of what stands at the beginning of `text`; a word's stem goes into `stem`, else empty.
std::size_t read_token(std::string_view text, Stem& stem) {
  stem.clear();
  const utf8::CodePoint point = character_at(text, 0);
  if (point.value == U'@' || point.value == U'#') {
    return 1 + run_size(text.substr(1), belongs_to_name);
  }
  if (is_host_character(point.value) && begins_address(text)) return address_size(text);
  if (stem_letter(point.value) != 0) return read_word(text, stem);
  return point.length;
}

}  // namespace

void for_each_stem(std::string_view text, const std::function<void(std::string_view)>& take) {
  Stem stem;
  while (!text.empty()) {
    text.remove_prefix(std::min(read_token(text, stem), text.size()));
    if (!stem.text().empty()) take(stem.text());
  }
}

}  // namespace qanat::classifier
