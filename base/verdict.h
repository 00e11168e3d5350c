#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace qanat {

/// What a post is for a reader of Q&A; the labelling guide decides the hard cases.
enum class Label {
  qa,     ///< a question with its answer, or a self-contained educational post
  ad,     ///< exists to make the reader buy, register, subscribe, join, apply
  mixed,  ///< useful content with a separable promotional block
  other,  ///< the rest: news, polls, teasers
};

/// Whether the post is a promotion, or has one in it.
[[nodiscard]] constexpr bool holds_promotion(Label label) {
  return label == Label::ad || label == Label::mixed;
}

/// What becomes of the post.
enum class Outcome {
  clean,     ///< nothing was removed
  stripped,  ///< parts were removed, the rest is offered
  ad_only,   ///< the whole post is an ad: nothing is offered
  review,    ///< too close to call, or the removal would take the Q&A core: a person decides
};

enum class RemovedKind { ad, signature, boilerplate };

enum class BlockKind {
  paragraph,
  heading,
  list,
  quote,
  code,
  link_line,  ///< a line of links, handles or hashtags only
  separator,
};

enum class BlockOutcome { keep, review, ad, signature, boilerplate };

/// What became of a hit.
enum class HitEffect : std::uint8_t {
  counts,
  watches,    ///< its rule is in shadow
  held_back,  ///< by `none` of its rule, its channel's override, a composite that absorbed it, …
  unmet,      ///< its rule's own `when` did not hold
};

/// One piece of evidence: a rule, where it matched, and what it added.
struct RuleHit {
  std::string rule;          ///< "disc.erid"; "ctx.…" for the neighbours' pull
  std::int32_t weight = 0;   ///< milli-logits, as added to the sum if `effect` is `counts`
  std::string where;         ///< scope: "text", "link.url", "button.text", …
  std::optional<Span> span;  ///< in Post::text; nothing for evidence outside it
  std::string text;          ///< what matched, as written
  std::string note;          ///< why it did not count or whence it comes: "vetoed by none[0]"
  HitEffect effect = HitEffect::counts;

  /// It is no rule's: the neighbours' pull, what the evidence must outweigh, …
  [[nodiscard]] bool is_context() const { return rule.starts_with("ctx."); }

  bool operator==(const RuleHit&) const = default;
};

/// The judgement of one block, with everything that entered it.
struct BlockVerdict {
  Span span;  ///< blocks tile Post::text
  BlockKind kind = BlockKind::paragraph;
  BlockOutcome outcome = BlockOutcome::keep;
  std::int32_t score = 0;        ///< milli-logits for `outcome`'s label (for ad when kept)
  double probability = 0.0;      ///< of that label
  std::vector<RuleHit> because;  ///< with `against`: the weights add up to `score`
  std::vector<RuleHit> against;
  std::vector<RuleHit> shadow;  ///< rules that only watch
  std::vector<RuleHit> vetoed;  ///< held back or unmet, with the reason
  std::string flip;             ///< the smallest change of evidence that changes the outcome

  bool operator==(const BlockVerdict&) const = default;
};

/// A part of the text that is not offered, and why.
struct Removed {
  Span span;
  RemovedKind kind = RemovedKind::ad;
  std::vector<std::string> rules;  ///< ids, strongest first
  double probability = 0.0;

  bool operator==(const Removed&) const = default;
};

/// A post's judgement. Kept + removed = original, byte for byte.
struct Verdict {
  Label label = Label::other;
  Outcome outcome = Outcome::clean;
  double ad_probability = 0.0;   ///< that the post, or its promotional part, is an ad
  std::vector<Removed> removed;  ///< ordered, disjoint
  std::vector<BlockVerdict> blocks;
  /// What matched of the whole post, whatever its effect: its text, buttons, forward, preview,
  /// composites, learned words, the channel's profile.
  std::vector<RuleHit> post_hits;
  std::string ruleset;  ///< decision fingerprint, "sha256:…"

  bool operator==(const Verdict&) const = default;
};

/// What the post offers: `text` without the removed parts.
[[nodiscard]] std::string kept_text(std::string_view text, const std::vector<Removed>& removed);

}  // namespace qanat
