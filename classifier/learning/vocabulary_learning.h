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

struct LearnedPart {
  std::string text;          ///< a part of words (word_parts.h)
  std::int32_t weight = 0;   ///< milli-logits, as in KnownPart
  std::int32_t rarity = 0;   ///< thousandths, as in KnownPart
  std::size_t posts = 0;     ///< that have it …
  std::size_t speaking = 0;  ///< … and are promotions, or Q&A: what the vocabulary speaks for
  std::size_t channels = 0;  ///< that have it

  bool operator==(const LearnedPart&) const = default;
};

/// What any post weighs, and what its words do.
struct WeighedParts {
  std::int32_t base = 0;  ///< milli-logits of any post
  std::vector<LearnedPart> parts;
};

struct VocabularyPlan {
  std::string language;  ///< posts of another language are left out
  VocabularySubject subject = VocabularySubject::advertising;
  std::size_t least_posts = 4;     ///< that must have a part …
  std::size_t least_channels = 2;  ///< … and channels, or it is one author's
  std::size_t folds = 5;
  /// Of the loss, what the posts have that the vocabulary speaks for, however few they are.
  double speaking_share = 0.5;
  /// The strength of the penalty; nothing: the one with the least loss on held-out channels.
  std::optional<double> l2;
  std::set<std::string> without;  ///< parts that must not tell anything
  /// Learned from other posts: the penalty pulls towards these weights instead of 0, and parts that
  /// the posts do not have keep theirs.
  WeighedParts earlier;
};

/// Promotions count somewhat more than other posts: rules miss more of them than they take too
/// many.
[[nodiscard]] VocabularyPlan advertising_plan(std::string language);
/// Somewhat more cautious than the least held-out loss: few posts teach it.
[[nodiscard]] VocabularyPlan knowledge_plan(std::string language);

/// How well a strength of the penalty does on held-out channels.
struct VocabularyPoint {
  double l2 = 0.0;
  /// Log-loss, each side with its share of the plan; 0.693 is to know nothing.
  double loss = 0.0;
};

struct LearnedVocabulary {
  VocabularySubject subject = VocabularySubject::advertising;
  std::size_t passages = 0;  ///< posts that it was learned from
  WeighedParts weighed;      ///< by text
  std::vector<VocabularyPoint> path;
  double l2 = 0.0;  ///< the strength that was taken
};

/// Logistic regression over the words of posts; footers and the page's own words are left out. Of
/// advertising: posts labelled `ad` against all others, `mixed` ones too, as they are to be told
/// from ads. Of knowledge: posts labelled `qa` against those labelled `other`. The posts that share
/// a channel or a text are held out together. Deterministic.
[[nodiscard]] LearnedVocabulary learn_vocabulary(std::span<const ExaminedPost> posts,
                                                 const VocabularyPlan& plan);

}  // namespace qanat::classifier
