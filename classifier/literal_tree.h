#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "classifier/characters.h"
#include "classifier/numbered_text.h"

namespace qanat::classifier {

/// Which of many strings stand at a place of a text. Looking takes no longer for more strings, only
/// for longer ones. Immutable once built; safe to share between threads.
class LiteralTree {
 public:
  LiteralTree() = default;
  /// `literals` are ascending, distinct, valid UTF-8, not empty and of less than 64 KiB each.
  explicit LiteralTree(const std::vector<std::string_view>& literals);

  /// Whether a literal of one character may have this number.
  [[nodiscard]] bool may_be(std::uint8_t only) const { return alone_[only]; }

  /// Calls visit(index, end) for the literal of one character that is `text`'s at `at`.
  template <class Visit>
  void visit_single(const NumberedText& text, std::size_t at, Visit&& visit) const {
    const Node& node = nodes_[child_of(kRoot, text.character(at))];
    if (node.literal != kNone) visit(static_cast<std::size_t>(node.literal), at + 1);
  }

  /// The same for each longer literal that stands there, the shortest first. Inline, as it is asked
  /// at each character.
  template <class Visit>
  [[gnu::always_inline]] void visit_longer(const NumberedText& text,
                                           std::size_t at,
                                           Visit&& visit) const {
    std::uint32_t node = pairs_[row_of_[text.number(at)] + text.number_or_none(at + 1)];
    if (node == kSeveral) node = node_of_pair(text, at);
    if (node != kRoot && may_go_on(nodes_[node], text, at + 2)) walk(text, at + 2, node, visit);
  }

 private:
  static constexpr std::int32_t kNone = -1;
  static constexpr std::uint32_t kRoot = 0;
  static constexpr std::uint32_t kSeveral = 0xFFFFFFFF;
  static constexpr unsigned kMarks = 64;

  /// What literals begin with: the characters up to the edge that leads to it, then the rest.
  struct Node {
    std::uint64_t by = 0;          ///< the edge that leads to it: see edge_by()
    std::uint64_t next = 0;        ///< marks of the characters that may follow; none: nothing does
    std::uint32_t rest_begin = 0;  ///< in rests_
    std::int32_t literal = kNone;  ///< that ends here
    std::uint16_t rest = 0;        ///< bytes that all its literals go on with
    std::uint16_t rest_characters = 0;
  };
  /// The literals of a node, side by side; `depth` bytes of them lead to it.
  struct Branch {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::size_t depth = 0;
    std::size_t characters = 0;
  };

  void grow(const std::vector<std::string_view>& literals);
  void note_rest(Node& node, Branch& branch, const std::vector<std::string_view>& literals);
  void spread_nodes();
  void note_pairs();
  [[nodiscard]] std::uint32_t node_of_pair(const NumberedText& text, std::size_t at) const;

  static std::uint64_t edge_by(std::uint32_t from, char32_t character) {
    return std::uint64_t{from} << 32U | character;
  }
  /// Of the node's edge: the node that it leaves, and its character.
  static std::pair<std::uint32_t, char32_t> ends_of(const Node& node) {
    return {static_cast<std::uint32_t>(node.by >> 32U), static_cast<char32_t>(node.by)};
  }
  static std::uint64_t hash_of(std::uint64_t value) {
    constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15;  // of the golden ratio
    return value * kSpread;
  }
  static std::uint64_t mark_of(char32_t character) {
    return std::uint64_t{1} << character % kMarks;
  }

  /// kRoot: there is none.
  [[nodiscard]] std::uint32_t child_of(std::uint32_t from, char32_t character) const {
    const std::uint64_t by = edge_by(from, character);
    for (std::size_t place = hash_of(by) >> shift_;; ++place) {
      const std::uint32_t number = numbers_[place & mask_];
      if (number == kRoot || nodes_[number].by == by) return number;
    }
  }

  /// Of what stands behind most pairs, a literal has nothing.
  static bool may_go_on(const Node& node, const NumberedText& text, std::size_t at) {
    if (node.rest != 0 || node.literal != kNone) return true;
    return at < text.size() && (node.next & mark_of(text.character(at))) != 0;
  }

  /// From the node whose edge ends before the character `at` on.
  template <class Visit>
  [[gnu::noinline]] void walk(const NumberedText& text,
                              std::size_t at,
                              std::uint32_t number,
                              Visit&& visit) const {
    do {
      const Node& node = nodes_[number];
      if (node.rest != 0 && !text.text().substr(text.byte_of(at)).starts_with(rest_of(node)))
        return;
      at += node.rest_characters;
      if (node.literal != kNone) visit(static_cast<std::size_t>(node.literal), at);
      if (node.next == 0 || at == text.size()) return;
      const char32_t next = text.character(at);
      if ((node.next & mark_of(next)) == 0) return;
      ++at;
      number = child_of(number, next);
    } while (number != kRoot);
  }

  [[nodiscard]] std::string_view rest_of(const Node& node) const {
    return std::string_view(rests_).substr(node.rest_begin, node.rest);
  }

  std::vector<Node> nodes_{Node{}};
  std::vector<std::uint32_t> numbers_{kRoot, kRoot};  ///< of nodes, by the hash of their edges
  std::size_t mask_ = 1;                              ///< of the places
  unsigned shift_ = 63;                               ///< leaves of a hash the bits of a place
  std::string rests_;                                 ///< one behind the other
  // By the numbers of characters.
  std::bitset<kNumbers> alone_;  ///< literals of one
  /// The nodes of two, in rows by the first; kSeveral: only the characters themselves tell. The
  /// first row is that of all characters that no literal begins with.
  std::vector<std::uint32_t> pairs_ = std::vector<std::uint32_t>(kNumbers, kRoot);
  std::array<std::uint32_t, kNumbers> row_of_{};  ///< where they begin
};

}  // namespace qanat::classifier
