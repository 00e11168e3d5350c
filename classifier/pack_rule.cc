#include "classifier/pack_rule.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

#include "classifier/pack_table.h"

namespace qanat::classifier {
namespace {

/// All but `knowledge`.
constexpr auto kLabelsOfPacks =
    std::span(kRuleLabelNames).first<static_cast<std::size_t>(RuleLabel::knowledge)>();
constexpr std::array<std::string_view, 4> kEdges{"whole", "start", "end", "part"};
constexpr std::array<std::string_view, 2> kCounts{"once", "per_hit"};
constexpr std::array<std::string_view, 2> kOrders{"any", "ab"};
constexpr std::array<std::string_view, 2> kUnits{"block", "post"};

std::string joined(std::span<const std::string_view> names) {
  std::string out;
  for (const std::string_view name : names) {
    if (!out.empty()) out += ", ";
    out += name;
  }
  return out;
}

/// The position of the key's word among `names`; 0 when the key is missing or wrong.
std::size_t choice(TableReader& reader,
                   std::string_view key,
                   std::span<const std::string_view> names) {
  const auto word = reader.text(key);
  if (!word) return 0;
  const auto found = std::ranges::find(names, word->value);
  if (found != names.end()) return static_cast<std::size_t>(std::distance(names.begin(), found));
  reader.findings().error(word->where,
                          "`" + std::string(key) + "` cannot be \"" + word->value + "\"" +
                              did_you_mean(word->value, {names.begin(), names.end()}),
                          "write one of: " + joined(names));
  return 0;
}

std::optional<WeightRange> read_weight(TableReader& reader, RuleLabel label) {
  const toml::table* table = reader.table("weight");
  if (table == nullptr) return std::nullopt;
  TableReader inner(*table, reader.path(), reader.findings());
  const bool protects = label == RuleLabel::qa;
  WeightRange weight{.where = inner.where()};
  if (table->get("init") == nullptr) {
    reader.findings().error(weight.where,
                            "`weight` has no `init`",
                            "write weight = { init = 1000, min = 0, max = 3000 }");
  }
  weight.init = inner.weight("init").value_or(0);
  weight.min = inner.weight("min").value_or(protects ? -kLargestWeight : 0);
  weight.max = inner.weight("max").value_or(protects ? 0 : kLargestWeight);
  inner.finish("`weight`");
  return weight;
}

std::string required(TableReader& reader, std::string_view key, std::string_view what) {
  auto value = reader.text(key);
  if (value && !value->value.empty()) return std::move(value->value);
  reader.findings().error(
      reader.where(), std::string(what) + " without `" + std::string(key) + "`", "add it");
  return {};
}

std::vector<std::string> channel_names(TableReader& reader, std::string_view key) {
  std::vector<std::string> names;
  for (const Sourced& name : reader.texts(key)) {
    const std::string canonical = canonical_entry(ListKind::handle, name.value);
    if (canonical.empty()) {
      reader.findings().error(
          name.where, "\"" + name.value + "\" is not a channel name", "write it as in t.me/name");
    } else {
      names.push_back(canonical);
    }
  }
  return names;
}

void read_channels(TableReader& reader, RuleHead& head) {
  const toml::table* table = reader.table("channels");
  if (table == nullptr) return;
  TableReader inner(*table, reader.path(), reader.findings());
  head.only = channel_names(inner, "only");
  head.except = channel_names(inner, "except");
  inner.finish("`channels`");
}

RuleHead read_head(TableReader& reader, std::string_view what) {
  RuleHead head;
  head.where = reader.where();
  head.id = required(reader, "id", what);
  head.title = reader.text_or_empty("title");
  head.why = reader.text_or_empty("why");
  if (reader.node("label") == nullptr) (void)required(reader, "label", what);
  head.label = static_cast<RuleLabel>(choice(reader, "label", kLabelsOfPacks));
  head.kind = reader.text_or_empty("kind");
  head.status = RuleStatus::active;
  if (reader.node("status") != nullptr) {
    head.status = static_cast<RuleStatus>(choice(reader, "status", kRuleStatusNames));
  }
  head.weight = read_weight(reader, head.label);
  head.examples = read_examples(reader);
  head.supersedes = reader.texts("supersedes");
  read_channels(reader, head);
  reader.ignore("origin");
  reader.ignore("since");
  return head;
}

std::vector<Scope> read_scopes(TableReader& reader) {
  std::vector<Scope> scopes;
  for (const Sourced& name : reader.texts("in")) {
    if (const auto scope = scope_by_name(name.value)) {
      scopes.push_back(*scope);
      continue;
    }
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i <= static_cast<std::size_t>(Scope::mention); ++i) {
      known.push_back(scope_name(static_cast<Scope>(i)));
    }
    reader.findings().error(
        name.where,
        "unknown scope \"" + name.value + "\"" + did_you_mean(name.value, known),
        "see docs/rules.md for the places a rule may look at");
  }
  if (scopes.empty()) scopes.push_back(Scope::text);
  std::ranges::sort(scopes);
  scopes.erase(std::ranges::unique(scopes).begin(), scopes.end());
  return scopes;
}

std::optional<NearSource> read_near(TableReader& reader) {
  const toml::table* table = reader.table("near");
  if (table == nullptr) return std::nullopt;
  TableReader inner(*table, reader.path(), reader.findings());
  NearSource near{.where = inner.where()};
  near.a = inner.texts("a");
  near.b = inner.texts("b");
  near.chars = inner.whole("chars").value_or(0);
  near.ordered = choice(inner, "order", kOrders) == 1;
  inner.finish("`near`");
  if (near.a.empty() || near.b.empty() || near.chars < 1 || near.chars > 1000) {
    reader.findings().error(near.where,
                            "`near` needs patterns `a` and `b` and a distance `chars`",
                            "write near = { a = ['…'], b = ['…'], chars = 40 } (1 to 1000)");
  }
  return near;
}

}  // namespace

RuleSource read_rule(const toml::table& table, std::string_view path, Findings& findings) {
  TableReader reader(table, path, findings);
  RuleSource rule;
  rule.head = read_head(reader, "a rule");
  rule.scopes = read_scopes(reader);
  rule.view = static_cast<View>(choice(reader, "view", kViewNames));
  rule.any = reader.texts("any");
  rule.all = reader.texts("all");
  rule.literals = reader.texts("literals");
  rule.none = reader.texts("none");
  rule.list = reader.text("list");
  rule.near = read_near(reader);
  rule.when = reader.text("when");
  rule.words = static_cast<WordEdges>(choice(reader, "words", kEdges));
  rule.per_hit = choice(reader, "count", kCounts) == 1;
  reader.finish("a rule");
  return rule;
}

CompositeSource read_composite(const toml::table& table,
                               std::string_view path,
                               Findings& findings) {
  TableReader reader(table, path, findings);
  CompositeSource composite;
  composite.head = read_head(reader, "a composite");
  if (auto expr = reader.text("expr"); expr && !expr->value.empty()) {
    composite.expr = *std::move(expr);
  } else {
    findings.error(reader.where(),
                   "a composite without `expr`",
                   "write expr = 'any(cta.*) and block.ext_links >= 1'");
  }
  composite.absorbs = reader.texts("absorbs");
  composite.on_post = choice(reader, "on", kUnits) == 1;
  reader.finish("a composite");
  return composite;
}

}  // namespace qanat::classifier
