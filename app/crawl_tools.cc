#include "app/crawl_tools.h"

#include <string>
#include <utility>

#include "app/erasure.h"
#include "app/open_store.h"
#include "app/rule_packs.h"
#include "app/schedule.h"
#include "app/session.h"
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
      .ca_file = config.ca_file.string(),
      .http1_only = config.http_version == "1.1",
  });
}

}  // namespace

Result<CrawlFiles> open_crawl_files(const LoadedConfig& loaded) {
  if (auto found = find_database(loaded); !found) return fail(found.error());
  const Config::Store& config = loaded.config.store;
  auto store = store::Store::open(config.path.string(), store::Access::read_write);
  if (!store) return fail(store.error());
  auto lock = store::RunLock::take(config.path.string());
  if (!lock) return fail(lock.error());
  auto archive = store::SnapshotArchive::open(config.archive.string(), config.path.string());
  if (!archive) return fail(archive.error());
  auto erasure = store::Erasure::open(*store);
  if (!erasure) return fail(erasure.error());
  if (auto finished = finish_removals(*erasure, *archive, now()); !finished) {
    return fail(finished.error());
  }
  return CrawlFiles{
      .store = *std::move(store), .lock = *std::move(lock), .archive = *std::move(archive)};
}

Result<CrawlTools::Manners> CrawlTools::recall_manners(const Config::Crawl& config,
                                                       store::Store& store,
                                                       Clock& clock) {
  const auto saved = store.gate();
  if (!saved) return fail(saved.error());
  const std::int64_t now = clock.now_ms();
  const store::SavedGate gate = saved->value_or(store::SavedGate{.rate = config.rate});
  return Manners{
      .gate = crawler::HostGate(
          {.max_rate = config.rate}, {.next_at_ms = gate.next_at_ms, .rate = gate.rate}, now),
      .breaker = crawler::CircuitBreaker(gate.breaker_trips, static_cast<std::uint64_t>(now))};
}

Result<std::unique_ptr<CrawlTools>> CrawlTools::make(const Config& config,
                                                     CrawlFiles& files,
                                                     Clock& clock) {
  if (auto trusted = check_ca_file(config); !trusted) return fail(trusted.error());
  auto classifier = load_classifier(config.rules.dir);
  if (!classifier) return fail(classifier.error());
  auto transport = make_transport(config.crawl);
  if (!transport) return fail(transport.error());
  auto manners = recall_manners(config.crawl, files.store, clock);
  if (!manners) return fail(manners.error());
  return std::unique_ptr<CrawlTools>(new CrawlTools(
      config, *std::move(classifier), *std::move(transport), *std::move(manners), files, clock));
}

CrawlTools::CrawlTools(Config config,
                       classifier::Classifier classifier,
                       std::unique_ptr<crawler::CurlTransport> transport,
                       Manners manners,
                       CrawlFiles& files,
                       Clock& clock)
    : config_(std::move(config)),
      classifier_(std::move(classifier)),
      transport_(std::move(transport)),
      manners_(std::move(manners)),
      client_({.transport = *transport_,
               .gate = manners_.gate,
               .breaker = manners_.breaker,
               .clock = clock,
               .store = files.store}),
      fetcher_(client_,
               clock,
               files.store,
               files.archive,
               {.hosts = config_.crawl.hosts, .ignore_robots = config_.crawl.ignore_robots}),
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
