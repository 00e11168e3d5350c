#include "classifier/pack_hash.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "classifier/pack.h"
#include "classifier/word_parts.h"

namespace qanat::classifier {
namespace {

/// "name=length:value;" — no value can pretend to be the next field.
class Canonical {
 public:
  void put(std::string_view name, std::string_view value) {
    out_.append(name).append("=").append(std::to_string(value.size())).append(":");
    out_.append(value).append(";");
  }
  void put(std::string_view name, std::int64_t value) { put(name, std::to_string(value)); }

  /// Alternatives and sets: their order means nothing.
  void put_set(std::string_view name, std::vector<std::string> values) {
    std::ranges::sort(values);
    Canonical inner;
    for (const std::string& value : values) inner.put("", value);
    put(name, inner.out_);
  }
  void put_set(std::string_view name, const std::vector<Sourced>& values) {
    std::vector<std::string> plain;
    plain.reserve(values.size());
    for (const Sourced& value : values) plain.push_back(value.value);
    put_set(name, std::move(plain));
  }

  std::string take() && { return std::move(out_); }

 private:
  std::string out_;
};

template <class Enum>
std::int64_t code_of(Enum value) {
  return static_cast<std::int64_t>(value);
}

void put_head(Canonical& out, const Pack& pack, const RuleHead& head) {
  out.put("id", head.id);
  out.put("label", code_of(head.label));
  out.put("kind", head.kind);
  out.put("status", code_of(head.status));
  const auto learned = pack.weights.find(head.id);
  const std::int64_t init = head.weight ? head.weight->init : 0;
  out.put("weight", learned == pack.weights.end() ? init : learned->second.first);
  const std::vector<std::string> everywhere;
  out.put_set("languages",
              head.pack < pack.parts.size() ? pack.parts[head.pack].languages : everywhere);
  out.put_set("only", head.only);
  out.put_set("except", head.except);
}

std::string canonical(const Pack& pack, const RuleSource& rule) {
  Canonical out;
  out.put("type", "rule");
  put_head(out, pack, rule.head);
  for (const Scope scope : rule.scopes) out.put("in", scope_name(scope));
  out.put("view", view_name(rule.view));
  out.put_set("any", rule.any);
  out.put_set("all", rule.all);
  out.put_set("literals", rule.literals);
  out.put_set("none", rule.none);
  out.put("list", rule.list ? rule.list->value : "");
  if (rule.near) {
    out.put_set("near.a", rule.near->a);
    out.put_set("near.b", rule.near->b);
    out.put("near.chars", rule.near->chars);
    out.put("near.ordered", rule.near->ordered ? 1 : 0);
  }
  out.put("when", rule.when ? rule.when->value : "");
  out.put("words", code_of(rule.words));
  out.put("per_hit", rule.per_hit ? 1 : 0);
  return std::move(out).take();
}

std::string canonical(const Pack& pack, const CompositeSource& composite) {
  Canonical out;
  out.put("type", "composite");
  put_head(out, pack, composite.head);
  out.put("expr", composite.expr.value);
  out.put_set("absorbs", composite.absorbs);
  out.put("on_post", composite.on_post ? 1 : 0);
  return std::move(out).take();
}

std::string canonical(const OverrideSource& each) {
  Canonical out;
  out.put("type", "override");
  out.put("channel", each.channel);
  out.put("rule", each.rule.value);
  out.put("disable", each.disable ? 1 : 0);
  out.put("weight", each.weight.value_or(0));
  return std::move(out).take();
}

/// Of fixed size each, and in their own order: there are many thousands.
std::string canonical(std::span<const KnownPart> parts) {
  std::vector<KnownPart> sorted(parts.begin(), parts.end());
  std::ranges::sort(sorted, {}, &KnownPart::part);
  std::string out;
  const auto put = [&out](auto value) {
    for (std::size_t i = 0; i < sizeof value; ++i) out += static_cast<char>(value >> 8U * i);
  };
  for (const KnownPart& each : sorted) {
    put(each.part.code());
    put(static_cast<std::uint8_t>(each.part.is_pair() ? 1 : 0));
    put(static_cast<std::uint32_t>(each.weight));
    put(static_cast<std::uint32_t>(each.rarity));
  }
  return out;
}

std::string canonical(const PackVocabulary& each) {
  Canonical out;
  out.put("type", "vocabulary");
  out.put("word parts", kWordPartsVersion);
  out.put("subject", code_of(each.subject));
  out.put_set("languages", each.languages);
  out.put("base", each.vocabulary.base());
  out.put("parts", canonical(each.vocabulary.parts()));
  return std::move(out).take();
}

}  // namespace

std::string pack_hash(const Pack& pack) {
  std::vector<std::string> parts;
  parts.reserve(pack.rules.size() + pack.composites.size() + pack.overrides.size());
  for (const RuleSource& rule : pack.rules) parts.push_back(canonical(pack, rule));
  for (const CompositeSource& composite : pack.composites) {
    parts.push_back(canonical(pack, composite));
  }
  for (const OverrideSource& each : pack.overrides) parts.push_back(canonical(each));
  for (const auto& [name, list] : pack.lists) {
    Canonical out;
    out.put("type", "list");
    out.put("name", name);
    out.put("kind", code_of(list.kind()));
    out.put_set("entries", list.entries());
    parts.push_back(std::move(out).take());
  }
  for (const PackVocabulary& each : pack.vocabularies) parts.push_back(canonical(each));
  Canonical all;
  all.put("engine", kEngineVersion);
  all.put("normaliser", kNormaliserVersion);
  all.put_set("parts", std::move(parts));
  return sha256_hex(std::move(all).take());
}

}  // namespace qanat::classifier
