#include "classifier/verdict_diff.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "base/utf8.h"
#include "classifier/significance.h"

namespace qanat::classifier {
namespace {

constexpr std::size_t kExcerpt = 200;  ///< code points

using RuleIds = std::set<std::string, std::less<>>;

void add_ids(RuleIds& ids, const std::vector<RuleHit>& hits) {
  for (const RuleHit& hit : hits) {
    if (hit.effect == HitEffect::counts && !hit.is_context()) ids.insert(hit.rule);
  }
}

/// The rules that speak for or against something in a verdict.
RuleIds speaking(const Verdict& verdict) {
  RuleIds ids;
  for (const BlockVerdict& block : verdict.blocks) {
    add_ids(ids, block.because);
    add_ids(ids, block.against);
  }
  add_ids(ids, verdict.post_hits);
  return ids;
}

std::vector<std::string> difference(const RuleIds& from, const RuleIds& less) {
  std::vector<std::string> ids;
  std::ranges::set_difference(from, less, std::back_inserter(ids));
  return ids;
}

/// Where the two verdicts part: the first block whose outcome differs, else the whole text.
Span place_of_change(std::string_view text, const Verdict& before, const Verdict& after) {
  const std::size_t blocks = std::min(before.blocks.size(), after.blocks.size());
  for (std::size_t i = 0; i < blocks; ++i) {
    const BlockVerdict& block = after.blocks[i];
    if (before.blocks[i].span != block.span) break;
    if (before.blocks[i].outcome != block.outcome && block.span.end <= text.size()) {
      return block.span;
    }
  }
  return {.begin = 0, .end = text.size()};
}

/// The first part that `these` remove and `others` do not, empty if there is none. Both are ordered
/// and disjoint.
Span first_beyond(const std::vector<Removed>& these, const std::vector<Removed>& others) {
  auto other = others.begin();
  for (const Removed& part : these) {
    std::size_t begin = part.span.begin;
    while (other != others.end() && other->span.begin <= begin) {
      begin = std::max(begin, other->span.end);
      if (begin >= part.span.end) break;
      ++other;
    }
    if (begin >= part.span.end) continue;
    const bool reaches = other != others.end() && other->span.begin < part.span.end;
    return {.begin = begin, .end = reaches ? other->span.begin : part.span.end};
  }
  return {};
}

/// Of as much of the place as the text has.
std::string excerpt_of(std::string_view text, Span place) {
  if (place.begin > text.size()) return {};
  const std::string_view part = text.substr(place.begin, place.size());
  std::size_t end = 0;
  for (std::size_t i = 0; i < kExcerpt && end < part.size(); ++i) {
    end += utf8::decode(part, end).length;
  }
  return std::string(part.substr(0, end));
}

template <class Array, class Value>
std::size_t place_in(const Array& values, Value value) {
  return static_cast<std::size_t>(std::ranges::find(values, value) - values.begin());
}

bool comes_first(const Flip& a, const Flip& b) {
  if (a.shift() != b.shift()) return a.shift() > b.shift();
  return a.id < b.id;
}

}  // namespace

bool cut_alike(const Verdict& one, const Verdict& other) {
  return std::ranges::equal(one.removed, other.removed, [](const Removed& a, const Removed& b) {
    return a.span == b.span && a.kind == b.kind;
  });
}

void VerdictDiffer::add(std::string_view id,
                        std::string_view text,
                        const Verdict& before,
                        const Verdict& after,
                        std::optional<Label> truth) {
  ++diff_.posts;
  ++diff_.labels.at(place_in(kLabels, before.label)).at(place_in(kLabels, after.label));
  ++diff_.outcomes.at(place_in(kOutcomes, before.outcome)).at(place_in(kOutcomes, after.outcome));
  if (truth) count_truth(*truth, before.label, after.label);

  const RuleIds old_ids = speaking(before);
  const RuleIds new_ids = speaking(after);
  std::vector<std::string> appears = difference(new_ids, old_ids);
  std::vector<std::string> vanishes = difference(old_ids, new_ids);
  for (const std::string& rule : appears) ++rules_[rule].appears;
  for (const std::string& rule : vanishes) ++rules_[rule].vanishes;

  Flip flip{.id = std::string(id),
            .excerpt = excerpt_of(text, place_of_change(text, before, after)),
            .cut = excerpt_of(text, first_beyond(after.removed, before.removed)),
            .kept = excerpt_of(text, first_beyond(before.removed, after.removed)),
            .label_before = before.label,
            .label_after = after.label,
            .outcome_before = before.outcome,
            .outcome_after = after.outcome,
            .before = before.ad_probability,
            .after = after.ad_probability,
            .appears = std::move(appears),
            .vanishes = std::move(vanishes)};
  if (flip.only_cuts() && cut_alike(before, after)) return;
  ++diff_.changed;
  diff_.recut += flip.only_cuts() ? 1 : 0;
  keep_flip(std::move(flip));
}

void VerdictDiffer::count_truth(Label truth, Label before, Label after) {
  if (!diff_.labelled) diff_.labelled.emplace();
  ++diff_.labelled->posts;
  diff_.labelled->wins += before != truth && after == truth ? 1 : 0;
  diff_.labelled->losses += before == truth && after != truth ? 1 : 0;
}

void VerdictDiffer::keep_flip(Flip flip) {
  std::vector<Flip>& flips = diff_.flips;
  const auto at = std::ranges::upper_bound(flips, flip, comes_first);
  flips.insert(at, std::move(flip));
  if (flips.size() > most_flips_) flips.pop_back();
}

VerdictDiff VerdictDiffer::result() const {
  VerdictDiff diff = diff_;
  for (const auto& [rule, change] : rules_) {
    diff.rules.push_back({.rule = rule, .appears = change.appears, .vanishes = change.vanishes});
  }
  std::ranges::stable_sort(diff.rules, std::ranges::greater(), [](const RuleChange& change) {
    return change.appears + change.vanishes;
  });
  if (diff.labelled) diff.labelled->p = mcnemar_p(diff.labelled->wins, diff.labelled->losses);
  return diff;
}

}  // namespace qanat::classifier
