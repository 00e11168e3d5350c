#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <span>
#include <string>

#include "app/crawl_run.h"
#include "app/polite_client.h"
#include "store/store.h"
#include "store/store_figures.h"
#include "web/metrics.h"

namespace qanat::app {

/// What the daemon lets others see of itself: its thread writes, that of the web server reads.
class Pulse {
 public:
  Pulse();

  // The daemon's thread.
  /// Something was really done.
  void beat();
  /// The store has answered; visits may begin.
  void ready() { ready_ = true; }
  /// Nothing can be kept now, or it can again.
  void disk_fails(bool fails) { disk_fails_ = fails; }
  /// The latest runs of earlier processes, the latest first.
  void remember(std::span<const store::RunRow> runs);
  void answered(const PoliteClient::Answered& answer);
  /// Where gate and breaker stand after it.
  void manners(crawler::HostGate& gate, int breaker_trips, std::int64_t now_ms);
  void visited(const ChannelOutcome& visit);
  void ended(const RunReport& run);

  // Any thread.
  void stored(const store::Figures& figures, Instant now);
  [[nodiscard]] std::chrono::milliseconds since_beat() const;
  [[nodiscard]] bool is_ready() const { return ready_; }
  [[nodiscard]] bool waits_for_disk() const { return disk_fails_; }
  /// As Prometheus reads it.
  [[nodiscard]] std::string metrics() const { return metrics_.text(); }

 private:
  void tell_end(Instant started_at, Instant ended_at, bool degraded);

  std::atomic<std::chrono::steady_clock::time_point> beat_at_;
  std::atomic<bool> ready_ = false;
  std::atomic<bool> disk_fails_ = false;
  web::Metrics metrics_;
};

}  // namespace qanat::app
