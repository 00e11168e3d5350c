#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "classifier/audit/examined_post.h"
#include "classifier/vocabulary.h"

/// From labelled posts to a vocabulary (docs/classifier.md): which words one kind of post uses more
/// often than the other.
namespace qanat::classifier {

struct LearnedWord {
  std::string stem;
  std::int32_t weight = 0;   ///< milli-logits
  std::size_t posts = 0;     ///< that have it …
  std::size_t speaking = 0;  ///< … in a promotion, or in Q&A: in what the vocabulary speaks for
  std::size_t channels = 0;  ///< that have it

  bool operator==(const LearnedWord&) const = default;
};

/// What any post weighs, and what its words do.
struct WeighedWords {
  std::int32_t base = 0;  ///< milli-logits of any post
  std::vector<LearnedWord> words;
};

struct VocabularyPlan {
  std::string language;  ///< posts of another language are left out
  VocabularySubject subject = VocabularySubject::advertising;
  std::size_t least_posts = 5;     ///< that must have a word …
  std::size_t least_channels = 3;  ///< … and channels, or it is one author's
  std::size_t folds = 5;
  /// Of the learned logits, in the vocabulary. Rules know the posts that words of advertising are
  /// learned from, and words must be able to speak against them.
  double scale = 2.0;
  /// The strength of the penalty; nothing: the one with the least loss on held-out channels.
  std::optional<double> l2;
  std::int32_t least_weight = 40;   ///< milli-logits; lighter words are left out
  std::int32_t most_weight = 1500;  ///< no single word decides
  std::set<std::string> without;    ///< stems that must not tell anything
  /// Learned from other posts: the penalty pulls towards these weights instead of 0, and words that
  /// the posts do not have keep theirs.
  WeighedWords earlier;
};

[[nodiscard]] VocabularyPlan advertising_plan(std::string language);
/// Few words, cautiously: what a weaker penalty learns besides are the topics of the channels that
/// it sees, and it does worse where all posts of one origin are held out (docs/classifier.md).
[[nodiscard]] VocabularyPlan knowledge_plan(std::string language);

/// How well a strength of the penalty does on held-out channels.
struct VocabularyPoint {
  double l2 = 0.0;
  double loss = 0.0;  ///< mean log-loss, both classes counting alike; 0.693 is to know nothing
};

struct LearnedVocabulary {
  VocabularySubject subject = VocabularySubject::advertising;
  std::size_t passages = 0;
  WeighedWords weighed;  ///< by stem
  std::vector<VocabularyPoint> path;
  double l2 = 0.0;  ///< the strength that was taken
};

/// Logistic regression over the words of posts; footers and the page's own words are left out. Of
/// advertising: the promotion of a mixed post and its rest each for itself, a word once for each
/// block that has it. Of knowledge: posts labelled `qa` against those labelled `other`, a word
/// once. The posts that share a channel or a text are held out together. Deterministic.
[[nodiscard]] LearnedVocabulary learn_vocabulary(std::span<const ExaminedPost> posts,
                                                 const VocabularyPlan& plan);

}  // namespace qanat::classifier
