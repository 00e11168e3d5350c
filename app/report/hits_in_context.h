#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/post.h"
#include "base/verdict.h"
#include "classifier/evaluation.h"

namespace qanat::app {

/// One hit of a rule, with the words around it.
struct HitInContext {
  std::string id;  ///< of the post
  Label labelled = Label::other;
  Label judged = Label::other;
  std::string where;    ///< "text", "link.url", …
  std::string before;   ///< text before the match, on whole characters
  std::string matched;  ///< the evidence itself
  std::string after;

  [[nodiscard]] bool agrees() const { return labelled == judged; }
};

/// A few hits of each rule: of posts on which label and verdict agree, and of posts on which they
/// do not, at most `most` of each sort, in the order of the posts.
[[nodiscard]] std::map<std::string, std::vector<HitInContext>> hits_in_context(
    std::span<const Post> posts,
    std::span<const classifier::LabelledPost> labels,
    std::span<const Verdict> verdicts,
    std::size_t most);

}  // namespace qanat::app
