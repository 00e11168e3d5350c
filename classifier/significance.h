#pragma once

#include <cstddef>

namespace qanat::classifier {

/// McNemar's exact test: how likely at least so uneven a split of `wins + losses` changed answers
/// is when both sides answer equally well. Two-sided; 1 when nothing changed.
[[nodiscard]] double mcnemar_p(std::size_t wins, std::size_t losses);

}  // namespace qanat::classifier
