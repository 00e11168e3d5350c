#pragma once

#include <cstddef>
#include <map>
#include <string>

/// What pages had that was unreadable or unknown: name → how often. The names come from the
/// network.
namespace qanat::app {

using NameCounts = std::map<std::string, int>;

/// Adds `more` to `counts`. After a hundred names, further ones are counted as "…".
void add_counts(NameCounts& counts, const NameCounts& more);

[[nodiscard]] int total(const NameCounts& counts);

/// "date (20), views (3) and 4 more names": the most frequent first, safe to print.
[[nodiscard]] std::string listed(const NameCounts& counts, std::size_t most = 8);

}  // namespace qanat::app
