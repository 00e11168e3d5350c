#include "classifier/lint.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/edit_distance.h"
#include "classifier/composite.h"
#include "classifier/composite_names.h"
#include "classifier/lint_pattern.h"
#include "classifier/rule.h"
#include "classifier/rule_kinds.h"

namespace qanat::classifier {
namespace {

bool is_id(std::string_view id) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789_.";
  const auto dot = id.find('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < id.size() &&
         id.find_first_not_of(kLetters) == std::string_view::npos && !id.ends_with('.');
}

bool is_glob(const std::string& name) { return name.find('*') != std::string::npos; }

/// "clouds" of "lists/clouds.txt".
std::string list_name(std::string_view path) {
  constexpr std::string_view kEnding = ".txt";
  path = path.substr(path.rfind('/') + 1);
  if (path.ends_with(kEnding)) path.remove_suffix(kEnding.size());
  return std::string(path);
}

/// Of a block; what stands elsewhere is of the post.
bool lies_in_block(Scope scope) {
  constexpr std::array kOfBlocks{Scope::text,
                                 Scope::link_url,
                                 Scope::link_host,
                                 Scope::link_text,
                                 Scope::hashtag,
                                 Scope::mention};
  return std::ranges::find(kOfBlocks, scope) != kOfBlocks.end();
}

/// "block.lines", if the expression reads it or another number of a block; else nothing.
std::string_view number_of_block(const Expression& expression) {
  for (const ExpressionNode& node : expression.nodes) {
    if (node.kind != ExpressionNode::Kind::feature) continue;
    const std::string_view name = feature_name(node.feature);
    if (name.starts_with("block.")) return name;
  }
  return {};
}

constexpr std::string_view kBetween("\0", 1);  ///< no pattern holds it

/// What a rule is beside its patterns and where it looks for them: rules that differ in it may
/// share a pattern.
std::string frame_of(const RuleSource& rule) {
  std::string out(name_of(rule.head.label));
  out.append(kBetween).append(view_name(rule.view));
  out.append(kBetween).append(std::to_string(static_cast<int>(rule.words)));
  const auto put = [&out](std::string_view name, std::vector<std::string> values) {
    std::ranges::sort(values);
    out.append(kBetween).append(name);
    for (const std::string& value : values) out.append(kBetween).append(value);
  };
  const auto values_of = [](const std::vector<Sourced>& all) {
    std::vector<std::string> values;
    values.reserve(all.size());
    for (const Sourced& each : all) values.push_back(each.value);
    return values;
  };
  put("all", values_of(rule.all));
  put("none", values_of(rule.none));
  if (rule.near) {
    put("a", values_of(rule.near->a));
    put("b", values_of(rule.near->b));
    put(rule.near->ordered ? "ab" : "near", {std::to_string(rule.near->chars)});
  }
  if (rule.when) put("when", {rule.when->value});
  put("only", rule.head.only);
  put("except", rule.head.except);
  return out;
}

/// What is checked of one pack; each member adds findings.
class Linter {
 public:
  Linter(const Pack& pack, Findings& findings)
      : pack_(pack), findings_(findings), heads_(heads_of(pack)), is_whole_(!findings.fatal()) {
    for (std::size_t i = 0; i < heads_.size(); ++i) by_id_.emplace(heads_[i]->id, i);
  }

  void run() {
    check_ids();
    for (const RuleHead* head : heads_) check_head(*head);
    for (const RuleSource& rule : pack_.rules) check_rule(rule);
    check_unused_lists();
    check_duplicate_patterns();
    for (std::size_t i = 0; i < pack_.composites.size(); ++i) check_composite(i);
    check_cycles();
    for (const OverrideSource& each : pack_.overrides) check_override(each);
    check_weights();
  }

 private:
  void error(const RuleHead& head, std::string problem, std::string remedy) {
    findings_.error(head.where, std::move(problem), std::move(remedy), head.id);
  }

