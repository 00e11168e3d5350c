#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/verdict.h"
#include "classifier/rule_set.h"

/// From evidence to a decision, in whole milli-logits: sums do not depend on order or machine.
/// docs/classifier.md tells it at length.
namespace qanat::classifier {

/// What a decision is measured against, in milli-logits unless said otherwise. What only the rest
/// of a post is measured against stands in keeping.h.
struct Thresholds {
  std::int32_t paragraph_bias = 2000;  ///< what a block's ad evidence must outweigh
  std::int32_t list_bias = 1200;       ///< for lists, lines of links and what is set off
  std::int32_t lead_in_bias = 800;     ///< for what a colon introduces
  std::int32_t post_bias = 2000;       ///< what a whole post's ad evidence must outweigh
  /// Per cent of what the words of a whole post say: rules know the posts that they were written
  /// beside too well, and words tell more of other channels.
  std::int32_t post_words = 250;
  std::int32_t words_beyond_rules = 1000;  ///< how much more for an ad than rules they may say
  std::int32_t apart_words =
      2500;  ///< what they say against an offer in the rest of a divided post
  /// Characters of the parts of a divided post: of fewer, words say too little.
  std::int32_t least_offer = 40;
  std::int32_t least_lesson = 100;
  std::int32_t knowledge_words = 150;  ///< the same of Q&A against news
  std::int32_t touching_words = 50;    ///< per cent of a block's words that mark it as promotional
  std::int32_t content_words = 25;     ///< and that speak for the rest of a promotion
  std::int32_t most_block_words = 5000;  ///< the most that a block's words weigh, either way
  std::int32_t words_alone = 1000;       ///< what words lack where rules say less than `touching`
  std::int32_t signature_bias = 1000;
  std::int32_t boilerplate_bias = 1000;
  std::int32_t switching = 750;    ///< the most that one neighbour can pull
  std::int32_t gap = 2500;         ///< what a block between two promotions may lack and go, too
  std::int32_t protecting = 1500;  ///< Q&A evidence that shields a block from neighbours
  std::int32_t hard = 1500;        ///< own score that drops a shielded block all the same
  std::int32_t question = 1000;    ///< evidence of a question …
  std::int32_t answer = 1200;      ///< … and of its answer: together they are worth keeping
  std::int32_t touching = 700;     ///< ad evidence that marks a block as promotional
  std::int32_t plug_sentence =
      2000;                        ///< the same of a paragraph's last sentences, to part them off
  std::int32_t least_answer = 60;  ///< characters of what stands before these, if it explains
  std::int32_t least_text = 150;   ///< the same, if it is plain
  std::int32_t content = 1200;     ///< counter-evidence that makes the rest worth keeping
  std::int32_t ample_content = 2800;  ///< the same, beyond doubt
  std::int32_t clear_offer =
      1000;  ///< ad score of a post that only ample content outweighs, or a division
  std::int32_t overwhelming = 5000;  ///< a post's ad score that shrinks what it may touch
  std::int32_t core = 3600;          ///< Q&A evidence that sends even a disclosure to review
  std::int32_t qa = 1500;            ///< evidence that makes a post Q&A
  std::int32_t lesson = 800;         ///< what its words say for Q&A that sends an ad to review …
  std::int32_t lesson_share = 25;    ///< … if per cent of its ad score, where that is overwhelming
  std::int32_t review_band =
      250;  ///< a post that misses or exceeds `post_bias` by less is reviewed
  std::int32_t most_removed = 60;      ///< per cent of characters that may go without a review
  std::int32_t longest_heading = 120;  ///< characters of a line that is nothing but a heading
};

inline constexpr Thresholds kThresholds{};
/// Raised when the same evidence would be decided differently.
inline constexpr int kScoringVersion = 9;

/// One rule's contribution to one unit.
struct Counted {
  std::size_t rule = 0;  ///< index into RuleSet::rules()
  std::int32_t weight = 0;
  std::int32_t alone = 0;  ///< as RuleMatch::alone
  /// Of a rule that counts but once with others of the same words.
  std::optional<Span> words = std::nullopt;

  /// What it would weigh if nothing else spoke of the same words.
  [[nodiscard]] std::int32_t by_itself() const { return alone != 0 ? alone : weight; }
};

/// A block's evidence, by the label it speaks for.
struct BlockEvidence {
  BlockKind kind = BlockKind::paragraph;
  bool follows_lead_in = false;
  bool asks = false;      ///< one question and nothing else
  bool set_off = false;   ///< a drawn line parts it from the text
  std::size_t chars = 0;  ///< code points, blanks at the ends aside
  std::vector<Counted> ad;
  std::vector<Counted> qa;
  std::vector<Counted> signature;
  std::vector<Counted> boilerplate;
  std::vector<Counted> knowledge;  ///< of a whole post: for Q&A and against it, no more
};

/// Where the words of a post change from a lesson to an offer, or from an offer to a lesson.
/// Milli-logits, as of posts of their own.
struct Division {
  std::size_t begin = 0;  ///< the first block of the offer
  std::size_t end = 0;
  std::int32_t offer_words = 0;  ///< what the offer's words say of an offer
  std::int32_t rest_words = 0;   ///< and those of the rest
  std::int32_t lesson = 0;       ///< what these say for Q&A, against news
};

struct PostEvidence {
  std::vector<BlockEvidence> blocks;
  BlockEvidence whole;  ///< evidence about the post as a whole
  std::optional<Division> division = std::nullopt;
  bool quiz = false;  ///< the post is a quiz poll: a question with its answer
};

struct BlockDecision {
  BlockOutcome outcome = BlockOutcome::keep;
  std::int32_t bias = 0;        ///< ≤ 0
  std::int32_t evidence = 0;    ///< sum of the rules that speak on the outcome's label
  std::int32_t neighbours = 0;  ///< "ctx.span": at most 2 × switching either way
  std::int32_t part = 0;        ///< "ctx.part": what lifts the block to the score of its part
  std::int32_t lead_in = 0;     ///< "ctx.lead_in": what introduces, and what follows, stay together
  std::int32_t post =
      0;  ///< "ctx.post": what lifts the block to the post's score, or holds it back
  [[nodiscard]] std::int32_t score() const {
    return bias + evidence + neighbours + lead_in + part + post;
  }
};

struct Decision {
  Label label = Label::other;
  Outcome outcome = Outcome::clean;
  std::int32_t ad_score = 0;  ///< of the post, or of its strongest promotional block
  std::vector<BlockDecision> blocks;
};

/// The channel's footer or the page's own words.
[[nodiscard]] bool is_chrome(BlockOutcome outcome);
/// The same by the evidence alone.
[[nodiscard]] bool looks_like_chrome(const BlockEvidence& block);

/// What the block's ad evidence must outweigh, ≤ 0.
[[nodiscard]] std::int32_t bias_of(const BlockEvidence& block);

/// Rules that a what-if question leaves out.
using Without = std::span<const std::size_t>;

/// Pure and total; linear in blocks and hits.
[[nodiscard]] Decision decide(const PostEvidence& post,
                              std::span<const RuleInfo> rules,
                              Without without = {});

/// 1 / (1 + e^-z), rounded to four places so that every machine prints the same.
[[nodiscard]] double probability(std::int32_t milli_logits);

}  // namespace qanat::classifier
