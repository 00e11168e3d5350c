#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/verdict.h"

/// What near-duplicates are found and told by. Pure.
namespace qanat::store {

inline constexpr std::size_t kBands = 7;
/// Posts that share at least this part of their shingles say the same.
inline constexpr double kNearDuplicate = 0.8;

/// A post's words, in two forms of growing tolerance. The store keeps it: other values for the
/// same text need Store::rebuild_clusters().
struct ContentSketch {
  /// SHA-256 (hex) of the words: equal for posts that differ in case, marks, emoji, links and
  /// handles alone. Empty when no word is left.
  std::string words_sha256;
  /// Hashes of each three words in a row, ascending, each once; empty for texts too short to be
  /// told apart by them.
  std::vector<std::uint32_t> shingles;
};

/// MinHash bands: two posts that share one are worth a comparison. Of posts that share 80 % of
/// their shingles 99 % do, of posts that share a tenth seven in a thousand. None without shingles.
[[nodiscard]] std::vector<std::int64_t> bands_of(std::span<const std::uint32_t> shingles);

/// Of what a post with this text says by itself: without signature and boilerplate, and without its
/// ad, unless the whole post is one.
[[nodiscard]] ContentSketch sketch_of(std::string_view text, const Verdict& verdict);
[[nodiscard]] ContentSketch sketch_of(std::string_view text);

/// Shared part of two ascending lists: |a ∩ b| / |a ∪ b|; 0 when both are empty.
[[nodiscard]] double jaccard(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);

}  // namespace qanat::store
