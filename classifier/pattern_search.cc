#include "classifier/pattern_search.h"

#include <algorithm>
#include <tuple>

namespace qanat::classifier {
namespace {

/// Hits of one pattern in one text that `near` looks at: bounds the memory for hostile texts.
constexpr std::size_t kMostHits = 10'000;

std::size_t wanted_hits(const CompiledRule& rule, PatternRole role) {
  if (role == PatternRole::near_a || role == PatternRole::near_b) return kMostHits;
  return role == PatternRole::any && rule.per_hit ? kMostCounted : 1;
}

/// The patterns of `any` serve one part together, and those of a side of `near`; each of `all` is a
/// part of its own.
auto part_of(const PatternOwner& owner) {
  return std::tuple(
      owner.rule, owner.role, owner.role == PatternRole::all ? owner.slot : std::size_t{0});
}

std::size_t needed_parts(const CompiledRule& rule) {
  const bool any = rule.has_any && rule.list == nullptr;
  return rule.all_count + (rule.near ? 2 : 0) + (any ? 1 : 0);
}

}  // namespace

FoldedPost::FoldedPost(const PostView& post) {
  for (const Evidence& evidence : post.whole.evidence) {
    if (evidence.scope == Scope::post) text_ = evidence.text;
  }
  folded_ = fold_view(text_);
  numbered_ = NumberedText(folded_.text());
}

std::optional<FoldedPost::Part> FoldedPost::fold(const Evidence& evidence) const {
  if (evidence.text.data() == text_.data() && evidence.text.size() == text_.size()) {
    return Part{.text = folded_, .numbered = numbered_};
  }
  const Span span = evidence.span.value_or(Span{});
  const bool inside = !span.empty() && span.end <= text_.size() &&
                      text_.substr(span.begin).data() == evidence.text.data() &&
                      span.size() == evidence.text.size();
  auto part = inside && evidence.scope == Scope::text ? folded_.part(span) : std::nullopt;
  if (!part) return std::nullopt;
  const std::size_t begin = folded_.place_of(span.begin);
  const Span place{.begin = begin, .end = begin + part->text().size()};
  return Part{.text = *std::move(part), .numbered = numbered_.part(place)};
}

const MappedText& Texts::in(View view) {
  auto& slot = views_.at(static_cast<std::size_t>(view));
  if (slot) return *slot;
  switch (view) {
    case View::fold: return folded();
    case View::words: slot = words_view(folded()); break;
    case View::squash: slot = squash_view(folded()); break;
    case View::raw: slot = raw_view(evidence_->text); break;
  }
  return *slot;
}

const MappedText& Texts::folded() {
  constexpr auto kFold = static_cast<std::size_t>(View::fold);
  auto& slot = views_[kFold];
  if (slot) return *slot;
  if (auto part = post_->fold(*evidence_)) {
    slot = std::move(part->text);
    numbered_[kFold] = std::move(part->numbered);
  } else {
    slot = fold_view(evidence_->text);
  }
  return *slot;
}

const NumberedText& Texts::numbered(View view) {
  const MappedText& mapped = in(view);
  auto& slot = numbered_.at(static_cast<std::size_t>(view));
  if (!slot) slot = NumberedText(mapped.text());
  return *slot;
}

void PatternSearch::find(std::vector<Texts>& texts,
                         const std::vector<bool>& speaks,
                         std::vector<Hit>& hits) {
  tries_.clear();
  vetoes_.clear();
  candidates_.clear();
  for (std::size_t i = 0; i < texts.size(); ++i) gather(texts[i], i, speaks);
  std::ranges::sort(
      tries_, {}, [](const Try& each) { return std::pair(part_of(each.owner), each.text); });
  for (auto begin = tries_.begin(); begin != tries_.end();) {
    const auto end = std::find_if(begin, tries_.end(), [rule = begin->owner.rule](const Try& each) {
      return each.owner.rule != rule;
    });
    search_rule({begin, end}, texts, hits);
    begin = end;
  }
}

void PatternSearch::gather(Texts& texts, std::size_t number, const std::vector<bool>& speaks) {
  const Scope scope = texts.evidence().scope;
  for (const PatternGroup& group : engine_.groups) {
    if (!group.looks_in(scope)) continue;
    const std::size_t known = candidates_.patterns.size();
    find_candidates(group, texts);
    for (const PatternCandidate& candidate : std::span(candidates_.patterns).subspan(known)) {
      const PatternOwner& owner = group.owners[candidate.pattern];
      if (!speaks[owner.rule] || !engine_.rules[owner.rule].looks_in(scope)) continue;
      (owner.role == PatternRole::none ? vetoes_ : tries_)
          .push_back({.owner = owner, .candidate = candidate, .text = number, .group = &group});
    }
  }
}

/// Those whose keys the text has; every pattern without the prefilter.
void PatternSearch::find_candidates(const PatternGroup& group, Texts& texts) {
  if (prefilter_ == Prefilter::on) {
    group.patterns.find_candidates(texts.numbered(group.view), candidates_);
    return;
  }
  for (std::size_t i = 0; i < group.patterns.size(); ++i) {
    candidates_.patterns.push_back({.pattern = i});
  }
}

const std::vector<PatternSearch::Part>& PatternSearch::parts_of(std::span<const Try> tries) {
  parts_.clear();
  const CompiledRule& rule = engine_.rules[tries.front().owner.rule];
  for (std::size_t begin = 0; begin < tries.size();) {
    const PatternOwner& owner = tries[begin].owner;
    Part part{.needed = owner.role != PatternRole::any || rule.list == nullptr};
    std::size_t end = begin;
    for (; end < tries.size() && part_of(tries[end].owner) == part_of(owner); ++end) {
      part.blind = part.blind || tries[end].owner.blind;
    }
    part.tries = tries.subspan(begin, end - begin);
    parts_.push_back(part);
    begin = end;
  }
  return parts_;
}

void PatternSearch::search_rule(std::span<const Try> tries,
                                std::vector<Texts>& texts,
                                std::vector<Hit>& hits) {
  const std::vector<Part>& parts = parts_of(tries);
  const auto needed = std::ranges::count(parts, true, &Part::needed);
  const CompiledRule& rule = engine_.rules[tries.front().owner.rule];
  if (static_cast<std::size_t>(needed) < needed_parts(rule)) return;
  // What no literal speaks for is tried last: most rules have failed by then.
  for (const bool blind : {false, true}) {
    for (const Part& part : parts) {
      if (part.blind == blind && !search_part(part, texts, hits)) return;
    }
  }
}

/// False: the rule needs a hit of this part, and there is none.
bool PatternSearch::search_part(const Part& part,
                                std::vector<Texts>& texts,
                                std::vector<Hit>& hits) {
  const std::size_t before = hits.size();
  for (const Try& each : part.tries) locate(each, texts, hits);
  return !part.needed || hits.size() > before;
}

/// As many hits as the rule can use.
void PatternSearch::locate(const Try& each, std::vector<Texts>& texts, std::vector<Hit>& hits) {
  const std::size_t wanted = wanted_hits(engine_.rules[each.owner.rule], each.owner.role);
  std::size_t from = 0;
  for (std::size_t i = 0; i < wanted; ++i) {
    const auto hit = next_hit(each, texts, from);
    if (!hit) return;
    hits.push_back(*hit);
    from = hit->span.end;
  }
}

std::optional<Hit> PatternSearch::next_hit(const Try& each,
                                           std::vector<Texts>& texts,
                                           std::size_t from) {
  const PatternOwner& owner = each.owner;
  ++searches_[owner.rule];
  const NumberedText& haystack = texts[each.text].numbered(each.group->view);
  const PatternSet& patterns = each.group->patterns;
  const auto span =
      prefilter_ == Prefilter::on
          ? patterns.find(each.candidate, candidates_.places_of(each.candidate), haystack, from)
          : patterns.find(each.candidate.pattern, haystack.text(), from);
  if (!span || span->empty()) return std::nullopt;
  return Hit{
      .rule = owner.rule, .role = owner.role, .slot = owner.slot, .text = each.text, .span = *span};
}

std::optional<Hit> PatternSearch::find_veto(std::size_t rule, std::vector<Texts>& texts) {
  std::vector<const Try*> against;
  for (const Try& each : vetoes_) {
    if (each.owner.rule == rule) against.push_back(&each);
  }
  std::ranges::sort(
      against, {}, [](const Try* each) { return std::pair(each->owner.slot, each->text); });
  for (const Try* each : against) {
    if (const auto hit = next_hit(*each, texts, 0)) return hit;
  }
  return std::nullopt;
}

}  // namespace qanat::classifier
