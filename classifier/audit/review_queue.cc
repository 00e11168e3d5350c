#include "classifier/audit/review_queue.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "base/sha256.h"

namespace qanat::classifier {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 3> kReasons = {"uncertain", "random_kept", "random_dropped"};

/// Of the queue, for each of the two random slices.
constexpr double kRandomShare = 0.15;

/// A number in (0, 1) that belongs to the post for ever: draws with the same seed are the same.
double lot(const Candidate& candidate, std::uint64_t seed, std::string_view purpose) {
  constexpr std::size_t kDigits = 13;  // 52 bits: exact in a double
  const std::uint64_t bits = sha256_number(
      std::to_string(seed) + " " + std::string(purpose) + " " + candidate.id, kDigits);
  return (static_cast<double>(bits) + 0.5) / 0x1p52;
}

/// One draw over a part of the candidates.
class Draw {
 public:
  Draw(std::span<const Candidate> candidates, std::uint64_t seed, std::string_view purpose) {
    lots_.reserve(candidates.size());
    for (const Candidate& candidate : candidates) lots_.push_back(lot(candidate, seed, purpose));
  }

  /// The `count` of `members` with the smallest lot for their chance: sequential Poisson sampling.
  /// With equal chances it is a simple random sample.
  [[nodiscard]] std::vector<std::size_t> take(std::vector<std::size_t> members,
                                              std::size_t count,
                                              const std::vector<double>& chances) const {
    const auto rank = [&](std::size_t i) { return chances[i] < 1 ? lots_[i] / chances[i] : 0.0; };
    const auto before = [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); };
    std::ranges::sort(members, before);
    members.resize(std::min(count, members.size()));
    return members;
  }

 private:
  std::vector<double> lots_;
};

/// What those that are not certain share, for one of size 1.
double chance_for_size(const std::vector<double>& sizes,
                       const std::vector<double>& chances,
                       std::size_t count) {
  double rest = 0.0;
  auto left = static_cast<double>(count);
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (chances[i] >= 1) left -= 1;
    if (chances[i] < 1) rest += sizes[i];
  }
  return left / rest;
}

/// Chances in proportion to `sizes` that add up to `count`, none over 1.
std::vector<double> proportional_chances(const std::vector<double>& sizes, std::size_t count) {
  if (count >= sizes.size()) return std::vector<double>(sizes.size(), 1.0);
  std::vector<double> chances(sizes.size(), 0.0);
  for (bool settled = false; !settled;) {
    settled = true;
    const double each = chance_for_size(sizes, chances, count);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      if (chances[i] >= 1) continue;
      chances[i] = std::min(1.0, each * sizes[i]);
      settled = settled && chances[i] < 1;
    }
  }
  return chances;
}

/// The queue of one call, by slices that may overlap.
class Queue {
 public:
  Queue(std::span<const Candidate> candidates, std::uint64_t seed)
      : candidates_(candidates),
        reasons_(candidates.size()),
        chances_(candidates.size(), 0.0),
        random_(candidates, seed, "random"),
        priority_(candidates, seed, "priority") {
    for (const Candidate& candidate : candidates) {
      // Even the surest post has a chance, else it could not be weighed.
      priorities_.push_back(std::max(priority(candidate), 1e-6));
    }
  }

  void add_random(bool dropped, std::size_t count) {
    if (count == 0) return;
    std::vector<std::size_t> members;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (candidates_[i].dropped == dropped) members.push_back(i);
    }
    if (members.empty()) return;
    const double chance =
        std::min(1.0, static_cast<double>(count) / static_cast<double>(members.size()));
    for (const std::size_t i : members) chances_[i] = chance;
    for (const std::size_t i : random_.take(members, count, chances_)) {
      reasons_[i] = dropped ? Reason::random_dropped : Reason::random_kept;
      ++size_;
    }
  }

  /// Fills up to `size`: posts that a random slice holds already do not count twice.
  void add_uncertain(std::size_t size) {
    std::vector<std::size_t> all(candidates_.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    // Who asks for all of them asks each for certain.
    std::size_t count = size == all.size() ? size : size - std::min(size, size_);
    while (count > 0) {
      const std::vector<double> chances = proportional_chances(priorities_, count);
      const std::vector<std::size_t> taken = priority_.take(all, count, chances);
      const auto fresh = static_cast<std::size_t>(
          std::ranges::count_if(taken, [&](std::size_t i) { return !reasons_[i]; }));
      const std::size_t missing = size - std::min(size, size_ + fresh);
      if (missing == 0 || count == all.size()) {
        keep_uncertain(taken, chances);
        return;
      }
      count = std::min(all.size(), count + missing);
    }
  }

  [[nodiscard]] std::vector<Asked> result() const {
    std::vector<Asked> asked;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (!reasons_[i]) continue;
      asked.push_back({.candidate = i, .reason = *reasons_[i], .p_sample = chances_[i]});
    }
    return asked;
  }

 private:
  void keep_uncertain(const std::vector<std::size_t>& taken, const std::vector<double>& chances) {
    for (const std::size_t i : taken) reasons_[i] = reasons_[i].value_or(Reason::uncertain);
    for (std::size_t i = 0; i < chances.size(); ++i) {
      chances_[i] = 1 - ((1 - chances_[i]) * (1 - chances[i]));
    }
  }

  std::span<const Candidate> candidates_;
  std::vector<double> priorities_;
  std::vector<std::optional<Reason>> reasons_;  ///< of the chosen ones
  std::vector<double> chances_;
  Draw random_;
  Draw priority_;
  std::size_t size_ = 0;
};

}  // namespace

std::string_view name_of(Reason reason) { return kReasons.at(static_cast<std::size_t>(reason)); }

double priority(const Candidate& candidate) {
  const double p = candidate.ad_probability;
  const double uncertainty = candidate.undecided ? 1.0 : 4 * p * (1 - p);
  const double views = static_cast<double>(std::max<std::int64_t>(candidate.views, 0));
  return uncertainty * static_cast<double>(candidate.copies) * (1 + std::log10(1 + views));
}

std::vector<Asked> review_queue(std::span<const Candidate> candidates,
                                std::size_t size,
                                std::uint64_t seed) {
  size = std::min(size, candidates.size());
  const auto slice = static_cast<std::size_t>(std::ceil(kRandomShare * static_cast<double>(size)));
  Queue queue(candidates, seed);
  queue.add_random(true, slice);
  queue.add_random(false, std::min(slice, size - std::min(size, slice)));
  queue.add_uncertain(size);
  std::vector<Asked> asked = queue.result();
  const auto order = [&](const Asked& one) {
    return lot(candidates[one.candidate], seed, "order");
  };
  std::ranges::sort(asked, {}, order);
  return asked;
}

}  // namespace qanat::classifier
