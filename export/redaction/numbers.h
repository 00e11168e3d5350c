#pragma once

#include <string_view>
#include <vector>

#include "export/redaction/finding.h"

namespace qanat::exporting {

/// Adds phones, cards, SNILS and INN numbers: digits in groups as people write them.
void find_numbers(std::string_view text, std::vector<Finding>& out);

/// Adds IBANs, in one piece or in groups of four.
void find_ibans(std::string_view text, std::vector<Finding>& out);

}  // namespace qanat::exporting
