#include <memory>

#include "app/audit/judged_labels.h"
#include "app/commands/audit.h"
#include "app/commands/commands.h"
#include "app/evaluation_report.h"
#include "app/exit_code.h"
#include "classifier/audit/weighted_evaluation.h"
#include "classifier/evaluation.h"
#include "record/json.h"

namespace qanat::app {
namespace {

struct EvaluateOptions {
  LabelSource source;
  bool exclude_ambiguous = false;
  bool errors = false;
  bool json = false;
};

Result<int> evaluate(const Session& session, const EvaluateOptions& options) {
  const auto judge = load_judge(session);
  if (!judge) return fail(judge.error());
  const auto judged = judge_labels(session, options.source, *judge);
  if (!judged) return fail(judged.error());
  const auto evaluation = classifier::evaluate(
      judged->labels,
      judged->verdicts,
      options.exclude_ambiguous ? classifier::Ambiguous::apart : classifier::Ambiguous::included);
  const auto weighted = classifier::estimate(
      judged->labels, judged->verdicts, classifier::sample_weights(judged->sampling));
  if (options.json) {
    session.out << record::dump_line(evaluation_json(evaluation, weighted, judge->fingerprint()))
                << '\n';
  } else {
    print_evaluation(session.out, session.out_terminal, evaluation, options.errors);
    print_weighted(session.out, session.out_terminal, weighted);
  }
  return kExitFine;
}

}  // namespace

void add_audit_evaluate(CLI::App& group, Session& session) {
  CLI::App* command = add_command(group,
                                  "evaluate",
                                  "Judge labelled posts and compare the verdicts with the labels",
                                  "qanat audit evaluate labelled.jsonl\n"
                                  "qanat audit evaluate labelled.jsonl --lang ru --errors\n"
                                  "qanat audit evaluate --store --rules my-rules --json");
  auto options = std::make_shared<EvaluateOptions>();
  add_label_source(*command, session, options->source);
  command->add_flag("--exclude-ambiguous",
                    options->exclude_ambiguous,
                    "Count the posts marked ambiguous separately");
  command->add_flag(
      "--errors", options->errors, "List every post whose verdict differs from its label");
  add_rules_option(*command, session);
  command->add_flag(
      "--json", options->json, "As one JSON object (docs/schema/evaluation.schema.json)");
  set_action(*command, session, [&session, options] { return evaluate(session, *options); });
}

}  // namespace qanat::app
