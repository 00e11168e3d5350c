#include "export/redaction/phone_shape.h"

#include "export/redaction/characters.h"

namespace qanat::exporting {
namespace {

using GroupSizes = std::vector<std::size_t>;

const std::vector<std::string_view> kPhoneWords = {
    "тел",     "телефон", "телефону", "телефона", "телефоны", "моб",   "мобильный", "сот",
    "звоните", "звони",   "смс",      "ватсап",   "вотсап",   "вацап", "вайбер",    "phone",
    "tel",     "mobile",  "cell",     "whatsapp", "viber",    "sms",   "call",      "phone number"};

bool has_gap(const GroupedNumber& number, char gap) {
  return number.gaps.find(gap) != std::string::npos;
}

/// E.164: Russia and North America have eleven digits, the others ten to fifteen.
bool is_international(const GroupedNumber& number) {
  const std::string& digits = number.digits;
  // "+3 500 000 000" is how many there are.
  if (!number.plus || digits[0] == '0' || digits.ends_with("000000")) return false;
  if (digits[0] == '7') return digits.size() == 11 && digits[1] >= '3';
  if (digits[0] == '1') return digits.size() == 11 && digits[1] >= '2';
  return digits.size() >= 10 && digits.size() <= 15;
}

/// "8 (912) 345-67-89": eleven digits whose groups are not those of a sum of money.
bool is_russian(const GroupedNumber& number) {
  const std::string& digits = number.digits;
  if (digits.size() != 11 || (digits[0] != '8' && digits[0] != '7')) return false;
  if (digits[1] != '3' && digits[1] != '4' && digits[1] != '8' && digits[1] != '9') return false;
  const std::size_t first = number.shape[0];
  if (has_gap(number, '.')) return number.shape == GroupSizes{1, 3, 3, 2, 2};
  return first == 1 || first == 4 || first == 11;
}

/// "(912) 345-67-89", "912 345 67 89": ten digits, without the 8.
bool is_short_russian(const GroupedNumber& number) {
  if (number.shape == GroupSizes{3, 3, 2, 2}) return number.digits[0] >= '3';
  return number.shape == GroupSizes{3, 7} && number.gaps == "(" && number.digits[0] == '9';
}

/// "(415) 555-0132", "415-555-0132", and with the 1 of long distance.
bool is_north_american(const GroupedNumber& number) {
  const bool long_distance = number.shape == GroupSizes{1, 3, 3, 4} && number.digits[0] == '1';
  if (!long_distance && number.shape != GroupSizes{3, 3, 4}) return false;
  const std::string_view local = std::string_view(number.digits).substr(long_distance ? 1 : 0);
  return local[0] >= '2' && local[3] >= '2' && !has_gap(number, ' ');
}

/// "call 100 000 times": how many there are.
bool is_round(const GroupedNumber& number) {
  return number.digits.ends_with("000") && !has_gap(number, '-') && !has_gap(number, '(');
}

/// After "тел." everything of a phone's length is one, but for dates and round numbers.
bool is_announced(std::string_view text, const GroupedNumber& number) {
  return number.digits.size() >= 6 && number.digits.size() <= 15 && !has_gap(number, '.') &&
         number.shape != GroupSizes{4, 2, 2} && !is_round(number) &&
         stands_after(text, number.span.begin, kPhoneWords);
}

}  // namespace

bool has_phone_shape(std::string_view text, const GroupedNumber& number) {
  if (number.plus) return is_international(number);
  return is_russian(number) || is_short_russian(number) || is_north_american(number) ||
         is_announced(text, number);
}

std::string phone_value(const std::string& digits) {
  if (digits.size() == 11 && digits[0] == '8') return "7" + digits.substr(1);
  if (digits.size() == 10 && digits[0] == '9') return "7" + digits;
  return digits;
}

}  // namespace qanat::exporting
