#include "classifier/engine.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <tuple>
#include <utility>

#include "base/link_address.h"
#include "base/utf8.h"
#include "classifier/pattern_search.h"
#include "classifier/visible_links.h"

namespace qanat::classifier {
namespace {

/// Matches rules on one unit after another; owns the working memory.
class UnitMatcher {
 public:
  UnitMatcher(const Engine& engine, const Audience& audience, Prefilter prefilter)
      : engine_(engine), post_(audience.post), folded_(audience.post), search_(engine, prefilter) {
    for (const auto& [lang, packs] : audience.packs) {
      std::vector<bool>& speaks = speaks_[lang];
      for (const CompiledRule& rule : engine.rules) {
        speaks.push_back(rule.reach.covers(audience, packs));
      }
    }
  }

  std::vector<RuleMatch> match(const Unit& unit) {
    unit_ = &unit;
    texts_.clear();
    hits_.clear();
    out_.clear();
    texts_.reserve(unit.evidence.size());
    for (const Evidence& evidence : unit.evidence) texts_.emplace_back(evidence, folded_);
    const std::vector<bool>& speaks = speaks_.at(post_.lang_of(unit));
    search_.find(texts_, speaks, hits_);
    for (std::size_t i = 0; i < texts_.size(); ++i) match_lists(i, speaks);
    for (const std::size_t rule : engine_.bare_rules) {
      if (speaks[rule]) match_bare(rule);
    }
    judge_all();
    return std::move(out_);
  }

  [[nodiscard]] const std::vector<std::uint32_t>& searches() const { return search_.searches(); }

 private:
  void match_lists(std::size_t text, const std::vector<bool>& speaks) {
    for (const std::size_t number : engine_.list_rules) {
      const CompiledRule& rule = engine_.rules[number];
      const Scope scope = texts_[text].evidence().scope;
      if (!speaks[number] || !rule.looks_in(scope) || !rule.list->may_look_in(scope)) continue;
      look_up(number, *rule.list, text);
    }
  }

  void look_up(std::size_t number, const WordList& list, std::size_t text) {
    const Evidence& evidence = texts_[text].evidence();
    const bool is_url = evidence.scope == Scope::link_url || evidence.scope == Scope::button_url;
    Hit hit{.rule = number, .role = PatternRole::any, .slot = kListSlot, .text = text};
    if (list.kind() == ListKind::host) {
      const std::string host =
          is_url ? split_address(evidence.text).host : fold_view(evidence.text).text();
      hit.whole = list.has_host(host);
      if (hit.whole) hits_.push_back(hit);
      return;
    }
    if (list.kind() == ListKind::handle) {
      // Anyone may take any display name: of a forward, its address tells.
      const bool names_address = is_url || evidence.scope == Scope::forward_from;
      hit.whole = list.has(names_address ? telegram_name_of(evidence.text)
                                         : canonical_entry(ListKind::handle, evidence.text));
      if (hit.whole) hits_.push_back(hit);
      return;
    }
    const MappedText& words = texts_[text].in(View::words);
    if (const auto span = list.find_words(words.text())) {
      hit.span = *span;
      hits_.push_back(hit);
    }
  }

  /// A rule without patterns speaks of the unit itself: its hit is the first evidence it looks at.
  void match_bare(std::size_t number) {
    const CompiledRule& rule = engine_.rules[number];
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      if (!rule.looks_in(texts_[i].evidence().scope)) continue;
      if (!rule.when || !holds(*rule.when, unit_->features)) return;
      hits_.push_back({.rule = number, .text = i, .whole = true});
      return;
    }
  }

  void judge_all() {
    // The order of evidence, not of the search, decides which hit is shown.
    std::ranges::sort(hits_, {}, [](const Hit& hit) {
      return std::tuple(hit.rule, hit.role, hit.text, hit.span.begin, hit.span.end, hit.slot);
    });
    for (std::size_t begin = 0; begin < hits_.size();) {
      std::size_t end = begin;
      while (end < hits_.size() && hits_[end].rule == hits_[begin].rule) ++end;
      judge({hits_.data() + begin, end - begin});
      begin = end;
    }
  }

