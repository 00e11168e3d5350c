#include "classifier/own_name.h"

#include <algorithm>
#include <array>
#include <string>

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

bool begins_with_name(std::string_view text, std::string_view channel) {
  constexpr std::size_t kLeast = 5;
  const std::string name = spelled(channel);
  const std::string words = spelled(text);
  const auto common =
      static_cast<std::size_t>(std::ranges::mismatch(words, name).in1 - words.begin());
  if (common == name.size()) return common >= kLeast;
  return common > kLeast && common * 5 >= name.size() * 3;
}

bool belongs_to_handle(char value) {
  return within(static_cast<unsigned char>(value), U'a', U'z') ||
         within(static_cast<unsigned char>(value), U'A', U'Z') ||
         is_digit(static_cast<unsigned char>(value)) || value == '_';
}

/// "@handle" or "t.me/handle", in any case; "t.me/handle/12" is one of its posts.
bool holds_handle(std::string_view text, std::string_view channel) {
  const auto equal = [](char a, char b) {
    return (within(static_cast<unsigned char>(a), U'A', U'Z') ? a - 'A' + 'a' : a) == b;
  };
  while (true) {
    const auto found = std::ranges::search(text, channel, equal);
    if (found.empty()) return false;
    const auto begin = static_cast<std::size_t>(found.begin() - text.begin());
    const std::string_view before = text.substr(0, begin);
    text.remove_prefix(begin + channel.size());
    const bool ends = text.empty() || !belongs_to_handle(text.front());
    const bool names_post = text.starts_with('/');
    if (ends && (before.ends_with('@') || (before.ends_with("t.me/") && !names_post))) return true;
  }
}

}  // namespace

bool names_channel(std::string_view text, std::string_view channel) {
  if (channel.empty()) return false;
  return begins_with_name(text, channel) || holds_handle(text, channel);
}

}  // namespace qanat::classifier
