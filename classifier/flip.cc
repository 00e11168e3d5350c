#include "classifier/flip.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <string>

#include "base/names.h"
#include "classifier/reweighing.h"

namespace qanat::classifier {
namespace {

/// Pairs are tried among the heaviest rules only: lighter ones hardly ever decide together.
constexpr std::size_t kSingles = 12;
constexpr std::size_t kPairs = 4;

void collect(std::map<std::size_t, std::int32_t>& weights, const BlockEvidence& evidence) {
  for (const auto* hits : {&evidence.ad,
                           &evidence.qa,
                           &evidence.signature,
                           &evidence.boilerplate,
                           &evidence.knowledge}) {
    for (const Counted& hit : *hits) {
      std::int32_t& weight = weights[hit.rule];
      weight = std::max(weight, std::abs(hit.weight));
    }
  }
}

/// The rules that count in this post, heaviest first.
std::vector<std::size_t> heaviest(const PostEvidence& evidence) {
  std::map<std::size_t, std::int32_t> weights;
  for (const BlockEvidence& block : evidence.blocks) collect(weights, block);
  collect(weights, evidence.whole);
  std::vector<std::size_t> rules;
  rules.reserve(weights.size());
  for (const auto& [rule, weight] : weights) rules.push_back(rule);
  std::ranges::stable_sort(
      rules, std::ranges::greater(), [&weights](std::size_t rule) { return weights[rule]; });
  if (rules.size() > kSingles) rules.resize(kSingles);
  return rules;
}

class Search {
 public:
  Search(Verdict& verdict,
         const PostEvidence& evidence,
         std::span<const RuleInfo> rules,
         const Decision& decision)
      : verdict_(verdict), evidence_(evidence), rules_(rules), decision_(decision) {}

  void run() {
    const std::vector<std::size_t> candidates = heaviest(evidence_);
    for (const std::size_t rule : candidates) try_without(std::array{rule});
    const std::size_t pairs = std::min(candidates.size(), kPairs);
    for (std::size_t i = 0; i < pairs; ++i) {
      for (std::size_t j = i + 1; j < pairs && !all_found(); ++j) {
        try_without(std::array{candidates[i], candidates[j]});
      }
    }
    for (BlockVerdict& block : verdict_.blocks) {
      const bool removed = block.outcome != BlockOutcome::keep;
      if (removed && block.flip.empty()) block.flip = "no one or two of the heaviest rules";
    }
  }

 private:
  [[nodiscard]] bool all_found() const {
    return std::ranges::none_of(verdict_.blocks,
                                [](const BlockVerdict& block) { return block.flip.empty(); });
  }

  void try_without(Without without) {
    const auto others = recounted(evidence_, rules_, without);
    const Decision other = decide(others ? *others : evidence_, rules_, without);
    for (std::size_t i = 0; i < other.blocks.size(); ++i) {
      const BlockOutcome outcome = shown(other, i);
      if (outcome == shown(decision_, i)) continue;
      std::string& flip = verdict_.blocks[i].flip;
      if (flip.empty()) flip = sentence(without, outcome);
    }
  }

  /// While a person has yet to decide, no ad goes (explain.h).
  [[nodiscard]] static BlockOutcome shown(const Decision& decision, std::size_t block) {
    const BlockOutcome outcome = decision.blocks[block].outcome;
    const bool held = decision.outcome == Outcome::review && outcome == BlockOutcome::ad;
    return held ? BlockOutcome::review : outcome;
  }

  [[nodiscard]] std::string sentence(Without without, BlockOutcome outcome) const {
    std::string text = "without " + rules_[without[0]].id;
    for (const std::size_t rule : without.subspan(1)) text += " and " + rules_[rule].id;
    return text + ": " + std::string(name_of(outcome));
  }

  Verdict& verdict_;
  const PostEvidence& evidence_;
  std::span<const RuleInfo> rules_;
  const Decision& decision_;
};

}  // namespace

void find_flips(Verdict& verdict,
                const PostEvidence& evidence,
                std::span<const RuleInfo> rules,
                const Decision& decision) {
  const auto speaks = [](const BlockEvidence& block) {
    return !block.ad.empty() || !block.signature.empty() || !block.boilerplate.empty();
  };
  if (!speaks(evidence.whole) && std::ranges::none_of(evidence.blocks, speaks)) return;
  Search(verdict, evidence, rules, decision).run();
}

}  // namespace qanat::classifier
