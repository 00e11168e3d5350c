#include "export/redaction/characters.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/utf8.h"

namespace qanat::exporting {
namespace {

constexpr bool is_blank(char character) {
  return character == ' ' || character == '\t' || character == '\n' || character == '\r';
}

/// "example.org/item", "https://…": a scheme, or a dot, two letters or more, and a slash.
bool is_web_address(std::string_view word) {
  if (word.find("://") != std::string_view::npos) return true;
  for (std::size_t dot = word.find('.'); dot != std::string_view::npos;
       dot = word.find('.', dot + 1)) {
    std::size_t end = dot + 1;
    while (end < word.size() && is_ascii_letter(word[end])) ++end;
    if (end > dot + 2 && end < word.size() && word[end] == '/') return true;
  }
  return false;
}

bool ends_with_word(std::string_view text, std::string_view word) {
  if (!text.ends_with(word)) return false;
  text.remove_suffix(word.size());
  return text.empty() || !is_letter(utf8::decode(text, utf8::start_of_last(text)).value);
}

/// `text` without the blanks and the punctuation at its end.
std::string_view without_tail(std::string_view text) {
  constexpr std::string_view kNoBreakSpace = "\u00A0";
  constexpr std::string_view kNumberSign = "№";
  constexpr std::string_view kEnDash = "–";
  constexpr std::string_view kEmDash = "—";
  while (!text.empty()) {
    std::size_t cut = std::string_view(" \t.:-(#=").contains(text.back()) ? 1 : 0;
    for (const std::string_view mark : {kNoBreakSpace, kNumberSign, kEnDash, kEmDash}) {
      if (text.ends_with(mark)) cut = mark.size();
    }
    if (cut == 0) return text;
    text.remove_suffix(cut);
  }
  return text;
}

}  // namespace

bool is_letter(char32_t value) {
  return (value >= U'a' && value <= U'z') || (value >= U'A' && value <= U'Z') ||
         (value >= 0x00C0 && value <= 0x024F) || (value >= 0x0400 && value <= 0x052F);
}

std::string small_letters(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const utf8::CodePoint point = utf8::decode(text, at);
    at += point.length;
    char32_t value = point.value;
    if ((value >= U'A' && value <= U'Z') || (value >= U'А' && value <= U'Я')) value += 32;
    if (value == U'Ё') value = U'ё';
    utf8::append(out, value);
  }
  return out;
}

bool begins_with(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_without_case(text.substr(0, prefix.size()), prefix);
}

std::vector<Span> web_addresses(std::string_view text) {
  std::vector<Span> out;
  for (std::size_t slash = text.find('/'); slash < text.size(); slash = text.find('/', slash)) {
    std::size_t begin = slash;
    while (begin > 0 && !is_blank(text[begin - 1])) --begin;
    while (slash < text.size() && !is_blank(text[slash])) ++slash;
    if (is_web_address(text.substr(begin, slash - begin))) out.push_back({begin, slash});
  }
  return out;
}

bool stands_after(std::string_view text,
                  std::size_t at,
                  const std::vector<std::string_view>& words) {
  constexpr std::size_t kReach = 48;  // bytes
  const std::size_t begin = at > kReach ? at - kReach : 0;
  const std::string before = small_letters(without_tail(text.substr(begin, at - begin)));
  return std::ranges::any_of(words,
                             [&](std::string_view word) { return ends_with_word(before, word); });
}

}  // namespace qanat::exporting
