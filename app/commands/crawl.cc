#include <algorithm>
#include <csignal>
#include <memory>

#include "app/commands/commands.h"
#include "app/crawl_report.h"
#include "app/crawl_run.h"
#include "app/exit_code.h"
#include "app/log.h"
#include "app/record_filter.h"
#include "app/rule_packs.h"
#include "app/system_clock.h"
#include "app/version.h"
#include "crawler/curl_transport.h"
#include "crawler/host_gate.h"
#include "store/run_lock.h"
#include "store/snapshot_archive.h"

namespace qanat::app {
namespace {

struct CrawlOptions {
  std::vector<std::string> channels;
  bool due = false;
  bool backfill = false;
  bool dry_run = false;
  bool json = false;
};

std::string user_agent(const Config::Crawl& config) {
  std::string out = "qanat/" + std::string(kVersion);
  if (!config.contact.empty()) out += " (+" + config.contact + ")";
  return out;
}

Result<std::unique_ptr<crawler::CurlTransport>> make_transport(const Config::Crawl& config) {
  return crawler::CurlTransport::create({
      .user_agent = user_agent(config),
      .max_body = static_cast<std::size_t>(config.max_body.value),
      .connect_timeout = config.connect_timeout,
      .total_timeout = config.total_timeout,
      .allow_private_addresses = config.allow_private_addresses,
      .proxy = config.proxy,
  });
}

Result<crawler::HostGate> make_gate(const Config::Crawl& config, store::Store& store) {
  const auto saved = store.gate();
  if (!saved) return fail(saved.error());
  crawler::GateState state{.next_at_ms = 0, .rate = config.rate};
  if (*saved) state = {.next_at_ms = (*saved)->next_at_ms, .rate = (*saved)->rate};
  return crawler::HostGate({.max_rate = config.rate}, state, SystemClock().now_ms());
}

/// The channels that were named, else those that are due, else all; the longest waiting first.
Result<std::vector<ChannelName>> choose_channels(store::Store& store, const CrawlOptions& options) {
  if (options.channels.empty()) return store.due(options.due ? now() : Instant::max());
  std::vector<ChannelName> names;
  for (const std::string& text : options.channels) {
    const auto name = read_channel_name(text);
    if (!name) return fail(name.error());
    const auto row = store.channel(*name);
    if (!row) return fail(row.error());
    if (!*row) {
      return fail(Errc::usage,
                  name->str() + ": not followed yet; `qanat channels add " + name->str() + "`");
    }
    if (std::ranges::find(names, *name) == names.end()) names.push_back(*name);
  }
  return names;
}

/// Says why there was nothing to do.
Result<void> tell_idle(const Session& session, store::Store& store) {
  const auto rows = store.channels();
  if (!rows) return fail(rows.error());
  session.err << (rows->empty() ? "no channel is followed yet; `qanat channels add some_channel`\n"
                                : "no channel is due; see `qanat channels list`\n");
  return {};
}

/// What a log that nobody watches must have; a terminal gets the report instead.
void log_run(const Log& log, const RunReport& run) {
  for (const ChannelOutcome& outcome : run.channels) {
    if (!outcome.error) continue;
    log.write(LogLevel::warn,
              outcome.deferred ? "visit_deferred" : "visit_failed",
              {{.name = "channel", .value = outcome.channel.str()},
               {.name = "error", .value = outcome.error->message}});
  }
  if (const std::string drift = run.drift(); !drift.empty()) {
    log.write(LogLevel::warn, "markup_drift", {{.name = "what", .value = drift}});
  }
  const store::RunTotals totals = run.totals();
  log.write(LogLevel::info,
            "run_finished",
            {{.name = "run", .value = std::to_string(run.run)},
             {.name = "channels", .value = std::to_string(totals.planned)},
             {.name = "failed", .value = std::to_string(totals.failed)},
             {.name = "deferred", .value = std::to_string(totals.deferred)},
             {.name = "pages", .value = std::to_string(totals.pages)},
             {.name = "new", .value = std::to_string(totals.fresh)},
             {.name = "edited", .value = std::to_string(totals.edited)}});
}

/// Everything a run needs.
struct Tools {
  Config config;
  store::RunLock lock;
  classifier::Classifier classifier;
  store::Store store;
  store::SnapshotArchive archive;
  std::unique_ptr<crawler::CurlTransport> transport;
  crawler::HostGate gate;
};

Result<Tools> open_tools(const Session& session) {
  auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  Config& config = loaded->config;
  auto classifier = load_classifier(config.rules.dir);
  if (!classifier) return fail(classifier.error());
  auto store = store::Store::open(config.store.path.string(), store::Access::read_write);
  if (!store) return fail(store.error());
  auto lock = store::RunLock::take(config.store.path.string());
  if (!lock) return fail(lock.error());
  auto archive = store::SnapshotArchive::open(config.store.archive.string());
  if (!archive) return fail(archive.error());
  auto transport = make_transport(config.crawl);
  if (!transport) return fail(transport.error());
  auto gate = make_gate(config.crawl, *store);
  if (!gate) return fail(gate.error());
  return Tools{.config = std::move(config),
               .lock = *std::move(lock),
               .classifier = *std::move(classifier),
               .store = *std::move(store),
               .archive = *std::move(archive),
               .transport = *std::move(transport),
               .gate = *gate};
}

Result<RunReport> run(Tools& tools, const CrawlOptions& options, CrawlProgressLine& progress) {
  const auto channels = choose_channels(tools.store, options);
  if (!channels) return fail(channels.error());
  const Config::Crawl& config = tools.config.crawl;
  SystemClock clock;
  PageFetcher fetcher(*tools.transport, tools.gate, clock, tools.store, config.hosts);
  fetcher.on_pause([&progress](std::chrono::seconds wait) { progress.pause(wait); });
  StoreKeeper storing(tools.archive, tools.store);
  DryKeeper looking(tools.store);
  Keeper& keeper = options.dry_run ? static_cast<Keeper&>(looking) : storing;
  World world{.fetcher = fetcher, .keeper = keeper, .clock = clock, .classifier = tools.classifier};
  return crawl(world,
               tools.store,
               {.channels = *channels,
                .max_pages = static_cast<int>(config.max_pages),
                .revisit = config.revisit,
                .max_unknown_markup = config.max_unknown_markup,
                .backfill = options.backfill,
                .dry_run = options.dry_run},
               [&progress](const CrawlProgress& at) { progress.update(at); });
}

Result<int> crawl_command(const Session& session, const CrawlOptions& options) {
  // A run goes to its end when the reader of its report went away.
  std::signal(SIGPIPE, SIG_IGN);
  auto tools = open_tools(session);
  if (!tools) return fail(tools.error());
  CrawlProgressLine progress(session.err, session.err_terminal);
  const auto report = run(*tools, options, progress);
  progress.finish();
  if (!report) return fail(report.error());

  if (options.json) {
    session.out << record::dump_line(run_json(*report)) << '\n';
  } else {
    print_report(session.out, session.out_terminal, *report);
  }
  if (report->channels.empty()) {
    if (auto told = tell_idle(session, tools->store); !told) return fail(told.error());
  }
  if (!session.err_terminal.is_tty) {
    log_run(Log(tools->config.log, session.environment, session.err), *report);
  }
  return report->degraded() ? kExitDegraded : kExitFine;
}

}  // namespace

void add_crawl(CLI::App& parent, Session& session) {
  CLI::App* command = add_command(parent,
                                  "crawl",
                                  "One run now over all followed channels, or those named",
                                  "qanat crawl\n"
                                  "qanat crawl some_channel --max-pages 3\n"
                                  "qanat crawl some_channel --backfill --max-pages 500\n"
                                  "qanat crawl --due                # for a timer\n"
                                  "qanat crawl --dry-run --json");
  auto options = std::make_shared<CrawlOptions>();
  command->add_option("channels", options->channels, "Followed channels; none: all of them")
      ->type_name("CHANNEL");
  command->add_flag("--due", options->due, "Only channels whose next visit is due (crawl.revisit)");
  command->add_flag(
      "--backfill", options->backfill, "Then read gaps and older history, within --max-pages");
  command->add_flag("--dry-run", options->dry_run, "Fetch and judge, keep nothing");
  command
      ->add_option_function<std::string>(
          "--max-pages",
          [&session](const std::string& pages) {
            session.settings.push_back(
                {.key = "crawl.max_pages", .value = pages, .origin = "--max-pages"});
          },
          "Pages per channel at most (crawl.max_pages)")
      ->type_name("N");
  add_rules_option(*command, session);
  command->add_flag(
      "--json", options->json, "The report as one JSON object (docs/schema/run.schema.json)");
  command->callback([&session, options] {
    session.action = [&session, options] { return crawl_command(session, *options); };
  });
}

}  // namespace qanat::app
