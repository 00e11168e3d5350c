#include "classifier/learning/weight_learning.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

#include "classifier/learning/folds.h"

namespace qanat::classifier {
namespace {

constexpr std::size_t kStrengths = 13;  ///< four a power of ten, over three of them
constexpr double kMoved = 0.0005;       ///< logits: what rounding to milli-logits would lose

Penalty penalty(double l1) { return {.l1 = l1, .l2 = l1 / 2}; }

Parameter parameter_of(const RuleInfo& rule, const LearningPlan& plan) {
  const bool weighs = rule.label == RuleLabel::ad || rule.label == RuleLabel::qa;
  // What weighs nothing now leaves no trace in the evidence to learn from.
  const bool free = weighs && rule.status == RuleStatus::active && rule.weight != 0 &&
                    rule.lowest < rule.highest && !plan.locked.contains(rule.id);
  return {.prior = rule.weight / 1000.0,
          .low = rule.lowest / 1000.0,
          .high = rule.highest / 1000.0,
          .locked = !free};
}

double mean(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return values.empty() ? 0.0 : sum / static_cast<double>(values.size());
}

double standard_error(std::span<const double> values) {
  if (values.size() < 2) return 0.0;
  const double centre = mean(values);
  double squares = 0.0;
  for (const double value : values) squares += (value - centre) * (value - centre);
  const auto n = static_cast<double>(values.size());
  return std::sqrt(squares / (n - 1) / n);
}

/// The value that a share of the sorted values lies below.
double quantile(const std::vector<double>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  return sorted[static_cast<std::size_t>(std::lround(at))];
}

/// How the resamples moved one weight.
struct Movement {
  double selected = 0.0;
  double same_way = 0.0;
  double low = 0.0;
  double high = 0.0;
};

Movement movement_of(const std::vector<std::vector<double>>& fits, std::size_t rule, double prior) {
  if (fits.empty()) return {.selected = 1.0, .same_way = 1.0, .low = prior, .high = prior};
  std::size_t up = 0;
  std::size_t down = 0;
  std::vector<double> values;
  for (const std::vector<double>& fit : fits) {
    values.push_back(fit[rule]);
    up += fit[rule] - prior > kMoved ? 1 : 0;
    down += prior - fit[rule] > kMoved ? 1 : 0;
  }
  std::ranges::sort(values);
  const auto moved = static_cast<double>(up + down);
  return {.selected = moved / static_cast<double>(fits.size()),
          .same_way = moved == 0 ? 0.0 : static_cast<double>(std::max(up, down)) / moved,
          .low = quantile(values, 0.05),
          .high = quantile(values, 0.95)};
}

}  // namespace

WeightLearner::WeightLearner(std::span<const ExaminedPost> posts,
                             std::span<const RuleInfo> rules,
                             LearningPlan plan)
    : rules_(rules),
      plan_(std::move(plan)),
      rows_(training_rows(posts, rules)),
      group_of_(leakage_groups(posts)),
      fold_of_(spread_over_folds(group_of_, plan_.folds)) {
  for (const RuleInfo& rule : rules) parameters_.push_back(parameter_of(rule, plan_));
  for (const std::size_t group : group_of_) group_count_ = std::max(group_count_, group + 1);
  for (const std::size_t fold : fold_of_) folds_ = std::max(folds_, fold + 1);
}

std::vector<double> WeightLearner::shares_outside(std::size_t held_out) const {
  std::vector<double> shares;
  shares.reserve(rows_.size());
  for (const TrainingRow& row : rows_) shares.push_back(fold_of_[row.post] == held_out ? 0 : 1);
  return shares;
}

std::vector<double> WeightLearner::shares_of(std::size_t fold) const {
  std::vector<double> shares;
  shares.reserve(rows_.size());
  for (const TrainingRow& row : rows_) shares.push_back(fold_of_[row.post] == fold ? 1 : 0);
  return shares;
}

std::vector<PathPoint> WeightLearner::path() const {
  const Logistic logistic(rows_, parameters_);
  const double strongest = logistic.strongest_pull(shares_outside(kNoFold));
  std::vector<std::vector<double>> losses(kStrengths);  // by strength, by fold
  std::vector<PathPoint> path(kStrengths);
  for (std::size_t i = 0; i < kStrengths; ++i) {
    path[i].l1 = strongest * std::pow(10.0, -static_cast<double>(i) / 4);
    for (std::size_t fold = 0; fold < folds_; ++fold) {
      const auto weights = logistic.fit(shares_outside(fold), penalty(path[i].l1));
      losses[i].push_back(log_loss(rows_, shares_of(fold), weights));
    }
    path[i].loss = mean(losses[i]);
  }
  const auto best =
      static_cast<std::size_t>(std::ranges::min_element(path, {}, &PathPoint::loss) - path.begin());
  for (std::size_t i = 0; i < kStrengths; ++i) {
    std::vector<double> lags;
    lags.reserve(folds_);
    for (std::size_t fold = 0; fold < folds_; ++fold) {
      lags.push_back(losses[i][fold] - losses[best][fold]);
    }
    path[i].lag = mean(lags);
    path[i].lag_error = standard_error(lags);
  }
  return path;
}

double WeightLearner::one_standard_error(std::span<const PathPoint> path) {
  const auto chosen = std::ranges::find_if(
      path, [](const PathPoint& point) { return point.lag <= point.lag_error; });
  return chosen == path.end() ? 0.0 : chosen->l1;
}

std::vector<std::vector<double>> WeightLearner::resampled_fits(double l1,
                                                               std::size_t held_out) const {
  std::vector<std::size_t> groups;
  for (std::size_t post = 0; post < group_of_.size(); ++post) {
    if (fold_of_[post] != held_out) groups.push_back(group_of_[post]);
  }
  std::ranges::sort(groups);
  const auto repeated = std::ranges::unique(groups);
  groups.erase(repeated.begin(), repeated.end());
  if (groups.empty()) return {};

  std::mt19937_64 random(plan_.seed);
  const Logistic logistic(rows_, parameters_);
  std::vector<std::vector<double>> fits;
  for (std::size_t resample = 0; resample < plan_.resamples; ++resample) {
    std::vector<double> times(group_count_, 0.0);
    // The remainder, not a distribution: those differ from library to library.
    for (std::size_t i = 0; i < groups.size(); ++i) ++times[groups[random() % groups.size()]];
    std::vector<double> shares;
    shares.reserve(rows_.size());
    for (const TrainingRow& row : rows_) shares.push_back(times[group_of_[row.post]]);
    fits.push_back(logistic.fit(shares, penalty(l1)));
  }
  return fits;
}

std::int32_t WeightLearner::milli_logits(std::size_t rule, double logits) const {
  const auto rounded = static_cast<std::int32_t>(std::lround(logits * 1000));
  return std::clamp(rounded, rules_[rule].lowest, rules_[rule].highest);
}

LearnedWeights WeightLearner::learn(double l1, std::size_t held_out) const {
  const std::vector<std::vector<double>> fits = resampled_fits(l1, held_out);
  std::vector<Movement> movements;
  std::vector<Parameter> chosen = parameters_;
  for (std::size_t rule = 0; rule < rules_.size(); ++rule) {
    movements.push_back(movement_of(fits, rule, parameters_[rule].prior));
    if (movements[rule].selected < plan_.least_selected) chosen[rule].locked = true;
  }
  const std::vector<double> fitted =
      Logistic(rows_, chosen).fit(shares_outside(held_out), penalty(l1));

  std::vector<std::size_t> spoken(rules_.size(), 0);
  for (const TrainingRow& row : rows_) {
    for (const Term& term : row.terms) ++spoken[term.rule];
  }
  LearnedWeights learned{.weights = weights_of(rules_), .rules = {}};
  for (std::size_t rule = 0; rule < rules_.size(); ++rule) {
    if (parameters_[rule].locked) continue;
    learned.weights[rule] = milli_logits(rule, fitted[rule]);
    learned.rules.push_back({.rule = rule,
                             .rows = spoken[rule],
                             .before = rules_[rule].weight,
                             .after = learned.weights[rule],
                             .selected = movements[rule].selected,
                             .same_way = movements[rule].same_way,
                             .low = milli_logits(rule, movements[rule].low),
                             .high = milli_logits(rule, movements[rule].high)});
  }
  return learned;
}

}  // namespace qanat::classifier
