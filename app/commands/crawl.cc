#include <algorithm>
#include <csignal>
#include <memory>

#include "app/archive_retention.h"
#include "app/commands/commands.h"
#include "app/crawl_log.h"
#include "app/crawl_report.h"
#include "app/crawl_tools.h"
#include "app/exit_code.h"
#include "app/record_filter.h"
#include "app/schedule.h"
#include "app/signal_clock.h"

namespace qanat::app {
namespace {

struct CrawlOptions {
  std::vector<std::string> channels;
  bool due = false;
  bool backfill = false;
  bool dry_run = false;
  bool json = false;
};

/// The channels that were named, else those that are due, else all but those that wait for their
/// name to be called; the longest waiting first.
Result<std::vector<ChannelName>> choose_channels(store::Store& store,
                                                 const CrawlOptions& options,
                                                 const NightWindow& window) {
  if (options.channels.empty()) {
    constexpr Instant kAnyTime = store::kNeverDue - std::chrono::seconds{1};
    return store.due(options.due ? due_until(window, now()) : kAnyTime);
  }
  std::vector<ChannelName> names;
  for (const std::string& text : options.channels) {
    const auto name = read_channel_name(text);
    if (!name) return fail(name.error());
    const auto row = store.channel(*name);
    if (!row) return fail(row.error());
    if (!*row) {
      return fail(
          Errc::usage,
          name->str() + ": not followed yet; add it with `qanat channels add " + name->str() + "`");
    }
    if (std::ranges::find(names, *name) == names.end()) names.push_back(*name);
  }
  return names;
}

/// Says why there was nothing to do.
Result<void> tell_idle(const Session& session, store::Store& store) {
  const auto rows = store.channels();
  if (!rows) return fail(rows.error());
  session.err
      << (rows->empty()
              ? "no channel is followed yet; add one with `qanat channels add some_channel`\n"
              : "no channel is due; see `qanat channels list`\n");
  return {};
}

/// Those who follow a run: a terminal its line, and whoever keeps the log where there is none.
struct Followers {
  CrawlProgressLine& line;
  const Log* log;  ///< null on a terminal, which sees the report
};

Result<RunReport> run(CrawlTools& tools,
                      CrawlFiles& files,
                      InterruptibleClock& clock,
                      const CrawlOptions& options,
                      const Followers& followers) {
  const auto may_go_on = [&clock] { return !clock.stop_asked(); };
  tools.client().ask_each_time(may_go_on);
  tools.transport().ask_meanwhile(may_go_on);
  const Config& config = tools.config();
  const VisitSettings settings = visit_settings(config);
  if (options.due && !options.dry_run) {
    const auto moved = files.store.bring_forward(settings.schedule.ceiling, now());
    if (!moved) return fail(moved.error());
  }
  if (options.due) tools.client().wait_until(due_until(settings.schedule.window, now()));
  const auto channels = choose_channels(files.store, options, settings.schedule.window);
  if (!channels) return fail(channels.error());
  tools.client().on_pause([&followers](const PoliteClient::Pause& pause) {
    followers.line.pause(pause.wait, pause.because);
    if (followers.log) log_pause(*followers.log, pause);
  });
  DryKeeper looking(files.store);
  World& kept = tools.world();
  World dry{.fetcher = kept.fetcher,
            .keeper = looking,
            .clock = kept.clock,
            .classifier = kept.classifier};
  return crawl(options.dry_run ? dry : kept,
               files.store,
               {.channels = *channels,
                .settings = settings,
                .budget = run_budget(config),
                .max_unknown_markup = config.crawl.max_unknown_markup,
                .robots_ignored = config.crawl.ignore_robots,
                .backfill = options.backfill,
                .dry_run = options.dry_run,
                .stop_asked = [&clock] { return clock.stop_asked(); },
                .on_busy =
                    [&followers] {
                      followers.line.wait_for_database();
                      if (followers.log) followers.log->write(LogLevel::warn, "database_busy", {});
                    },
                .on_visited =
                    [&followers](const ChannelOutcome& outcome) {
                      if (followers.log) log_visit(*followers.log, outcome);
                    }},
               [&followers](const CrawlProgress& at) { followers.line.update(at); });
}

Result<int> crawl_command(const Session& session, const CrawlOptions& options) {
  // A run goes to its end when the reader of its report went away.
  std::signal(SIGPIPE, SIG_IGN);
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  auto files = open_crawl_files(*loaded);
  if (!files) return fail(files.error());
  SignalClock clock(SignalClock::HangUp::stop);
  auto tools = CrawlTools::make(loaded->config, *files, clock);
  if (!tools) return fail(tools.error());
  const bool is_watched = session.err_terminal.is_tty;
  const Log log(loaded->config.log, session.environment, session.err, is_watched);
  CrawlProgressLine line(session.err, session.err_terminal);
  const Followers followers{.line = line, .log = is_watched ? nullptr : &log};
  const auto report = run(**tools, *files, clock, options, followers);
  line.finish();
  if (!report) return fail(report.error());

  if (options.json) {
    session.out << record::dump_line(run_json(*report)) << '\n';
  } else {
    print_report(session.out, session.out_terminal, *report);
  }
  if (report->channels.empty()) {
    if (auto told = tell_idle(session, files->store); !told) return fail(told.error());
  }
  if (!is_watched && !options.dry_run) log_run(log, *report);
  if (!options.dry_run) {
    const Config::Store& config = loaded->config.store;
    log_pruned(log,
               prune_after_run({.archive = files->archive, .store = config.path.string()},
                               config.archive_months,
                               clock.now(),
                               [&clock] { return !clock.stop_asked(); }));
  }
  return report->degraded() ? kExitDegraded : kExitFine;
}

}  // namespace

void add_crawl(CLI::App& parent, Session& session) {
  CLI::App* command = add_command(parent,
                                  "crawl",
                                  "Crawl all followed channels now, or only those named",
                                  "qanat crawl\n"
                                  "qanat crawl some_channel --max-pages 3\n"
                                  "qanat crawl some_channel --backfill --max-pages 500\n"
                                  "qanat crawl --due                # for a timer\n"
                                  "qanat crawl --dry-run --json");
  auto options = std::make_shared<CrawlOptions>();
  command
      ->add_option("channels", options->channels, "Followed channels; all of them if none is given")
      ->type_name("CHANNEL");
  command->add_flag(
      "--due",
      options->due,
      "Only channels whose next visit is due now or later this night (schedule.window)");
  command->add_flag("--backfill",
                    options->backfill,
                    "Afterwards fetch gaps and older history, up to --max-pages");
  command->add_flag(
      "--dry-run", options->dry_run, "Fetch and judge, but store no post, page or run");
  command
      ->add_option_function<std::string>(
          "--max-pages",
          [&session](const std::string& pages) {
            session.settings.push_back(
                {.key = "crawl.max_pages", .value = pages, .origin = "--max-pages"});
          },
          "At most N pages per channel (crawl.max_pages)")
      ->type_name("N");
  add_rules_option(*command, session);
  command->add_flag(
      "--json", options->json, "The report as one JSON object (docs/schema/run.schema.json)");
  set_action(*command, session, [&session, options] { return crawl_command(session, *options); });
}

}  // namespace qanat::app
