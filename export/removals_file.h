#pragma once

#include <span>
#include <string>

#include "store/removal.h"

namespace qanat::exporting {

inline constexpr const char* kRemovalsName = "REMOVALS.jsonl";
inline constexpr const char* kRemovalSchema = "qanat.removal/1";

/// A line for each, by its name alone: neither why nor what it said.
[[nodiscard]] std::string removals_text(std::span<const store::Removal> removals);

}  // namespace qanat::exporting
