#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qanat::classifier {

/// Which of many strings occur in a text, in one pass whatever their number (Aho and Corasick).
/// Immutable once built; safe to share between threads.
class LiteralMatcher {
 public:
  LiteralMatcher() = default;
  /// `literals` are distinct and not empty.
  explicit LiteralMatcher(const std::vector<std::string>& literals);

  /// Indices of the literals that occur, each once, in no order. `seen` is working memory: as many
  /// zeros as there are literals, and so again at the end.
  void find(std::string_view text, std::vector<char>& seen, std::vector<int>& found) const;

  [[nodiscard]] std::size_t size() const { return count_; }

 private:
  static constexpr std::int32_t kNone = -1;

  struct Node {
    std::int32_t literal = kNone;  ///< that ends here
    std::int32_t shorter = kNone;  ///< the next node on the way back at which one ends
  };

  /// A node of the tree while it grows: its children are a list.
  struct Branch {
    std::uint8_t byte_class = 0;
    std::int32_t literal = kNone;
    std::int32_t first_child = kNone;
    std::int32_t sibling = kNone;
  };

  void number_bytes(const std::vector<std::string>& literals);
  void insert(std::vector<Branch>& tree, std::string_view literal, std::int32_t index) const;
  void lay_out(const std::vector<Branch>& tree);
  /// Gives the next number to a branch whose node on the way back is `back`.
  std::uint32_t number(const Branch& branch, std::size_t back);

  std::size_t count_ = 0;
  std::array<std::uint8_t, 256> class_of_{};  ///< 0: a byte that no literal holds
  std::size_t classes_ = 1;
  std::vector<Node> nodes_;
  /// Nodes × classes: twice where the next node's row begins, plus one if a literal ends there.
  /// Nodes near the root, where texts mostly are, stand side by side.
  std::vector<std::uint32_t> steps_;
};

}  // namespace qanat::classifier
