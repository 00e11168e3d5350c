#include "classifier/composite_names.h"

#include <algorithm>
#include <string_view>

#include "classifier/composite.h"

namespace qanat::classifier {

std::vector<const RuleHead*> heads_of(const Pack& pack) {
  std::vector<const RuleHead*> heads;
  heads.reserve(pack.rules.size() + pack.composites.size());
  for (const RuleSource& rule : pack.rules) heads.push_back(&rule.head);
  for (const CompositeSource& composite : pack.composites) heads.push_back(&composite.head);
  return heads;
}

std::vector<std::size_t> resolve_names(const std::vector<const RuleHead*>& heads,
                                       const std::vector<std::string>& names,
                                       std::size_t self) {
  std::vector<std::string_view> plain;
  std::vector<std::string_view> globs;
  for (const std::string_view name : names) {
    (name.contains('*') ? globs : plain).push_back(name);
  }
  const auto covered = [&](std::size_t i) {
    const RuleHead& head = *heads[i];
    if (std::ranges::find(plain, head.id) != plain.end()) return true;
    if (i == self || head.status == RuleStatus::retired) return false;
    if (head.status < heads[self]->status) return false;
    return std::ranges::any_of(globs,
                               [&](std::string_view glob) { return name_covers(glob, head.id); });
  };
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    if (covered(i)) found.push_back(i);
  }
  return found;
}

std::vector<std::size_t> reading_order(const std::vector<std::vector<std::size_t>>& reads,
                                       std::size_t rule_count) {
  std::vector<std::size_t> order;
  std::vector<bool> placed(reads.size(), false);
  const auto ready = [&](std::size_t composite) {
    return std::ranges::all_of(reads[composite], [&](std::size_t head) {
      return head < rule_count || placed[head - rule_count];
    });
  };
  for (bool progress = true; progress;) {
    progress = false;
    for (std::size_t i = 0; i < reads.size(); ++i) {
      if (placed[i] || !ready(i)) continue;
      placed[i] = true;
      order.push_back(i);
      progress = true;
    }
  }
  return order;
}

}  // namespace qanat::classifier
