#include "classifier/score.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "classifier/division.h"
#include "classifier/keeping.h"
#include "classifier/rule_kinds.h"
#include "classifier/sums.h"

namespace qanat::classifier {
namespace {

constexpr Thresholds kT = kThresholds;

std::int32_t share(std::int32_t weight, std::int32_t per_cent) { return weight * per_cent / 100; }

/// Words by their share.
std::int32_t sum_touching(const std::vector<Counted>& hits,
                          std::span<const RuleInfo> rules,
                          Without without) {
  return sum(hits, without, [rules](const Counted& hit) {
    return is_vocabulary(rules[hit.rule]) ? share(hit.weight, kT.touching_words) : hit.weight;
  });
}

/// Counter-evidence that says "no offer" and nothing of what the post is instead.
bool speaks_for_nothing(const RuleInfo& rule) {
  return rule.kind == kPlainKind || is_vocabulary(rule);
}

/// What a reader would miss if it went: code, or strong evidence of question and answer.
bool is_protected(const BlockEvidence& block, std::span<const RuleInfo> rules, Without without) {
  const std::int32_t content = sum(block.qa, without, [rules](const Counted& hit) {
    return speaks_for_nothing(rules[hit.rule]) ? 0 : hit.weight;
  });
  return block.kind == BlockKind::code || content <= -kT.protecting;
}

BlockDecision judge_alone(const BlockEvidence& block, Without without) {
  const std::int32_t boilerplate = sum(block.boilerplate, without);
  if (boilerplate >= kT.boilerplate_bias) {
    return {.outcome = BlockOutcome::boilerplate,
            .bias = -kT.boilerplate_bias,
            .evidence = boilerplate};
  }
  const std::int32_t signature = sum(block.signature, without);
  if (signature >= kT.signature_bias) {
    return {.outcome = BlockOutcome::signature, .bias = -kT.signature_bias, .evidence = signature};
  }
  return {.outcome = BlockOutcome::keep,
          .bias = bias_of(block),
          .evidence = sum(block.ad, without) + sum(block.qa, without)};
}

/// Best path scores that end in each of the two states.
struct Path {
  std::int64_t content = 0;
  std::int64_t ad = 0;
};

Path step(Path before, std::int64_t ad_score) {
  return {.content = std::max(before.content, before.ad - kT.switching),
          .ad = std::max(before.ad, before.content - kT.switching) + ad_score};
}

/// Two-state Viterbi over a chain of blocks. The pull of the neighbours is the difference between
/// the best path through "ad" and the best through "content", less the block's own score: with two
/// neighbours at most 2 × switching.
void smooth_chain(std::vector<BlockDecision>& blocks, const std::vector<std::size_t>& chain) {
  std::vector<Path> after(chain.size() + 1);
  for (std::size_t k = chain.size(); k-- > 0;) {
    const std::int64_t own = k + 1 < chain.size() ? blocks[chain[k + 1]].score() : 0;
    const Path next{.content = after[k + 1].content, .ad = after[k + 1].ad + own};
    after[k] = k + 1 < chain.size()
                   ? Path{.content = std::max(next.content, next.ad - kT.switching),
                          .ad = std::max(next.ad, next.content - kT.switching)}
                   : Path{};
  }
  Path before{};
  for (std::size_t k = 0; k < chain.size(); ++k) {
    BlockDecision& block = blocks[chain[k]];
    const std::int32_t own = block.score();
    before = k == 0 ? Path{.content = 0, .ad = own} : step(before, own);
    const std::int64_t difference = (before.ad + after[k].ad) - (before.content + after[k].content);
    block.neighbours = static_cast<std::int32_t>(difference - own);
  }
}

/// Chrome pulls nothing, and nothing pulls across a drawn line.
void smooth(const PostEvidence& post, std::vector<BlockDecision>& blocks) {
  std::vector<std::size_t> chain;
  chain.reserve(blocks.size());
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (post.blocks[i].set_off) {
      smooth_chain(blocks, chain);
      chain.clear();
    }
    if (!is_chrome(blocks[i].outcome)) chain.push_back(i);
  }
  smooth_chain(blocks, chain);
}

void settle_blocks(const PostEvidence& post,
                   std::span<const RuleInfo> rules,
                   Without without,
                   std::vector<BlockDecision>& blocks) {
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    BlockDecision& block = blocks[i];
    if (is_chrome(block.outcome)) continue;
    const std::int32_t own = block.bias + block.evidence;
    if (is_protected(post.blocks[i], rules, without)) {
      block.neighbours = std::min(block.neighbours, 0);
      if (own < kT.hard) block.neighbours = std::min(block.neighbours, -own - 1);
    }
    if (block.score() >= 0) block.outcome = BlockOutcome::ad;
  }
}

