#pragma once

#include <memory>

#include "app/config.h"
#include "app/crawl_run.h"
#include "app/keeper.h"
#include "app/page_fetcher.h"
#include "base/clock.h"
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

/// Errors: those of the store; storage_busy when another process crawls.
Result<CrawlFiles> open_crawl_files(const Config::Store& config);

/// What asks and judges by one configuration; a reload makes another one. Does not move: its parts
/// refer to each other.
class CrawlTools {
 public:
  /// `files` and `clock` outlive the object. Errors: rule, config, network; those of the store.
  static Result<std::unique_ptr<CrawlTools>> make(const Config& config,
                                                  CrawlFiles& files,
                                                  Clock& clock);

  CrawlTools(const CrawlTools&) = delete;
  CrawlTools& operator=(const CrawlTools&) = delete;

  [[nodiscard]] const Config& config() const { return config_; }
  [[nodiscard]] const crawler::HostGate& gate() const { return gate_; }
  [[nodiscard]] PageFetcher& fetcher() { return fetcher_; }
  [[nodiscard]] World& world() { return world_; }

 private:
  CrawlTools(Config config,
             classifier::Classifier classifier,
             std::unique_ptr<crawler::CurlTransport> transport,
             crawler::HostGate gate,
             CrawlFiles& files,
             Clock& clock);

  Config config_;
  classifier::Classifier classifier_;
  std::unique_ptr<crawler::CurlTransport> transport_;
  crawler::HostGate gate_;
  PageFetcher fetcher_;
  StoreKeeper keeper_;
  World world_;
};

[[nodiscard]] VisitSettings visit_settings(const Config& config);
[[nodiscard]] RunBudget run_budget(const Config& config);

}  // namespace qanat::app
