#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/config.h"
#include "app/crawl_tools.h"
#include "app/daemon.h"
#include "app/interruptible_clock.h"
#include "app/notifier.h"
#include "app/pulse.h"

namespace qanat::app {

/// Visits over the network, by the configuration's files. Each request shows the watchdog progress;
/// when a stop is asked for, the one under way is left and no other is sent.
class LiveVisitor final : public NightVisitor {
 public:
  /// All of them outlive the object.
  struct Surroundings {
    CrawlFiles& files;
    InterruptibleClock& clock;
    Notifier& notifier;
    Pulse& pulse;
  };

  /// `loaded` came from `sources`, which a reload reads again.
  /// Errors: config, when it names no contact; as CrawlTools::make.
  static Result<std::unique_ptr<LiveVisitor>> make(ConfigSources sources,
                                                   const LoadedConfig& loaded,
                                                   Surroundings around);

  Result<VisitReport> visit(const VisitPlan& plan, const OnPage& on_page) override;
  [[nodiscard]] int requests() const override;
  [[nodiscard]] VisitSettings settings() const override;
  [[nodiscard]] RunBudget budget() const override;
  [[nodiscard]] std::int64_t max_unknown_markup() const override;
  [[nodiscard]] bool ignores_robots() const override;
  void try_anew() override;
  [[nodiscard]] std::chrono::milliseconds pause() override;
  /// Errors: also config, when the new configuration names another store or archive.
  Result<std::vector<std::string>> reload() override;
  Result<Pruned> prune(Instant now) override;

 private:
  LiveVisitor(ConfigSources sources, Surroundings around);

  Result<void> use(const LoadedConfig& loaded);

  ConfigSources sources_;
  Surroundings around_;
  Config at_start_;
  std::unique_ptr<CrawlTools> tools_;
  int earlier_requests_ = 0;  ///< by tools that a reload replaced
};

}  // namespace qanat::app
