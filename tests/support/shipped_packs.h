#pragma once

#include <vector>

#include "classifier/rule_set.h"

namespace qanat::test {

/// The files of the project's own rules/ folder, by path.
[[nodiscard]] std::vector<classifier::PackFile> shipped_packs();

}  // namespace qanat::test
