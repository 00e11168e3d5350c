#include "classifier/character_classes.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace qanat::classifier {
namespace {

constexpr char32_t kLastCodePoint = 0x10FFFF;

/// Where a set begins or ends: between two of these places all sets agree.
std::vector<char32_t> edges_of(std::span<const CharacterSet> sets) {
  std::vector<char32_t> edges{0};
  for (const CharacterSet& set : sets) {
    for (const auto& [first, last] : set.ranges()) {
      edges.push_back(first);
      if (last < kLastCodePoint) edges.push_back(last + 1);
    }
  }
  std::ranges::sort(edges);
  const auto repeated = std::ranges::unique(edges);
  edges.erase(repeated.begin(), repeated.end());
  return edges;
}

/// By edge: the numbers of the sets that hold what follows it.
std::vector<std::vector<std::uint16_t>> holders(std::span<const CharacterSet> sets,
                                                const std::vector<char32_t>& edges) {
  std::vector<std::vector<std::uint16_t>> all(edges.size());
  for (std::size_t number = 0; number < sets.size(); ++number) {
    for (const auto& [first, last] : sets[number].ranges()) {
      const auto begin = std::ranges::lower_bound(edges, first);
      for (auto edge = begin; edge != edges.end() && *edge <= last; ++edge) {
        all[static_cast<std::size_t>(edge - edges.begin())].push_back(
            static_cast<std::uint16_t>(number));
      }
    }
  }
  return all;
}

}  // namespace

CharacterClasses::CharacterClasses(std::span<const CharacterSet> sets) {
  const std::vector<char32_t> edges = edges_of(sets);
  auto held = holders(sets, edges);
  std::map<std::vector<std::uint16_t>, std::size_t> known;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const auto [entry, fresh] = known.emplace(std::move(held[i]), examples_.size());
    if (fresh) examples_.push_back(edges[i]);
    runs_.push_back({.first = edges[i], .number = static_cast<std::uint8_t>(entry->second)});
  }
  if (examples_.size() > kMostClasses) {
    *this = {};
    return;
  }
  for (char32_t each = 0; each < kTableSize; ++each) {
    if (number_of(each) != 0) usual_.at(number_of(each)) = static_cast<std::uint8_t>(search(each));
  }
}

std::size_t CharacterClasses::search(char32_t character) const {
  return std::prev(std::ranges::upper_bound(runs_, character, {}, &Run::first))->number;
}

}  // namespace qanat::classifier
