#include "classifier/literal_tree.h"

#include <algorithm>
#include <bit>

#include "base/utf8.h"

namespace qanat::classifier {
namespace {

/// Bytes that both begin with, whole characters.
std::size_t shared_size(std::string_view a, std::string_view b) {
  const auto differ = std::ranges::mismatch(a, b).in1;
  return utf8::start_of_character(a, static_cast<std::size_t>(differ - a.begin()));
}

}  // namespace

LiteralTree::LiteralTree(const std::vector<std::string_view>& literals) {
  if (literals.empty()) return;
  grow(literals);
  spread_nodes();
  note_pairs();
}

void LiteralTree::grow(const std::vector<std::string_view>& literals) {
  std::vector<Branch> branches{{.end = static_cast<std::uint32_t>(literals.size())}};  // by node
  for (std::uint32_t number = kRoot; number < nodes_.size(); ++number) {
    Branch branch = branches[number];
    Node node = nodes_[number];
    if (branch.characters > 1) note_rest(node, branch, literals);
    if (literals[branch.begin].size() == branch.depth) {
      node.literal = static_cast<std::int32_t>(branch.begin++);
      if (branch.characters == 1) alone_.set(number_at(literals[branch.begin - 1], 0).number);
    }
    while (branch.begin < branch.end) {
      const utf8::CodePoint next = character_at(literals[branch.begin], branch.depth);
      const std::string_view bytes = literals[branch.begin].substr(branch.depth, next.length);
      const std::uint32_t from = branch.begin;
      while (branch.begin < branch.end &&
             literals[branch.begin].substr(branch.depth).starts_with(bytes))
        ++branch.begin;
      branches.push_back({.begin = from,
                          .end = branch.begin,
                          .depth = branch.depth + next.length,
                          .characters = branch.characters + 1});
      nodes_.push_back({.by = edge_by(number, next.value)});
      node.next |= mark_of(next.value);
    }
    nodes_[number] = node;
  }
}

/// As the literals are ascending, what the first and the last share, all do.
void LiteralTree::note_rest(Node& node,
                            Branch& branch,
                            const std::vector<std::string_view>& literals) {
  const std::string_view first = literals[branch.begin].substr(branch.depth);
  const std::string_view last = literals[branch.end - 1].substr(branch.depth);
  const std::size_t size = shared_size(first, last);
  node.rest_begin = static_cast<std::uint32_t>(rests_.size());
  node.rest = static_cast<std::uint16_t>(size);
  node.rest_characters = static_cast<std::uint16_t>(utf8::length(first.substr(0, size)));
  rests_ += first.substr(0, size);
  branch.depth += size;
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

/// The nodes of one character stand behind the root, in front of those of two.
void LiteralTree::note_pairs() {
  for (std::uint32_t number = kRoot + 1; number < nodes_.size(); ++number) {
    const auto [from, second] = ends_of(nodes_[number]);
    if (from == kRoot) continue;
    const auto [root, first] = ends_of(nodes_[from]);
    if (root != kRoot) break;
    std::uint32_t& row = row_of_[number_of(first)];
    if (row == 0) {
      row = static_cast<std::uint32_t>(pairs_.size());
      pairs_.resize(pairs_.size() + kNumbers, kRoot);
    }
    const bool told = number_of(first) != 0 && number_of(second) != 0;
    pairs_[row + number_of(second)] = told ? number : kSeveral;
  }
}

std::uint32_t LiteralTree::node_of_pair(const NumberedText& text, std::size_t at) const {
  if (at + 1 == text.size()) return kRoot;
  const std::uint32_t first = child_of(kRoot, text.character(at));
  return first == kRoot ? kRoot : child_of(first, text.character(at + 1));
}

}  // namespace qanat::classifier
