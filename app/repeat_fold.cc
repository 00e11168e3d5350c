#include "app/repeat_fold.h"

namespace qanat::app {

bool RepeatFold::takes(std::string_view kind, Moment now) {
  const auto found = kinds_.find(kind);
  if (found == kinds_.end()) {
    kinds_.emplace(kind, Period{.begin = now, .lines = 1});
    return true;
  }
  return ++found->second.lines <= kWritten;
}

std::vector<RepeatFold::LeftOut> RepeatFold::over(Moment now) {
  std::vector<LeftOut> out;
  for (auto at = kinds_.begin(); at != kinds_.end();) {
    const auto& [kind, period] = *at;
    // The clock may have been set back since.
    if (now >= period.begin && now - period.begin < kPeriod) {
      ++at;
      continue;
    }
    if (period.lines > kWritten) out.push_back({.kind = kind, .lines = period.lines - kWritten});
    at = kinds_.erase(at);
  }
  return out;
}

}  // namespace qanat::app