  /// Somebody names a rule that is not there. Where a file could not be read, it may be in that
  /// one.
  void unknown(const std::string& where,
               const std::string& problem,
               const std::string& remedy,
               const std::string& rule = {}) {
    if (is_whole_) findings_.error(where, problem, remedy, rule);
  }

  void check_ids() {
    std::map<std::string_view, const RuleHead*> seen;
    for (const RuleHead* head : heads_) {
      if (head->id.empty()) continue;
      if (!is_id(head->id)) {
        error(*head,
              "\"" + head->id + "\" is not an id",
              "write group.name in lower-case ASCII letters, digits and _");
      }
      const auto [first, fresh] = seen.emplace(head->id, head);
      if (!fresh) {
        error(*head,
              "the id \"" + head->id + "\" is already used at " + first->second->where,
              "ids are never reused: give it another");
      }
    }
  }

  void check_head(const RuleHead& head) {
    for (const Sourced& old : head.supersedes) {
      const auto found = by_id_.find(old.value);
      if (found == by_id_.end()) {
        unknown(old.where,
                "the rule supersedes an unknown rule \"" + old.value + "\"",
                "write the id of a retired rule",
                head.id);
      } else if (heads_[found->second]->status != RuleStatus::retired) {
        findings_.error(old.where,
                        "the superseded rule \"" + old.value + "\" is not retired",
                        "set its status to retired",
                        head.id);
      }
    }
    if (head.status == RuleStatus::retired) return;
    check_kind(head);
    check_weight(head);
    check_promises(head);
    if (head.why.empty() && head.status == RuleStatus::active) {
      findings_.warning(head.where, "the rule does not say why it holds", "add `why`", head.id);
    }
  }

  void check_kind(const RuleHead& head) {
    const std::string named = "the kind \"" + head.kind + "\" ";
    if (std::ranges::find(kReservedKinds, head.kind) != kReservedKinds.end()) {
      error(head, named + "is for the program's own rules", "choose another, or none");
      return;
    }
    const auto meaningful = std::ranges::find(kMeaningfulKinds, head.kind, &MeaningfulKind::name);
    if (meaningful != kMeaningfulKinds.end()) {
      check_label_of_kind(head, *meaningful);
      return;
    }
    if (head.kind.empty()) return;
    std::vector<std::string_view> known;
    known.reserve(kMeaningfulKinds.size());
    for (const MeaningfulKind& each : kMeaningfulKinds) known.push_back(each.name);
    // Any kind may be made up: only what is a letter or two from one that matters is a slip.
    const std::size_t slips = std::max<std::size_t>(1, head.kind.size() / 4);
    const std::string meant = did_you_mean(head.kind, known, slips);
    if (meant.empty()) return;
    findings_.warning(head.where,
                      named + "means nothing to a verdict" + meant,
                      "correct it, or choose a name less like it",
                      head.id);
  }

  void check_label_of_kind(const RuleHead& head, const MeaningfulKind& kind) {
    if (head.label == kind.label || head.label == kind.or_label) return;
    std::string labels(name_of(kind.label));
    if (kind.or_label) labels.append(" or ").append(name_of(*kind.or_label));
    findings_.warning(head.where,
                      "the kind \"" + head.kind + "\" means something of label " + labels +
                          " only, and the rule is of label " + std::string(name_of(head.label)),
                      "correct the label or the kind",
                      head.id);
  }

  void check_promises(const RuleHead& head) {
    if (head.status != RuleStatus::active) return;
    for (const auto& [promise, name] :
         {std::pair{Promise::match, "match"}, std::pair{Promise::no_match, "no_match"}}) {
      if (std::ranges::find(head.examples, promise, &Example::promise) == head.examples.end()) {
        error(head,
              "an active rule without a `" + std::string(name) + "` example",
              "add one, or set status = \"draft\"");
      }
    }
  }

