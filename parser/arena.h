#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

namespace qanat::parser {

/// Memory for one tree: taken from the system in large blocks, handed out in pieces, taken back all
/// at once, and never more than a limit. Pieces released before are handed out again. One thread.
class Arena {
 public:
  /// Takes back all pieces. Keeps some blocks for the next tree: to get a page's worth of memory
  /// from the system costs a quarter of what parsing it does.
  void start(std::size_t limit);

  /// A piece of at least that size, aligned for a pointer; nullptr when the limit would be passed.
  [[nodiscard]] void* allocate(std::size_t bytes);
  /// Takes back a piece of this arena; nullptr is none.
  void release(void* piece) noexcept;

  [[nodiscard]] std::size_t limit() const { return limit_; }

 private:
  using Block = std::unique_ptr<std::byte[]>;  // NOLINT(modernize-avoid-c-arrays): size at run time

  /// What stands before each piece.
  struct Header {
    std::size_t size_class;
  };
  /// A released piece.
  struct Free {
    Free* next;
  };

  [[nodiscard]] void* carve(std::size_t size);
  [[nodiscard]] std::byte* next_block();
  [[nodiscard]] bool take(std::size_t size);

  static constexpr std::size_t kClasses = 128;

  std::size_t limit_ = 0;
  std::size_t used_ = 0;       ///< bytes handed out since the start, in blocks
  std::vector<Block> blocks_;  ///< of kBlock bytes each
  std::size_t blocks_used_ = 0;
  std::vector<Block> large_;   ///< one piece each
  std::byte* next_ = nullptr;  ///< where the last block is still unused
  std::size_t left_ = 0;
  std::array<Free*, kClasses> free_{};
};

}  // namespace qanat::parser
