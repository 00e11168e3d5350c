#include "export/row_metadata.h"

#include <set>

#include "record/json.h"

namespace qanat::exporting {
namespace {

std::string comma_separated(const std::set<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += ',';
    out += word;
  }
  return out;
}

}  // namespace

FileMetadata row_metadata(const Fingerprints& fingerprints) {
  return {{"qanat.schema", record::kPostSchema},
          {"qanat.parsers", comma_separated(fingerprints.parsers)},
          {"qanat.rulesets", comma_separated(fingerprints.rulesets)}};
}

FileMetadata redaction_metadata(const Selection& selection) {
  if (selection.redactor != nullptr) return {{"qanat.redacted", "true"}};
  FileMetadata out = {{"qanat.redacted", "false"}};
  if (!selection.not_redacted_because.empty()) {
    out.emplace_back("qanat.not_redacted_because", selection.not_redacted_because);
  }
  return out;
}

}  // namespace qanat::exporting
