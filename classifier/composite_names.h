#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "classifier/rule.h"

namespace qanat::classifier {

/// All rules, then all composites: the order of RuleSet::rules().
[[nodiscard]] std::vector<const RuleHead*> heads_of(const Pack& pack);

/// Which heads `names` means, for the composite at `self`: ascending. A glob covers every other
/// rule whose status is at least the composite's own (an active composite reads active rules only);
/// an id means just itself.
[[nodiscard]] std::vector<std::size_t> resolve_names(const std::vector<const RuleHead*>& heads,
                                                     const std::vector<std::string>& names,
                                                     std::size_t self);

/// Composites so ordered that each follows those it reads, as indices into Pack::composites.
/// `reads[i]` are heads that composite i reads. Those on a cycle, or behind one, are left out.
[[nodiscard]] std::vector<std::size_t> reading_order(
    const std::vector<std::vector<std::size_t>>& reads, std::size_t rule_count);

}  // namespace qanat::classifier
