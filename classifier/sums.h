#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "classifier/rule_set.h"
#include "classifier/score.h"

/// How hits add up to the score of a block and of a post: shared by those who decide and those who
/// learn from decisions.
namespace qanat::classifier {

[[nodiscard]] bool is_left_out(std::size_t rule, Without without);

/// Whether it stands for the words of a text.
[[nodiscard]] bool is_vocabulary(const RuleInfo& rule);

/// Of what `weigh` makes of each hit.
template <class Weigh>
[[nodiscard]] std::int32_t sum(const std::vector<Counted>& hits, Without without, Weigh weigh) {
  std::int32_t total = 0;
  for (const Counted& hit : hits) total += is_left_out(hit.rule, without) ? 0 : weigh(hit);
  return total;
}

[[nodiscard]] std::int32_t sum(const std::vector<Counted>& hits, Without without);

/// What words say, of hits of one side.
[[nodiscard]] std::int32_t sum_of_words(const std::vector<Counted>& hits,
                                        std::span<const RuleInfo> rules,
                                        Without without);

/// What a rule adds to a sum.
struct RuleSum {
  std::size_t rule = 0;
  std::int32_t weight = 0;
  std::int32_t by_itself = 0;  ///< of one hit, as Counted::by_itself()
};

/// Each rule once, as in the unit where it speaks loudest: what a post says twice is not twice as
/// true. Words do not enter it.
class DistinctRules {
 public:
  DistinctRules(std::span<const RuleInfo> rules, Without without);

  /// The hits of one side of a unit.
  void add(const std::vector<Counted>& hits);

  [[nodiscard]] std::int32_t total() const;
  /// Ascending by rule.
  [[nodiscard]] const std::vector<RuleSum>& sums() const { return sums_; }

 private:
  std::span<const RuleInfo> rules_;
  Without without_;
  std::vector<RuleSum> sums_;
  std::vector<RuleSum> unit_;  ///< working memory
};

/// What words that add up to `words` weigh beside rules, which say `by_rules`. Alone they make no
/// ad: somewhere a sign must agree.
[[nodiscard]] std::int32_t words_within(std::int32_t words, std::int32_t by_rules);

/// The same of what the words of a whole post say.
[[nodiscard]] std::int32_t words_beside(std::int32_t by_rules,
                                        const BlockEvidence& whole,
                                        std::span<const RuleInfo> rules,
                                        Without without);

}  // namespace qanat::classifier
