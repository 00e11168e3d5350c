#include "classifier/literal_tree.h"

#include <bit>

namespace qanat::classifier {

LiteralTree::LiteralTree(const std::vector<std::string_view>& literals) {
  if (literals.empty()) return;
  /// The literals of a node, side by side.
  struct Branch {
    std::uint32_t begin;
    std::uint32_t end;
    std::size_t depth;
  };
  const auto count = static_cast<std::uint32_t>(literals.size());
  std::vector<Branch> branches{{.begin = 0, .end = count, .depth = 0}};  // by node
  for (std::uint32_t node = kRoot; node < branches.size(); ++node) {
    auto [begin, end, depth] = branches[node];
    const std::string_view first = literals[begin];
    if (node != kRoot && end - begin == 1) {
      nodes_[node] = {.by = nodes_[node].by,
                      .rest_begin = static_cast<std::uint32_t>(rests_.size()),
                      .literal = static_cast<std::int32_t>(begin),
                      .rest = static_cast<std::uint16_t>(first.size() - depth),
                      .ends = true};
      rests_.append(first, depth);
      continue;
    }
    if (first.size() == depth) nodes_[node].literal = static_cast<std::int32_t>(begin++);
    while (begin < end) {
      const utf8::CodePoint next = character_at(literals[begin], depth);
      const std::string_view bytes = literals[begin].substr(depth, next.length);
      const std::uint32_t from = begin;
      while (begin < end && literals[begin].substr(depth).starts_with(bytes)) ++begin;
      branches.push_back({.begin = from, .end = begin, .depth = depth + next.length});
      nodes_.push_back({.by = edge_by(node, next.value)});
    }
  }
  spread_nodes();
  for (const std::string_view literal : literals) note_opening(literal);
}

void LiteralTree::spread_nodes() {
  const std::size_t places = std::bit_ceil(nodes_.size() + nodes_.size() / 3);
  numbers_.assign(places, kRoot);
  mask_ = places - 1;
  shift_ = 64 - static_cast<unsigned>(std::countr_zero(places));
  for (std::uint32_t number = kRoot + 1; number < nodes_.size(); ++number) {
    std::size_t place = hash_of(nodes_[number].by) >> shift_;
    while (numbers_[place & mask_] != kRoot) ++place;
    numbers_[place & mask_] = number;
  }
}

void LiteralTree::note_opening(std::string_view literal) {
  const NumberedCharacter first = number_at(literal, 0);
  const NumberedCharacter second = number_at(literal, first.length);
  const NumberedCharacter third = number_at(literal, first.length + second.length);
  if (second.length == 0) {
    alone_.set(first.number);
    return;
  }
  const std::size_t pair = place_of(first.number, second.number);
  pairs_.set(pair);
  if (third.length == 0) pairs_alone_.set(pair);
  triples_.set(place_of(first.number, second.number, third.number));
}

}  // namespace qanat::classifier