  void check_weight(const RuleHead& head) {
    if (!head.weight) {
      if (head.status == RuleStatus::active) {
        error(head,
              "an active rule without `weight`",
              "add weight = { init = 1000, min = 0, max = 3000 }");
      }
      return;
    }
    const WeightRange& weight = *head.weight;
    const bool protects = head.label == RuleLabel::qa;
    if (protects ? weight.init > 0 || weight.max > 0 : weight.init < 0 || weight.min < 0) {
      findings_.error(weight.where,
                      "the weight has the wrong sign for its label",
                      protects ? "label qa protects: its weights are 0 or less"
                               : "weights are 0 or more; only label qa has negative ones",
                      head.id);
    }
    if (weight.min > weight.max || weight.init < weight.min || weight.init > weight.max) {
      findings_.error(
          weight.where, "`init` is outside `min` and `max`", "make min <= init <= max", head.id);
    }
  }

  void check_rule(const RuleSource& rule) {
    if (rule.head.status == RuleStatus::retired) return;
    const bool says_something = !rule.any.empty() || !rule.all.empty() || !rule.literals.empty() ||
                                rule.list || rule.near || rule.when;
    if (!says_something) {
      error(
          rule.head, "the rule matches nothing", "add `any`, `literals`, `list`, `near` or `when`");
    }
    for (const auto* patterns : {&rule.any, &rule.all, &rule.none}) check_patterns(*patterns, rule);
    if (rule.near) {
      check_patterns(rule.near->a, rule);
      check_patterns(rule.near->b, rule);
    }
    for (const Sourced& literal : rule.literals) {
      report(literal_traps(literal.value, rule.view), literal, rule.head.id);
    }
    check_when(rule);
    check_list(rule);
  }

  void check_patterns(const std::vector<Sourced>& patterns, const RuleSource& rule) {
    for (const Sourced& pattern : patterns) {
      report(pattern_traps(pattern.value, rule.view), pattern, rule.head.id);
    }
  }

  void report(const std::vector<PatternTrap>& traps,
              const Sourced& pattern,
              const std::string& rule) {
    for (const PatternTrap& trap : traps) {
      findings_.error(pattern.where, "'" + pattern.value + "': " + trap.problem, trap.remedy, rule);
    }
  }

  void check_when(const RuleSource& rule) {
    if (!rule.when) return;
    const auto parsed = parse_expression(rule.when->value, ExpressionUse::when);
    if (!parsed) {
      findings_.error(
          rule.when->where, "`when`: " + parsed.error().message, "see docs/rules.md", rule.head.id);
    } else if (std::ranges::none_of(rule.scopes, lies_in_block)) {
      check_numbers_of_post(*parsed, *rule.when, rule.head);
    }
  }

  /// Of a rule or composite about the post as a whole.
  void check_numbers_of_post(const Expression& expression,
                             const Sourced& source,
                             const RuleHead& head) {
    const std::string_view name = number_of_block(expression);
    if (name.empty()) return;
    findings_.error(source.where,
                    "`" + std::string(name) + "` is a block's, and always 0 where the post is " +
                        "looked at as a whole",
                    "compare a number of the post (post.…), or look at blocks",
                    head.id);
  }

  void check_list(const RuleSource& rule) {
    if (!rule.list) return;
    const auto found = pack_.lists.find(rule.list->value);
    if (found == pack_.lists.end()) {
      std::vector<std::string_view> known;
      known.reserve(pack_.lists.size());
      for (const auto& [name, list] : pack_.lists) known.emplace_back(name);
      const std::string name = list_name(rule.list->value);
      findings_.error(rule.list->where,
                      "unknown list \"" + rule.list->value + "\"" + did_you_mean(name, known),
                      name == rule.list->value
                          ? "add lists/" + name + ".txt"
                          : "a list is named without folder and ending: \"" + name + "\"",
                      rule.head.id);
      return;
    }
    const auto looks = [&](Scope scope) { return found->second.may_look_in(scope); };
    if (std::ranges::none_of(rule.scopes, looks)) {
      findings_.error(rule.list->where,
                      "a list of this kind cannot match where the rule looks",
                      "hosts are in link.host, handles in mention, words in text",
                      rule.head.id);
    }
  }

