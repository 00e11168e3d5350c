#include <algorithm>
#include <memory>

#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/labelled_corpus.h"
#include "app/learning_report.h"
#include "app/number_option.h"
#include "app/output_target.h"
#include "export/output_file.h"

namespace qanat::app {
namespace {

struct LearnOptions {
  std::string corpus;
  std::string out;
  std::vector<std::string> locked;
  std::size_t folds = 5;
  std::size_t resamples = 100;
  std::uint64_t seed = 1;
  bool json = false;
};

/// Errors: usage, for a locked rule that the packs do not have.
Result<classifier::LearningPlan> make_plan(const LearnOptions& options,
                                           const std::vector<classifier::RuleInfo>& rules) {
  for (const std::string& id : options.locked) {
    if (std::ranges::find(rules, id, &classifier::RuleInfo::id) == rules.end()) {
      return fail(Errc::usage, "--lock " + id + ": the packs have no such rule");
    }
  }
  return classifier::LearningPlan{.folds = options.folds,
                                  .resamples = options.resamples,
                                  .seed = options.seed,
                                  .locked = {options.locked.begin(), options.locked.end()}};
}

/// Errors: usage, when the posts cannot be split.
Result<LearningReport> learn_from(const std::vector<classifier::ExaminedPost>& posts,
                                  const classifier::Classifier& judge,
                                  const classifier::LearningPlan& plan) {
  const std::vector<classifier::RuleInfo>& rules = judge.rules().rules();
  const classifier::WeightLearner learner(posts, rules, plan);
  if (learner.folds() < 2) {
    return fail(
        Errc::usage,
        "all posts are from one channel, or near-duplicates of its posts, so none can be held out; "
        "add labelled posts from another channel");
  }
  LearningReport report{.ruleset = judge.fingerprint(),
                        .plan = plan,
                        .posts = posts.size(),
                        .rows = learner.rows(),
                        .groups = learner.groups(),
                        .rules = rules,
                        .path = learner.path(),
                        .learned = {},
                        .before = {},
                        .after = {},
                        .held_out = {}};
  report.l1 = classifier::WeightLearner::one_standard_error(report.path);
  report.learned = learner.learn(report.l1, classifier::kNoFold);
  report.before = classifier::evaluate_at(posts, judge, classifier::weights_of(rules)).all;
  report.after = classifier::evaluate_at(posts, judge, report.learned.weights).all;
  report.held_out = classifier::cross_validate(posts, judge, learner, report.l1);
  return report;
}

Result<int> learn(const Session& session, const LearnOptions& options) {
  if (auto free = check_output(session, options.out, options.corpus); !free) {
    return fail(free.error());
  }
  const auto judge = load_judge(session);
  if (!judge) return fail(judge.error());
  const auto plan = make_plan(options, judge->rules().rules());
  if (!plan) return fail(plan.error());
  const auto posts = examine_corpus(session, options.corpus, *judge);
  if (!posts) return fail(posts.error());
  const auto report = learn_from(*posts, *judge, *plan);
  if (!report) return fail(report.error());
  if (auto written = exporting::write_file(options.out, weights_toml(*report)); !written) {
    return fail(written.error());
  }
  if (options.json) {
    session.out << record::dump_line(learning_json(*report)) << '\n';
  } else {
    print_learning(session.out, session.out_terminal, *report);
  }
  session.err << printable(options.out)
              << ": proposed weights; they take effect once the file is beside the packs as "
                 "weights.toml\n";
  if (const std::string worse = what_gets_worse(*report); !worse.empty()) {
    session.err
        << "do not take it over as it is: on held-out posts these weights do worse than the "
           "present ones ("
        << worse << ")\n";
  }
  return kExitFine;
}

}  // namespace

void add_rules_learn(CLI::App& group, Session& session) {
  CLI::App* command = add_command(
      group,
      "learn",
      "Propose weights that fit labelled posts; change nothing",
      "qanat rules learn labelled.jsonl --out proposed.toml\n"
      "qanat rules learn labelled.jsonl --out proposed.toml --lock offer.promo_code --json");
  auto options = std::make_shared<LearnOptions>();
  add_corpus_argument(*command, options->corpus);
  command->add_option("--out", options->out, "Where the proposed weights.toml goes")
      ->type_name("FILE")
      ->required();
  command->add_option("--lock", options->locked, "A rule whose weight must not change; repeatable")
      ->type_name("RULE")
      ->allow_extra_args(false);
  command->add_option("--folds", options->folds, "Number of cross-validation folds")
      ->type_name("N")
      ->transform(whole_number(2, 100))
      ->capture_default_str();
  command->add_option("--resamples", options->resamples, "Number of bootstrap draws of channels")
      ->type_name("N")
      ->transform(whole_number(1, 10000))
      ->capture_default_str();
  command
      ->add_option(
          "--seed", options->seed, "Seed of the draws; the same seed gives the same weights")
      ->type_name("N")
      ->transform(whole_number(0))
      ->capture_default_str();
  add_rules_option(*command, session);
  command->add_flag(
      "--json", options->json, "As one JSON object (docs/schema/rule_learning.schema.json)");
  set_action(*command, session, [&session, options] { return learn(session, *options); });
}

}  // namespace qanat::app
