#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

/// Two ways to do the same work, timed against each other in one process.
namespace qanat::bench {

/// One input for both ways; `bytes` is its size.
struct Case {
  std::string name;
  std::size_t bytes = 0;
  std::function<void()> reference;
  std::function<void()> ours;
};

/// Seconds of this thread's CPU time, the least of all rounds: what disturbs a run only adds.
struct PairedTime {
  double reference = 0;
  double ours = 0;

  [[nodiscard]] double ratio() const { return ours / reference; }
};

/// Runs every case `rounds` times, each time the reference and then ours, after one round that is
/// not counted. 0: that round alone, which counts then: for work beside which warming up is
/// nothing.
[[nodiscard]] std::vector<PairedTime> time_pairs(const std::vector<Case>& cases, int rounds);

/// This thread's CPU time so far.
[[nodiscard]] double cpu_seconds();

/// The times of all cases added up.
[[nodiscard]] PairedTime sum(const std::vector<PairedTime>& times);

}  // namespace qanat::bench
