#include "export/redaction/check_digits.h"

#include <string>

#include "support/catch.h"

using namespace qanat::exporting;

namespace {

/// Changing any one digit of a number that `fits` is noticed.
template <class Fits>
bool notices_each_wrong_digit(std::string number, Fits fits) {
  for (char& character : number) {
    if (character < '0' || character > '9') continue;
    const char right = character;
    for (char wrong = '0'; wrong <= '9'; ++wrong) {
      character = wrong;
      if (fits(number) != (wrong == right)) return false;
    }
    character = right;
  }
  return true;
}

}  // namespace

TEST_CASE("a card number has a known range, its length and Luhn's digit", "[check digits]") {
  CHECK(is_card_number("4111111111111111"));
  CHECK(is_card_number("2200123456789019"));
  CHECK(is_card_number("378282246310005"));
  CHECK_FALSE(is_card_number("4111111111111112"));
  CHECK_FALSE(is_card_number("0000000000000000"));
  CHECK_FALSE(is_card_number("1111111111111117"));
  CHECK_FALSE(is_card_number("411111111111"));
  CHECK_FALSE(is_card_number(""));
}

TEST_CASE("a SNILS of eleven digits proves itself", "[check digits]") {
  CHECK(is_snils("11223344595"));
  CHECK(is_snils("08765430200"));  // a sum of 101 counts as 0
  CHECK_FALSE(is_snils("11223344596"));
  CHECK_FALSE(is_snils("00000000000"));
  CHECK_FALSE(is_snils("1122334459"));
}

TEST_CASE("an INN has one check digit for an organisation, two for a person", "[check digits]") {
  CHECK(is_inn("5001007329"));
  CHECK(is_inn("500100732259"));
  CHECK_FALSE(is_inn("5001007320"));
  CHECK_FALSE(is_inn("500100732250"));
  CHECK_FALSE(is_inn("0000000000"));
  CHECK_FALSE(is_inn("50010073225"));
}

TEST_CASE("an IBAN has its country's length and is 1 modulo 97", "[check digits]") {
  CHECK(is_iban("DE89370400440532013000"));
  CHECK(is_iban("GB29NWBK60161331926819"));
  CHECK_FALSE(is_iban("DE8937040044053201300"));
  CHECK_FALSE(is_iban("XX89370400440532013000"));
  CHECK_FALSE(is_iban("DE"));
  CHECK(notices_each_wrong_digit("DE89370400440532013000", is_iban));
}

TEST_CASE("Luhn notices every single wrong digit", "[check digits]") {
  // The first digit decides the range, so it stays.
  CHECK(notices_each_wrong_digit(
      "111111111111111", [](const std::string& rest) { return is_card_number("4" + rest); }));
}
