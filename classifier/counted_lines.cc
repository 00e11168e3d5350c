#include "classifier/counted_lines.h"

#include <algorithm>
#include <string>

#include <re2/re2.h>

#include "classifier/characters.h"

namespace qanat::classifier {
namespace {

constexpr std::size_t kFewestSteps = 3;
constexpr std::size_t kStepsPerException = 8;

/// A number that no line of a channel exceeds in earnest, and that fits.
constexpr std::size_t kMostDigits = 18;

/// Appends the date that `rest` begins with, and passes it.
bool consume_date(re2::StringPiece& rest, LineNumbers& numbers) {
  static const RE2 date(R"((\d{2})[./](\d{2})(?:[./](\d{2}(?:\d{2})?))?\b)");
  unsigned day = 0;
  unsigned month = 0;
  std::string year;
  re2::StringPiece after = rest;
  if (!RE2::Consume(&after, date, &day, &month, &year)) return false;
  if (day == 0 || day > 31 || month == 0 || month > 12) return false;
  if (!year.empty()) numbers.push_back(std::stoul(year));
  numbers.insert(numbers.end(), {month, day});
  rest = after;
  return true;
}

void consume_number(re2::StringPiece& rest, LineNumbers& numbers) {
  // "1 200" is one number.
  static const RE2 number(R"(\d{1,3}(?:[ \x{A0}\x{202F}]\d{3})+\b|\d+)");
  re2::StringPiece found = rest;
  RE2::Consume(&rest, number);
  found.remove_suffix(rest.size());
  std::uint64_t value = 0;
  std::size_t digits = 0;
  for (const char byte : found) {
    if (byte < '0' || byte > '9' || ++digits > kMostDigits) continue;
    value = (value * 10) + static_cast<std::uint64_t>(byte - '0');
  }
  numbers.push_back(value);
}

/// From one post to the next: the numbers at the first place where they differ.
struct Step {
  std::uint64_t before = 0;
  std::uint64_t after = 0;

  [[nodiscard]] std::uint64_t size() const {
    return std::max(before, after) - std::min(before, after);
  }
};

std::vector<Step> steps_of(std::span<const LineNumbers> posts) {
  std::vector<Step> steps;
  for (std::size_t i = 1; i < posts.size(); ++i) {
    const auto [before, after] = std::ranges::mismatch(posts[i - 1], posts[i]);
    if (before == posts[i - 1].end() || after == posts[i].end()) continue;
    steps.push_back({.before = *before, .after = *after});
  }
  return steps;
}

bool hold_for_nearly_all(std::size_t steps, std::size_t of) {
  return (of - steps) * kStepsPerException <= of;
}

bool is_date(std::string_view number) {
  static const RE2 date(
      R"((?i)\d{2}[./]\d{2}(?:[./]\d{2,4})?|\d{1,2} (?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*(?: \d{4})?)");
  return RE2::FullMatch(number, date);
}

}  // namespace

LineNumbers numbers_of(std::string_view line) {
  LineNumbers numbers;
  re2::StringPiece rest(line);
  while (!rest.empty()) {
    if (!is_digit(static_cast<unsigned char>(rest[0]))) {
      rest.remove_prefix(1);
    } else if (!consume_date(rest, numbers)) {
      consume_number(rest, numbers);
    }
  }
  return numbers;
}

bool numbers_vary(std::span<const LineNumbers> posts) { return !steps_of(posts).empty(); }

bool go_one_way(std::span<const LineNumbers> posts) {
  const std::vector<Step> steps = steps_of(posts);
  const auto grows = [](const Step& step) { return step.after > step.before; };
  const auto up = static_cast<std::size_t>(std::ranges::count_if(steps, grows));
  const std::size_t most = std::max(up, steps.size() - up);
  return steps.size() >= kFewestSteps && hold_for_nearly_all(most, steps.size());
}

bool names_issues(std::string_view line, std::span<const LineNumbers> posts) {
  static const RE2 dated(R"((?:[\p{L}-]+[:,.|–—]* ){0,4}(\d{2}[./]\d{2}.*|\d{1,2} \p{L}{3,}.*))");
  static const RE2 issue(
      R"((?i)(?:[\p{L}-]+[:,.|–—]* ){0,4}(?:№|#|no\.|выпуск|день|неделя|урок|часть|серия|эпизод|issue|day|week|lesson|part|episode) ?\d{1,5}(?: ?(?:из|of|/) ?\d{1,5})?)");
  line = undecorated(line);
  if (std::string_view(".:!").contains(line.empty() ? ' ' : line.back())) line.remove_suffix(1);
  if (!go_one_way(posts)) return false;
  re2::StringPiece date;
  if (RE2::FullMatch(line, dated, &date) && is_date({date.data(), date.size()})) return true;
  const std::vector<Step> steps = steps_of(posts);
  const auto by_one = std::ranges::count(steps, std::uint64_t{1}, &Step::size);
  return RE2::FullMatch(line, issue) &&
         hold_for_nearly_all(static_cast<std::size_t>(by_one), steps.size());
}

}  // namespace qanat::classifier
