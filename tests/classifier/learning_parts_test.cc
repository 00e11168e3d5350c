#include <cmath>

#include "classifier/learning/folds.h"
#include "classifier/learning/logistic.h"
#include "classifier/learning/platt.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::classifier;

namespace {

constexpr Parameter kFree{.prior = 0.0, .low = -10.0, .high = 10.0};
constexpr Penalty kNoPenalty{};

/// Rows of every combination of two rules, each answered both ways.
struct Planted {
  std::vector<TrainingRow> rows;
  std::vector<double> shares;  ///< as often as these weights say
};

Planted planted(double offset, double first, double second) {
  Planted out;
  for (const double a : {0.0, 1.0}) {
    for (const double b : {0.0, 1.0, 2.0}) {
      const double p = 1 / (1 + std::exp(-(offset + (a * first) + (b * second))));
      for (const bool promotion : {true, false}) {
        out.rows.push_back({.post = 0,
                            .terms = {{.rule = 0, .count = a}, {.rule = 1, .count = b}},
                            .offset = offset,
                            .promotion = promotion});
        out.shares.push_back(promotion ? p : 1 - p);
      }
    }
  }
  return out;
}

/// So many rows of one rule, the first `promotions` of them promotion.
std::vector<TrainingRow> rows_of_one(std::size_t all, std::size_t promotions) {
  std::vector<TrainingRow> rows;
  for (std::size_t i = 0; i < all; ++i) {
    rows.push_back({.terms = {{.rule = 0, .count = 1.0}}, .promotion = i < promotions});
  }
  return rows;
}

const std::vector<double> kFourOnce(4, 1.0);

ExaminedPost post_in(const std::string& channel, const std::string& text) {
  ExaminedPost post;
  post.labelled.channel = channel;
  post.labelled.text = text;
  return post;
}

}  // namespace

TEST_CASE("the fit finds the weights that the answers were drawn from", "[learning]") {
  const Planted data = planted(-1.5, 2.25, -0.75);

  const auto weights = Logistic(data.rows, std::vector{kFree, kFree}).fit(data.shares, kNoPenalty);

  CHECK(weights[0] == Approx(2.25).margin(1e-3));
  CHECK(weights[1] == Approx(-0.75).margin(1e-3));
}

TEST_CASE("three promotions of four make the odds three", "[learning]") {
  const auto rows = rows_of_one(4, 3);

  CHECK(Logistic(rows, std::vector{kFree}).fit(kFourOnce, kNoPenalty)[0] ==
        Approx(std::log(3.0)).margin(1e-4));
}

TEST_CASE("no weight leaves its bounds, and a locked one stays", "[learning]") {
  const auto mostly_not = rows_of_one(4, 1);  // ln(1/3) without bounds
  const Parameter ad{.prior = 1.0, .low = 0.0, .high = 3.0};
  const Parameter locked{.prior = 1.0, .low = 0.0, .high = 3.0, .locked = true};

  CHECK(Logistic(mostly_not, std::vector{ad}).fit(kFourOnce, kNoPenalty)[0] == 0.0);
  CHECK(Logistic(mostly_not, std::vector{locked}).fit(kFourOnce, kNoPenalty)[0] == 1.0);
}

TEST_CASE("a pull of full strength leaves the prior, a weaker one does not", "[learning]") {
  const auto rows = rows_of_one(4, 3);
  const Parameter parameter{.prior = 0.0, .low = 0.0, .high = 9.0};
  const Logistic logistic(rows, std::vector{parameter});

  // Mean of (1/2 − answer) over the rows: |2 − 3| / 4.
  CHECK(logistic.strongest_pull(kFourOnce) == Approx(0.25));
  CHECK(logistic.fit(kFourOnce, {.l1 = 0.25})[0] == 0.0);
  CHECK(logistic.fit(kFourOnce, {.l1 = 0.24})[0] > 0.0);
  // The optimum under l1: σ(w) − 3/4 + 0.1 = 0.
  CHECK(logistic.fit(kFourOnce, {.l1 = 0.1})[0] == Approx(std::log(0.65 / 0.35)).margin(1e-4));
}

TEST_CASE("the squared penalty pulls towards the prior, not towards nought", "[learning]") {
  const auto rows = rows_of_one(4, 2);  // 0 without a penalty
  const Parameter parameter{.prior = 2.0, .low = 0.0, .high = 9.0};

  const double weight =
      Logistic(rows, std::vector{parameter}).fit(kFourOnce, {.l1 = 0.0, .l2 = 100.0})[0];

  CHECK(weight == Approx(2.0).margin(0.01));
}

TEST_CASE("log-loss is the mean of the rows that count", "[learning]") {
  const auto rows = rows_of_one(4, 3);
  const std::vector<double> weight = {std::log(3.0)};  // p = 3/4

  CHECK(log_loss(rows, kFourOnce, weight) == Approx(-(3 * std::log(0.75) + std::log(0.25)) / 4));
  CHECK(log_loss(rows, std::vector{1.0, 0.0, 0.0, 0.0}, weight) == Approx(-std::log(0.75)));
}

TEST_CASE("posts of a channel and near-duplicates stay on one side of a split", "[learning]") {
  const std::string promo =
      "Подпишитесь на наш новый канал о машинном обучении и получите книгу в подарок уже сегодня";
  const std::vector<ExaminedPost> posts = {
      post_in("one", "Первый пост о совсем другом деле"),
      post_in("two", promo),
      post_in("one", "Второй пост, и снова о чём-то своём"),
      post_in("three", "Вот: " + promo + "!"),
      post_in("", "Ничей пост о погоде и о природе"),
      post_in("", "Другой ничей пост про новости дня"),
  };

  CHECK(leakage_groups(posts) == std::vector<std::size_t>{0, 1, 0, 1, 2, 3});
}

TEST_CASE("folds hold whole groups, about equally many posts each", "[learning]") {
  const std::vector<std::size_t> groups = {0, 0, 0, 0, 1, 1, 2, 2, 3};

  const std::vector<std::size_t> folds = spread_over_folds(groups, 2);

  CHECK(folds == std::vector<std::size_t>{0, 0, 0, 0, 1, 1, 1, 1, 0});
  CHECK(spread_over_folds(std::vector<std::size_t>{0, 0}, 5) == std::vector<std::size_t>{0, 0});
}

TEST_CASE("Platt finds the slope and shift that the outcomes were drawn from", "[learning]") {
  std::vector<Scored> scores;
  for (int i = 0; i < 10000; ++i) {
    scores.push_back({.score = 1.0, .happened = i < 8000});
    scores.push_back({.score = -1.0, .happened = i < 3000});
  }

  const Platt platt = fit_platt(scores);

  CHECK(platt.probability(1.0) == Approx(0.8).margin(0.001));
  CHECK(platt.probability(-1.0) == Approx(0.3).margin(0.001));
}

TEST_CASE("Platt stays finite on separated scores and is the identity on one kind", "[learning]") {
  const std::vector<Scored> separated = {{.score = -4.0, .happened = false},
                                         {.score = -3.0, .happened = false},
                                         {.score = 5.0, .happened = true}};
  const std::vector<Scored> one_kind = {{.score = 1.0, .happened = true}};

  CHECK(std::isfinite(fit_platt(separated).slope));
  CHECK(fit_platt(separated).probability(5.0) < 0.8);  // the target of one positive is 2/3
  CHECK(fit_platt(one_kind).slope == 1.0);
  CHECK(fit_platt(one_kind).shift == 0.0);
}
