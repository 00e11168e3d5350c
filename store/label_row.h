#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/labelled_span.h"
#include "base/post.h"
#include "base/verdict.h"

namespace qanat::store {

/// What a person said of one revision of a post.
struct LabelRow {
  PostId post;
  int revision = 1;            ///< of the text that was read
  std::string annotator;       ///< who
  std::optional<Label> label;  ///< nothing: cannot tell, or `withdrawn`
  bool withdrawn = false;      ///< takes this annotator's earlier label of the post back
  std::vector<LabelledSpan> spans;
  std::string guideline;  ///< version that was followed
  std::string reason;     ///< why this post: "uncertain", "random_kept", …, "chosen" by a person
  std::optional<std::int64_t> round;  ///< seed of the queue that held the post
  std::optional<double> p_sample;     ///< the chance that the post had to be in that queue
  Instant labelled_at;
  std::string note;

  bool operator==(const LabelRow&) const = default;
};

}  // namespace qanat::store
