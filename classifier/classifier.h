#pragma once

#include <string>

#include "base/post.h"
#include "base/record.h"
#include "base/verdict.h"
#include "classifier/rule_set.h"

namespace qanat::classifier {

/// Judges posts. Immutable and cheap to copy: share it between threads.
class Classifier {
 public:
  explicit Classifier(RuleSet rules);

  /// Pure and total: no clock, no I/O, no error; the same post and rules give the same bytes.
  [[nodiscard]] Verdict classify(const Post& post) const;

  /// "sha256:…" over rules, weights, lists, normaliser, segmenter, thresholds and engine versions.
  [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }
  [[nodiscard]] const RuleSet& rules() const { return rules_; }

 private:
  RuleSet rules_;
  std::string fingerprint_;
};

/// Question, answer, title and language of a judged post.
[[nodiscard]] Normalized normalize(const Post& post, const Verdict& verdict);

}  // namespace qanat::classifier
