#pragma once

#include <string_view>

/// Numbers that prove themselves. Each takes the digits alone and says whether they fit together;
/// the wrong count of digits does not.
namespace qanat::exporting {

/// A payment card: 13 to 19 digits, a range of the big payment systems, Luhn's check digit.
[[nodiscard]] bool is_card_number(std::string_view digits);

/// A Russian pension account: 11 digits, the last two a checksum.
[[nodiscard]] bool is_snils(std::string_view digits);

/// A Russian taxpayer: 10 digits for an organisation, 12 for a person.
[[nodiscard]] bool is_inn(std::string_view digits);

/// An IBAN in capitals and without blanks: its country's length, and 1 modulo 97.
[[nodiscard]] bool is_iban(std::string_view characters);

/// How long the IBANs of a country are; 0 for a country that has none.
[[nodiscard]] std::size_t iban_length(std::string_view country);

}  // namespace qanat::exporting
