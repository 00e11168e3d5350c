#include <memory>

#include "app/audit/judged_labels.h"
#include "app/commands/audit.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/output_target.h"
#include "app/report/audit_page.h"
#include "app/rule_packs.h"
#include "app/units.h"
#include "export/output_file.h"

namespace qanat::app {
namespace {

struct ReportOptions {
  LabelSource source;
  std::string html;
};

/// Of each rule, so many on posts judged as labelled, and as many on others.
constexpr std::size_t kHitsShown = 3;

std::vector<classifier::ExaminedPost> examine(const JudgedLabels& judged,
                                              const classifier::Classifier& judge) {
  std::vector<classifier::ExaminedPost> out;
  out.reserve(judged.posts.size());
  for (std::size_t i = 0; i < judged.posts.size(); ++i) {
    out.push_back(classifier::examine_labelled(judge, judged.posts[i], judged.labels[i]));
  }
  return out;
}

AuditReport make_report(const JudgedLabels& judged,
                        const classifier::Classifier& judge,
                        const std::string& source) {
  return {.source = source,
          .ruleset = judge.fingerprint(),
          .evaluation =
              classifier::evaluate(judged.labels, judged.verdicts, classifier::Ambiguous::included),
          .weighted = classifier::estimate(
              judged.labels, judged.verdicts, classifier::sample_weights(judged.sampling)),
          .calibration =
              classifier::calibration_of(classifier::ad_forecasts(judged.labels, judged.verdicts)),
          .rules = judge.rules().rules(),
          .audits = classifier::audit_rules(examine(judged, judge), judge),
          .hits = hits_in_context(judged.posts, judged.labels, judged.verdicts, kHitsShown)};
}

Result<int> report(const Session& session, const ReportOptions& options) {
  if (auto free = check_output(session, options.html, options.source.file); !free) {
    return fail(free.error());
  }
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  const auto judge = load_classifier(loaded->config.rules.dir);
  if (!judge) return fail(judge.error());
  const auto judged = judge_labels(session, options.source, *judge);
  if (!judged) return fail(judged.error());
  const std::string source =
      options.source.file.empty() ? loaded->config.store.path.string() : options.source.file;
  const std::string page = audit_page(make_report(*judged, *judge, source));
  session.out.flush();
  if (auto written = exporting::write_file(options.html, page); !written) {
    return fail(written.error());
  }
  session.err << counted(judged->posts.size(), "labelled post") << ", "
              << counted(page.size(), "byte") << " of HTML\n";
  return kExitFine;
}

}  // namespace

void add_audit_report(CLI::App& group, Session& session) {
  CLI::App* command =
      add_command(group,
                  "report",
                  "Write figures, calibration, rules and their hits as one HTML file",
                  "qanat audit report --html audit.html\n"
                  "qanat audit report labelled.jsonl --html audit.html");
  auto options = std::make_shared<ReportOptions>();
  add_label_source(*command, session, options->source);
  add_rules_option(*command, session);
  command->add_option("--html", options->html, "The file to write; it is self-contained")
      ->type_name("FILE|-")
      ->required();
  set_action(*command, session, [&session, options] { return report(session, *options); });
}

}  // namespace qanat::app
