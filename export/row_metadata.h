#pragma once

#include <string>
#include <utility>
#include <vector>

#include "export/fingerprints.h"
#include "export/selection.h"

namespace qanat::exporting {

/// Key and value, for a file's readers.
using FileMetadata = std::vector<std::pair<std::string, std::string>>;

/// What a file says of its rows: `qanat.schema`, and, comma-separated, `qanat.parsers` and
/// `qanat.rulesets`.
[[nodiscard]] FileMetadata row_metadata(const Fingerprints& fingerprints);

/// Whether personal data was taken out of them: `qanat.redacted`, and, where a person said why not,
/// `qanat.not_redacted_because`.
[[nodiscard]] FileMetadata redaction_metadata(const Selection& selection);

}  // namespace qanat::exporting
