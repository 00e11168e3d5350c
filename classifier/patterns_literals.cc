#include "classifier/patterns_literals.h"

#include <algorithm>
#include <cstddef>

namespace qanat::classifier {

LiteralMatcher::LiteralMatcher(const std::vector<std::string>& literals) : count_(literals.size()) {
  number_bytes(literals);
  std::vector<Branch> tree(1);
  for (std::size_t i = 0; i < literals.size(); ++i) {
    insert(tree, literals[i], static_cast<std::int32_t>(i));
  }
  lay_out(tree);
}

void LiteralMatcher::number_bytes(const std::vector<std::string>& literals) {
  std::array<bool, 256> used{};
  for (const std::string& literal : literals) {
    for (const char byte : literal) used.at(static_cast<unsigned char>(byte)) = true;
  }
  for (std::size_t byte = 0; byte < used.size(); ++byte) {
    // All 256 values would not fit beside class 0; UTF-8 never uses some of them.
    if (used.at(byte)) class_of_.at(byte) = static_cast<std::uint8_t>(classes_++);
  }
}

void LiteralMatcher::insert(std::vector<Branch>& tree,
                            std::string_view literal,
                            std::int32_t index) const {
  std::size_t at = 0;
  for (const char byte : literal) {
    const std::uint8_t byte_class = class_of_.at(static_cast<unsigned char>(byte));
    std::int32_t child = tree[at].first_child;
    while (child != kNone && tree[static_cast<std::size_t>(child)].byte_class != byte_class) {
      child = tree[static_cast<std::size_t>(child)].sibling;
    }
    if (child == kNone) {
      child = static_cast<std::int32_t>(tree.size());
      tree.push_back({.byte_class = byte_class, .sibling = tree[at].first_child});
      tree[at].first_child = child;
    }
    at = static_cast<std::size_t>(child);
  }
  tree[at].literal = index;
}

/// Breadth first: a node's way back is shorter than the node, so its row is complete before it is
/// copied.
void LiteralMatcher::lay_out(const std::vector<Branch>& tree) {
  nodes_.reserve(tree.size());
  steps_.assign(tree.size() * classes_, 0);
  std::vector<std::size_t> order{0};     // of branches, by the number of their node
  std::vector<std::size_t> fallback{0};  // by number
  nodes_.emplace_back();
  for (std::size_t node = 0; node < order.size(); ++node) {
    const auto row = steps_.begin() + static_cast<std::ptrdiff_t>(node * classes_);
    const auto back = steps_.begin() + static_cast<std::ptrdiff_t>(fallback[node] * classes_);
    if (node > 0) std::copy_n(back, classes_, row);
    for (std::int32_t child = tree[order[node]].first_child; child != kNone;) {
      const auto at = static_cast<std::size_t>(child);
      std::uint32_t& step = *(row + tree[at].byte_class);
      fallback.push_back(step / 2 / classes_);
      order.push_back(at);
      step = number(tree[at], fallback.back());
      child = tree[at].sibling;
    }
  }
}

std::uint32_t LiteralMatcher::number(const Branch& branch, std::size_t back) {
  const bool ends_there = nodes_[back].literal != kNone;
  const Node node{.literal = branch.literal,
                  .shorter = ends_there ? static_cast<std::int32_t>(back) : nodes_[back].shorter};
  const bool ends = node.literal != kNone || node.shorter != kNone;
  const std::size_t place = nodes_.size() * classes_ * 2;
  nodes_.push_back(node);
  return static_cast<std::uint32_t>(place + (ends ? 1 : 0));
}

void LiteralMatcher::find(std::string_view text,
                          std::vector<char>& seen,
                          std::vector<int>& found) const {
  found.clear();
  if (count_ == 0) return;
  std::uint32_t step = 0;
  for (const char byte : text) {
    step = steps_[(step / 2) + class_of_[static_cast<unsigned char>(byte)]];
    if (step % 2 == 0) continue;
    auto end = static_cast<std::int32_t>(step / 2 / classes_);
    while (end != kNone) {
      const Node& ending = nodes_[static_cast<std::size_t>(end)];
      if (ending.literal != kNone) {
        char& mark = seen[static_cast<std::size_t>(ending.literal)];
        // What is shorter was found together with it.
        if (mark != 0) break;
        mark = 1;
        found.push_back(ending.literal);
      }
      end = ending.shorter;
    }
  }
  for (const int literal : found) seen[static_cast<std::size_t>(literal)] = 0;
}

}  // namespace qanat::classifier
