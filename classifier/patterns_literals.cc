#include "classifier/patterns_literals.h"

#include <algorithm>
#include <utility>

namespace qanat::classifier {

LiteralMatcher::LiteralMatcher(const std::vector<std::string>& literals) : count_(literals.size()) {
  number_bytes(literals);
  nodes_.emplace_back();
  next_.assign(classes_, kNone);
  for (std::size_t i = 0; i < literals.size(); ++i) {
    insert(literals[i], static_cast<std::int32_t>(i));
  }
  lay_out(link());
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

void LiteralMatcher::insert(std::string_view literal, std::int32_t index) {
  std::size_t node = 0;
  for (const char byte : literal) {
    const std::size_t byte_class = class_of_.at(static_cast<unsigned char>(byte));
    if (next(node, byte_class) == kNone) {
      const auto fresh = static_cast<std::int32_t>(nodes_.size());
      nodes_.emplace_back();
      next_.resize(next_.size() + classes_, kNone);
      next(node, byte_class) = fresh;
    }
    node = static_cast<std::size_t>(next(node, byte_class));
  }
  nodes_[node].literal = index;
}

/// Breadth first: a node's way back is shorter than the node, so it is complete before it is used.
std::vector<std::size_t> LiteralMatcher::link() {
  std::vector<std::size_t> fallback(nodes_.size(), 0);
  std::vector<std::size_t> order{0};
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::size_t node = order[i];
    for (std::size_t byte_class = 0; byte_class < classes_; ++byte_class) {
      const std::int32_t otherwise = node == 0 ? 0 : next(fallback[node], byte_class);
      std::int32_t& target = next(node, byte_class);
      if (target == kNone) {
        target = otherwise;
        continue;
      }
      const auto child = static_cast<std::size_t>(target);
      const auto back = static_cast<std::size_t>(otherwise);
      fallback[child] = back;
      nodes_[child].shorter =
          nodes_[back].literal == kNone ? nodes_[back].shorter : static_cast<std::int32_t>(back);
      order.push_back(child);
    }
  }
  return order;
}

void LiteralMatcher::lay_out(const std::vector<std::size_t>& order) {
  std::vector<std::size_t> place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  std::vector<Node> nodes;
  nodes.reserve(order.size());
  steps_.reserve(next_.size());
  for (const std::size_t node : order) {
    nodes.push_back(nodes_[node]);
    if (nodes.back().shorter != kNone) {
      const auto shorter = static_cast<std::size_t>(nodes.back().shorter);
      nodes.back().shorter = static_cast<std::int32_t>(place[shorter]);
    }
    for (std::size_t byte_class = 0; byte_class < classes_; ++byte_class) {
      const auto target = static_cast<std::size_t>(next(node, byte_class));
      const Node& reached = nodes_[target];
      const bool ends = reached.literal != kNone || reached.shorter != kNone;
      steps_.push_back(static_cast<std::uint32_t>((place[target] * classes_ * 2) + (ends ? 1 : 0)));
    }
  }
  nodes_ = std::move(nodes);
  next_ = {};
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