/// What introduces something goes with it, or neither goes: "Что он умеет:" says nothing alone. A
/// heading is measured by what it heads.
void bind_lead_ins(const PostEvidence& post,
                   std::span<const RuleInfo> rules,
                   Without without,
                   std::vector<BlockDecision>& blocks) {
  for (std::size_t i = 1; i < blocks.size(); ++i) {
    BlockDecision& lead = blocks[i - 1];
    BlockDecision& led = blocks[i];
    const bool torn = post.blocks[i].follows_lead_in && led.outcome == BlockOutcome::ad &&
                      lead.outcome == BlockOutcome::keep;
    if (!torn) continue;
    const bool heads = std::cmp_less_equal(post.blocks[i - 1].chars, kT.longest_heading);
    const std::int32_t together = lead.evidence + (heads ? 0 : lead.bias) + led.evidence + led.bias;
    if (together >= 0 && !is_protected(post.blocks[i - 1], rules, without)) {
      lead.outcome = BlockOutcome::ad;
      lead.lead_in = -lead.score();
    } else {
      led.outcome = BlockOutcome::keep;
      led.lead_in = -1 - led.score();
    }
  }
}

/// Whether a block goes with the promotion behind it: the line that sets it off, or a question that
/// it answers. What the post itself asks is its first block.
bool announces(const PostEvidence& post, const std::vector<BlockDecision>& blocks, std::size_t i) {
  const BlockDecision& promotion = blocks[i + 1];
  if (post.blocks[i + 1].set_off) return true;
  const bool asks =
      post.blocks[i].asks && std::cmp_less_equal(post.blocks[i].chars, kT.longest_heading);
  return asks && i > 0 && blocks[i].evidence + promotion.evidence + promotion.bias >= 0;
}

/// Whether a block that says little stands between two promotions.
bool is_gap(const std::vector<BlockDecision>& blocks, std::size_t i) {
  return i > 0 && blocks[i - 1].outcome == BlockOutcome::ad && blocks[i].score() >= -kT.gap;
}

/// What says nothing without the promotion behind it goes with it.
void take_along(const PostEvidence& post,
                std::span<const RuleInfo> rules,
                Without without,
                std::vector<BlockDecision>& blocks) {
  for (std::size_t i = 0; i + 1 < blocks.size(); ++i) {
    BlockDecision& block = blocks[i];
    if (block.outcome != BlockOutcome::keep || blocks[i + 1].outcome != BlockOutcome::ad) continue;
    if (is_protected(post.blocks[i], rules, without)) continue;
    if (!announces(post, blocks, i) && !is_gap(blocks, i)) continue;
    block.outcome = BlockOutcome::ad;
    block.lead_in = -block.score();
  }
}

/// The figures of a post that its label is decided by.
struct Balance : Remains {
  std::int64_t plain_words = 0;  ///< what words of what would remain say against an ad
  std::int32_t qa = 0;      ///< evidence of Q&A in what would remain, less what speaks for news
  std::int32_t lesson = 0;  ///< what its words say for Q&A, against news and talk
  std::int32_t core = 0;    ///< evidence of Q&A, nothing deducted
  bool disclosed = false;   ///< the law's own words: "Реклама. ООО …", erid
  bool divided = false;     ///< an offer above or below a lesson, told apart by their words
  bool shielded = false;    ///< a block that carries question or answer would go with the rest
  std::size_t ad_blocks = 0;
};

