#include "classifier/learning/cross_validation.h"

#include <set>

#include "classifier/score.h"

namespace qanat::classifier {
namespace {

/// The posts of a fold, or those outside of it, as they stand in the corpus.
std::vector<std::size_t> posts_of(const WeightLearner& learner,
                                  std::size_t posts,
                                  std::size_t fold) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < posts; ++i) {
    if (learner.fold_of(i) == fold) out.push_back(i);
  }
  return out;
}

/// Verdicts on all posts and the scores behind them, filled fold by fold.
class OutOfFold {
 public:
  OutOfFold(std::span<const ExaminedPost> posts, const Classifier& judge)
      : posts_(posts), judge_(judge), verdicts_(posts.size()), scores_(posts.size()) {}

  void judge(std::size_t post, std::span<const std::int32_t> weights) {
    const std::vector<RuleInfo>& rules = judge_.rules().rules();
    const ExaminedPost& examined = posts_[post];
    const PostEvidence evidence = reweighed(examined.found.evidence, rules, weights);
    verdicts_[post] = judge_.judge(examined.found, evidence);
    scores_[post] = {.score = decide(evidence, rules).ad_score / 1000.0,
                     .happened = holds_promotion(examined.labelled.label)};
  }

  [[nodiscard]] Figures figures(const std::vector<std::size_t>& posts) const {
    std::vector<LabelledPost> labels;
    std::vector<Verdict> verdicts;
    for (const std::size_t post : posts) {
      labels.push_back(posts_[post].labelled);
      verdicts.push_back(verdicts_[post]);
    }
    return evaluate(labels, verdicts, Ambiguous::included).all;
  }

  [[nodiscard]] const std::vector<Scored>& scores() const { return scores_; }

 private:
  std::span<const ExaminedPost> posts_;
  const Classifier& judge_;
  std::vector<Verdict> verdicts_;
  std::vector<Scored> scores_;
};

Calibration calibrated(const std::vector<Scored>& scores,
                       const WeightLearner& learner,
                       bool with_platt) {
  std::vector<Forecast> forecasts;
  for (std::size_t fold = 0; fold < learner.folds(); ++fold) {
    std::vector<Scored> others;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (learner.fold_of(i) != fold) others.push_back(scores[i]);
    }
    const Platt platt = with_platt ? fit_platt(others) : Platt{};
    for (const std::size_t post : posts_of(learner, scores.size(), fold)) {
      forecasts.push_back({.probability = platt.probability(scores[post].score),
                           .happened = scores[post].happened});
    }
  }
  return calibration_of(std::move(forecasts));
}

}  // namespace

CrossValidation cross_validate(std::span<const ExaminedPost> posts,
                               const Classifier& judge,
                               const WeightLearner& learner,
                               double l1) {
  const std::vector<std::int32_t> present = weights_of(judge.rules().rules());
  OutOfFold before(posts, judge);
  OutOfFold after(posts, judge);
  CrossValidation result;
  std::vector<std::size_t> all;
  for (std::size_t fold = 0; fold < learner.folds(); ++fold) {
    const std::vector<std::int32_t> weights = learner.learn(l1, fold).weights;
    const std::vector<std::size_t> of_fold = posts_of(learner, posts.size(), fold);
    std::set<std::string> channels;
    for (const std::size_t post : of_fold) {
      channels.insert(posts[post].labelled.channel);
      before.judge(post, present);
      after.judge(post, weights);
    }
    result.folds.push_back({.channels = {channels.begin(), channels.end()},
                            .before = before.figures(of_fold),
                            .after = after.figures(of_fold)});
    all.insert(all.end(), of_fold.begin(), of_fold.end());
  }
  result.before = before.figures(all);
  result.after = after.figures(all);
  result.plain = calibrated(after.scores(), learner, false);
  result.platt_calibration = calibrated(after.scores(), learner, true);
  result.platt = fit_platt(after.scores());
  return result;
}

}  // namespace qanat::classifier