  /// A rule in a file that could not be read may use it.
  void check_unused_lists() {
    if (!is_whole_) return;
    for (const auto& [name, list] : pack_.lists) {
      const bool is_used = std::ranges::any_of(pack_.rules, [&](const RuleSource& rule) {
        return rule.list && rule.list->value == name;
      });
      if (is_used) continue;
      findings_.warning(list.path() + ":1:1",
                        "no rule uses the list \"" + name + "\"",
                        "name it in a rule (list = \"" + name + "\"), or remove it");
    }
  }

  using Places = std::vector<std::pair<const RuleSource*, const Sourced*>>;

  /// The same pattern twice counts the same evidence twice.
  void check_duplicate_patterns() {
    std::map<std::string, Places> seen;
    for (const RuleSource& rule : pack_.rules) {
      if (rule.head.status != RuleStatus::active) continue;
      const std::string frame = frame_of(rule);
      for (const auto* patterns : {&rule.any, &rule.literals}) {
        for (const Sourced& pattern : *patterns) note_pattern(rule, pattern, frame, seen);
      }
    }
  }

  void note_pattern(const RuleSource& rule,
                    const Sourced& pattern,
                    const std::string& frame,
                    std::map<std::string, Places>& seen) {
    for (const Scope scope : rule.scopes) {
      std::string key = frame;
      key.append(kBetween).append(scope_name(scope)).append(kBetween).append(pattern.value);
      Places& places = seen[key];
      const auto first = std::ranges::find_if(places, [&](const auto& place) {
        return place.second != &pattern && may_meet(place.first->head, rule.head);
      });
      if (first != places.end()) {
        findings_.error(pattern.where,
                        "the pattern '" + pattern.value + "' is already in " +
                            first->first->head.id + " at " + first->second->where,
                        "keep it in one rule",
                        rule.head.id);
        return;
      }
      places.emplace_back(&rule, &pattern);
    }
  }

  /// Do both speak in posts of some known language?
  [[nodiscard]] bool may_meet(const RuleHead& one, const RuleHead& other) const {
    if (one.pack == other.pack) return true;
    const auto& these = pack_.parts[one.pack].languages;
    const auto& those = pack_.parts[other.pack].languages;
    return these.empty() || those.empty() ||
           std::ranges::find_first_of(these, those) != these.end();
  }

  void check_composite(std::size_t number) {
    const CompositeSource& composite = pack_.composites[number];
    if (composite.head.status == RuleStatus::retired || composite.expr.value.empty()) return;
    const auto parsed = parse_expression(composite.expr.value, ExpressionUse::composite);
    if (!parsed) {
      findings_.error(composite.expr.where,
                      "`expr`: " + parsed.error().message,
                      "see docs/rules.md",
                      composite.head.id);
      return;
    }
    if (composite.on_post) check_numbers_of_post(*parsed, composite.expr, composite.head);
    for (const auto& names : parsed->names) {
      for (const std::string& name : names) check_name(name, composite.expr.where, number);
    }
    for (const Sourced& name : composite.absorbs) {
      check_name(name.value, name.where, number);
      if (name.value == composite.head.id) {
        findings_.error(name.where,
                        "the composite absorbs itself",
                        "name the rules whose weight it takes over",
                        composite.head.id);
      }
    }
  }

  void check_name(const std::string& name, const std::string& where, std::size_t composite) {
    const std::size_t self = pack_.rules.size() + composite;
    const RuleHead& head = *heads_[self];
    if (is_glob(name)) {
      if (resolve_names(heads_, {name}, self).empty()) {
        unknown(where,
                "no rule that counts here matches " + name,
                "correct the glob, or give the rules this composite's status",
                head.id);
      }
      return;
    }
    const auto found = by_id_.find(name);
    if (found == by_id_.end()) {
      std::vector<std::string_view> known;
      known.reserve(heads_.size());
      for (const RuleHead* each : heads_) known.emplace_back(each->id);
      unknown(where,
              "unknown rule \"" + name + "\"" + did_you_mean(name, known),
              "write the id of a rule",
              head.id);
      return;
    }
    const RuleHead& named = *heads_[found->second];
    if (named.status == RuleStatus::retired) {
      findings_.error(
          where, "\"" + name + "\" is retired", "name the rule that supersedes it", head.id);
    } else if (named.status < head.status) {
      findings_.error(where,
                      "\"" + name + "\" is not active, but an active rule uses it",
                      "make it active, or make this one shadow",
                      head.id);
    }
  }

