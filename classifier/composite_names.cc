#include "classifier/composite_names.h"

#include <algorithm>

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
  const auto covered = [&](std::size_t i) {
    return std::ranges::any_of(names, [&](const std::string& name) {
      if (name.find('*') == std::string::npos) return name == heads[i]->id;
      if (i == self || heads[i]->status == RuleStatus::retired) return false;
      return heads[i]->status >= heads[self]->status && name_covers(name, heads[i]->id);
    });
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
