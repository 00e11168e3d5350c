#include "classifier/literal_tree.h"

#include "base/utf8.h"

namespace qanat::classifier {

LiteralTree::LiteralTree(const std::vector<std::string_view>& literals) {
  if (literals.empty()) return;
  /// The literals of a node, side by side.
  struct Branch {
    std::size_t begin;
    std::size_t end;
    std::size_t depth;
  };
  std::vector<Branch> branches{{.begin = 0, .end = literals.size(), .depth = 0}};  // by node
  for (std::size_t node = 0; node < branches.size(); ++node) {
    auto [begin, end, depth] = branches[node];
    const std::string_view first = literals[begin];
    if (node > 0 && end - begin == 1) {
      nodes_[node] = {.first = static_cast<std::uint32_t>(rests_.size()),
                      .rest = static_cast<std::uint16_t>(first.size() - depth),
                      .literal = static_cast<std::int32_t>(begin)};
      rests_.append(first, depth);
      continue;
    }
    if (first.size() == depth) nodes_[node].literal = static_cast<std::int32_t>(begin++);
    nodes_[node].first = static_cast<std::uint32_t>(nodes_.size());
    while (begin < end) {
      const char byte = literals[begin][depth];
      std::size_t next = begin;
      while (next < end && literals[next][depth] == byte) ++next;
      branches.push_back({.begin = begin, .end = next, .depth = depth + 1});
      nodes_.emplace_back();
      bytes_ += byte;
      ++nodes_[node].children;
      begin = next;
    }
  }
  for (const std::string_view literal : literals) note_opening(literal);
}

void LiteralTree::note_opening(std::string_view literal) {
  const bool one_character = utf8::decode(literal, 0).length == literal.size();
  if (!one_character) openings_.set(place_of(first_bytes(literal)));
}

}  // namespace qanat::classifier