  void check_cycles() {
    std::vector<std::vector<std::size_t>> reads;
    for (std::size_t i = 0; i < pack_.composites.size(); ++i) {
      reads.emplace_back();
      const auto parsed =
          parse_expression(pack_.composites[i].expr.value, ExpressionUse::composite);
      if (!parsed) continue;
      for (const auto& names : parsed->names) {
        const auto found = resolve_names(heads_, names, pack_.rules.size() + i);
        reads.back().insert(reads.back().end(), found.begin(), found.end());
      }
    }
    const auto order = reading_order(reads, pack_.rules.size());
    for (std::size_t i = 0; i < pack_.composites.size(); ++i) {
      if (std::ranges::find(order, i) != order.end()) continue;
      const CompositeSource& composite = pack_.composites[i];
      findings_.error(composite.expr.where,
                      "the composite refers to itself, directly or through others",
                      "name the rules instead of using a glob, or remove one of the references",
                      composite.head.id);
    }
  }

  void check_override(const OverrideSource& each) {
    const auto found = by_id_.find(each.rule.value);
    if (found == by_id_.end()) {
      unknown(each.rule.where,
              "an override for an unknown rule \"" + each.rule.value + "\"",
              "write the id of a rule");
      return;
    }
    if (each.weight) check_bounds(*heads_[found->second], *each.weight, each.where);
  }

  void check_weights() {
    for (const auto& [id, weight] : pack_.weights) {
      const auto found = by_id_.find(id);
      if (found == by_id_.end()) {
        unknown(weight.second, "a weight for an unknown rule \"" + id + "\"", "remove it");
      } else {
        check_bounds(*heads_[found->second], weight.first, weight.second);
      }
    }
  }

  void check_bounds(const RuleHead& head, std::int32_t weight, const std::string& where) {
    if (!head.weight || (head.weight->min <= weight && weight <= head.weight->max)) return;
    findings_.error(where,
                    "a weight of " + std::to_string(weight) + " is outside the rule's bounds " +
                        std::to_string(head.weight->min) + "…" + std::to_string(head.weight->max),
                    "keep it inside, or widen the bounds in " + head.weight->where,
                    head.id);
  }

  const Pack& pack_;
  Findings& findings_;
  std::vector<const RuleHead*> heads_;
  std::map<std::string, std::size_t> by_id_;
  bool is_whole_;
};

}  // namespace

void Findings::add(bool fatal,
                   std::string where,
                   std::string rule,
                   std::pair<std::string, std::string> words) {
  fatal_ = fatal_ || fatal;
  all_.push_back({.fatal = fatal,
                  .where = std::move(where),
                  .rule = std::move(rule),
                  .problem = std::move(words.first),
                  .remedy = std::move(words.second)});
}

std::string Findings::message() const {
  std::string out;
  for (const LintFinding& finding : all_) {
    if (!finding.fatal) continue;
    if (!out.empty()) out += '\n';
    out += finding.where + ": " + finding.problem + "; " + finding.remedy;
  }
  return out;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& known) {
  // A third of the letters and one more: what differs further is another word.
  return did_you_mean(word, known, (word.size() / 3) + 1);
}

std::string did_you_mean(std::string_view word,
                         const std::vector<std::string_view>& known,
                         std::size_t edits) {
  std::optional<std::string_view> best;
  std::size_t closest = edits + 1;
  for (const std::string_view each : known) {
    const std::size_t distance = edit_distance(word, each);
    if (distance < closest) {
      closest = distance;
      best = each;
    }
  }
  return best ? " (did you mean \"" + std::string(*best) + "\"?)" : std::string{};
}

void lint_pack(const Pack& pack, Findings& findings) { Linter(pack, findings).run(); }

}  // namespace qanat::classifier
