#include <memory>

#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/labelled_corpus.h"
#include "app/number_option.h"
#include "app/rule_audit_report.h"

namespace qanat::app {
namespace {

struct StatsOptions {
  std::string corpus;
  std::string sort;
  std::size_t min_channels = 0;
  bool csv = false;
  bool json = false;
};

RuleAuditReport make_report(const std::vector<classifier::ExaminedPost>& posts,
                            const classifier::Classifier& judge,
                            const StatsOptions& options) {
  RuleAuditReport report{.ruleset = judge.fingerprint(),
                         .rules = judge.rules().rules(),
                         .audits = classifier::audit_rules(posts, judge),
                         .figures = {}};
  report.figures.all =
      classifier::evaluate_at(posts, judge, classifier::weights_of(report.rules)).all;
  if (options.min_channels > 0) {
    report.figures.min_channels = options.min_channels;
    const auto weights =
        classifier::weights_of_widespread(report.audits, report.rules, options.min_channels);
    report.figures.widespread = classifier::evaluate_at(posts, judge, weights).all;
  }
  if (!options.sort.empty()) sort_audits(report, options.sort);
  return report;
}

Result<int> stats(const Session& session, const StatsOptions& options) {
  const auto judge = load_judge(session);
  if (!judge) return fail(judge.error());
  const auto posts = examine_corpus(session, options.corpus, *judge);
  if (!posts) return fail(posts.error());
  const RuleAuditReport report = make_report(*posts, *judge, options);
  if (options.json) {
    session.out << record::dump_line(rule_audit_json(report)) << '\n';
  } else if (options.csv) {
    print_rule_audit_csv(session.out, report);
  } else {
    print_rule_audit(session.out, session.out_terminal, report);
  }
  return kExitFine;
}

}  // namespace

void add_rules_stats(CLI::App& group, Session& session) {
  CLI::App* command = add_command(group,
                                  "stats",
                                  "Measure what each rule does on labelled posts",
                                  "qanat rules stats labelled.jsonl\n"
                                  "qanat rules stats labelled.jsonl --sort decisive\n"
                                  "qanat rules stats labelled.jsonl --min-channels 2 --csv");
  auto options = std::make_shared<StatsOptions>();
  add_corpus_argument(*command, options->corpus);
  add_rules_option(*command, session);
  command->add_option("--sort", options->sort, "Sort by this column of the CSV")
      ->type_name("COLUMN")
      ->check(CLI::IsMember(audit_columns()));
  command
      ->add_option("--min-channels",
                   options->min_channels,
                   "Also print the figures without rules that hit in fewer than N channels")
      ->type_name("N")
      ->transform(whole_number(0));
  CLI::Option* csv = command->add_flag("--csv", options->csv, "All columns as CSV");
  command
      ->add_flag("--json", options->json, "As one JSON object (docs/schema/rule_stats.schema.json)")
      ->excludes(csv);
  set_action(*command, session, [&session, options] { return stats(session, *options); });
}

}  // namespace qanat::app
