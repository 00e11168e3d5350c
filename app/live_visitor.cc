#include "app/live_visitor.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "app/archive_retention.h"
#include "app/config_keys.h"
#include "app/config_value.h"

namespace qanat::app {
namespace {

/// The daemon asks for years; whoever minds must find somebody.
Result<void> check_contact(const LoadedConfig& loaded) {
  if (!loaded.config.crawl.contact.empty()) return {};
  return fail(Errc::config,
              (loaded.file.empty() ? "" : loaded.file + ": ") +
                  "`crawl.contact` is empty; name a URL or an e-mail address at which you can be"
                  " asked to stop: without one `qanat run` does not start");
}

/// The keys of what is made once, at the start, whose values are other ones now.
std::vector<std::string> changed_since_start(const Config& start, const Config& now) {
  std::vector<std::string> keys;
  for (const ConfigKey& key : config_keys()) {
    const bool at_start_only = key.name.starts_with("web.") || key.name.starts_with("log.");
    if (at_start_only && value_json(key, start) != value_json(key, now))
      keys.emplace_back(key.name);
  }
  return keys;
}

}  // namespace

LiveVisitor::LiveVisitor(ConfigSources sources, Surroundings around)
    : sources_(std::move(sources)), around_(around) {}

Result<std::unique_ptr<LiveVisitor>> LiveVisitor::make(ConfigSources sources,
                                                       const LoadedConfig& loaded,
                                                       Surroundings around) {
  // A reload reads the same file, and misses it when it is gone.
  if (!loaded.file.empty()) sources.file = loaded.file;
  std::unique_ptr<LiveVisitor> visitor(new LiveVisitor(std::move(sources), around));
  if (auto used = visitor->use(loaded); !used) return fail(used.error());
  visitor->at_start_ = loaded.config;
  return visitor;
}

Result<void> LiveVisitor::use(const LoadedConfig& loaded) {
  if (auto named = check_contact(loaded); !named) return named;
  auto tools = CrawlTools::make(loaded.config, around_.files, around_.clock);
  if (!tools) return fail(tools.error());
  (*tools)->client().ask_each_time([this] {
    around_.notifier.progress();
    return !around_.clock.stop_asked();
  });
  (*tools)->transport().ask_meanwhile([this] { return !around_.clock.stop_asked(); });
  CrawlTools& made = **tools;
  const auto tell_manners = [this, &made] {
    around_.pulse.manners(made.gate(), made.breaker().trips(), around_.clock.now_ms());
  };
  tell_manners();
  made.client().on_answer([this, tell_manners](const PoliteClient::Answered& answer) {
    around_.pulse.answered(answer);
    tell_manners();
  });
  if (tools_) earlier_requests_ += tools_->fetcher().requests();
  tools_ = *std::move(tools);
  return {};
}

Result<std::vector<std::string>> LiveVisitor::reload() {
  std::error_code unseen;
  if (!sources_.file.empty() && !std::filesystem::exists(sources_.file, unseen) && !unseen) {
    return fail(Errc::config,
                sources_.file + ": the configuration file that was read at the start is gone");
  }
  const auto loaded = load_config(sources_);
  if (!loaded) return fail(loaded.error());
  const Config::Store& now = tools_->config().store;
  const Config::Store& then = loaded->config.store;
  if (now.path != then.path || now.archive != then.archive) {
    return fail(Errc::config, "`store.path` or `store.archive` has changed, which needs a restart");
  }
  if (auto used = use(*loaded); !used) return fail(used.error());
  return changed_since_start(at_start_, loaded->config);
}

Result<VisitReport> LiveVisitor::visit(const VisitPlan& plan, const OnPage& on_page) {
  return app::visit(tools_->world(), plan, on_page);
}

int LiveVisitor::requests() const { return earlier_requests_ + tools_->fetcher().requests(); }

VisitSettings LiveVisitor::settings() const { return visit_settings(tools_->config()); }

RunBudget LiveVisitor::budget() const { return run_budget(tools_->config()); }

std::int64_t LiveVisitor::max_unknown_markup() const {
  return tools_->config().crawl.max_unknown_markup;
}

bool LiveVisitor::ignores_robots() const { return tools_->config().crawl.ignore_robots; }

void LiveVisitor::try_anew() { tools_->fetcher().try_anew(); }

Result<Pruned> LiveVisitor::prune(Instant now) {
  const Config::Store& config = tools_->config().store;
  return prune_after_run({.archive = around_.files.archive, .store = config.path.string()},
                         config.archive_months,
                         now,
                         [this] {
                           around_.notifier.progress();
                           return !around_.clock.stop_asked();
                         });
}

std::chrono::milliseconds LiveVisitor::pause() {
  return tools_->gate().wait(around_.clock.now_ms());
}

}  // namespace qanat::app
