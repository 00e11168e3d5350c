#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

#include "app/terminal.h"
#include "classifier/learning/cross_validation.h"
#include "record/json.h"

namespace qanat::app {

/// What `rules learn` tells.
struct LearningReport {
  std::string ruleset;  ///< whose weights were the start
  classifier::LearningPlan plan;
  std::size_t posts = 0;
  std::size_t rows = 0;
  std::size_t groups = 0;  ///< of posts that stay on one side of a split
  std::vector<classifier::RuleInfo> rules;
  std::vector<classifier::PathPoint> path;
  double l1 = 0.0;
  classifier::LearnedWeights learned;  ///< from all posts, rounded
  classifier::Figures before;          ///< in-sample, at the present weights
  classifier::Figures after;           ///< in-sample, at the learned ones
  classifier::CrossValidation held_out;
};

/// What the learned weights do worse than the present ones on posts that they were not learned
/// from, in words: "ad F1 0.914 → 0.882"; empty when nothing.
[[nodiscard]] std::string what_gets_worse(const LearningReport& report);

/// docs/schema/rule_learning.schema.json.
[[nodiscard]] record::Json learning_json(const LearningReport& report);

void print_learning(std::ostream& out, const Terminal& terminal, const LearningReport& report);

/// A weights.toml with the weight of every active rule, and what it was.
[[nodiscard]] std::string weights_toml(const LearningReport& report);

}  // namespace qanat::app
