#pragma once

#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "classifier/lint.h"
#include "classifier/rule.h"

namespace qanat::classifier {

[[nodiscard]] RuleSource read_rule(const toml::table& table,
                                   std::string_view path,
                                   Findings& findings);
[[nodiscard]] CompositeSource read_composite(const toml::table& table,
                                             std::string_view path,
                                             Findings& findings);

class TableReader;
/// The examples of `match`, `no_match` and `known_miss`.
[[nodiscard]] std::vector<Example> read_examples(TableReader& reader);

}  // namespace qanat::classifier
