#pragma once

#include <set>
#include <string>

#include "base/record.h"

namespace qanat::exporting {

/// What made the rows of an export: with the same ones the same page gives the same row.
struct Fingerprints {
  std::set<std::string> parsers;   ///< versions
  std::set<std::string> rulesets;  ///< "sha256:…"

  void add(const Record& record) {
    parsers.insert(record.provenance.parser);
    parsers.insert(record.latest.parser);
    rulesets.insert(record.provenance.ruleset);
  }

  bool operator==(const Fingerprints&) const = default;
};

}  // namespace qanat::exporting
