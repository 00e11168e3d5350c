#include <algorithm>
#include <iterator>

#include "classifier/composite_names.h"
#include "classifier/engine.h"

namespace qanat::classifier {
namespace {

std::int32_t weight_in_force(const Pack& pack, const RuleHead& head) {
  if (const auto learned = pack.weights.find(head.id); learned != pack.weights.end()) {
    return learned->second.first;
  }
  return head.weight ? head.weight->init : 0;
}

/// "ru/20-cta.toml:14" of "ru/20-cta.toml:14:1".
std::string line_of(const std::string& where) { return where.substr(0, where.rfind(':')); }

RuleInfo info_of(const Pack& pack, const RuleHead& head, bool composite) {
  return {.id = head.id,
          .title = head.title,
          .why = head.why,
          .label = head.label,
          .kind = head.kind,
          .status = head.status,
          .weight = weight_in_force(pack, head),
          .lowest = head.weight ? head.weight->min : 0,
          .highest = head.weight ? head.weight->max : 0,
          .composite = composite,
          .where = line_of(head.where)};
}

Reach reach_of(const Pack& pack, const RuleHead& head) {
  Reach reach{.status = head.status, .pack = head.pack, .only = head.only, .except = head.except};
  const std::int32_t usual = weight_in_force(pack, head);
  for (const OverrideSource& each : pack.overrides) {
    if (each.rule.value != head.id) continue;
    const std::string verb = each.disable ? "disabled by override: " : "override: ";
    reach.overrides[each.channel] = {.disable = each.disable,
                                     .weight = each.weight.value_or(usual),
                                     .note = verb + each.channel + ": " + each.reason};
  }
  return reach;
}

constexpr std::uint32_t bit(Scope scope) { return 1U << static_cast<unsigned>(scope); }

/// Scopes whose texts are long: each has groups of its own.
constexpr std::uint32_t kLong = bit(Scope::text) | bit(Scope::post);

class Builder {
 public:
  explicit Builder(const Pack& pack) : pack_(pack) {
    engine_.lists = pack.lists;
    for (const auto& part : pack.parts) engine_.languages.push_back(part.languages);
  }

  Engine run() && {
    for (const RuleHead* head : heads_of(pack_)) engine_.ids.push_back(head->id);
    for (const RuleSource& rule : pack_.rules) add_rule(rule);
    add_composites();
    for (PatternGroup& group : engine_.groups) compile(group);
    return std::move(engine_);
  }

 private:
  void add_rule(const RuleSource& source) {
    const std::size_t number = engine_.rules.size();
    CompiledRule rule{.view = source.view,
                      .has_any = !source.any.empty() || !source.literals.empty() || source.list,
                      .all_count = source.all.size(),
                      .per_hit = source.per_hit,
                      .weight = weight_in_force(pack_, source.head),
                      .reach = reach_of(pack_, source.head)};
    for (const Scope scope : source.scopes) rule.scopes |= bit(scope);
    if (source.head.status != RuleStatus::retired) compile_rule(source, number, rule);
    engine_.rules.push_back(std::move(rule));
  }

  void compile_rule(const RuleSource& source, std::size_t number, CompiledRule& rule) {
    for (const std::uint32_t group : {bit(Scope::text), bit(Scope::post), ~kLong}) {
      const std::uint32_t scopes = rule.scopes & group;
      if (scopes == 0) continue;
      group_ = &group_for(source.view, scopes);
      add_all_patterns(source, number);
    }
    if (source.near) {
      rule.near = {.chars = static_cast<std::size_t>(source.near->chars),
                   .ordered = source.near->ordered};
    }
    if (source.when) {
      if (auto parsed = parse_expression(source.when->value, ExpressionUse::when)) {
        rule.when = *std::move(parsed);
      }
    }
    if (source.list) {
      rule.list = &engine_.lists.at(source.list->value);
      engine_.list_rules.push_back(number);
    }
    if (rule.is_bare()) engine_.bare_rules.push_back(number);
  }

  void add_all_patterns(const RuleSource& source, std::size_t number) {
    add_patterns(source, source.any, {.rule = number, .role = PatternRole::any});
    for (std::size_t i = 0; i < source.literals.size(); ++i) {
      const std::string& literal = source.literals[i].value;
      add_pattern(quoted_pattern(literal),
                  edges_for_literal(literal, edges_of(source)),
                  {.rule = number, .role = PatternRole::any, .slot = source.any.size() + i});
    }
    add_patterns(source, source.all, {.rule = number, .role = PatternRole::all});
    if (source.near) {
      add_patterns(source, source.near->a, {.rule = number, .role = PatternRole::near_a});
      add_patterns(source, source.near->b, {.rule = number, .role = PatternRole::near_b});
    }
    add_patterns(source, source.none, {.rule = number, .role = PatternRole::none});
  }

