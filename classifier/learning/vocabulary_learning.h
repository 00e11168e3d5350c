#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "classifier/audit/examined_post.h"

/// From labelled posts to a vocabulary (docs/classifier.md): which words advertising has oftener.
namespace qanat::classifier {

struct LearnedWord {
  std::string stem;
  std::int32_t weight = 0;   ///< milli-logits
  std::size_t posts = 0;     ///< that have it …
  std::size_t ads = 0;       ///< … in a promotion
  std::size_t channels = 0;  ///< that have it

  bool operator==(const LearnedWord&) const = default;
};

/// What any post weighs, and what its words do.
struct WeighedWords {
  std::int32_t base = 0;  ///< milli-logits of any post
  std::vector<LearnedWord> words;
};

struct VocabularyPlan {
  std::string language;            ///< posts of another language are left out
  std::size_t least_posts = 5;     ///< that must have a word …
  std::size_t least_channels = 3;  ///< … and channels, or it is one author's
  std::size_t folds = 5;
  /// Of the learned logits, in the vocabulary: rules know the same posts, and words must be able to
  /// speak against them.
  double scale = 2.0;
  std::int32_t least_weight = 40;   ///< milli-logits; lighter words are left out
  std::int32_t most_weight = 1500;  ///< no single word decides
  std::set<std::string> without;    ///< stems that must not tell anything
  /// Learned from other posts: the penalty pulls towards these weights instead of 0, and words that
  /// the posts do not have keep theirs.
  WeighedWords earlier;
};

/// How well a strength of the penalty does on held-out channels.
struct VocabularyPoint {
  double l2 = 0.0;
  double loss = 0.0;  ///< mean log-loss, both classes counting alike; 0.693 is to know nothing
};

struct LearnedVocabulary {
  std::size_t passages = 0;
  WeighedWords weighed;  ///< by stem
  std::vector<VocabularyPoint> path;
  double l2 = 0.0;  ///< the strength with the least loss
};

/// Logistic regression over the words of posts, the promotion of a mixed post and its rest each for
/// itself; footers and the page's own words are left out. A word counts once for each block that
/// has it. The posts that share a channel or a text are held out together. Deterministic.
[[nodiscard]] LearnedVocabulary learn_vocabulary(std::span<const ExaminedPost> posts,
                                                 const VocabularyPlan& plan);

}  // namespace qanat::classifier
