#pragma once

#include <cstdint>
#include <random>
#include <ranges>

namespace qanat::test {

/// Choices that depend on the seed alone: the standard's engine, and no distribution of a library.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// 0 to `bound` - 1.
  std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }

  template <class Integer>
  Integer between(Integer low, Integer high) {
    return static_cast<Integer>(
        low + static_cast<Integer>(below(static_cast<std::uint64_t>(high - low) + 1)));
  }

  /// True once in `times` times.
  bool one_in(std::uint64_t times) { return below(times) == 0; }

  template <class Range>
  const auto& pick(const Range& range) {
    return range[below(std::ranges::size(range))];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace qanat::test
