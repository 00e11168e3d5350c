#include "classifier/learning/logistic.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace qanat::classifier {
namespace {

constexpr int kMostSweeps = 500;
constexpr double kSettled = 1e-6;  ///< logits: a thousandth of the unit that weights are kept in

double sigmoid(double z) { return 1 / (1 + std::exp(-z)); }

double margin_of(const TrainingRow& row, std::span<const double> weights) {
  double z = row.offset;
  for (const Term& term : row.terms) z += term.count * weights[term.rule];
  return z;
}

/// ln(1 + e^z) without overflow.
double softplus(double z) { return std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z))); }

double shrunk(double value, double by) {
  return std::copysign(std::max(std::abs(value) - by, 0.0), value);
}

double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Where a weight at `now` goes next. `slope` and `bend` are those of the mean log-loss.
double next_weight(
    const Parameter& parameter, double now, double slope, double bend, Penalty penalty) {
  const double distance = now - parameter.prior;
  const double curve = bend + (2 * penalty.l2);
  const double pull = slope + (2 * penalty.l2 * distance);
  const double target = parameter.prior + shrunk(distance - (pull / curve), penalty.l1 / curve);
  return std::clamp(target, parameter.low, parameter.high);
}

}  // namespace

Logistic::Logistic(std::span<const TrainingRow> rows, std::span<const Parameter> parameters)
    : rows_(rows), parameters_(parameters.begin(), parameters.end()), columns_(parameters.size()) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (const Term& term : rows[i].terms) {
      columns_[term.rule].push_back({.row = i, .count = term.count});
    }
  }
}

std::vector<double> Logistic::margins(std::span<const double> weights) const {
  std::vector<double> margins;
  margins.reserve(rows_.size());
  for (const TrainingRow& row : rows_) margins.push_back(margin_of(row, weights));
  return margins;
}

/// Of the summed log-loss along one weight.
double Logistic::slope(std::size_t parameter,
                       std::span<const double> margins,
                       std::span<const double> shares) const {
  double slope = 0.0;
  for (const Entry& entry : columns_[parameter]) {
    const double seen = rows_[entry.row].promotion ? 1.0 : 0.0;
    slope += shares[entry.row] * entry.count * (sigmoid(margins[entry.row]) - seen);
  }
  return slope;
}

std::vector<double> Logistic::priors() const {
  std::vector<double> weights;
  weights.reserve(parameters_.size());
  for (const Parameter& parameter : parameters_) weights.push_back(parameter.prior);
  return weights;
}

/// Of the summed log-loss along each weight, at most: it is nowhere steeper than a quarter, so
/// steps by it never overshoot.
std::vector<double> Logistic::bends(std::span<const double> shares) const {
  std::vector<double> bend(parameters_.size(), 0.0);
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    for (const Entry& entry : columns_[j]) {
      bend[j] += shares[entry.row] * entry.count * entry.count / 4;
    }
  }
  return bend;
}

std::vector<double> Logistic::fit(std::span<const double> shares, Penalty penalty) const {
  std::vector<double> weights = priors();
  const double total = sum(shares);
  if (total <= 0) return weights;

  std::vector<double> margin = margins(weights);
  const std::vector<double> bend = bends(shares);
  double moved = kSettled;
  for (int sweep = 0; sweep < kMostSweeps && moved >= kSettled; ++sweep) {
    moved = 0.0;
    for (std::size_t j = 0; j < parameters_.size(); ++j) {
      if (parameters_[j].locked || bend[j] == 0) continue;
      const double next = next_weight(
          parameters_[j], weights[j], slope(j, margin, shares) / total, bend[j] / total, penalty);
      const double step = next - weights[j];
      if (step == 0) continue;
      weights[j] = next;
      moved = std::max(moved, std::abs(step));
      for (const Entry& entry : columns_[j]) margin[entry.row] += step * entry.count;
    }
  }
  return weights;
}

double Logistic::strongest_pull(std::span<const double> shares) const {
  const std::vector<double> margin = margins(priors());
  const double total = sum(shares);
  double strongest = 0.0;
  for (std::size_t j = 0; j < parameters_.size(); ++j) {
    if (parameters_[j].locked || total <= 0) continue;
    strongest = std::max(strongest, std::abs(slope(j, margin, shares)) / total);
  }
  return strongest;
}

double log_loss(std::span<const TrainingRow> rows,
                std::span<const double> shares,
                std::span<const double> weights) {
  double loss = 0.0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (shares[i] == 0) continue;
    const double z = margin_of(rows[i], weights);
    loss += shares[i] * softplus(rows[i].promotion ? -z : z);
  }
  const double total = sum(shares);
  return total > 0 ? loss / total : 0.0;
}

}  // namespace qanat::classifier
