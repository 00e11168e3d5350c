#include "app/crawl_tools.h"

#include <string>
#include <utility>

#include "app/rule_packs.h"
#include "app/schedule.h"
#include "app/version.h"

namespace qanat::app {
namespace {

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

Result<crawler::HostGate> make_gate(const Config::Crawl& config,
                                    store::Store& store,
                                    Clock& clock) {
  const auto saved = store.gate();
  if (!saved) return fail(saved.error());
  crawler::GateState state{.next_at_ms = 0, .rate = config.rate};
  if (*saved) state = {.next_at_ms = (*saved)->next_at_ms, .rate = (*saved)->rate};
  return crawler::HostGate({.max_rate = config.rate}, state, clock.now_ms());
}

}  // namespace

Result<CrawlFiles> open_crawl_files(const Config::Store& config) {
  auto store = store::Store::open(config.path.string(), store::Access::read_write);
  if (!store) return fail(store.error());
  auto lock = store::RunLock::take(config.path.string());
  if (!lock) return fail(lock.error());
  auto archive = store::SnapshotArchive::open(config.archive.string());
  if (!archive) return fail(archive.error());
  return CrawlFiles{
      .store = *std::move(store), .lock = *std::move(lock), .archive = *std::move(archive)};
}

Result<std::unique_ptr<CrawlTools>> CrawlTools::make(const Config& config,
                                                     CrawlFiles& files,
                                                     Clock& clock) {
  auto classifier = load_classifier(config.rules.dir);
  if (!classifier) return fail(classifier.error());
  auto transport = make_transport(config.crawl);
  if (!transport) return fail(transport.error());
  const auto gate = make_gate(config.crawl, files.store, clock);
  if (!gate) return fail(gate.error());
  return std::unique_ptr<CrawlTools>(
      new CrawlTools(config, *std::move(classifier), *std::move(transport), *gate, files, clock));
}

CrawlTools::CrawlTools(Config config,
                       classifier::Classifier classifier,
                       std::unique_ptr<crawler::CurlTransport> transport,
                       crawler::HostGate gate,
                       CrawlFiles& files,
                       Clock& clock)
    : config_(std::move(config)),
      classifier_(std::move(classifier)),
      transport_(std::move(transport)),
      gate_(gate),
      fetcher_(*transport_, gate_, clock, files.store, config_.crawl.hosts),
      keeper_(files.archive, files.store),
      world_{.fetcher = fetcher_, .keeper = keeper_, .clock = clock, .classifier = classifier_} {}

VisitSettings visit_settings(const Config& config) {
  // The configuration has been checked: its window is one.
  const auto window = parse_night_window(config.schedule.window);
  return {.max_pages = static_cast<int>(config.crawl.max_pages),
          .recheck = config.crawl.recheck,
          .schedule = {.window = window.value(),
                       .floor = config.schedule.floor,
                       .ceiling = config.schedule.ceiling}};
}

RunBudget run_budget(const Config& config) {
  return {.requests = config.crawl.max_requests, .time = config.crawl.max_time};
}

}  // namespace qanat::app
