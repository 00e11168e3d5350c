#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "support/random.h"

/// Invented Russian posts and rules about their words, from a seed: for who has no corpus at hand.
namespace qanat::bench {

/// Posts as channels write them: paragraphs, lists, code, links, now and then a promotion. No two
/// are alike, so that no cache has met them.
class PostWriter {
 public:
  explicit PostWriter(std::uint64_t seed) : random_(seed) {}

  /// A text of at least so many bytes, and hardly more than 200 beyond.
  [[nodiscard]] std::string write(std::size_t bytes);

 private:
  std::string word();
  std::string sentence();
  std::string paragraph();
  std::string list();
  std::string piece();

  test::Random random_;
};

/// A pack's file with `count` rules, five patterns each, over the words that posts are written in.
[[nodiscard]] std::string made_rules(std::size_t count, std::uint64_t seed);

}  // namespace qanat::bench
