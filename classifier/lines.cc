#include "classifier/lines.h"

#include <algorithm>
#include <optional>
#include <ranges>
#include <string>

#include <re2/re2.h>

#include "base/utf8.h"
#include "classifier/characters.h"
#include "classifier/code_lines.h"
#include "classifier/visible_links.h"

namespace qanat::classifier {
namespace {

constexpr std::string_view kTag = R"(#[\p{L}\d_](?:[\p{L}\d_+#./&-]*[\p{L}\d_+#])?)";

bool starts_with_number(std::string_view text) {
  static const RE2 pattern(R"(^(?:\d{1,2}|[a-dA-D]|[а-гА-Г])[.)] )");
  return RE2::PartialMatch(text, pattern);
}

LineKind kind_of(std::string_view text, CodeSign code) {
  if (text.empty()) return LineKind::blank;
  const std::string_view words = without_decoration(text);
  if (words.empty() || is_drawn_line(text)) return LineKind::separator;
  if (code == CodeSign::sure) return LineKind::code;
  if (is_links_only(text)) return LineKind::links;
  if (words.size() != text.size() || starts_with_number(text)) return LineKind::item;
  return LineKind::words;
}

/// A line that may be code is, beside one that is.
template <class Lines, class Signs>
void spread_code(Lines&& lines, const Signs& signs) {
  bool beside = false;
  auto sign = signs.begin();
  for (Line& line : lines) {
    if (beside && *sign == CodeSign::weak) line.kind = LineKind::code;
    beside = line.kind == LineKind::code;
    ++sign;
  }
}

/// Whether it begins like one of the words of a marker, and holds the sign that ends one: most
/// lines do not, and need no pattern.
bool may_begin_with_marker(std::string_view text) {
  constexpr std::size_t kLongest = 64;               // bytes of a marker
  constexpr std::string_view kMarkEnds = ":.-\xE2";  // the last begins a dash
  if (text.substr(0, kLongest).find_first_of(kMarkEnds) == std::string_view::npos) return false;
  const NumberedCharacter first = number_at(text, 0);
  constexpr std::u32string_view kFirstLetters = U"вВзЗкКоОпПрРaAeEqQsS";
  return first.number == 0 || kFirstLetters.contains(character_of(first.number));
}

/// Behind "Правильный ответ — " or in "Ответ — 2"; nothing in "Ответ — сообщение сервера".
std::optional<std::string_view> read_dashed_answer(std::string_view text) {
  static const RE2 dashed(
      R"((?i)^(?:(?:правильный|верный) ответ ?[-–—] ?(.+)|ответ ?[-–—] ?((?:\d{1,3}|[a-fа-е])[^\p{L}\d]*))$)");
  re2::StringPiece named;
  re2::StringPiece chosen;
  const re2::StringPiece all(text.data(), text.size());
  if (!RE2::FullMatch(all, dashed, &named, &chosen)) return std::nullopt;
  const re2::StringPiece& answer = named.empty() ? chosen : named;
  return trimmed({answer.data(), answer.size()});
}

}  // namespace

std::vector<Line> split_lines(std::string_view text) {
  std::vector<Line> lines;
  std::vector<CodeSign> signs;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t found = text.find('\n', begin);
    const std::size_t end = found == std::string_view::npos ? text.size() : found + 1;
    const std::string_view whole = text.substr(begin, end - begin);
    const std::string_view inner = trimmed(whole);
    signs.push_back(code_sign(whole, inner));
    lines.push_back({.span = {begin, end}, .text = inner, .kind = kind_of(inner, signs.back())});
    begin = end;
  }
  spread_code(lines, signs);
  spread_code(lines | std::views::reverse, signs | std::views::reverse);
  return lines;
}

MarkedLine read_marker(std::string_view line) {
  static const RE2 words(
      R"((?i)^(?:(вопрос|question|задача|quiz|квиз)|(ответ|правильный ответ|верный ответ|answer|ans|solution|решение|explanation|пояснение|объяснение))(?: ?[№#]?\d{1,4})? ?[:.] ?)");
  // "Q: …", "A2. …"; "Q.E.D." and "a.out" are words.
  static const RE2 letters(R"((?i)^(?:(q)|(a))(?: ?[№#]?\d{1,4} ?[:.]| ?:) ?)");
  const std::string_view plain = without_decoration(line);
  if (!may_begin_with_marker(plain)) return {};
  re2::StringPiece rest(plain);
  std::string question;
  std::string answer;
  if (!RE2::Consume(&rest, words, &question, &answer) &&
      !RE2::Consume(&rest, letters, &question, &answer)) {
    const auto dashed = read_dashed_answer(plain);
    return dashed ? MarkedLine{.marker = Marker::answer, .rest = *dashed} : MarkedLine{};
  }
  return {.marker = question.empty() ? Marker::answer : Marker::question,
          .rest = trimmed(std::string_view(rest.data(), rest.size()))};
}

bool is_drawn_line(std::string_view line) {
  constexpr std::u32string_view kStrokes = U"_=~*-–—―─━═▬➖";
  constexpr std::size_t kLeastStrokes = 3;
  std::size_t strokes = 0;
  for (std::size_t at = 0; at < line.size();) {
    const utf8::CodePoint point = character_at(line, at);
    at += point.length;
    if (is_blank(point.value)) continue;
    if (!kStrokes.contains(point.value)) return false;
    ++strokes;
  }
  return strokes >= kLeastStrokes;
}

bool is_tags_only(std::string_view line) {
  static const RE2 pattern("(?:" + std::string(kTag) + R"([\s,]*)+)");
  return RE2::FullMatch(undecorated(line), pattern);
}

std::string_view without_leading_tags(std::string_view line) {
  static const RE2 tags("^(?:" + std::string(kTag) + R"(\s+)+)");
  static const RE2 directive(
      R"(^#(?:define|elif|else|endif|error|ifn?def|if|include|line|pragma|undef)\b)");
  if (RE2::PartialMatch(line, directive)) return line;
  re2::StringPiece rest(line);
  RE2::Consume(&rest, tags);
  return {rest.data(), rest.size()};
}

bool is_all_caps(std::string_view line) {
  constexpr std::size_t kEnoughLetters = 8;
  std::size_t letters = 0;
  std::size_t capitals = 0;
  for (std::size_t at = 0; at < line.size();) {
    const utf8::CodePoint point = character_at(line, at);
    at += point.length;
    if (!is_letter(point.value)) continue;
    ++letters;
    capitals += is_upper(point.value) ? 1 : 0;
    const std::size_t most_letters = letters + (line.size() - at);
    if ((letters - capitals) * 10 > most_letters) return false;  // whatever follows
  }
  return letters >= kEnoughLetters && capitals * 10 >= letters * 9;
}

}  // namespace qanat::classifier
