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

std::vector<std::pair<std::string, std::string>> row_metadata(const Fingerprints& fingerprints) {
  return {{"qanat.schema", record::kPostSchema},
          {"qanat.parsers", comma_separated(fingerprints.parsers)},
          {"qanat.rulesets", comma_separated(fingerprints.rulesets)}};
}

}  // namespace qanat::exporting
