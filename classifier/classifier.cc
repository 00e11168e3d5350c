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
#include "classifier/plug_sentence.h"
#include "classifier/profile_evidence.h"
#include "classifier/score.h"
#include "classifier/segment.h"
#include "classifier/vocabulary.h"
#include "classifier/vocabulary_evidence.h"

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
  Examined examined = examine_blocks(post, profile, lines, segment(post, lines));
  std::vector<Plug> plugs = find_plugs(post.text, examined.blocks, examined.matches, *known_rules_);
  if (plugs.empty()) return examined;
  // Of an answer a plug may take its paragraph along, or hide in it. An ad goes as a whole.
  const Decision decision = decide(examined.evidence, *known_rules_);
  if (decision.label != Label::qa && decision.label != Label::mixed) return examined;
  std::erase_if(plugs, [&decision](const Plug& plug) {
    const bool kept = decision.blocks[plug.block].outcome == BlockOutcome::keep;
    return !(kept ? plug.behind_answer : plug.behind_text);
  });
  if (plugs.empty()) return examined;
  return examine_blocks(post, profile, lines, part_off(plugs, post.text, examined.blocks));
}

Examined Classifier::examine_blocks(const Post& post,
                                    const ChannelProfile& profile,
                                    std::span<const Line> lines,
                                    std::vector<Block> blocks) const {
  Examined examined{.blocks = std::move(blocks), .matches = {}, .evidence = {}};
  const std::vector<ProfileMark> marks = mark_profile(post, profile, examined.blocks);
  const Description description(
      post, examined.blocks, languages_of(post.text, lines, examined.blocks));
  const PostWords words = rules_.look_up_words(description.view());
  const bool quotes = post.kind == PostKind::service;  // "pinned «…»": nobody's own words
  if (quotes) {
    examined.matches.blocks.resize(examined.blocks.size());
  } else {
    examined.matches = rules_.match(description.view(), words);
  }
  const std::vector<RuleInfo>& rules = *known_rules_;
  hold_back_strangers(post, examined.blocks, profile, rules, examined.matches);
  const std::size_t first = rules_.rules().size();
  add_profile_matches(marks, profile, rules, first, examined.matches);
  add_missing_footer(post, marks, profile, first, examined.matches);
  spare_answers(post, examined.blocks, rules, examined.matches);
  count_overlaps_once(examined.matches, rules);
  examined.evidence = gather(post, examined.blocks, examined.matches, rules);
  if (!quotes) add_words(words, examined);
  return examined;
}

/// The channel's footer and the page's own words are left out.
void Classifier::add_words(const PostWords& words, Examined& examined) const {
  std::vector<std::size_t> own;
  for (std::size_t i = 0; i < examined.blocks.size(); ++i) {
    if (!looks_like_chrome(examined.evidence.blocks[i])) own.push_back(i);
  }
  for (RuleMatch& match : words.of_post(own, rules_.rules())) {
    add_evidence(examined.evidence.whole, match, *known_rules_);
    examined.matches.whole.push_back(std::move(match));
  }
  add_division(own, words, examined);
}

/// Of a post without a sign of an offer none is looked for.
void Classifier::add_division(std::span<const std::size_t> own,
                              const PostWords& words,
                              Examined& examined) const {
  const bool offers = std::ranges::any_of(examined.matches.blocks, [this](const auto& matches) {
    return ad_evidence(matches, *known_rules_) >= kThresholds.touching;
  });
  if (!offers) return;
  std::vector<Passage> texts;
  texts.reserve(own.size());
  for (const std::size_t block : own) {
    texts.push_back({.block = block, .chars = examined.evidence.blocks[block].chars});
  }
  examined.evidence.division = find_division(texts, words.around(own));
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
