#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "classifier/audit/examined_post.h"

/// What each rule does on labelled posts. Pure numbers: who prints them is app's.
namespace qanat::classifier {

inline constexpr std::size_t kNoRule = static_cast<std::size_t>(-1);

/// How far a rule's hits lie within another rule's of the same label.
struct Overlap {
  std::size_t rule = kNoRule;  ///< index into RuleSet::rules()
  double containment = 0.0;    ///< share of this rule's units that the other hits too
};

/// A *unit* is a block, or the post as a whole for evidence outside the blocks.
///
/// A hit is right when people say of the unit what the rule speaks for: for `ad` that it is
/// promotion (a whole post: labelled `ad` or `mixed`), for `qa` and `knowledge` that it is none,
/// for `signature` and `boilerplate` that it is marked so.
struct RuleAudit {
  std::size_t rule = 0;   ///< index into RuleSet::rules()
  std::size_t units = 0;  ///< with a hit that counts, or of a shadow rule would
  std::size_t posts = 0;
  std::size_t channels = 0;
  std::string top_channel;  ///< with the most posts; the first by name of several
  double top_share = 0.0;   ///< of the rule's posts
  Proportion precision;     ///< right units
  /// Hit rate in units of its kind over the sum of that and the rate in the others, so that the mix
  /// of the corpus does not matter: 1 hits its kind only, 0.5 says nothing. 0 without a hit.
  double s_o = 0.0;
  std::size_t decisive = 0;  ///< blocks that would be decided otherwise without it
  std::size_t unique = 0;    ///< units where no other rule speaks for its label
  /// What the F1 of ads (posts) loses without the rule, its weights alone taken away.
  double ad_f1_loss = 0.0;
  std::size_t qa_saved = 0;       ///< qa posts that would be lost (outcome ad_only) without it …
  std::size_t qa_lost = 0;        ///< … and those that are lost by it
  Overlap overlap;                ///< with the rule that covers most of it; the first of several
  std::size_t conflicts = 0;      ///< units where ad meets qa evidence
  std::size_t conflicts_won = 0;  ///< of them: right units of this rule
  /// What it costs: how often a text was searched for one of its patterns, and its share of all
  /// rules' searches. Many searches for few hits: its keys are too common.
  std::size_t searches = 0;
  double search_share = 0.0;

  [[nodiscard]] bool is_dead() const { return units == 0; }
  /// Whether a shadow rule with these figures has shown that it may act: at least 30 units of three
  /// channels, people agree with 90 % of its hits at the least, and it takes no Q&A post away.
  [[nodiscard]] bool may_act() const {
    return units >= 30 && channels >= 3 && precision.low >= 0.9 && qa_lost == 0 && ad_f1_loss >= 0;
  }
  /// More than 80 % of its posts are of one channel.
  [[nodiscard]] bool is_channel_bound() const { return top_share > 0.8; }
};

/// One entry a rule, in the order of RuleSet::rules(). Active rules hit, and shadow rules, whose
/// `decisive`, `ad_f1_loss`, `qa_saved` and `qa_lost` tell what they would do if they were active.
[[nodiscard]] std::vector<RuleAudit> audit_rules(std::span<const ExaminedPost> posts,
                                                 const Classifier& judge);

/// The weights in force, 0 for each rule that hits in fewer channels.
[[nodiscard]] std::vector<std::int32_t> weights_of_widespread(std::span<const RuleAudit> audits,
                                                              std::span<const RuleInfo> rules,
                                                              std::size_t min_channels);

}  // namespace qanat::classifier
