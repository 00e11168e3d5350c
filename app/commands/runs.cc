#include <memory>
#include <ostream>

#include "app/commands/commands.h"
#include "app/crawl_run.h"
#include "app/exit_code.h"
#include "app/number_option.h"
#include "app/open_store.h"
#include "app/text_table.h"
#include "app/units.h"
#include "base/instant.h"
#include "record/json.h"

namespace qanat::app {
namespace {

using record::Json;

// JSON --------------------------------------------------------------------------------------------

Json run_row_json(const store::RunRow& run) {
  const store::RunTotals& totals = run.totals;
  return {{"run", run.id},
          {"started_at", format_instant(run.started_at)},
          {"ended_at", run.ended_at ? Json(format_instant(*run.ended_at)) : Json(nullptr)},
          {"degraded", run.degraded},
          {"robots_ignored", run.robots_ignored},
          {"visits",
           {{"planned", totals.planned},
            {"fetched", totals.fetched},
            {"unchanged", totals.unchanged},
            {"failed", totals.failed},
            {"deferred", totals.deferred}}},
          {"requests", totals.requests},
          {"pages", totals.pages},
          {"posts",
           {{"new", totals.fresh},
            {"edited", totals.edited},
            {"deleted", totals.deleted},
            {"restored", totals.restored}}},
          {"gaps", totals.gaps}};
}

Json troubles_json(const store::RunTroubles& troubles) {
  Json failures = Json::array();
  for (const store::RunTroubles::Failure& failure : troubles.failures) {
    failures.push_back({{"channel", failure.channel.str()},
                        {"at", format_instant(failure.at)},
                        {"cause", failure.cause},
                        {"error", failure.error}});
  }
  Json losses = Json::array();
  for (const store::RunTroubles::Loss& loss : troubles.losses) {
    losses.push_back({{"channel", loss.channel.str()},
                      {"at", format_instant(loss.at)},
                      {"state", store::name_of(loss.state)}});
  }
  Json unread = Json::array();
  for (const store::RunTroubles::Unread& left : troubles.unread) {
    unread.push_back({{"channel", left.channel.str()},
                      {"low", left.gap.low},
                      {"high", left.gap.high},
                      {"cause", left.gap.cause}});
  }
  return {{"failed", troubles.failed},
          {"deferred", troubles.deferred},
          {"failures", std::move(failures)},
          {"losses", std::move(losses)},
          {"unread", std::move(unread)}};
}

// Text --------------------------------------------------------------------------------------------

std::string status_of(const store::RunRow& run) {
  if (!run.ended_at) return "no end";
  return run.degraded ? "degraded" : "fine";
}

std::optional<Style> style_of(const store::RunRow& run) {
  if (run.ended_at && !run.degraded) return std::nullopt;
  return Style::yellow;
}

void print_runs(const Session& session, const std::vector<store::RunRow>& runs) {
  TextTable table({{.title = "run", .right = true},
                   {.title = "started"},
                   {.title = "took", .right = true},
                   {.title = "status"},
                   {.title = "planned", .right = true},
                   {.title = "fetched", .right = true},
                   {.title = "unchanged", .right = true},
                   {.title = "failed", .right = true},
                   {.title = "deferred", .right = true},
                   {.title = "new", .right = true},
                   {.title = "edited", .right = true},
                   {.title = "deleted", .right = true}});
  for (const store::RunRow& run : runs) {
    const store::RunTotals& totals = run.totals;
    table.add({std::to_string(run.id),
               format_instant(run.started_at),
               run.ended_at ? format_duration(*run.ended_at - run.started_at) : "",
               status_of(run),
               std::to_string(totals.planned),
               std::to_string(totals.fetched),
               std::to_string(totals.unchanged),
               std::to_string(totals.failed),
               std::to_string(totals.deferred),
               std::to_string(totals.fresh),
               std::to_string(totals.edited),
               std::to_string(totals.deleted)},
              style_of(run));
  }
  table.print(session.out, session.out_terminal);
}

void print_causes(std::ostream& out,
                  std::string_view what,
                  const std::map<std::string, std::int64_t>& causes) {
  for (const auto& [cause, visits] : causes) {
    out << "  " << what << ", " << printable(cause) << ": " << visits << '\n';
  }
}

void print_run(const Session& session,
               const store::RunRow& run,
               const store::RunTroubles& troubles) {
  print_runs(session, {run});
  std::ostream& out = session.out;
  const store::RunTotals& totals = run.totals;
  out << "\n  " << counted(totals.requests, "request") << ", " << counted(totals.pages, "page")
      << " kept, " << counted(totals.gaps, "gap") << ", "
      << counted(totals.restored, "deleted post") << " back again\n";
  if (!run.ended_at)
    out << "  it is under way, or was killed: the sums are those of its ended visits\n";
  if (run.robots_ignored) out << "  " << kRobotsIgnored << '\n';
  print_causes(out, "failed", troubles.failed);
  print_causes(out, "deferred", troubles.deferred);
  for (const store::RunTroubles::Failure& failure : troubles.failures) {
    out << "  " << format_instant(failure.at) << ' '
        << styled(session.out_terminal, Style::red, "failed") << ' ' << one_line(failure.error)
        << '\n';
  }
  for (const store::RunTroubles::Loss& loss : troubles.losses) {
    out << "  " << format_instant(loss.at) << ' ' << loss.channel.str() << " became "
        << store::name_of(loss.state) << '\n';
  }
  for (const store::RunTroubles::Unread& left : troubles.unread) {
    out << "  " << left.channel.str() << ": posts " << left.gap.low << " to " << left.gap.high
        << " are not read (" << printable(left.gap.cause) << ")\n";
  }
}

// -------------------------------------------------------------------------------------------------

Result<int> list(const Session& session, std::int64_t limit, bool json) {
  auto store = open_store(session, store::Access::read_only);
  if (!store) return fail(store.error());
  const auto runs = store->runs(limit);
  if (!runs) return fail(runs.error());
  if (json) {
    Json rows = Json::array();
    for (const store::RunRow& run : *runs) rows.push_back(run_row_json(run));
    session.out << record::dump_line({{"schema", "qanat.runs/1"}, {"runs", std::move(rows)}})
                << '\n';
  } else if (runs->empty()) {
    session.err << "no runs yet; `qanat crawl` makes one now, `qanat run` one every night\n";
  } else {
    print_runs(session, *runs);
  }
  return kExitFine;
}

Result<int> show(const Session& session, std::int64_t id, bool json) {
  auto store = open_store(session, store::Access::read_only);
  if (!store) return fail(store.error());
  const auto run = store->run(id);
  if (!run) return fail(run.error());
  if (!*run) {
    return fail(Errc::usage,
                "run " + std::to_string(id) + ": no such run; `qanat runs` lists them");
  }
  const auto troubles = store->troubles(id);
  if (!troubles) return fail(troubles.error());
  if (json) {
    Json out = {{"schema", "qanat.run_row/1"}};
    out.update(run_row_json(**run));
    out.update(troubles_json(*troubles));
    session.out << record::dump_line(out) << '\n';
  } else {
    print_run(session, **run, *troubles);
  }
  return kExitFine;
}

}  // namespace

void add_runs(CLI::App& parent, Session& session) {
  CLI::App* command = add_command(parent,
                                  "runs",
                                  "List the runs and their results, the latest first",
                                  "qanat runs\nqanat runs --limit 0 --json\nqanat runs show 12");
  struct Options {
    std::int64_t limit = 20;
    std::int64_t id = 0;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  command->add_option("--limit", options->limit, "At most N; 0 for all")
      ->type_name("N")
      ->transform(whole_number(0))
      ->capture_default_str();
  command->add_flag("--json", options->json, "As one JSON object (docs/schema/runs.schema.json)");
  command->require_subcommand(0, 1);

  CLI::App* showing = add_command(*command,
                                  "show",
                                  "Show one run: its totals, and what failed and why",
                                  "qanat runs show 12\nqanat runs show 12 --json");
  showing->add_option("id", options->id, "The run's number")
      ->type_name("ID")
      ->required()
      ->transform(whole_number(1));
  showing->add_flag(
      "--json", options->json, "As one JSON object (docs/schema/run_row.schema.json)");
  set_action(
      *showing, session, [&session, options] { return show(session, options->id, options->json); });
  // The group's callback comes after that of its subcommand.
  command->callback([&session, options, command] {
    if (!command->get_subcommands().empty()) return;
    session.action = [&session, options] { return list(session, options->limit, options->json); };
  });
}

}  // namespace qanat::app
