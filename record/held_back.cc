#include "record/held_back.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace qanat::record {

bool is_held_back(const RuleHit& hit) {
  constexpr std::array<std::string_view, 4> kNotes{
      "vetoed by ", "held back by ", "disabled by override: ", "absorbed by "};
  return std::ranges::any_of(kNotes,
                             [&](std::string_view note) { return hit.note.starts_with(note); });
}

}  // namespace qanat::record
