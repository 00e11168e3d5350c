#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/verdict.h"
#include "classifier/evaluation.h"

/// What changes when the same posts are judged by other rules. Pure numbers: who prints them is
/// app's.
namespace qanat::classifier {

inline constexpr std::array kOutcomes = {
    Outcome::clean, Outcome::stripped, Outcome::ad_only, Outcome::review};

/// In how many posts a rule speaks under one side only.
struct RuleChange {
  std::string rule;
  std::size_t appears = 0;   ///< after, not before
  std::size_t vanishes = 0;  ///< before, not after

  bool operator==(const RuleChange&) const = default;
};

/// A post whose label, outcome or cuts differ.
struct Flip {
  std::string id;
  std::string excerpt;  ///< of the first block that is decided otherwise, else of the post
  std::string cut;      ///< of the first part that only `after` removes
  std::string kept;     ///< of the first part that only `before` removes
  Label label_before = Label::other;
  Label label_after = Label::other;
  Outcome outcome_before = Outcome::clean;
  Outcome outcome_after = Outcome::clean;
  double before = 0.0;  ///< ad probability
  double after = 0.0;
  std::vector<std::string> appears;  ///< rules, by id
  std::vector<std::string> vanishes;

  [[nodiscard]] double shift() const { return after > before ? after - before : before - after; }
  /// Whether nothing but the cuts differs.
  [[nodiscard]] bool only_cuts() const {
    return label_before == label_after && outcome_before == outcome_after;
  }
};

/// Both sides held against labels of people.
struct LabelledChange {
  std::size_t posts = 0;   ///< that have a label
  std::size_t wins = 0;    ///< right after, wrong before
  std::size_t losses = 0;  ///< the reverse
  double p = 1.0;          ///< McNemar's exact test
};

template <std::size_t N>
using Transitions = std::array<std::array<std::size_t, N>, N>;  ///< [before][after]

struct VerdictDiff {
  std::size_t posts = 0;
  std::size_t changed = 0;  ///< whose label, outcome or cuts differ
  std::size_t recut = 0;    ///< of these, whose label and outcome stay
  Transitions<kLabels.size()> labels{};
  Transitions<kOutcomes.size()> outcomes{};
  std::vector<RuleChange> rules;  ///< that change anywhere; those with the most changes first
  std::vector<Flip> flips;        ///< the largest shift first, then by id
  std::optional<LabelledChange> labelled;  ///< when any post has a label
};

/// Whether the same parts go, as parts of the same kinds.
[[nodiscard]] bool cut_alike(const Verdict& one, const Verdict& other);

/// Takes one post after another and keeps counts and the `most_flips` largest changes: memory does
/// not grow with the posts.
class VerdictDiffer {
 public:
  explicit VerdictDiffer(std::size_t most_flips) : most_flips_(most_flips) {}

  /// `text` is Post::text. `truth`: what a person says of the post.
  void add(std::string_view id,
           std::string_view text,
           const Verdict& before,
           const Verdict& after,
           std::optional<Label> truth = std::nullopt);

  [[nodiscard]] VerdictDiff result() const;

 private:
  void count_truth(Label truth, Label before, Label after);
  void keep_flip(Flip flip);

  std::size_t most_flips_;
  VerdictDiff diff_;
  std::map<std::string, RuleChange, std::less<>> rules_;
};

}  // namespace qanat::classifier
