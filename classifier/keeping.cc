#include "classifier/keeping.h"

#include "classifier/score.h"

namespace qanat::classifier {
namespace {

constexpr KeepingThresholds kKeep = kKeepingThresholds;

bool has_at_least(std::size_t chars, std::int32_t least) {
  return chars >= static_cast<std::size_t>(least);
}

/// A list that nothing promotional leads up to is no list of what is offered, where the offer says
/// all of that itself.
bool is_own_list(const Remains& remains) {
  return remains.listed && !remains.lead_in && remains.strongest >= kKeep.standing;
}

/// Text that is there for its own sake, whatever it explains or reports. Who pays for a lead-in
/// ends with the call: a text that goes on after it, or that calls it a digression itself, is none,
/// nor is a list of its own, nor a long text beside a small promotion.
bool is_own_text(const Remains& remains, std::int32_t touched) {
  if (remains.content < 0) return false;
  const bool inset = has_at_least(remains.before_chars, kKeep.least_around) &&
                     has_at_least(remains.after_chars, kKeep.least_around);
  if (inset || remains.aside || is_own_list(remains)) return touched < kKeep.content_share;
  return remains.ad < kThresholds.post_bias && touched < kKeep.neutral_share &&
         has_at_least(remains.kept_chars, kKeep.least_neutral);
}

}  // namespace

bool stands_out(const Remains& remains) {
  // The words of a whole post say what most of it is, not whether a paragraph is something else.
  return remains.ad - remains.words >= -kKeep.much_against ||
         remains.strongest >= kKeep.outstanding;
}

bool is_offer_as_a_whole(const Remains& remains) { return remains.ad >= 0; }

bool goes_alone(const Remains& remains) {
  return has_at_least(remains.kept_chars, kKeep.least_kept) &&
         remains.kept_chars >= remains.ad_chars && remains.strongest >= kKeep.clear;
}

std::int32_t per_cent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<std::int32_t>(part * 100 / whole);
}

bool is_worth_keeping(const Remains& remains) {
  if (!has_at_least(remains.kept_chars, kKeep.least_kept)) return false;
  const std::int32_t touched =
      per_cent(remains.touched_chars, remains.ad_chars + remains.kept_chars);
  if (remains.question >= kThresholds.question && remains.answer >= kThresholds.answer) {
    return touched < kKeep.ample_share;
  }
  // Words of an offer throughout lead up to it, unless it calls itself a digression.
  if (remains.words > kKeep.offer_words && !remains.aside) return false;
  // An invitation at the beginning and a call at the end frame what they sell, unless it teaches.
  const bool framed = remains.opened && remains.closed && !remains.aside;
  if (framed && remains.answer < kThresholds.ample_content) return false;
  // So does a call that a story, or a truth about people, leads up to.
  const bool led_up = remains.lead_in && remains.closed && !remains.aside;
  if (led_up && remains.answer < kThresholds.ample_content) return false;
  if (remains.content >= kThresholds.ample_content) return touched < kKeep.ample_share;
  if (is_own_text(remains, touched)) return true;
  if (remains.content < kThresholds.content) return false;
  const bool overwhelmed = remains.ad >= kThresholds.overwhelming;
  return touched < (overwhelmed ? kKeep.overwhelmed_share : kKeep.content_share);
}

}  // namespace qanat::classifier