  /// Letters without what stood between them have no edges of words.
  static WordEdges edges_of(const RuleSource& source) {
    return source.view == View::squash ? WordEdges::part : source.words;
  }

  void add_patterns(const RuleSource& source,
                    const std::vector<Sourced>& patterns,
                    PatternOwner owner) {
    for (std::size_t i = 0; i < patterns.size(); ++i) {
      owner.slot = i;
      add_pattern(patterns[i].value, edges_of(source), owner);
    }
  }

  void add_pattern(const std::string& pattern, WordEdges edges, PatternOwner owner) {
    group_->patterns.add(pattern, edges);
    group_->owners.push_back(owner);
  }

  PatternGroup& group_for(View view, std::uint32_t scopes) {
    auto found = std::ranges::find_if(engine_.groups, [&](const PatternGroup& group) {
      return group.view == view && (group.scopes & kLong) == (scopes & kLong);
    });
    if (found == engine_.groups.end()) {
      engine_.groups.push_back({.view = view, .patterns = PatternSet(view)});
      found = std::prev(engine_.groups.end());
    }
    found->scopes |= scopes;
    return *found;
  }

  static void compile(PatternGroup& group) {
    group.patterns.compile();
    for (std::size_t i = 0; i < group.owners.size(); ++i) {
      group.owners[i].blind = group.patterns.is_always_tried(i);
    }
  }

  void add_composites() {
    const auto heads = heads_of(pack_);
    std::vector<CompiledComposite> compiled;
    std::vector<std::vector<std::size_t>> reads;
    for (std::size_t i = 0; i < pack_.composites.size(); ++i) {
      compiled.push_back(compile_composite(heads, i));
      reads.emplace_back();
      for (const auto& names : compiled.back().names) {
        reads.back().insert(reads.back().end(), names.begin(), names.end());
      }
    }
    for (const std::size_t i : reading_order(reads, pack_.rules.size())) {
      if (compiled[i].reach.status == RuleStatus::retired) continue;
      engine_.composites.push_back(std::move(compiled[i]));
    }
    for (CompiledComposite& composite : engine_.composites) note_mentions(composite);
  }

  void note_mentions(CompiledComposite& composite) {
    engine_.mentions.resize(engine_.ids.size());
    composite.first_mention = engine_.mention_count;
    for (const auto& heads : composite.names) {
      const auto mention = static_cast<std::uint32_t>(engine_.mention_count++);
      for (const std::size_t head : heads) engine_.mentions[head].push_back(mention);
    }
  }

  CompiledComposite compile_composite(const std::vector<const RuleHead*>& heads, std::size_t i) {
    const CompositeSource& source = pack_.composites[i];
    CompiledComposite composite{.head = pack_.rules.size() + i,
                                .on_post = source.on_post,
                                .weight = weight_in_force(pack_, source.head),
                                .reach = reach_of(pack_, source.head)};
    if (auto parsed = parse_expression(source.expr.value, ExpressionUse::composite)) {
      composite.expression = *std::move(parsed);
    }
    for (const auto& names : composite.expression.names) {
      composite.names.push_back(resolve_names(heads, names, composite.head));
    }
    composite.required = required_names(composite.expression);
    std::vector<std::string> absorbed;
    absorbed.reserve(source.absorbs.size());
    for (const Sourced& name : source.absorbs) absorbed.push_back(name.value);
    composite.absorbs = resolve_names(heads, absorbed, composite.head);
    return composite;
  }

  const Pack& pack_;
  Engine engine_;
  PatternGroup* group_ = nullptr;  ///< of the rule that is being compiled
};

}  // namespace

std::vector<RuleInfo> infos_of(const Pack& pack) {
  std::vector<RuleInfo> infos;
  infos.reserve(pack.rules.size() + pack.composites.size());
  for (const RuleSource& rule : pack.rules) infos.push_back(info_of(pack, rule.head, false));
  for (const CompositeSource& composite : pack.composites) {
    infos.push_back(info_of(pack, composite.head, true));
  }
  return infos;
}

Engine build_engine(const Pack& pack) { return Builder(pack).run(); }

}  // namespace qanat::classifier
