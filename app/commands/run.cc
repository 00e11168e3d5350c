#include <csignal>

#include "app/commands/commands.h"
#include "app/daemon.h"
#include "app/exit_code.h"
#include "app/live_visitor.h"
#include "app/log.h"
#include "app/notifier.h"
#include "app/signal_clock.h"

namespace qanat::app {
namespace {

Result<int> run_daemon(const Session& session) {
  // A log that nobody reads any more ends nothing.
  std::signal(SIGPIPE, SIG_IGN);
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  auto files = open_crawl_files(loaded->config.store);
  if (!files) return fail(files.error());
  SignalClock clock;
  Notifier notifier(session.environment);
  auto visitor = LiveVisitor::make(config_sources(session), *loaded, *files, clock, notifier);
  if (!visitor) return fail(visitor.error());
  const Log log(loaded->config.log, session.environment, session.err);
  log.write(LogLevel::info,
            "started",
            {{.name = "store", .value = loaded->config.store.path.string()},
             {.name = "window", .value = loaded->config.schedule.window}});
  Daemon daemon({.store = files->store,
                 .visitor = **visitor,
                 .clock = clock,
                 .notifier = notifier,
                 .log = log});
  if (auto ran = daemon.run(); !ran) return fail(ran.error());
  return kExitFine;
}

}  // namespace

void add_run(CLI::App& parent, Session& session) {
  CLI::App* command =
      add_command(parent,
                  "run",
                  "The daemon: a run every night, until it is stopped",
                  "qanat run                        # started by systemd: docs/running.md\n"
                  "qanat run --set schedule.window=00:00-24:00");
  add_rules_option(*command, session);
  command->callback([&session] { session.action = [&session] { return run_daemon(session); }; });
}

}  // namespace qanat::app
