#include "classifier/classifier.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "base/sha256.h"
#include "classifier/answer_guard.h"
#include "classifier/explain.h"
#include "classifier/features.h"
#include "classifier/keeping.h"
#include "classifier/language.h"
#include "classifier/lines.h"
#include "classifier/normalize.h"
#include "classifier/overlap.h"
#include "classifier/profile_evidence.h"
#include "classifier/score.h"
#include "classifier/segment.h"

namespace qanat::classifier {
namespace {

/// Everything beside the rules that a verdict depends on, spelled out so that a change of one
/// number changes the fingerprint.
std::string decision_terms() {
  const Thresholds& t = kThresholds;
  std::string terms = "segmenter=" + std::to_string(kSegmenterVersion) +
                      " normalizer=" + std::to_string(kRecordNormalizerVersion) +
                      " scoring=" + std::to_string(kScoringVersion) +
                      " keeping=" + std::to_string(kKeepingVersion) + " thresholds=";
  for (const std::int32_t value : {t.paragraph_bias,
                                   t.list_bias,
                                   t.lead_in_bias,
                                   t.post_bias,
                                   t.post_words,
                                   t.content_words,
                                   t.most_words,
                                   t.most_block_words,
                                   t.words_alone,
                                   t.signature_bias,
                                   t.boilerplate_bias,
                                   t.switching,
                                   t.gap,
                                   t.protecting,
                                   t.hard,
                                   t.question,
                                   t.answer,
                                   t.touching,
                                   t.content,
                                   t.ample_content,
                                   t.overwhelming,
                                   t.core,
                                   t.qa,
                                   t.most_knowledge,
                                   t.review_band,
                                   t.most_removed,
                                   t.least_kept,
                                   t.least_around,
                                   static_cast<std::int32_t>(t.longest_heading),
                                   t.neutral_share,
                                   t.overwhelmed_share,
                                   t.content_share,
                                   t.ample_share,
                                   kKeepingThresholds.least_neutral,
                                   kKeepingThresholds.much_against,
                                   kKeepingThresholds.outstanding,
                                   kKeepingThresholds.clear,
                                   kKeepingThresholds.standing}) {
    terms += std::to_string(value) + ",";
  }
  return terms;
}

std::string fingerprint_of(const RuleSet& rules) {
  return "sha256:" + sha256_hex("pack=" + rules.pack_hash() + " " + decision_terms());
}

std::vector<RuleInfo> with_profile_rules(std::vector<RuleInfo> rules) {
  std::ranges::move(profile_rules(), std::back_inserter(rules));
  return rules;
}

}  // namespace

Classifier::Classifier(RuleSet rules)
    : rules_(std::move(rules)),
      known_rules_(
          std::make_shared<const std::vector<RuleInfo>>(with_profile_rules(rules_.rules()))),
      fingerprint_(fingerprint_of(rules_)) {}

Examined Classifier::examine(const Post& post, const ChannelProfile& profile) const {
  const std::vector<Line> lines = split_lines(post.text);
  Examined examined{.blocks = segment(post, lines), .matches = {}, .evidence = {}};
  const std::vector<ProfileMark> marks = mark_profile(post, profile, examined.blocks);
  const Description description(post, examined.blocks, language_of(lines));
  if (post.kind == PostKind::service) {
    // Nobody's words: "pinned «…»" quotes another post.
    examined.matches.blocks.resize(examined.blocks.size());
  } else {
    examined.matches = rules_.match(description.view());
  }
  const std::vector<RuleInfo>& rules = *known_rules_;
  hold_back_strangers(post, examined.blocks, profile, rules, examined.matches);
  const std::size_t first = rules_.rules().size();
  add_profile_matches(marks, profile, rules, first, examined.matches);
  add_missing_footer(post, marks, profile, first, examined.matches);
  spare_answers(post, examined.blocks, rules, examined.matches);
  count_overlaps_once(examined.matches, rules);
  examined.evidence = gather(post, examined.blocks, examined.matches, rules);
  add_knowledge(post, description.view(), examined);
  return examined;
}

/// The channel's footer and the page's own words are left out.
void Classifier::add_knowledge(const Post& post, const PostView& view, Examined& examined) const {
  if (post.kind == PostKind::service) return;
  std::string own;
  for (std::size_t i = 0; i < examined.blocks.size(); ++i) {
    if (looks_like_chrome(examined.evidence.blocks[i])) continue;
    const Span text = examined.blocks[i].text;
    own.append(post.text, text.begin, text.size()).push_back('\n');
  }
  auto match = rules_.match_knowledge(view, own);
  if (!match) return;
  add_evidence(examined.evidence.whole, *match, *known_rules_);
  examined.matches.whole.push_back(*std::move(match));
}

Verdict Classifier::judge(const Examined& examined, const PostEvidence& evidence) const {
  const std::vector<RuleInfo>& rules = *known_rules_;
  const Decision decision = decide(evidence, rules);
  Verdict verdict = explain(examined.blocks, examined.matches, rules, evidence, decision);
  verdict.ruleset = fingerprint_;
  return verdict;
}

Verdict Classifier::classify(const Post& post, const ChannelProfile& profile) const {
  const Examined examined = examine(post, profile);
  return judge(examined, examined.evidence);
}

}  // namespace qanat::classifier
