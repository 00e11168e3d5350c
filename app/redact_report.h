#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "store/erasure.h"
#include "store/removal.h"

namespace qanat::app {

/// What goes, or went, under one name.
struct RedactedTarget {
  store::RemovalTarget target;
  store::ErasedRows rows;
  std::string same_as;    ///< what was asked for, when this is it under another name of the channel
  std::string notice_of;  ///< what was asked for, when this tells that it was pinned
  std::vector<PostId> shown_in;  ///< posts of other channels that quote it
};

/// What `qanat redact` tells.
struct RedactReport {
  std::string act;  ///< "removed", "would_remove", "allowed"
  std::vector<RedactedTarget> targets;
  std::int64_t pages = 0;
};

/// For people, or as JSON (docs/schema/redact.schema.json).
void print_redact_report(std::ostream& out, const RedactReport& report, bool json);

}  // namespace qanat::app
