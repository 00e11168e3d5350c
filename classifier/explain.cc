#include "classifier/explain.h"

#include <algorithm>
#include <cstdlib>

#include "base/utf8.h"
#include "classifier/flip.h"
#include "classifier/overlap.h"

namespace qanat::classifier {
namespace {

bool counts(const RuleMatch& match, std::span<const RuleInfo> rules) {
  return adds_up(match, rules) && match.weight != 0;
}

void gather_unit(BlockEvidence& evidence,
                 const std::vector<RuleMatch>& matches,
                 std::span<const RuleInfo> rules) {
  for (const RuleMatch& match : matches) {
    if (counts(match, rules)) add_evidence(evidence, match, rules);
  }
}

/// "Как этому научиться?" alone.
bool is_lone_question(std::string_view text) {
  return text.find_first_of(".!?:\n") + 1 == text.size() && text.ends_with('?');
}

bool is_quiz(const Post& post) {
  return post.poll && (post.poll->type.contains("Quiz") || post.poll->type.contains("quiz"));
}

HitEffect effect_of(const RuleMatch& match, const RuleInfo& rule) {
  if (match.vetoed) {
    return match.note == kHeldBackByWhen ? HitEffect::unmet : HitEffect::held_back;
  }
  if (rule.status == RuleStatus::shadow) return HitEffect::watches;
  // To a composite that absorbed it, or by its channel's override.
  const bool lost_its_weight = match.weight == 0 && rule.weight != 0;
  return lost_its_weight ? HitEffect::held_back : HitEffect::counts;
}

RuleHit hit_of(const RuleMatch& match, const RuleInfo& rule) {
  return {.rule = rule.id,
          .weight = match.weight,
          .where = std::string(scope_name(match.scope)),
          .span = match.span,
          .text = match.text,
          .note = match.note,
          .effect = effect_of(match, rule)};
}

RuleHit context(std::string rule, std::int32_t weight, std::string note) {
  return {.rule = std::move(rule),
          .weight = weight,
          .where = "context",
          .span = std::nullopt,
          .text = {},
          .note = std::move(note)};
}

/// Whether matches of this label enter the score of a block with this outcome.
bool enters(RuleLabel label, BlockOutcome outcome) {
  switch (outcome) {
    case BlockOutcome::signature: return label == RuleLabel::signature;
    case BlockOutcome::boilerplate: return label == RuleLabel::boilerplate;
    default: return label == RuleLabel::ad || label == RuleLabel::qa;
  }
}

/// "an offer as a post of its own: its words +3210, those of the rest -4120 and +800 for Q&A"
std::string told(const Division& division, bool goes) {
  const auto number = [](std::int32_t weight) {
    return (weight < 0 ? "" : "+") + std::to_string(weight);
  };
  return std::string(goes ? "an offer" : "beside an offer") + " as a post of its own: its words " +
         number(division.offer_words) + ", those of the rest " + number(division.rest_words) +
         " and " + number(division.lesson) + " for Q&A";
}

void add_context(BlockVerdict& verdict,
                 const BlockDecision& decision,
                 const std::optional<Division>& division) {
  const auto add = [&verdict](RuleHit hit) {
    if (hit.weight == 0) return;
    (hit.weight > 0 ? verdict.because : verdict.against).push_back(std::move(hit));
  };
  add(context("ctx.bias", decision.bias, "what the evidence must outweigh"));
  add(context("ctx.span", decision.neighbours, "pull of the neighbouring blocks"));
  add(context("ctx.lead_in", decision.lead_in, "what belongs together stays together"));
  if (division) add(context("ctx.part", decision.part, told(*division, decision.part > 0)));
  add(context("ctx.post",
              decision.post,
              decision.post > 0 ? "the post is an ad as a whole" : "the post as a whole is no ad"));
}

void order_hits(std::vector<RuleHit>& hits) {
  std::ranges::stable_sort(
      hits, std::ranges::greater(), [](const RuleHit& hit) { return std::abs(hit.weight); });
}

BlockVerdict explain_block(const Block& block,
                           const BlockDecision& decision,
                           const std::vector<RuleMatch>& matches,
                           const std::optional<Division>& division,
                           std::span<const RuleInfo> rules) {
  BlockVerdict verdict;
  verdict.span = block.span;
  verdict.kind = block.kind;
  verdict.outcome = decision.outcome;
  verdict.score = decision.score();
  verdict.probability = probability(verdict.score);
  verdict.because.reserve(matches.size());
  for (const RuleMatch& match : matches) {
    const RuleInfo& rule = rules[match.rule];
    RuleHit hit = hit_of(match, rule);
    if (hit.effect == HitEffect::watches) {
      verdict.shadow.push_back(std::move(hit));
    } else if (hit.effect != HitEffect::counts) {
      verdict.vetoed.push_back(std::move(hit));
    } else if (counts(match, rules) && enters(rule.label, decision.outcome)) {
      (hit.weight > 0 ? verdict.because : verdict.against).push_back(std::move(hit));
    }
  }
  add_context(verdict, decision, division);
  order_hits(verdict.because);
  order_hits(verdict.against);
  return verdict;
}

std::optional<RemovedKind> removed_kind(BlockOutcome outcome) {
  switch (outcome) {
    case BlockOutcome::ad: return RemovedKind::ad;
    case BlockOutcome::signature: return RemovedKind::signature;
    case BlockOutcome::boilerplate: return RemovedKind::boilerplate;
    default: return std::nullopt;
  }
}

void add_rules(std::vector<std::string>& rules, const std::vector<RuleHit>& because) {
  for (const RuleHit& hit : because) {
    if (hit.is_context() || std::ranges::find(rules, hit.rule) != rules.end()) continue;
    rules.push_back(hit.rule);
  }
}

/// What goes, neighbours of one kind joined. Nothing goes while a person has yet to decide on the
/// ad; the page's own lines and the signature go all the same.
std::vector<Removed> removed_parts(const std::vector<Block>& blocks, const Verdict& verdict) {
  std::vector<Removed> parts;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const BlockVerdict& block = verdict.blocks[i];
    const std::optional<RemovedKind> kind = removed_kind(block.outcome);
    if (!kind) continue;
    const bool joins = i > 0 && !parts.empty() && parts.back().kind == *kind &&
                       removed_kind(verdict.blocks[i - 1].outcome) == kind;
    if (!joins) parts.push_back({.span = blocks[i].text, .kind = *kind, .rules = {}});
    Removed& part = parts.back();
    part.span.end = blocks[i].text.end;
    part.probability = std::max(part.probability, block.probability);
    add_rules(part.rules, block.because);
  }
  return parts;
}

void hold_back(Verdict& verdict) {
  if (verdict.outcome != Outcome::review) return;
  for (BlockVerdict& block : verdict.blocks) {
    if (block.outcome == BlockOutcome::ad) block.outcome = BlockOutcome::review;
  }
}

}  // namespace

