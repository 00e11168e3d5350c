#include "classifier/classifier.h"

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/sha256.h"
#include "classifier/answer_guard.h"
#include "classifier/engine.h"
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
#include "classifier/vocabulary.h"

namespace qanat::classifier {
namespace {

/// Every number of a struct of thresholds, in order: one that is added later cannot be forgotten.
template <class T>
std::string numbers_of(const T& thresholds) {
  static_assert(std::has_unique_object_representations_v<T>, "whole numbers of 32 bits only");
  using Numbers = std::array<std::int32_t, sizeof(T) / sizeof(std::int32_t)>;
  std::string out;
  for (const std::int32_t number : std::bit_cast<Numbers>(thresholds)) {
    out += std::to_string(number) + ",";
  }
  return out;
}

std::string fingerprint_of(const RuleSet& rules) {
  return "sha256:" + sha256_hex("pack=" + rules.pack_hash() + " " + decision_terms());
}

std::vector<RuleInfo> with_profile_rules(std::vector<RuleInfo> rules) {
  std::ranges::move(profile_rules(), std::back_inserter(rules));
  return rules;
}

}  // namespace

std::string decision_terms() {
  return "segmenter=" + std::to_string(kSegmenterVersion) +
         " language=" + std::to_string(kLanguageVersion) +
         " evidence=" + std::to_string(kEvidenceVersion) +
         " most_counted=" + std::to_string(kMostCounted) +
         " overlap=" + std::to_string(kOverlapDivisor) +
         " passage_prior=" + std::to_string(kPassagePrior) +
         " scoring=" + std::to_string(kScoringVersion) +
         " keeping=" + std::to_string(kKeepingVersion) +
         " normalizer=" + std::to_string(kRecordNormalizerVersion) +
         " thresholds=" + numbers_of(kThresholds) + numbers_of(kKeepingThresholds) +
         numbers_of(kProfileThresholds);
}

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
  add_words(post, description.view(), examined);
  return examined;
}

/// The channel's footer and the page's own words are left out.
void Classifier::add_words(const Post& post, const PostView& view, Examined& examined) const {
  if (post.kind == PostKind::service) return;
  std::vector<Passage> own;
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < examined.blocks.size(); ++i) {
    const BlockEvidence& evidence = examined.evidence.blocks[i];
    if (looks_like_chrome(evidence)) continue;
    const Span text = examined.blocks[i].text;
    own.push_back({.block = i, .chars = evidence.chars});
    words.push_back(std::string_view(post.text).substr(text.begin, text.size()));
  }
  for (RuleMatch& match : rules_.match_words(view, words)) {
    add_evidence(examined.evidence.whole, match, *known_rules_);
    examined.matches.whole.push_back(std::move(match));
  }
  add_division(view, own, words, examined);
}

/// Of a post without a sign of an offer none is looked for.
void Classifier::add_division(const PostView& view,
                              std::span<const Passage> texts,
                              std::span<const std::string_view> words,
                              Examined& examined) const {
  const bool offers = std::ranges::any_of(examined.matches.blocks, [this](const auto& matches) {
    return ad_evidence(matches, *known_rules_) >= kThresholds.touching;
  });
  if (!offers) return;
  examined.evidence.division = find_division(texts, rules_.words_around(view, words));
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
