#pragma once

#include <string>
#include <vector>

#include "app/session.h"
#include "base/error.h"

namespace qanat::app {

/// What a command writes, and what it reads.
struct OutputTarget {
  std::vector<std::string> files;  ///< or folders; "-" is the standard output
  std::vector<std::string> read;
};

/// What is written takes the place of what is there: that must be nothing that qanat lives from
/// (its database with what lies beside it, its configuration, its archive), nothing that the
/// command reads, and no other file of its own. Links are followed.
/// Errors: usage, naming the file; those of load_config.
Result<void> check_output(const Session& session, const OutputTarget& target);

/// The same of one file that is made of one other.
Result<void> check_output(const Session& session, const std::string& file, const std::string& read);

}  // namespace qanat::app
