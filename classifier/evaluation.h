#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/labelled_span.h"
#include "base/post.h"
#include "base/verdict.h"

/// How good verdicts are, held against labels of people. Pure numbers: who prints them is app's.
namespace qanat::classifier {

/// A post and what a person says of it.
struct LabelledPost {
  std::string id;       ///< as the file names it
  std::string channel;  ///< groups the figures; may be empty
  std::string lang;     ///< groups the figures; may be empty
  std::string text;
  Label label = Label::other;
  std::vector<LabelledSpan> spans;
  bool ambiguous = false;  ///< a second reader could disagree
};

/// The two-sided 95 % quantile of the normal distribution.
inline constexpr double kNormal95 = 1.959963984540054;

/// A share of a count, with the Wilson score interval of 95 %. Nothing counted: 0 in [0, 1].
struct Proportion {
  std::size_t hits = 0;
  std::size_t total = 0;
  double value = 0.0;
  double low = 0.0;
  double high = 1.0;
};

[[nodiscard]] Proportion wilson(std::size_t hits, std::size_t total);

struct Interval {
  double low = 0.0;
  double high = 1.0;
};

/// The same for a share that `n` observations, perhaps weighted ones, are worth.
[[nodiscard]] Interval wilson_interval(double share, double n);

/// 0 when both are 0.
[[nodiscard]] double f1_score(double precision, double recall);

struct ClassScore {
  Label label = Label::other;
  Proportion precision;  ///< of the posts judged so, how many are
  Proportion recall;     ///< of the posts that are, how many are judged so
  double f1 = 0.0;
};

/// Agreement of removed and labelled characters (code points), over all counted posts.
/// For kind ad, posts labelled `ad` are left out: there the whole post goes and no span is drawn.
struct SpanScore {
  RemovedKind kind = RemovedKind::ad;
  std::size_t agreed = 0;
  std::size_t removed = 0;
  std::size_t labelled = 0;
  double precision = 0.0;
  double recall = 0.0;
  double f1 = 0.0;
};

inline constexpr std::array kLabels{Label::qa, Label::ad, Label::mixed, Label::other};
inline constexpr std::array kRemovedKinds{
    RemovedKind::ad, RemovedKind::signature, RemovedKind::boilerplate};

/// confusion[labelled][judged], both in the order of kLabels.
using Confusion = std::array<std::array<std::size_t, kLabels.size()>, kLabels.size()>;

/// Figures over one group of posts: all of them, one channel, one language.
struct Figures {
  std::string name;  ///< "all", the channel, the language
  std::size_t posts = 0;
  std::array<ClassScore, kLabels.size()> classes;  ///< in the order of kLabels
  Confusion confusion{};
  std::array<SpanScore, kRemovedKinds.size()> spans;  ///< in the order of kRemovedKinds
  std::size_t qa_posts = 0;
  std::vector<std::string> qa_lost;  ///< ids of posts labelled qa whose outcome is ad_only
  Proportion agreed;                 ///< posts whose label the verdict shares
};

/// One post on which person and verdict differ.
struct Disagreement {
  std::string id;
  Label labelled = Label::other;
  Label judged = Label::other;
  Outcome outcome = Outcome::clean;
  double ad_probability = 0.0;
  bool ambiguous = false;
};

struct Evaluation {
  Figures all;
  std::vector<Figures> channels;   ///< by name
  std::vector<Figures> languages;  ///< by name
  Figures ambiguous;               ///< the posts that were kept out of the above, if they were
  std::vector<Disagreement> disagreements;  ///< in the order of the posts, ambiguous ones too
};

enum class Ambiguous { apart, included };

/// Holds `verdicts[i]` against `posts[i]`. Both have the same length: anything else is a bug of the
/// caller. `ambiguous` says whether doubtful posts enter the headline figures.
[[nodiscard]] Evaluation evaluate(std::span<const LabelledPost> posts,
                                  std::span<const Verdict> verdicts,
                                  Ambiguous ambiguous = Ambiguous::apart);

}  // namespace qanat::classifier
