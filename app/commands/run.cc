#include <chrono>
#include <csignal>
#include <memory>
#include <string>

#include "app/commands/commands.h"
#include "app/daemon.h"
#include "app/exit_code.h"
#include "app/feed_pages.h"
#include "app/health_pages.h"
#include "app/live_visitor.h"
#include "app/log.h"
#include "app/notifier.h"
#include "app/open_store.h"
#include "app/signal_clock.h"

namespace qanat::app {
namespace {

/// Longer than anything that the daemon does between two signs of life: a request, and the wait for
/// the next.
std::chrono::milliseconds stuck_after(const Config& config) {
  return config.crawl.total_timeout + PoliteClient::kLongestWait + std::chrono::minutes{1};
}

FeedShelf::Options feed_options(const Config& config) {
  const std::string base = config.web.url.empty() ? "http://" + config.web.listen : config.web.url;
  return {.store_path = config.store.path.string(),
          .url = base + std::string(FeedPages::kFolder),
          .posts = config.web.feed_posts};
}

/// Nothing where nothing is to be served. `health` and `feeds` outlive the server.
Result<std::unique_ptr<web::HttpServer>> serve(const Config::Web& config,
                                               HealthPages& health,
                                               FeedPages& feeds) {
  if (config.listen.empty()) return nullptr;
  const auto endpoint = web::Endpoint::parse(config.listen);
  if (!endpoint) return fail(endpoint.error());
  return web::HttpServer::start(
      *endpoint, [&health, &feeds, with_feeds = config.feeds](const web::Request& request) {
        const bool is_feed = with_feeds && request.path.starts_with(FeedPages::kFolder);
        return is_feed ? feeds.answer(request) : health.answer(request);
      });
}

/// With the port that was taken where 0 is configured.
std::string address_of(const Config::Web& config, const web::HttpServer& server) {
  return config.listen.substr(0, config.listen.rfind(':') + 1) + std::to_string(server.port());
}

/// A database that is not there may come: its disk is mounted late. Systemd tries again.
Result<CrawlFiles> open_files(const LoadedConfig& loaded) {
  if (auto found = find_database(loaded); !found) {
    return fail(Errc::storage_busy, found.error().message);
  }
  return open_crawl_files(loaded);
}

Result<void> live(const Session& session,
                  const LoadedConfig& loaded,
                  const Log& log,
                  Notifier& notifier,
                  Pulse& pulse) {
  notifier.status("opening the database, which after an update may take minutes");
  auto files = open_files(loaded);
  if (!files) return fail(files.error());
  // A restart must not look like a service that never ran.
  const auto runs = files->store.runs(0);
  if (!runs) return fail(runs.error());
  pulse.remember(*runs);
  SignalClock clock;
  auto visitor =
      LiveVisitor::make(config_sources(session),
                        loaded,
                        {.files = *files, .clock = clock, .notifier = notifier, .pulse = pulse});
  if (!visitor) return fail(visitor.error());
  HealthPages health(pulse, clock, loaded.config.store.path.string(), stuck_after(loaded.config));
  FeedPages feeds(feed_options(loaded.config), clock);
  const auto server = serve(loaded.config.web, health, feeds);
  if (!server) return fail(server.error());
  if (*server) {
    log.write(LogLevel::info,
              "listening",
              {{.name = "address", .value = address_of(loaded.config.web, **server)}});
  }
  log.write(LogLevel::info,
            "started",
            {{.name = "store", .value = loaded.config.store.path.string()},
             {.name = "window", .value = loaded.config.schedule.window}});
  return Daemon({.store = files->store,
                 .visitor = **visitor,
                 .clock = clock,
                 .notifier = notifier,
                 .pulse = pulse,
                 .log = log})
      .run();
}

Result<int> run_daemon(const Session& session) {
  // A log that nobody reads any more ends nothing.
  std::signal(SIGPIPE, SIG_IGN);
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  Pulse pulse;
  Notifier notifier(session.environment);
  notifier.on_progress([&pulse] { pulse.beat(); });
  const Log log(loaded->config.log, session.environment, session.err, session.err_terminal.is_tty);
  const auto lived = live(session, *loaded, log, notifier, pulse);
  if (lived) return kExitFine;
  // What follows the log wants to read of its end there.
  log.write(LogLevel::error, "failed", {{.name = "error", .value = lived.error().message}});
  notifier.status("failed: " + lived.error().message);
  notifier.stopping();
  return exit_code_of(lived.error().code);
}

}  // namespace

void add_run(CLI::App& parent, Session& session) {
  CLI::App* command =
      add_command(parent,
                  "run",
                  "Run as a daemon: one run every night until it is stopped",
                  "qanat run                        # started by systemd: docs/running.md\n"
                  "qanat run --set schedule.window=00:00-24:00");
  add_rules_option(*command, session);
  set_action(*command, session, [&session] { return run_daemon(session); });
}

}  // namespace qanat::app
