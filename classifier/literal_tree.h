#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/characters.h"

namespace qanat::classifier {

/// Which of many strings stand at a place of a text. Looking takes no longer for more strings, only
/// for longer ones. Immutable once built; safe to share between threads.
class LiteralTree {
 public:
  LiteralTree() = default;
  /// `literals` are ascending, distinct, valid UTF-8, not empty and of less than 64 KiB each.
  explicit LiteralTree(const std::vector<std::string_view>& literals);

  /// Of characters by their numbers: whether a literal may be the one alone; whether a longer one
  /// may begin with two of a text, which at most places is all that is asked; and with three.
  [[nodiscard]] bool may_be(std::uint8_t only) const { return alone_[only]; }
  [[nodiscard]] bool may_begin_with(std::uint8_t first, std::uint8_t second) const {
    return pairs_[place_of(first, second)];
  }
  [[nodiscard]] bool may_begin_with(std::uint8_t first,
                                    std::uint8_t second,
                                    std::uint8_t third) const {
    return pairs_alone_[place_of(first, second)] || triples_[place_of(first, second, third)];
  }
  /// Calls visit(index, end) for each literal that stands at `text[at]`, the shortest first. The
  /// text is valid UTF-8.
  template <class Visit>
  void visit_at(std::string_view text, std::size_t at, Visit&& visit) const {
    std::uint32_t number = kRoot;
    while (at < text.size()) {
      const utf8::CodePoint next = character_at(text, at);
      number = child_of(number, next.value);
      if (number == kRoot) return;
      const Node& node = nodes_[number];
      at += next.length;
      if (node.rest != 0 && !text.substr(at).starts_with(rest_of(node))) return;
      if (node.literal != kNone) visit(static_cast<std::size_t>(node.literal), at + node.rest);
      if (node.ends) return;
    }
  }

 private:
  static constexpr std::int32_t kNone = -1;
  static constexpr std::uint32_t kRoot = 0;
  static constexpr unsigned kTripleBits = 18;

  struct Node {
    std::uint64_t by = 0;          ///< the edge that leads to it: see edge_by()
    std::uint32_t rest_begin = 0;  ///< in rests_
    std::int32_t literal = kNone;  ///< that ends here
    std::uint16_t rest = 0;        ///< bytes that must follow, where only one literal is left
    bool ends = false;             ///< nothing comes behind it
  };

  void spread_nodes();
  void note_opening(std::string_view literal);

  static std::uint64_t edge_by(std::uint32_t from, char32_t character) {
    return std::uint64_t{from} << 32U | character;
  }
  static std::uint64_t hash_of(std::uint64_t value) {
    constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15;  // of the golden ratio
    return value * kSpread;
  }
  static std::size_t place_of(std::size_t first, std::size_t second) {
    return first * kNumbers + second;
  }
  static std::size_t place_of(std::size_t first, std::size_t second, std::size_t third) {
    return hash_of(place_of(first, second) * kNumbers + third) >> (64 - kTripleBits);
  }

  /// kRoot: there is none.
  [[nodiscard]] std::uint32_t child_of(std::uint32_t from, char32_t character) const {
    const std::uint64_t by = edge_by(from, character);
    for (std::size_t place = hash_of(by) >> shift_;; ++place) {
      const std::uint32_t number = numbers_[place & mask_];
      if (number == kRoot || nodes_[number].by == by) return number;
    }
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
  std::bitset<kNumbers> alone_;                         ///< literals of one
  std::bitset<kNumbers * kNumbers> pairs_alone_;        ///< literals of two
  std::bitset<kNumbers * kNumbers> pairs_;              ///< the first two of literals
  std::bitset<std::size_t{1} << kTripleBits> triples_;  ///< the first three, by hash
};

}  // namespace qanat::classifier
