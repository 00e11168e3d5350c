#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace qanat::classifier {

/// Which of many strings stand at a place of a text. Looking takes no longer for more strings, only
/// for longer ones. Immutable once built; safe to share between threads.
class LiteralTree {
 public:
  LiteralTree() = default;
  /// `literals` are ascending, distinct, not empty and of less than 64 KiB each.
  explicit LiteralTree(const std::vector<std::string_view>& literals);

  /// For literals of two characters or more: false where none stands at `text[at]`, nearly always.
  /// At most places this is all that is asked.
  [[nodiscard]] bool may_stand_at(std::string_view text, std::size_t at) const {
    const std::uint32_t first = first_bytes(text.substr(at));
    return openings_[place_of(first)] || openings_[place_of(first & kThreeBytes)] ||
           openings_[place_of(first & kTwoBytes)];
  }

  /// Calls visit(index, end) for each literal that stands at `text[at]`, the shortest first.
  template <class Visit>
  void visit_at(std::string_view text, std::size_t at, Visit&& visit) const {
    const Node* node = nodes_.data();
    while (node->children > 0 && at < text.size()) {
      node = child_of(*node, text[at++]);
      if (node == nullptr) return;
      const std::string_view rest = rest_of(*node);
      if (!text.substr(at).starts_with(rest)) return;
      if (node->literal != kNone) visit(static_cast<std::size_t>(node->literal), at + rest.size());
    }
  }

 private:
  static constexpr std::int32_t kNone = -1;
  static constexpr std::uint32_t kThreeBytes = 0xFFFFFF;
  static constexpr std::uint32_t kTwoBytes = 0xFFFF;
  static constexpr unsigned kOpeningBits = 15;

  /// The children of a node follow one another. Where only one literal is left there are none, but
  /// the rest of the literal.
  struct Node {
    std::uint32_t first = 0;       ///< child; or the first byte of the rest, in rests_
    std::uint16_t children = 0;    ///< how many
    std::uint16_t rest = 0;        ///< bytes of it
    std::int32_t literal = kNone;  ///< that ends here
  };

  /// Zeros where the text ends sooner.
  static std::uint32_t first_bytes(std::string_view text) {
    const auto byte = [text](std::size_t at) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at])) << (8 * at);
    };
    if (text.size() >= 4) return byte(0) | byte(1) | byte(2) | byte(3);
    std::uint32_t bytes = 0;
    for (std::size_t at = 0; at < text.size(); ++at) bytes |= byte(at);
    return bytes;
  }
  static std::size_t place_of(std::uint32_t bytes) {
    constexpr std::uint32_t kSpread = 0x9E3779B1;  // of the golden ratio
    return (bytes * kSpread) >> (32 - kOpeningBits);
  }

  void note_opening(std::string_view literal);

  /// Null: there is none.
  [[nodiscard]] const Node* child_of(const Node& parent, char byte) const {
    const char* children = bytes_.data() + parent.first;
    const void* found = std::memchr(children, byte, parent.children);
    if (found == nullptr) return nullptr;
    return nodes_.data() + parent.first + (static_cast<const char*>(found) - children);
  }

  [[nodiscard]] std::string_view rest_of(const Node& node) const {
    if (node.rest == 0) return {};
    return std::string_view(rests_).substr(node.first, node.rest);
  }

  std::vector<Node> nodes_{Node{}};
  std::string bytes_{'\0'};  ///< by node: the byte that leads to it
  std::string rests_;        ///< one behind the other
  /// Hashes of the first four bytes of each literal of two characters or more, or of all.
  std::bitset<std::size_t{1} << kOpeningBits> openings_;
};

}  // namespace qanat::classifier
