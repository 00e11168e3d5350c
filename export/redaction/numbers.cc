#include "export/redaction/numbers.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.h"
#include "export/redaction/characters.h"
#include "export/redaction/check_digits.h"
#include "export/redaction/digit_groups.h"
#include "export/redaction/phone_shape.h"

namespace qanat::exporting {
namespace {

using Shape = std::vector<std::size_t>;

const std::vector<std::string_view> kInnWords = {"инн", "inn", "инн/кпп", "инн / кпп"};
const std::vector<std::string_view> kSnilsWords = {"снилс", "snils"};

/// In one piece, in fours, or as American Express prints it; parted alike throughout.
bool has_card_shape(const GroupedNumber& number) {
  if (number.plus) return false;
  const Shape& shape = number.shape;
  if (shape.size() == 1) return true;
  const bool alike = std::ranges::all_of(
      number.gaps, [&](char gap) { return gap == number.gaps[0] && gap != '('; });
  if (!alike) return false;
  if (shape == Shape{4, 6, 5}) return true;
  return std::all_of(shape.begin(), shape.end() - 1, [](std::size_t size) { return size == 4; }) &&
         shape.back() <= 4;
}

bool has_snils_shape(std::string_view text, const GroupedNumber& number) {
  return number.shape == Shape{3, 3, 3, 2} ||
         (number.shape.size() == 1 && stands_after(text, number.span.begin, kSnilsWords));
}

/// Ten digits fit by chance once in eleven times, so they need the word before them.
bool has_inn_shape(std::string_view text, const GroupedNumber& number) {
  return number.shape.size() == 1 && !number.plus &&
         (number.digits.size() == 12 || stands_after(text, number.span.begin, kInnWords));
}

std::optional<PersonalKind> kind_of(std::string_view text, const GroupedNumber& number) {
  if (is_card_number(number.digits) && has_card_shape(number)) return PersonalKind::card;
  if (is_snils(number.digits) && has_snils_shape(text, number)) return PersonalKind::snils;
  if (is_inn(number.digits) && has_inn_shape(text, number)) return PersonalKind::inn;
  if (has_phone_shape(text, number)) return PersonalKind::phone;
  return std::nullopt;
}

/// The longest number that begins with group `first`; gives where the next one may begin.
std::size_t find_number(std::string_view text,
                        const DigitGroups& run,
                        std::size_t first,
                        std::vector<Finding>& out) {
  constexpr std::size_t kMostGroups = 8;
  for (std::size_t last = std::min(run.groups.size(), first + kMostGroups); last > first; --last) {
    if (!stands_alone(text, run, first, last)) continue;
    const GroupedNumber number = grouped_number(text, run, first, last);
    const auto kind = kind_of(text, number);
    if (!kind) continue;
    out.push_back(
        {.span = number.span,
         .kind = *kind,
         .value = *kind == PersonalKind::phone ? phone_value(number.digits) : number.digits});
    return last;
  }
  return first + 1;
}

char capital(char letter) {
  return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

/// Letters, as capitals, and digits from `at` on, single blanks left out, as many as `count`; gives
/// where they end, or nothing when there are fewer.
std::optional<std::size_t> collect(std::string_view text,
                                   std::size_t at,
                                   std::size_t count,
                                   std::string& out) {
  while (at < text.size() && out.size() < count) {
    if (text[at] == ' ' && !out.empty() && text[at - 1] != ' ') {
      ++at;
      continue;
    }
    if (!is_ascii_digit(text[at]) && !is_ascii_letter(text[at])) return std::nullopt;
    out += capital(text[at++]);
  }
  if (out.size() < count) return std::nullopt;
  return at;
}

}  // namespace

void find_numbers(std::string_view text, std::vector<Finding>& out) {
  const std::vector<Span> addresses = web_addresses(text);
  auto address = addresses.begin();
  for (const DigitGroups& run : digit_groups(text)) {
    const std::size_t begin = run.groups.front().begin;
    while (address != addresses.end() && address->end <= begin) ++address;
    if (address != addresses.end() && address->begin <= begin) continue;
    for (std::size_t group = 0; group < run.groups.size();) {
      group = find_number(text, run, group, out);
    }
  }
}

void find_ibans(std::string_view text, std::vector<Finding>& out) {
  for (std::size_t at = 0; at + 4 < text.size(); ++at) {
    const bool shaped =
        is_ascii_letter(text[at]) && is_ascii_letter(text[at + 1]) && is_ascii_digit(text[at + 2]);
    if (!shaped || (at > 0 && is_ascii_word(text[at - 1]))) continue;
    const std::array country = {capital(text[at]), capital(text[at + 1])};
    const std::size_t length = iban_length({country.data(), country.size()});
    if (length == 0) continue;
    std::string characters;
    const auto end = collect(text, at, length, characters);
    if (!end || (*end < text.size() && is_ascii_word(text[*end])) || !is_iban(characters)) continue;
    out.push_back({.span = {at, *end}, .kind = PersonalKind::iban, .value = characters});
    at = *end - 1;
  }
}

}  // namespace qanat::exporting