/// Counter-evidence that says "worth reading" but not "question and answer": teasers, news, polls.
bool speaks_for_other(const RuleInfo& rule) { return rule.kind == kOtherKind; }

bool has_kind(const std::vector<Counted>& hits,
              std::string_view kind,
              std::span<const RuleInfo> rules,
              Without without) {
  return std::ranges::any_of(hits, [&](const Counted& hit) {
    return rules[hit.rule].kind == kind && !is_left_out(hit.rule, without);
  });
}

void weigh_remaining(Balance& balance,
                     const DistinctRules& remaining,
                     std::span<const RuleInfo> rules) {
  if (balance.ad < kT.overwhelming) {
    // Words alone never say "beyond doubt".
    const std::int64_t words = -balance.plain_words * kT.content_words / 100;
    balance.content += static_cast<std::int32_t>(std::clamp<std::int64_t>(words, 0, kT.content));
  }
  for (const RuleSum& each : remaining.sums()) {
    const RuleInfo& rule = rules[each.rule];
    if (speaks_for_nothing(rule)) continue;
    balance.content -= each.weight;
    if (speaks_for_other(rule)) {
      balance.qa += each.weight / 2;
    } else {
      balance.qa -= each.weight;
      balance.core -= each.weight;
      (rule.kind == kQuestionKind ? balance.question : balance.answer) -= each.weight;
    }
  }
}

/// Some ad evidence, and more of it than of the contrary.
bool is_promotional(const BlockEvidence& block, std::span<const RuleInfo> rules, Without without) {
  const std::int32_t ad = sum_touching(block.ad, rules, without);
  return ad >= kT.touching && ad + sum_touching(block.qa, rules, without) > 0;
}

void weigh_promotion(Balance& balance, const BlockEvidence& block, std::int32_t score) {
  if (block.kind != BlockKind::separator) ++balance.ad_blocks;  // the line before it is none
  balance.ad_chars += block.chars;
  balance.after_chars = 0;
  balance.strongest = std::max(balance.strongest, score);
}

void weigh_touch(Balance& balance, const BlockEvidence& block, bool touched, bool first) {
  if (touched) balance.touched_chars += block.chars;
  if (first) balance.opened = touched;
  balance.closed = touched;
}

void weigh_kept(Balance& balance, const BlockEvidence& block, bool touched) {
  balance.kept_chars += block.chars;
  if (touched) return;
  const bool above_all = balance.ad_blocks == 0 && balance.touched_chars == 0;
  balance.listed = balance.listed || (above_all && block.kind == BlockKind::list);
  (balance.ad_blocks == 0 ? balance.before_chars : balance.after_chars) += block.chars;
}

/// A promotion that its own words call a digression, or that a line sets off from a text which has
/// none.
bool is_aside(const BlockEvidence& promotion,
              const Balance& above,
              std::span<const RuleInfo> rules,
              Without without) {
  return (promotion.set_off && above.ad_blocks == 0) ||
         has_kind(promotion.ad, kAsideKind, rules, without);
}

