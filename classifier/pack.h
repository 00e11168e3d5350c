#pragma once

#include <vector>

#include "classifier/lint.h"
#include "classifier/rule.h"
#include "classifier/rule_set.h"

namespace qanat::classifier {

/// What a pack must name as its `schema`, and may name in `requires_engine`. The engine's number is
/// raised whenever the same rules would judge differently.
inline constexpr int kPackSchema = 1;
inline constexpr int kEngineVersion = 3;

/// Reads all files: pack.toml, lists/*.txt, vocabulary.tsv, knowledge.tsv, channels/*.toml,
/// weights.toml and rule files, each of them at the root or in the folder of a pack. What cannot be
/// read is left out and becomes a finding. The order of `files` does not matter.
[[nodiscard]] Pack read_pack(const std::vector<PackFile>& files, Findings& findings);

}  // namespace qanat::classifier
