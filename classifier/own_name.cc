#include "classifier/own_name.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "base/link_address.h"
#include "classifier/characters.h"

namespace qanat::classifier {
namespace {

/// А…Я as handles spell them.
constexpr std::array<std::string_view, 32> kLatin{
    "a", "b", "v", "g", "d", "e", "zh", "z",  "i",  "y",   "k", "l", "m", "n", "o",  "p",
    "r", "s", "t", "u", "f", "h", "c",  "ch", "sh", "sch", "",  "y", "",  "e", "yu", "ya"};

/// Letters and digits alone, Latin and lower case; at most as many as the longest handle has.
std::string spelled(std::string_view text) {
  constexpr std::size_t kLongestHandle = 32;
  std::string letters;
  while (!text.empty() && letters.size() < kLongestHandle) {
    const utf8::CodePoint point = character_at(text, 0);
    const char32_t value = point.value;
    text.remove_prefix(point.length);
    if (within(value, U'a', U'z') || within(value, U'0', U'9')) {
      letters += static_cast<char>(value);
    } else if (within(value, U'A', U'Z')) {
      letters += static_cast<char>(value - U'A' + U'a');
    } else if (within(value, U'А', U'Я')) {
      letters += kLatin.at(value - U'А');
    } else if (within(value, U'а', U'я')) {
      letters += kLatin.at(value - U'а');
    } else if (value == U'ё' || value == U'Ё') {
      letters += 'e';
    }
  }
  return letters;
}

/// A word and what stands between it and the next.
struct Word {
  std::string letters;  ///< as handles spell them
  std::string_view after;
};

/// Takes the next word off `text`; without letters when there is none.
Word next_word(std::string_view& text) {
  const auto length_while = [](std::string_view rest, bool in_word) {
    std::size_t at = 0;
    while (at < rest.size()) {
      const utf8::CodePoint point = character_at(rest, at);
      if (is_letter_or_digit(point.value) != in_word) break;
      at += point.length;
    }
    return at;
  };
  text.remove_prefix(length_while(text, false));
  const std::size_t word = length_while(text, true);
  const std::string letters = spelled(text.substr(0, word));
  text.remove_prefix(word);
  return {.letters = letters, .after = text.substr(0, length_while(text, false))};
}

/// Only a mark or an ornament ends a name within a line.
bool ends_name(std::string_view after, std::string_view rest) {
  return rest.empty() || !trimmed(after).empty() || after.contains('\n');
}

/// "🥦 Тарелка здравого смысла": an ornament before it, and no sentence.
bool is_line_apart(std::string_view text) {
  return without_decoration(text).size() != text.size() &&
         !std::u32string_view(U".!?…;:,").contains(last_character(text));
}

bool begins_with_name(std::string_view text, std::string_view channel) {
  constexpr std::size_t kLeast = 5;
  const std::string name = spelled(channel);
  const bool a_line_apart = is_line_apart(text);
  std::string words;
  for (std::size_t count = 1; !text.empty(); ++count) {
    const Word word = next_word(text);
    words += word.letters;
    if (word.letters.empty() || !name.starts_with(words)) return false;
    if (words.size() == name.size() && a_line_apart) return words.size() >= kLeast;
    if (!ends_name(word.after, text.substr(word.after.size()))) continue;
    if (words.size() == name.size()) return words.size() >= kLeast;
    if (count > 1 && words.size() > kLeast && words.size() * 5 >= name.size() * 3) return true;
  }
  return false;
}

bool leads_to_name(std::string_view before) {
  if (!before.ends_with('/')) return false;
  before.remove_suffix(1);
  return std::ranges::any_of(kTelegramHosts,
                             [&](std::string_view host) { return before.ends_with(host); });
}

}  // namespace

bool holds_address(std::string_view text, std::string_view channel) {
  if (channel.empty()) return false;
  while (true) {
    const auto found = std::ranges::search(text, channel, {}, lower);
    if (found.empty()) return false;
    const auto begin = static_cast<std::size_t>(found.begin() - text.begin());
    const std::string_view before = text.substr(0, begin);
    text.remove_prefix(begin + channel.size());
    const bool ends = text.empty() || !is_ascii_word(text.front());
    const bool names_post = text.starts_with('/');
    if (ends && (before.ends_with('@') || (leads_to_name(before) && !names_post))) return true;
  }
}

bool names_channel(std::string_view text, std::string_view channel) {
  if (channel.empty()) return false;
  return begins_with_name(text, channel) || holds_address(text, channel);
}

}  // namespace qanat::classifier
