#pragma once

#include <string>
#include <utility>
#include <vector>

#include "export/fingerprints.h"

namespace qanat::exporting {

/// What a file says of its rows, key and value: `qanat.schema`, and, comma-separated,
/// `qanat.parsers` and `qanat.rulesets`.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> row_metadata(
    const Fingerprints& fingerprints);

}  // namespace qanat::exporting
