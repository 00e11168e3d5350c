#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace qanat::app {

/// Which of many lines of a log that are alike are written: of each kind so many in a period; how
/// many were left out is told once the period is over. One thread at a time.
class RepeatFold {
 public:
  using Moment = std::chrono::system_clock::time_point;

  static constexpr std::int64_t kWritten = 10;
  static constexpr std::chrono::minutes kPeriod{10};

  /// Whether a line of this kind is written now.
  bool takes(std::string_view kind, Moment now);

  struct LeftOut {
    std::string kind;
    std::int64_t lines = 0;
  };
  /// What was left out of the periods that are over at `now`; each is told once.
  std::vector<LeftOut> over(Moment now);

 private:
  struct Period {
    Moment begin;
    std::int64_t lines = 0;
  };

  std::map<std::string, Period, std::less<>> kinds_;
};

}  // namespace qanat::app
