#include "bench/paired_time.h"

#include <algorithm>
#include <ctime>
#include <functional>
#include <limits>
#include <vector>

namespace qanat::bench {

namespace {

double seconds_of(const std::function<void()>& work) {
  const double begin = cpu_seconds();
  work();
  return cpu_seconds() - begin;
}

}  // namespace

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::vector<PairedTime> time_pairs(const std::vector<Case>& cases, int rounds) {
  constexpr double kNever = std::numeric_limits<double>::max();
  std::vector<PairedTime> least(cases.size(), {.reference = kNever, .ours = kNever});
  for (int round = 0; round <= rounds; ++round) {
    for (std::size_t i = 0; i < cases.size(); ++i) {
      const double reference = seconds_of(cases[i].reference);
      const double ours = seconds_of(cases[i].ours);
      if (round < rounds && round == 0) continue;
      least[i].reference = std::min(least[i].reference, reference);
      least[i].ours = std::min(least[i].ours, ours);
    }
  }
  return least;
}

PairedTime sum(const std::vector<PairedTime>& times) {
  PairedTime total;
  for (const PairedTime& each : times) {
    total.reference += each.reference;
    total.ours += each.ours;
  }
  return total;
}

}  // namespace qanat::bench
