#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

/// Whether what a promotion leaves of a post is worth an offer of its own. docs/classifier.md §4.
namespace qanat::classifier {

/// A post as seen from its promotion: what is promotional, and what remains. Milli-logits and code
/// points.
struct Remains {
  std::int32_t ad = 0;            ///< the whole post's ad score, bias included
  std::int32_t content = 0;       ///< counter-evidence in what would remain
  std::int32_t question = 0;      ///< evidence of a question in what would remain
  std::int32_t answer = 0;        ///< and of an answer to it
  std::int32_t words = 0;         ///< what the words of the whole post say of an offer
  std::size_t ad_chars = 0;       ///< that would go
  std::size_t touched_chars = 0;  ///< of blocks that hold some ad evidence, removed or not
  std::size_t kept_chars = 0;     ///< that would stay
  std::size_t before_chars = 0;   ///< kept and untouched, before the first ad block
  std::size_t after_chars = 0;    ///< and after the last
  bool aside = false;             ///< the ad blocks say themselves that they are a digression
  bool lead_in = false;           ///< what would remain leads up to an offer: a story, a hook
  bool opened = false;            ///< the first block, footer aside, is promotional
  bool closed = false;            ///< and the last
  bool listed = false;  ///< a list stands above the promotion, nothing promotional above it
  std::int32_t strongest = std::numeric_limits<std::int32_t>::min();  ///< ad block's score
};

/// Milli-logits, unless said otherwise.
struct KeepingThresholds {
  std::int32_t least_kept = 40;      ///< characters that must remain for a post to be mixed
  std::int32_t least_around = 90;    ///< neutral characters on either side of an inset promotion
  std::int32_t least_neutral = 300;  ///< neutral characters that a small promotion leaves whole
  std::int32_t much_against = 2000;  ///< what a post's score falls short by that speaks against …
  std::int32_t outstanding = 1000;   ///< … any block of it whose own score is less
  std::int32_t clear = 300;  ///< score of a promotion that is cut out of a post that is no ad
  std::int32_t offer_words = 1400;  ///< what the words say of a post that is an offer throughout
  std::int32_t standing = 4000;     ///< score of a promotion that needs nothing from the rest
  /// Per cent of characters that a promotion may touch and leave the rest worth keeping: when the
  /// rest is neutral, content, or ample content.
  std::int32_t neutral_share = 25;
  std::int32_t overwhelmed_share = 35;  ///< of content, when the ad score is overwhelming
  std::int32_t content_share = 50;
  std::int32_t ample_share = 75;
};

inline constexpr KeepingThresholds kKeepingThresholds{};
/// Raised when the same remains would be judged differently.
inline constexpr int kKeepingVersion = 8;

/// The better the rest, the more of the post the promotion may touch. Pure and total.
[[nodiscard]] bool is_worth_keeping(const Remains& remains);

/// Whether a promotion is one, seen from the whole post: in a report full of counter-evidence a
/// paragraph is over the line by chance. Pure and total.
[[nodiscard]] bool stands_out(const Remains& remains);

/// Whether a post goes as a whole when nothing of it is worth an offer of its own: the whole must
/// weigh for it, one paragraph that sounds like an offer is not enough. Pure and total.
[[nodiscard]] bool is_offer_as_a_whole(const Remains& remains);

/// Whether a promotion goes alone out of a post that does not go as a whole, though the rest is
/// nothing special: it is clear, and the lesser part. Pure and total.
[[nodiscard]] bool goes_alone(const Remains& remains);

/// `part` of `whole` in whole per cent, 0 of nothing.
[[nodiscard]] std::int32_t per_cent(std::size_t part, std::size_t whole);

}  // namespace qanat::classifier
