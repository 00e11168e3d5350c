#pragma once

#include <istream>
#include <string>
#include <vector>

#include "base/error.h"
#include "classifier/audit/examined_post.h"
#include "classifier/classifier.h"

namespace qanat::app {

/// A labelled file (as `audit evaluate` takes it; standard input for "-") with what the rules find
/// in each post, in the file's order.
/// Errors: usage: a line that is no labelled post, or a file without one.
Result<std::vector<classifier::ExaminedPost>> examine_corpus(const std::string& path,
                                                             std::istream& in,
                                                             const classifier::Classifier& judge);

}  // namespace qanat::app