Balance weigh(const PostEvidence& post,
              const std::vector<BlockDecision>& blocks,
              std::span<const RuleInfo> rules,
              Without without) {
  Balance balance;
  DistinctRules all(rules, without);
  DistinctRules remaining(rules, without);
  bool touched = false;
  bool first = true;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const BlockEvidence& evidence = post.blocks[i];
    balance.disclosed = balance.disclosed || has_kind(evidence.ad, kDisclosureKind, rules, without);
    if (is_chrome(blocks[i].outcome)) continue;
    all.add(evidence.ad);
    all.add(evidence.qa);
    touched = is_promotional(evidence, rules, without) || (evidence.follows_lead_in && touched);
    weigh_touch(balance, evidence, touched, std::exchange(first, false));
    if (blocks[i].outcome == BlockOutcome::ad) {
      balance.aside = balance.aside || is_aside(evidence, balance, rules, without);
      weigh_promotion(balance, evidence, blocks[i].score());
    } else {
      remaining.add(evidence.qa);
      balance.plain_words += sum_of_words(evidence.qa, rules, without);
      balance.lead_in = balance.lead_in || has_kind(evidence.ad, kLeadInKind, rules, without);
      weigh_kept(balance, evidence, touched);
      balance.shielded = balance.shielded || is_protected(evidence, rules, without);
    }
  }
  all.add(post.whole.ad);
  all.add(post.whole.qa);
  remaining.add(post.whole.qa);
  const std::int32_t by_rules = all.total();
  balance.words = words_beside(by_rules, post.whole, rules, without);
  balance.disclosed = balance.disclosed || has_kind(post.whole.ad, kDisclosureKind, rules, without);
  balance.ad = by_rules + balance.words - kT.post_bias;
  weigh_remaining(balance, remaining, rules);
  balance.lesson = sum(post.whole.knowledge, without);
  balance.qa += balance.lesson;
  return balance;
}

/// Of a post with a promotion; `content` is what it is without one.
Label label_with_promotion(const Balance& balance, Label content) {
  if (!stands_out(balance)) return content;
  if (is_worth_keeping(balance)) return Label::mixed;
  if (is_offer_as_a_whole(balance)) return Label::ad;
  return goes_alone(balance) ? Label::mixed : content;
}

Label label_of(const Balance& balance, bool quiz) {
  const Label content = quiz || balance.qa >= kT.qa ? Label::qa : Label::other;
  if (balance.disclosed) return Label::ad;
  if (balance.ad_blocks > 0) return label_with_promotion(balance, content);
  // Where no block stands out, only what the text teaches or tells outweighs what it is busy with.
  const bool busy_with_offers = balance.ad >= 0 && !quiz;
  const std::int32_t needed = balance.ad < kT.clear_offer ? kT.content : kT.ample_content;
  const bool outweighed = is_worth_keeping(balance) && balance.content >= needed;
  return busy_with_offers && !outweighed ? Label::ad : content;
}

/// Whether an ad is in the words of a lesson, all the more of them the surer the ad.
bool is_lesson(const Balance& balance) {
  const std::int32_t needed =
      balance.ad >= kT.overwhelming ? share(balance.ad, kT.lesson_share) : kT.lesson;
  return balance.lesson >= needed;
}

/// Whether an ad would take so much along that a person should look. News and teasers alone are no
/// loss, and out of an offer beyond doubt only a question with its answer is.
bool is_doubtful(const Balance& balance) {
  if (balance.disclosed) return balance.core >= kT.core || balance.divided;
  if (is_lesson(balance)) return true;
  if (!balance.shielded) return false;
  if (balance.ad >= kT.overwhelming) {
    return balance.question >= kT.question && balance.answer >= kT.answer;
  }
  return balance.core >= kT.protecting || balance.content >= kT.ample_content;
}

Outcome outcome_of(Label label, const Balance& balance, const std::vector<BlockDecision>& blocks) {
  if (label == Label::ad) {
    const bool barely = balance.ad < kT.review_band && !balance.disclosed;
    return barely || is_doubtful(balance) ? Outcome::review : Outcome::ad_only;
  }
  if (label == Label::mixed) {
    const std::size_t all = balance.ad_chars + balance.kept_chars;
    return per_cent(balance.ad_chars, all) > kT.most_removed ? Outcome::review : Outcome::stripped;
  }
  const bool close = balance.ad > -kT.review_band && balance.core < kT.qa;
  if (close) return Outcome::review;
  const bool chrome = std::ranges::any_of(
      blocks, [](const BlockDecision& block) { return is_chrome(block.outcome); });
  return chrome ? Outcome::stripped : Outcome::clean;
}

