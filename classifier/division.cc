#include "classifier/division.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "classifier/sums.h"

namespace qanat::classifier {
namespace {

bool tells_apart(const Division& division) {
  return division.offer_words >= 0 && division.rest_words <= -kThresholds.apart_words &&
         division.lesson >= 0;
}

}  // namespace

std::optional<Division> find_division(std::span<const Passage> texts,
                                      std::span<const WordsAround> around) {
  std::optional<Division> best;
  std::int32_t most = 0;
  const auto consider = [&](std::size_t offer_chars, std::size_t rest_chars, Division division) {
    const std::int32_t difference = division.offer_words - division.rest_words;
    const bool long_enough = std::cmp_greater_equal(offer_chars, kThresholds.least_offer) &&
                             std::cmp_greater_equal(rest_chars, kThresholds.least_lesson);
    if (!long_enough || difference <= most) return;
    most = difference;
    best = division;
  };
  std::size_t below = 0;
  for (const Passage& text : texts) below += text.chars;
  std::size_t above = 0;
  for (std::size_t i = 1; i < texts.size(); ++i) {
    above += texts[i - 1].chars;
    below -= texts[i - 1].chars;
    const WordsAround& words = around[i];
    consider(below,
             above,
             {.begin = texts[i].block,
              .end = texts.back().block + 1,
              .offer_words = words.offer_below,
              .rest_words = words.offer_above,
              .lesson = words.lesson_above});
    consider(above,
             below,
             {.begin = texts.front().block,
              .end = texts[i - 1].block + 1,
              .offer_words = words.offer_above,
              .rest_words = words.offer_below,
              .lesson = words.lesson_below});
  }
  return best && tells_apart(*best) ? best : std::nullopt;
}

std::optional<std::int32_t> score_of_offer(const PostEvidence& post,
                                           std::span<const RuleInfo> rules,
                                           Without without) {
  if (!post.division) return std::nullopt;
  const Division& division = *post.division;
  DistinctRules offer(rules, without);
  for (std::size_t i = division.begin; i < division.end; ++i) {
    if (looks_like_chrome(post.blocks[i])) continue;
    offer.add(post.blocks[i].ad);
    offer.add(post.blocks[i].qa);
  }
  const std::int32_t by_rules = offer.total();
  const std::int32_t score =
      by_rules + words_within(division.offer_words, by_rules) - kThresholds.post_bias;
  return score >= kThresholds.clear_offer ? std::optional(score) : std::nullopt;
}

}  // namespace qanat::classifier
