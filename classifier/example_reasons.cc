#include "classifier/example_reasons.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "classifier/lint_pattern.h"

namespace qanat::classifier {
namespace {

std::string in_quotes(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string slot_name(std::string_view part, std::size_t slot) {
  return std::string(part) + "[" + std::to_string(slot) + "]";
}

/// "block.caps_ratio = 0.25".
std::string feature_words(Feature feature, const Unit& unit) {
  std::string number = std::to_string(unit.features.at(static_cast<std::size_t>(feature)));
  number.erase(number.find_last_not_of('0') + 1);
  if (number.ends_with('.')) number.pop_back();
  return std::string(feature_name(feature)) + " = " + number;
}

/// "`when` is false: block.links = 1".
std::string false_words(std::string_view name, const Expression& expression, const Unit& unit) {
  std::string out = "`" + std::string(name) + "` is false";
  std::string_view separator = ": ";
  for (const ExpressionNode& node : expression.nodes) {
    if (node.kind != ExpressionNode::Kind::feature) continue;
    out.append(separator).append(feature_words(node.feature, unit));
    separator = ", ";
  }
  return out;
}

/// One rule and its example; tries parts of the rule alone.
class RuleTrials {
 public:
  explicit RuleTrials(const FailedExample& example)
      : example_(example),
        source_(example.pack.rules[example.rule]),
        rule_(example.engine.rules[example.rule]) {}

  [[nodiscard]] std::string what_matches(const RuleMatch& match) const {
    const std::string text = " matches " + in_quotes(match.text);
    const auto is_it = [&](const RuleSource& part) {
      const auto found = try_part(part);
      return found && found->text == match.text;
    };
    for (const auto& [name, patterns] : {std::pair{"any", &source_.any},
                                         std::pair{"literals", &source_.literals},
                                         std::pair{"all", &source_.all}}) {
      for (std::size_t i = 0; i < patterns->size(); ++i) {
        const bool literal = patterns == &source_.literals;
        if (is_it(only_pattern((*patterns)[i], literal))) return slot_name(name, i) + text;
      }
    }
    if (source_.list && is_it(only_list())) {
      return "the list \"" + source_.list->value + "\"" + text;
    }
    if (source_.near) return "`near`" + text;
    return rule_.when ? "`when` is true" : "it" + text;
  }

  [[nodiscard]] std::string what_is_missing() const {
    if (!speaks()) {
      return "the rule is not for the example's language (" + std::string(example_.view.lang) +
             ") or channel (" + std::string(example_.view.channel) + ")";
    }
    const Unit* unit = unit_looked_at();
    if (unit == nullptr) return "the example has nothing where the rule looks (`in`)";
    if (rule_.is_bare()) return rule_.when ? false_words("when", *rule_.when, *unit) : "";
    std::string out;
    const auto add = [&out](const std::string& reason) {
      if (!reason.empty()) out += (out.empty() ? "" : "; ") + reason;
    };
    add(missing_any());
    for (std::size_t i = 0; i < source_.all.size(); ++i) {
      add(missing_pattern(slot_name("all", i), source_.all[i]));
    }
    if (source_.near) add(missing_near());
    return out.empty() ? "its parts match, but not in the same block" : out;
  }

 private:
  [[nodiscard]] bool speaks() const {
    const Audience audience = audience_of(example_.engine, example_.view, true);
    return rule_.reach.covers(audience, audience.packs.at(example_.view.lang));
  }

  /// The first that has something in a place where the rule looks.
  [[nodiscard]] const Unit* unit_looked_at() const {
    const auto is_seen = [&](const Unit& unit) {
      return std::ranges::any_of(unit.evidence,
                                 [&](const Evidence& each) { return rule_.looks_in(each.scope); });
    };
    const auto& blocks = example_.view.blocks;
    const auto found = std::ranges::find_if(blocks, is_seen);
    if (found != blocks.end()) return &*found;
    return is_seen(example_.view.whole) ? &example_.view.whole : nullptr;
  }

  /// The rule without anything that it asks for.
  [[nodiscard]] RuleSource nothing() const {
    RuleSource part = source_;
    for (auto* patterns : {&part.any, &part.all, &part.literals, &part.none}) patterns->clear();
    part.list.reset();
    part.near.reset();
    part.when.reset();
    return part;
  }

  [[nodiscard]] RuleSource only_pattern(const Sourced& pattern, bool literal = false) const {
    RuleSource part = nothing();
    (literal ? part.literals : part.any) = {pattern};
    return part;
  }

  [[nodiscard]] RuleSource only_list() const {
    RuleSource part = nothing();
    part.list = source_.list;
    return part;
  }

  [[nodiscard]] RuleSource only_near(std::int64_t chars, bool ordered) const {
    RuleSource part = nothing();
    part.near = source_.near;
    part.near->chars = chars;
    part.near->ordered = ordered;
    return part;
  }

  /// The match of a rule in the example's post.
  [[nodiscard]] std::optional<RuleMatch> try_part(const RuleSource& part) const {
    Pack pack;
    pack.parts = example_.pack.parts;
    pack.lists = example_.pack.lists;
    pack.rules = {part};
    const Engine engine = build_engine(pack);
    const PostMatches matches = match_post(engine, example_.view, {.drafts = true});
    for (const auto& block : matches.blocks) {
      if (!block.empty()) return block.front();
    }
    return matches.whole.empty() ? std::nullopt : std::optional(matches.whole.front());
  }

  [[nodiscard]] std::string missing_any() const {
    if (!rule_.has_any) return {};
    RuleSource part = nothing();
    part.any = source_.any;
    part.literals = source_.literals;
    part.list = source_.list;
    if (try_part(part)) return {};
    std::string names;
    std::string hint;
    const auto look = [&](std::string_view name, const std::vector<Sourced>& patterns) {
      if (patterns.empty()) return;
      names += (names.empty() ? "no `" : " and no `") + std::string(name) + "`";
      for (std::size_t i = 0; i < patterns.size() && hint.empty(); ++i) {
        hint = hint_for(slot_name(name, i), patterns[i], name == "literals");
      }
    };
    look("any", source_.any);
    look("literals", source_.literals);
    if (source_.list) {
      names += (names.empty() ? "nothing of the list \"" : " and nothing of the list \"") +
               source_.list->value + "\"";
    }
    return names + " matches" + hint;
  }

  [[nodiscard]] std::string missing_pattern(const std::string& name, const Sourced& pattern) const {
    if (try_part(only_pattern(pattern))) return {};
    return name + " does not match" + hint_for(name, pattern, false);
  }

  /// What would make the pattern match; empty when nothing simple does.
  [[nodiscard]] std::string hint_for(const std::string& name,
                                     const Sourced& pattern,
                                     bool literal) const {
    constexpr std::array kTried{std::pair{WordEdges::start, "start"},
                                std::pair{WordEdges::end, "end"},
                                std::pair{WordEdges::part, "part"}};
    for (const auto& [edges, edges_name] : kTried) {
      RuleSource part = only_pattern(pattern, literal);
      part.words = edges;
      if (try_part(part)) return "; " + name + " would with words = \"" + edges_name + "\"";
    }
    const bool is_regex = literal && pattern_traps(pattern.value, source_.view).empty();
    if (!is_regex || !try_part(only_pattern(pattern))) return {};
    return "; " + name + " would as a pattern in `any`: literals are plain text";
  }

  [[nodiscard]] std::string missing_near() const {
    const NearSource& near = *source_.near;
    if (try_part(only_near(near.chars, near.ordered))) return {};
    for (const auto& [name, patterns] :
         {std::pair{"near.a", &near.a}, std::pair{"near.b", &near.b}}) {
      RuleSource part = nothing();
      part.any = *patterns;
      if (!try_part(part)) return "no `" + std::string(name) + "` matches";
    }
    if (near.ordered && try_part(only_near(near.chars, false))) {
      return "`near`: b stands before a, and order is \"ab\"";
    }
    return "`near`: a and b match, but not within " + std::to_string(near.chars) + " characters";
  }

  const FailedExample& example_;
  const RuleSource& source_;
  const CompiledRule& rule_;
};

/// Its match, one that counts before one that was held back, and where.
struct Found {
  const RuleMatch* match = nullptr;
  const Unit* unit = nullptr;
};

Found find_match(const FailedExample& example, const PostMatches& matches) {
  Found best;
  const auto look = [&](const std::vector<RuleMatch>& in, const Unit& unit) {
    for (const RuleMatch& match : in) {
      if (match.rule != example.rule) continue;
      const bool better = best.match == nullptr || (best.match->vetoed && !match.vetoed);
      if (better) best = {.match = &match, .unit = &unit};
    }
  };
  for (std::size_t i = 0; i < matches.blocks.size(); ++i) {
    look(matches.blocks[i], example.view.blocks[i]);
  }
  look(matches.whole, example.view.whole);
  return best;
}

std::string why_composite_is_silent(const FailedExample& example, const PostMatches& matches) {
  const auto found =
      std::ranges::find(example.engine.composites, example.rule, &CompiledComposite::head);
  if (found == example.engine.composites.end()) return {};
  std::set<std::string_view> fired;
  for (const auto& heads : found->names) {
    for (const std::size_t head : heads) {
      FailedExample named = example;
      named.rule = head;
      const RuleMatch* match = find_match(named, matches).match;
      if (match != nullptr && !match->vetoed) fired.insert(example.engine.ids[head]);
    }
  }
  std::string ids;
  for (const std::string_view id : fired) ids.append(ids.empty() ? "" : ", ").append(id);
  const auto& blocks = example.view.blocks;
  const Unit& unit = found->on_post || blocks.empty() ? example.view.whole : blocks.front();
  return false_words("expr", found->expression, unit) + "; of the rules it names " +
         (ids.empty() ? "none" : ids) + " matched";
}

}  // namespace

std::string why_it_matches(const FailedExample& example) {
  const PostMatches matches = match_post(example.engine, example.view, {.drafts = true});
  const Found found = find_match(example, matches);
  if (found.match == nullptr) return {};
  if (example.rule >= example.pack.rules.size()) return found.match->note;
  return RuleTrials(example).what_matches(*found.match);
}

std::string why_it_does_not_match(const FailedExample& example) {
  const PostMatches matches = match_post(example.engine, example.view, {.drafts = true});
  const Found found = find_match(example, matches);
  const bool is_composite = example.rule >= example.pack.rules.size();
  if (found.match == nullptr) {
    return is_composite ? why_composite_is_silent(example, matches)
                        : RuleTrials(example).what_is_missing();
  }
  if (found.match->note != kHeldBackByWhen) return found.match->note;
  return false_words("when", *example.engine.rules[example.rule].when, *found.unit);
}

}  // namespace qanat::classifier