/// The law's own words make an ad of all that they stand below, and a promotion that stands out by
/// itself is cut by its own blocks.
bool may_be_divided(const Balance& balance, Label label) {
  return !balance.disclosed && label != Label::mixed;
}

/// The offer goes, at its score as a post of its own, and the rest stays.
void divide(const Division& division, std::int32_t offer, std::vector<BlockDecision>& blocks) {
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    BlockDecision& block = blocks[i];
    if (is_chrome(block.outcome)) continue;
    const bool goes = i >= division.begin && i < division.end;
    block.outcome = goes ? BlockOutcome::ad : BlockOutcome::keep;
    if (goes != (block.score() >= 0)) block.part = (goes ? offer : -1) - block.score();
  }
}

/// In a post that is an ad as a whole every block goes, at the post's score at least.
void take_whole(std::vector<BlockDecision>& blocks, std::int32_t ad_score) {
  for (BlockDecision& block : blocks) {
    if (is_chrome(block.outcome) || block.outcome == BlockOutcome::ad) continue;
    block.outcome = BlockOutcome::ad;
    block.post = std::max(ad_score, 0) - block.score();
  }
}

/// In a post that neither goes nor loses a part, no block goes: the whole post holds it back.
void keep_whole(std::vector<BlockDecision>& blocks) {
  for (BlockDecision& block : blocks) {
    if (block.outcome != BlockOutcome::ad) continue;
    block.outcome = BlockOutcome::keep;
    block.post = -1 - block.score();
  }
}

}  // namespace

bool is_chrome(BlockOutcome outcome) {
  return outcome == BlockOutcome::signature || outcome == BlockOutcome::boilerplate;
}

bool looks_like_chrome(const BlockEvidence& block) {
  return is_chrome(judge_alone(block, {}).outcome);
}

std::int32_t bias_of(const BlockEvidence& block) {
  if (block.follows_lead_in) return -kT.lead_in_bias;
  const bool light = block.kind == BlockKind::list || block.kind == BlockKind::link_line ||
                     block.kind == BlockKind::separator;
  return light || block.set_off ? -kT.list_bias : -kT.paragraph_bias;
}

Decision decide(const PostEvidence& post, std::span<const RuleInfo> rules, Without without) {
  Decision decision;
  decision.blocks.reserve(post.blocks.size());
  for (const BlockEvidence& block : post.blocks) {
    decision.blocks.push_back(judge_alone(block, without));
  }
  smooth(post, decision.blocks);
  settle_blocks(post, rules, without, decision.blocks);
  bind_lead_ins(post, rules, without, decision.blocks);
  take_along(post, rules, without, decision.blocks);
  Balance balance = weigh(post, decision.blocks, rules, without);
  const auto offer = score_of_offer(post, rules, without);
  balance.divided = offer.has_value();
  decision.label = label_of(balance, post.quiz);
  if (offer && may_be_divided(balance, decision.label)) {
    divide(*post.division, *offer, decision.blocks);
    balance = weigh(post, decision.blocks, rules, without);
    decision.label = Label::mixed;
  }
  decision.outcome = outcome_of(decision.label, balance, decision.blocks);
  decision.ad_score = holds_promotion(decision.label) || balance.ad_blocks == 0
                          ? std::max(balance.ad, balance.strongest)
                          : balance.ad;
  if (decision.outcome == Outcome::ad_only) take_whole(decision.blocks, decision.ad_score);
  if (!holds_promotion(decision.label)) keep_whole(decision.blocks);
  return decision;
}

double probability(std::int32_t milli_logits) {
  constexpr double kPlaces = 10000.0;
  const double p = 1.0 / (1.0 + std::exp(-static_cast<double>(milli_logits) / 1000.0));
  return std::round(p * kPlaces) / kPlaces;
}

}  // namespace qanat::classifier
