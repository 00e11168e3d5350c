#include "app/label_remarks.h"

#include <cstddef>
#include <ranges>

#include "app/terminal.h"
#include "app/units.h"

namespace qanat::app {

void LabelRemarks::doubt(const std::vector<std::string>& doubts) {
  doubts_.insert(doubts_.end(), doubts.begin(), doubts.end());
}

void LabelRemarks::leave_out(const std::vector<std::string>& kinds) {
  for (const std::string& kind : kinds) ++left_out_[kind];
}

void LabelRemarks::tell(std::ostream& err) const {
  constexpr std::size_t kMostTold = 20;
  for (const std::string& doubt : doubts_ | std::views::take(kMostTold)) {
    err << "doubtful label: " << printable(doubt) << '\n';
  }
  if (doubts_.size() > kMostTold) {
    err << "doubtful labels: " << doubts_.size() - kMostTold << " more\n";
  }
  for (const auto& [kind, count] : left_out_) {
    err << "left out, because verdicts have no kind `" << printable(kind)
        << "`: " << counted(count, "span") << '\n';
  }
}

}  // namespace qanat::app
