#include "export/redaction/check_digits.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>

namespace qanat::exporting {
namespace {

int digit_of(char character) { return character - '0'; }

bool passes_luhn(std::string_view digits) {
  int sum = 0;
  bool doubled = false;
  for (std::size_t i = digits.size(); i-- > 0; doubled = !doubled) {
    const int digit = digit_of(digits[i]) * (doubled ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 == 0;
}

/// The prefixes and lengths of Visa, Mastercard, Mir, American Express, Diners, Discover, JCB,
/// UnionPay and Maestro.
bool in_card_range(std::string_view digits) {
  const std::size_t size = digits.size();
  switch (digits.front()) {
    case '2':
    case '5': return size == 16;
    case '3': return size >= 14 && size <= 16;
    case '4': return size == 13 || size == 16 || size == 19;
    case '6': return size >= 16 && size <= 19;
    default: return false;
  }
}

int weighted_sum(std::string_view digits, std::span<const int> weights) {
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += digit_of(digits[i]) * weights[i];
  return sum;
}

/// An INN's check digit stands behind the digits that it is reckoned from.
bool inn_digit_fits(std::string_view digits, std::span<const int> weights) {
  return weighted_sum(digits, weights) % 11 % 10 == digit_of(digits[weights.size()]);
}

constexpr std::array kInn10 = {2, 4, 10, 3, 5, 9, 4, 6, 8};
constexpr std::array kInn11 = {7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
constexpr std::array kInn12 = {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};

constexpr std::array<std::pair<std::string_view, std::size_t>, 76> kIbanLengths = {{
    {"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22},
    {"BH", 22}, {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24}, {"DE", 22},
    {"DK", 18}, {"DO", 28}, {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18}, {"FO", 18}, {"FR", 27},
    {"GB", 22}, {"GE", 22}, {"GI", 23}, {"GL", 18}, {"GR", 27}, {"GT", 28}, {"HR", 21}, {"HU", 28},
    {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26}, {"IT", 27}, {"JO", 30}, {"KW", 30}, {"KZ", 20},
    {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20}, {"LU", 20}, {"LV", 21}, {"LY", 25}, {"MC", 27},
    {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NL", 18}, {"NO", 15},
    {"PK", 24}, {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"RU", 33},
    {"SA", 24}, {"SC", 31}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"ST", 25}, {"TL", 23},
    {"TN", 24}, {"TR", 26}, {"UA", 29}, {"XK", 20},
}};

}  // namespace

bool is_card_number(std::string_view digits) {
  return digits.size() >= 13 && digits.size() <= 19 && in_card_range(digits) && passes_luhn(digits);
}

bool is_snils(std::string_view digits) {
  constexpr std::array kWeights = {9, 8, 7, 6, 5, 4, 3, 2, 1};
  if (digits.size() != 11) return false;
  const int expected = weighted_sum(digits, kWeights) % 101 % 100;
  return expected == digit_of(digits[9]) * 10 + digit_of(digits[10]) &&
         digits.find_first_not_of('0') != std::string_view::npos;
}

bool is_inn(std::string_view digits) {
  if (digits.find_first_not_of('0') == std::string_view::npos) return false;
  if (digits.size() == 10) return inn_digit_fits(digits, kInn10);
  return digits.size() == 12 && inn_digit_fits(digits, kInn11) && inn_digit_fits(digits, kInn12);
}

std::size_t iban_length(std::string_view country) {
  const auto* const found = std::ranges::lower_bound(
      kIbanLengths, country, {}, [](const auto& row) { return row.first; });
  return found != kIbanLengths.end() && found->first == country ? found->second : 0;
}

bool is_iban(std::string_view characters) {
  if (characters.size() < 5 || characters.size() != iban_length(characters.substr(0, 2))) {
    return false;
  }
  unsigned remainder = 0;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const char character = characters[(i + 4) % characters.size()];
    if (character >= '0' && character <= '9') {
      remainder = (remainder * 10 + static_cast<unsigned>(digit_of(character))) % 97;
    } else {
      remainder = (remainder * 100 + static_cast<unsigned>(character - 'A' + 10)) % 97;
    }
  }
  return remainder == 1;
}

}  // namespace qanat::exporting