  void judge(std::span<const Hit> hits) {
    const std::size_t number = hits.front().rule;
    const CompiledRule& rule = engine_.rules[number];
    const auto any = of_role(hits, PatternRole::any);
    const auto all = of_role(hits, PatternRole::all);
    if (rule.has_any && any.empty()) return;
    if (!has_all(rule, all)) return;
    std::optional<std::pair<Hit, Hit>> pair;
    if (rule.near) {
      pair = nearest(of_role(hits, PatternRole::near_a),
                     of_role(hits, PatternRole::near_b),
                     *rule.near,
                     rule.view);
      if (!pair) return;
    }
    const std::string held_back = reason_against(number);
    if (pair && !rule.has_any) {
      emit(number, joined(pair->first, pair->second), held_back);
    } else if (any.empty()) {
      emit(number, all.front(), held_back);
    } else {
      emit_counted(number, any, held_back);
    }
  }

  void emit_counted(std::size_t number, std::span<const Hit> any, const std::string& held_back) {
    const std::size_t wanted = engine_.rules[number].per_hit ? kMostCounted : 1;
    std::size_t count = 0;
    const Hit* last = nullptr;
    for (const Hit& hit : any) {
      const bool same_place =
          last != nullptr && last->text == hit.text && (hit.whole || last->span.overlaps(hit.span));
      if (same_place) continue;
      last = &hit;
      emit(number, hit, held_back);
      if (++count == wanted) return;
    }
  }

  static std::span<const Hit> of_role(std::span<const Hit> hits, PatternRole role) {
    const auto found = std::ranges::equal_range(hits, role, {}, &Hit::role);
    return {found.begin(), found.end()};
  }

  static bool has_all(const CompiledRule& rule, std::span<const Hit> hits) {
    for (std::size_t slot = 0; slot < rule.all_count; ++slot) {
      if (std::ranges::find(hits, slot, &Hit::slot) == hits.end()) return false;
    }
    return true;
  }

  /// The closest pair within the distance; the first of them when there are several. Of hits that
  /// do not overlap `a`, the closest is that which begins first behind it or ends last before it.
  std::optional<std::pair<Hit, Hit>> nearest(std::span<const Hit> as,
                                             std::span<const Hit> bs,
                                             const CompiledNear& near,
                                             View view) {
    std::optional<std::pair<Hit, Hit>> best;
    std::size_t limit = near.chars;
    const auto begin_of = [](const Hit& hit) { return std::pair(hit.text, hit.span.begin); };
    const auto end_of = [](const Hit& hit) { return std::pair(hit.text, hit.span.end); };
    std::vector<Hit> by_end(bs.begin(), bs.end());
    std::ranges::stable_sort(by_end, {}, end_of);
    const auto try_pair = [&](const Hit& a, const Hit& b) {
      const auto gap = gap_between(a, b, limit, view);
      if (!gap || (best && *gap == limit)) return;
      limit = *gap;
      best = std::pair(a, b);
    };
    for (const Hit& a : as) {
      const auto before = std::ranges::upper_bound(by_end, begin_of(a), {}, end_of);
      if (!near.ordered && before != by_end.begin()) {
        try_pair(a, *std::ranges::lower_bound(by_end, end_of(*std::prev(before)), {}, end_of));
      }
      const auto behind = std::ranges::lower_bound(bs, end_of(a), {}, begin_of);
      if (behind != bs.end()) try_pair(a, *behind);
    }
    return best;
  }

  /// Code points between two hits of one text; nothing when they overlap or are more than `limit`
  /// apart.
  std::optional<std::size_t> gap_between(const Hit& a, const Hit& b, std::size_t limit, View view) {
    if (a.text != b.text) return std::nullopt;
    const auto& [left, right] = std::minmax(a.span, b.span);
    if (left.end > right.begin) return std::nullopt;
    const std::size_t bytes = right.begin - left.end;
    if (bytes > limit * 4) return std::nullopt;
    const std::string_view text = texts_[a.text].in(view).text();
    const std::size_t gap = utf8::length(text.substr(left.end, bytes));
    return gap <= limit ? std::optional(gap) : std::nullopt;
  }

  static Hit joined(const Hit& a, const Hit& b) {
    Hit whole = a;
    whole.span = {.begin = std::min(a.span.begin, b.span.begin),
                  .end = std::max(a.span.end, b.span.end)};
    return whole;
  }

  /// Why the rule's hit does not count; empty when it does.
  std::string reason_against(std::size_t number) {
    if (std::string veto = veto_of(number); !veto.empty()) return veto;
    const CompiledRule& rule = engine_.rules[number];
    if (rule.when && !holds(*rule.when, unit_->features)) return std::string(kHeldBackByWhen);
    const ChannelOverride* override = rule.reach.override_for(post_);
    return override != nullptr && override->disable ? override->note : std::string{};
  }

