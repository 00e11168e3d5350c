#pragma once

#include <string>
#include <vector>

#include "app/session.h"
#include "base/error.h"

namespace qanat::app {

/// Where an export writes, and what it still reads then.
struct ExportTarget {
  std::vector<std::string> files;  ///< or folders; "-" is the standard output
  std::vector<std::string> read;
};

/// An export takes the place of what is there: that must be nothing that qanat lives from (its
/// database with what lies beside it, its configuration, its archive), nothing that the export
/// reads, and no other file of its own. Links are followed.
/// Errors: usage, naming the file; those of load_config.
Result<void> check_target(const Session& session, const ExportTarget& target);

}  // namespace qanat::app
