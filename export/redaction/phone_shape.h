#pragma once

#include <string>
#include <string_view>

#include "export/redaction/digit_groups.h"

namespace qanat::exporting {

/// `number`, which stands in `text`, is written as phones are: with a plus and a country code, as
/// Russians and North Americans write theirs, or after a word such as "тел." or "call".
[[nodiscard]] bool has_phone_shape(std::string_view text, const GroupedNumber& number);

/// One spelling of a phone's digits: Russia's 8 is its 7, and ten digits of a mobile lack it.
[[nodiscard]] std::string phone_value(const std::string& digits);

}  // namespace qanat::exporting
