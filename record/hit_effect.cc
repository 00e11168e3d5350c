#include "record/hit_effect.h"

#include <algorithm>
#include <array>

namespace qanat::record {

HitEffect told_effect(HitEffect usual, std::string_view note) {
  if (note == "held back by when") return HitEffect::unmet;
  constexpr std::array<std::string_view, 4> kHeldBack{
      "vetoed by ", "held back: ", "disabled by override: ", "absorbed by "};
  const auto begins = [note](std::string_view beginning) { return note.starts_with(beginning); };
  return std::ranges::any_of(kHeldBack, begins) ? HitEffect::held_back : usual;
}

}  // namespace qanat::record