  std::string veto_of(std::size_t rule) {
    const auto veto = search_.find_veto(rule, texts_);
    if (!veto) return {};
    Texts& texts = texts_[veto->text];
    const Span place = texts.in(engine_.rules[rule].view).original(veto->span);
    return "vetoed by none[" + std::to_string(veto->slot) +
           "]: " + std::string(texts.evidence().text.substr(place.begin, place.size()));
  }

  void emit(std::size_t number, const Hit& hit, const std::string& held_back) {
    const CompiledRule& rule = engine_.rules[number];
    Texts& texts = texts_[hit.text];
    const Evidence& evidence = texts.evidence();
    Span place{.begin = 0, .end = evidence.text.size()};
    if (!hit.whole) {
      place = texts.in(hit.slot == kListSlot ? View::words : rule.view).original(hit.span);
    }
    RuleMatch match{.rule = number,
                    .weight = rule.weight,
                    .scope = evidence.scope,
                    .span = place_in_post(evidence, place),
                    .text = std::string(evidence.text.substr(place.begin, place.size())),
                    .note = held_back,
                    .vetoed = !held_back.empty()};
    const ChannelOverride* override = rule.reach.override_for(post_);
    if (override != nullptr && !match.vetoed) {
      match.weight = override->weight;
      match.note = override->note;
    }
    out_.push_back(std::move(match));
  }

  /// An address stands behind other words, so a place inside it is no place in the text: it is
  /// shown whole.
  static std::optional<Span> place_in_post(const Evidence& evidence, Span place) {
    if (!evidence.span) return std::nullopt;
    const bool address = evidence.scope == Scope::link_url || evidence.scope == Scope::link_host;
    if (address || evidence.span->size() != evidence.text.size()) return evidence.span;
    return Span{.begin = evidence.span->begin + place.begin,
                .end = evidence.span->begin + place.end};
  }

  static constexpr std::size_t kListSlot = static_cast<std::size_t>(-1);

  const Engine& engine_;
  const PostView& post_;
  FoldedPost folded_;
  PatternSearch search_;
  /// By language: which rules speak, by number.
  std::map<std::string_view, std::vector<bool>> speaks_;

  const Unit* unit_ = nullptr;
  std::vector<Texts> texts_;
  std::vector<Hit> hits_;
  std::vector<RuleMatch> out_;
};

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

bool speaks_language(const std::vector<std::string>& languages, std::string_view lang) {
  return languages.empty() || lang == "other" || contains(languages, lang);
}

Audience audience_of(const Engine& engine, const PostView& post, bool drafts) {
  Audience audience{.post = post, .packs = {}, .drafts = drafts};
  const auto add = [&](std::string_view lang) {
    const auto [packs, is_new] = audience.packs.try_emplace(lang);
    if (!is_new) return;
    for (const auto& languages : engine.languages) {
      packs->second.push_back(speaks_language(languages, lang));
    }
  };
  add(post.lang);
  for (const Unit& block : post.blocks) add(post.lang_of(block));
  return audience;
}

bool Reach::covers(const Audience& audience, const std::vector<bool>& packs) const {
  if (!packs[pack] || status == RuleStatus::retired) return false;
  if (status == RuleStatus::draft && !audience.drafts) return false;
  if (!only.empty() && !contains(only, audience.post.channel)) return false;
  return except.empty() || !contains(except, audience.post.channel);
}

const ChannelOverride* Reach::override_for(const PostView& post) const {
  if (overrides.empty()) return nullptr;
  const auto found = overrides.find(post.channel);
  return found == overrides.end() ? nullptr : &found->second;
}

PostMatches match_post(const Engine& engine, const PostView& post, MatchOptions options) {
  PostMatches matches;
  const Audience audience = audience_of(engine, post, options.drafts);
  UnitMatcher matcher(engine, audience, options.prefilter);
  matches.blocks.reserve(post.blocks.size());
  for (const Unit& block : post.blocks) matches.blocks.push_back(matcher.match(block));
  matches.whole = matcher.match(post.whole);
  matches.searches = matcher.searches();
  match_composites(engine, audience, matches);
  return matches;
}

}  // namespace qanat::classifier
