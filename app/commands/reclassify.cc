#include "app/reclassify.h"

#include <memory>

#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/labels.h"
#include "app/open_store.h"
#include "app/post_counter.h"
#include "app/record_filter.h"
#include "app/units.h"
#include "app/verdict_diff_report.h"
#include "base/post_id.h"

namespace qanat::app {
namespace {

struct ReclassifyOptions {
  std::vector<std::string> channels;
  std::string labels;
  bool apply = false;
  bool other_rules = false;  ///< --rules was given
  bool json = false;
};

Result<ReclassifyPlan> make_plan(const Session& session, const ReclassifyOptions& options) {
  ReclassifyPlan plan{.channels = {}, .apply = options.apply, .labels = {}};
  auto channels = read_channel_names(options.channels);
  if (!channels) return fail(channels.error());
  plan.channels = *std::move(channels);
  if (options.labels.empty()) return plan;
  auto labels = read_labels(options.labels, session.in);
  if (!labels) return fail(labels.error());
  plan.labels = *std::move(labels);
  return plan;
}

/// A label that no stored post has is a slip of whoever wrote the file.
Result<void> tell_unknown_labels(const Session& session,
                                 store::Store& store,
                                 const Labels& labels) {
  std::size_t unknown = 0;
  std::string example;
  for (const auto& [id, label] : labels) {
    if (const auto post = parse_post_id(id)) {
      const auto found = store.find(*post);
      if (!found) return fail(found.error());
      if (*found) continue;
    }
    if (unknown++ == 0) example = id;
  }
  if (unknown > 0) {
    session.err << counted(unknown, "label") << " of no stored post, such as \"" << example
                << "\": ids are \"channel/number\"\n";
  }
  return {};
}

record::Json report_json(const ReclassifyReport& report, const std::string& ruleset, bool applied) {
  return {{"schema", "qanat.reclassify/1"},
          {"ruleset", ruleset},
          {"applied", applied},
          {"judged_before", report.judged_before},
          {"kept", report.kept},
          {"diff", verdict_diff_json(report.diff)}};
}

void tell_end(const Session& session,
              const ReclassifyOptions& options,
              const ReclassifyReport& report) {
  if (report.judged_before > 0) {
    session.err << counted(report.judged_before, "post")
                << " already judged by these rules, left out\n";
  }
  if (report.diff.posts == 0) {
    session.err << "nothing to do\n";
  } else if (!options.apply) {
    session.err << "nothing was changed; --apply puts these verdicts in force\n";
  } else {
    session.err << counted(report.kept, "verdict") << " put in force; the earlier ones stay\n";
    if (options.other_rules) {
      session.err
          << "crawl judges new posts by the configured rules: set `rules.dir` to keep these\n";
    }
  }
}

Result<int> reclassify_command(const Session& session, const ReclassifyOptions& options) {
  const auto plan = make_plan(session, options);
  if (!plan) return fail(plan.error());
  const auto judge = load_judge(session);
  if (!judge) return fail(judge.error());
  auto store =
      open_store(session, options.apply ? store::Access::read_write : store::Access::read_only);
  if (!store) return fail(store.error());
  if (auto met = check_channels(*store, plan->channels); !met) return fail(met.error());
  if (auto told = tell_unknown_labels(session, *store, plan->labels); !told) {
    return fail(told.error());
  }
  const PostCounter counter(session);
  const auto report = reclassify(
      *store, *judge, *plan, now(), [&counter](std::size_t posts) { counter.show(posts); });
  counter.clear();
  if (!report) return fail(report.error());
  if (options.json) {
    session.out << record::dump_line(report_json(*report, judge->fingerprint(), options.apply))
                << '\n';
  } else if (report->diff.posts > 0) {
    print_verdict_diff(session.out, session.out_terminal, report->diff);
  }
  tell_end(session, options, *report);
  return kExitFine;
}

}  // namespace

void add_reclassify(CLI::App& parent, Session& session) {
  CLI::App* command =
      add_command(parent,
                  "reclassify",
                  "Judge the stored posts again; show what would change, or apply it",
                  "qanat reclassify --rules my-rules\n"
                  "qanat reclassify --rules my-rules --labels labelled.jsonl --json\n"
                  "qanat reclassify --channel some_channel --apply");
  auto options = std::make_shared<ReclassifyOptions>();
  add_rules_option(*command, session);
  add_channels_option(*command, options->channels);
  command
      ->add_option("--labels",
                   options->labels,
                   "Human labels, lines of {id, label}: count what the rules win and lose")
      ->type_name("FILE|-");
  command->add_flag(
      "--apply", options->apply, "Put the new verdicts in force; the earlier ones stay stored");
  command->add_flag(
      "--json", options->json, "As one JSON object (docs/schema/reclassify.schema.json)");
  command->callback([&session, options, command] {
    options->other_rules = command->count("--rules") > 0;
    session.action = [&session, options] { return reclassify_command(session, *options); };
  });
}

}  // namespace qanat::app
