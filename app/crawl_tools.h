#pragma once

#include <memory>

#include "app/config.h"
#include "app/crawl_run.h"
#include "app/keeper.h"
#include "app/page_fetcher.h"
#include "app/polite_client.h"
#include "base/clock.h"
#include "crawler/circuit_breaker.h"
#include "crawler/curl_transport.h"
#include "crawler/host_gate.h"
#include "store/run_lock.h"
#include "store/snapshot_archive.h"
#include "store/store.h"

/// What `crawl` and `run` work with, made from the configuration.
namespace qanat::app {

/// The files of a configuration, held for as long as channels are visited.
struct CrawlFiles {
  store::Store store;
  store::RunLock lock;
  store::SnapshotArchive archive;
};

/// Finishes removals whose process died. Errors: those of the store; usage, when the database is
/// not there; storage_busy when another process crawls.
Result<CrawlFiles> open_crawl_files(const LoadedConfig& loaded);

/// What asks and judges by one configuration; a reload makes another one. Does not move: its parts
/// refer to each other.
class CrawlTools {
 public:
  /// `files` and `clock` outlive the object. Errors: rule, config, network; those of the store.
  static Result<std::unique_ptr<CrawlTools>> make(const Config& config,
                                                  CrawlFiles& files,
                                                  Clock& clock);

  ~CrawlTools() = default;
  CrawlTools(const CrawlTools&) = delete;
  CrawlTools& operator=(const CrawlTools&) = delete;

  [[nodiscard]] const Config& config() const { return config_; }
  [[nodiscard]] crawler::HostGate& gate() { return manners_.gate; }
  [[nodiscard]] const crawler::CircuitBreaker& breaker() const { return manners_.breaker; }
  [[nodiscard]] crawler::CurlTransport& transport() { return *transport_; }
  [[nodiscard]] PoliteClient& client() { return client_; }
  [[nodiscard]] PageFetcher& fetcher() { return fetcher_; }
  [[nodiscard]] World& world() { return world_; }

 private:
  /// What stands between us and the hosts, as the store remembers it.
  struct Manners {
    crawler::HostGate gate;
    crawler::CircuitBreaker breaker;
  };
  static Result<Manners> recall_manners(const Config::Crawl& config,
                                        store::Store& store,
                                        Clock& clock);

  CrawlTools(Config config,
             classifier::Classifier classifier,
             std::unique_ptr<crawler::CurlTransport> transport,
             Manners manners,
             CrawlFiles& files,
             Clock& clock);

  Config config_;
  classifier::Classifier classifier_;
  std::unique_ptr<crawler::CurlTransport> transport_;
  Manners manners_;
  PoliteClient client_;
  PageFetcher fetcher_;
  StoreKeeper keeper_;
  World world_;
};

[[nodiscard]] VisitSettings visit_settings(const Config& config);
[[nodiscard]] RunBudget run_budget(const Config& config);

}  // namespace qanat::app
