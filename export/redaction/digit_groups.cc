#include "export/redaction/digit_groups.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "export/redaction/characters.h"

namespace qanat::exporting {
namespace {

bool is_blank(char32_t value) {
  return value == U' ' || value == 0x00A0 || value == 0x2009 || value == 0x202F;
}

bool is_hyphen(char32_t value) {
  return value == U'-' || (value >= 0x2010 && value <= 0x2014) || value == 0x2212;
}

bool is_bracket(char32_t value) { return value == U'(' || value == U')'; }

bool parts_groups(char32_t value) {
  return is_blank(value) || is_hyphen(value) || is_bracket(value) || value == U'.';
}

/// The characters that part two groups, from `at`; empty when what stands there parts nothing.
std::string_view gap_at(std::string_view text, std::size_t at) {
  constexpr int kLongest = 3;  // ") - "
  std::size_t end = at;
  for (int taken = 0; end < text.size(); ++taken) {
    if (is_ascii_digit(text[end])) return text.substr(at, end - at);
    const utf8::CodePoint point = utf8::decode(text, end);
    if (taken == kLongest || !parts_groups(point.value)) return {};
    end += point.length;
  }
  return {};
}

struct GapMarks {
  bool blank = false;
  bool hyphen = false;
  bool bracket = false;
};

GapMarks marks_of(std::string_view gap) {
  GapMarks marks;
  for (std::size_t at = 0; at < gap.size();) {
    const utf8::CodePoint point = utf8::decode(gap, at);
    at += point.length;
    marks.blank = marks.blank || is_blank(point.value);
    marks.hyphen = marks.hyphen || is_hyphen(point.value);
    marks.bracket = marks.bracket || is_bracket(point.value);
  }
  return marks;
}

char gap_name(std::string_view gap) {
  const GapMarks marks = marks_of(gap);
  if (marks.bracket) return '(';
  if (marks.hyphen) return '-';
  return gap.find('.') != std::string_view::npos ? '.' : ' ';
}

std::string_view gap_before(std::string_view text, const DigitGroups& run, std::size_t group) {
  const std::size_t begin = run.groups[group - 1].end;
  return text.substr(begin, run.groups[group].begin - begin);
}

/// Where a number of groups from `first` on begins: its plus belongs to it, and the bracket when it
/// is closed behind the group.
std::size_t begin_with_marks(std::string_view text, const DigitGroups& run, std::size_t first) {
  std::size_t begin = run.groups[first].begin;
  const std::size_t end = run.groups[first].end;
  const bool closed = end < text.size() && text[end] == ')' && first + 1 < run.groups.size();
  if (closed && begin > 0 && text[begin - 1] == '(') --begin;
  if (begin > 1 && text[begin - 1] == ' ' && text[begin - 2] == '+') return begin - 2;
  return begin > 0 && text[begin - 1] == '+' ? begin - 1 : begin;
}

constexpr std::size_t kPhone = 10;  ///< digits from which on a number may be somebody's phone

/// How many digits stand at the beginning, or with `step` -1 at the end, of `text`; what may part
/// them does not count.
std::size_t digits_at(std::string_view text, int step) {
  std::size_t digits = 0;
  while (!text.empty()) {
    const char next = step > 0 ? text.front() : text.back();
    if (!is_ascii_digit(next) && !std::string_view(" -()+").contains(next)) break;
    digits += is_ascii_digit(next) ? 1 : 0;
    if (step > 0) {
      text.remove_prefix(1);
    } else {
      text.remove_suffix(1);
    }
  }
  return digits;
}

/// A list without blanks: "89123456789,89123456780", "345-67-89/+79123456780".
bool parts_phones(std::string_view text, std::size_t at) {
  if (text[at] != ',' && text[at] != '/') return false;
  const std::string_view next = text.substr(at + 1);
  const std::size_t least = next.starts_with('+') ? 1 : kPhone;
  return digits_at(next, 1) >= kPhone && digits_at(text.substr(0, at), -1) >= least;
}

bool glued_before(std::string_view text, std::size_t begin) {
  if (begin == 0) return false;
  const char before = text[begin - 1];
  if (is_ascii_word(before)) return true;
  if (before == '#') return digits_at(text.substr(begin), 1) < kPhone;
  if (!std::string_view(".,-/=").contains(before) || begin == 1) return false;
  return is_ascii_word(text[begin - 2]) && !parts_phones(text, begin - 1);
}

bool glued_after(std::string_view text, std::size_t end) {
  if (end >= text.size()) return false;
  if (is_ascii_word(text[end]) || text[end] == '%') return true;
  return std::string_view(",-:").contains(text[end]) && end + 1 < text.size() &&
         is_ascii_word(text[end + 1]) && !parts_phones(text, end);
}

}  // namespace

std::vector<DigitGroups> digit_groups(std::string_view text) {
  std::vector<DigitGroups> out;
  bool joined = false;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_ascii_digit(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_ascii_digit(text[end])) ++end;
    if (!joined) out.emplace_back();
    out.back().groups.push_back({at, end});
    const std::string_view gap = gap_at(text, end);
    joined = !gap.empty();
    at = end + gap.size();
  }
  return out;
}

GroupedNumber grouped_number(std::string_view text,
                             const DigitGroups& run,
                             std::size_t first,
                             std::size_t last) {
  GroupedNumber out;
  const std::size_t begin = begin_with_marks(text, run, first);
  out.span = {begin, run.groups[last - 1].end};
  out.plus = text[begin] == '+';
  for (std::size_t group = first; group < last; ++group) {
    const Span span = run.groups[group];
    out.digits += text.substr(span.begin, span.size());
    out.shape.push_back(span.size());
    if (group > first) out.gaps += gap_name(gap_before(text, run, group));
  }
  return out;
}

bool stands_alone(std::string_view text,
                  const DigitGroups& run,
                  std::size_t first,
                  std::size_t last) {
  const auto has_blank = [&](std::size_t group) {
    return marks_of(gap_before(text, run, group)).blank;
  };
  const bool begins =
      first == 0 ? !glued_before(text, begin_with_marks(text, run, 0)) : has_blank(first);
  const bool ends =
      last == run.groups.size() ? !glued_after(text, run.groups[last - 1].end) : has_blank(last);
  return begins && ends;
}

}  // namespace qanat::exporting
