#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <utility>

#include "base/clock.h"
#include "base/error.h"
#include "base/instant.h"
#include "crawler/circuit_breaker.h"
#include "crawler/host_gate.h"
#include "crawler/transport.h"
#include "store/store.h"

namespace qanat::app {

/// The only way to the hosts: waits for the gate, tells gate and breaker of every answer, and keeps
/// what they must remember in the store before each request, so that a killed run cannot make the
/// next one burst. One thread.
class PoliteClient {
 public:
  /// All of them outlive the client.
  struct Dependencies {
    crawler::Transport& transport;
    crawler::HostGate& gate;
    crawler::CircuitBreaker& breaker;
    Clock& clock;
    store::Store& store;
  };

  explicit PoliteClient(const Dependencies& dependencies) : dependencies_(dependencies) {}

  /// One request, once the gate is open. An answer of any status.
  /// Errors: network; markup (too large an answer); throttled (a pause that is not waited for is
  /// in force, this answer opened the breaker, kMostBadInARow requests failed, nothing more may be
  /// asked, or the request was left); those of the store.
  Result<crawler::Answer> fetch(const crawler::Request& request);

  /// A wait that a person would wonder about.
  struct Pause {
    std::chrono::seconds wait{};
    std::string because;  ///< the latest failure, in words; empty when it was an earlier run's
  };
  /// Told before each.
  using OnPause = std::function<void(const Pause&)>;
  void on_pause(OnPause told) { on_pause_ = std::move(told); }

  /// Told of each request that was sent.
  struct Answered {
    std::optional<int> status;  ///< nothing: no answer came
    std::chrono::milliseconds took{};
  };
  using OnAnswer = std::function<void(const Answered&)>;
  void on_answer(OnAnswer told) { on_answer_ = std::move(told); }

  /// Asked before each request and after each wait; when it says no, nothing is asked for and the
  /// call fails as throttled.
  using MayGoOn = std::function<bool()>;
  void ask_each_time(MayGoOn may_go_on) { may_go_on_ = std::move(may_go_on); }

  /// Earlier failures in a row do not count any more.
  void try_anew() { bad_in_a_row_ = 0; }

  /// Requests sent so far.
  [[nodiscard]] int requests() const { return requests_; }

  /// A longer pause is not waited for: the run goes on without what is left.
  static constexpr std::chrono::minutes kLongestWait{2};
  /// But one that is over before `end` is.
  void wait_until(Instant end) { waits_until_ = end; }

  /// So many failures in a row, whatever was asked, are the hosts' affair and not a channel's: an
  /// outage is not answered by asking for the next thousand channels.
  static constexpr int kMostBadInARow = 12;

 private:
  Result<void> wait_for_gate();
  void tell_gate(const Result<crawler::Answer>& answer);
  /// For how long the answer shuts everything, if it does.
  std::optional<std::chrono::seconds> tell_breaker(const crawler::Request& request,
                                                   const Result<crawler::Answer>& answer);
  Result<void> keep_manners();

  Dependencies dependencies_;
  int requests_ = 0;
  int bad_in_a_row_ = 0;
  std::string latest_failure_;
  OnPause on_pause_ = [](const Pause&) {};
  OnAnswer on_answer_ = [](const Answered&) {};
  MayGoOn may_go_on_ = [] { return true; };
  Instant waits_until_;
};

}  // namespace qanat::app