void add_evidence(BlockEvidence& evidence,
                  const RuleMatch& match,
                  std::span<const RuleInfo> rules) {
  Counted counted{.rule = match.rule, .weight = match.weight, .alone = match.alone};
  if (is_placed_promotion(match, rules)) counted.words = match.span;
  switch (rules[match.rule].label) {
    case RuleLabel::ad: evidence.ad.push_back(counted); break;
    case RuleLabel::qa: evidence.qa.push_back(counted); break;
    case RuleLabel::signature: evidence.signature.push_back(counted); break;
    case RuleLabel::boilerplate: evidence.boilerplate.push_back(counted); break;
    case RuleLabel::knowledge: evidence.knowledge.push_back(counted); break;
  }
}

PostEvidence gather(const Post& post,
                    const std::vector<Block>& blocks,
                    const PostMatches& matches,
                    std::span<const RuleInfo> rules) {
  PostEvidence evidence;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    const auto text = std::string_view(post.text).substr(block.text.begin, block.text.size());
    BlockEvidence one;
    one.kind = block.kind;
    one.follows_lead_in = block.follows_lead_in;
    one.set_off = block.set_off;
    one.asks = is_lone_question(text);
    one.chars = utf8::length(text);
    gather_unit(one, matches.blocks[i], rules);
    evidence.blocks.push_back(std::move(one));
  }
  gather_unit(evidence.whole, matches.whole, rules);
  evidence.quiz = is_quiz(post);
  return evidence;
}

Verdict explain(const std::vector<Block>& blocks,
                const PostMatches& matches,
                std::span<const RuleInfo> rules,
                const PostEvidence& evidence,
                const Decision& decision) {
  Verdict verdict;
  verdict.label = decision.label;
  verdict.outcome = decision.outcome;
  verdict.ad_probability = probability(decision.ad_score);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    verdict.blocks.push_back(
        explain_block(blocks[i], decision.blocks[i], matches.blocks[i], evidence.division, rules));
  }
  verdict.post_hits.reserve(matches.whole.size());
  for (const RuleMatch& match : matches.whole) {
    verdict.post_hits.push_back(hit_of(match, rules[match.rule]));
  }
  find_flips(verdict, evidence, rules, decision);
  hold_back(verdict);
  verdict.removed = removed_parts(blocks, verdict);
  return verdict;
}

}  // namespace qanat::classifier
