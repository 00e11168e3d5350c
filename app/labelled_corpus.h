#pragma once

#include <string>
#include <vector>

#include "app/session.h"
#include "base/error.h"
#include "classifier/audit/examined_post.h"
#include "classifier/classifier.h"

namespace qanat::app {

/// A labelled file (as `audit evaluate` takes it; standard input for "-") with what the rules find
/// in each post, in the file's order. What is odd about its labels is told on standard error.
/// Errors: usage: a line that is no labelled post, or a file without one.
Result<std::vector<classifier::ExaminedPost>> examine_corpus(const Session& session,
                                                             const std::string& path,
                                                             const classifier::Classifier& judge);

}  // namespace qanat::app
