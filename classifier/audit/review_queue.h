#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Which posts a person should label next, and the chance that each had to be chosen: without it,
/// labels of doubtful posts would say little about all the others. docs/auditing.md tells why.
namespace qanat::classifier {

/// A judged post, as the choice sees it.
struct Candidate {
  std::string id;               ///< decides the draw together with the seed
  double ad_probability = 0.0;  ///< of its verdict
  bool undecided = false;       ///< its outcome is `review`
  bool dropped = false;         ///< it, or a part of it, was taken out as an ad
  std::size_t copies = 1;       ///< posts that say the same, itself included
  std::int64_t views = 0;
};

enum class Reason {
  uncertain,       ///< near the threshold, and of reach
  random_kept,     ///< one of those that kept everything but footers
  random_dropped,  ///< one of those that lost something to an ad
};

/// "uncertain", "random_kept", "random_dropped".
[[nodiscard]] std::string_view name_of(Reason reason);

/// Uncertainty × reach. Uncertainty: 1 at the threshold, in review too, and towards 0 away from it.
/// Reach: copies × (1 + log10(1 + views)).
[[nodiscard]] double priority(const Candidate& candidate);

struct Asked {
  std::size_t candidate = 0;  ///< index into the candidates
  Reason reason = Reason::uncertain;
  double p_sample = 1.0;  ///< chance to be in this queue, for whatever reason
};

/// `size` posts, all of them when there are no more: 15 % of the queue (rounded up) at random from
/// the dropped, as many from the kept, the rest by chances in proportion to their priority. In an
/// order that tells nothing of the reason. The same candidates, size and seed give the same queue,
/// in whatever order the candidates come.
[[nodiscard]] std::vector<Asked> review_queue(std::span<const Candidate> candidates,
                                              std::size_t size,
                                              std::uint64_t seed);

}  // namespace qanat::classifier
