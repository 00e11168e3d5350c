#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/channel_name.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/post.h"
#include "crawler/host_gate.h"
#include "crawler/transport.h"
#include "store/store.h"

namespace qanat::app {

/// Asks Telegram's hosts for pages, politely: waits for the host gate, tells it of every answer,
/// keeps its state in the store before each request, asks again when refused, and turns to the next
/// host when one cannot be reached. One thread.
class PageFetcher {
 public:
  /// `hosts` are base URLs in order of preference, at least one. All references outlive the object.
  PageFetcher(crawler::Transport& transport,
              crawler::HostGate& gate,
              Clock& clock,
              store::Store& store,
              std::vector<std::string> hosts);

  /// The channel's preview page: the newest, or the one before a cursor. An answer of 200 or 3xx.
  /// Errors: network (no host answered); http_status (any other answer, after kAttempts for 429 and
  /// 5xx); throttled (a pause longer than kLongestWait is in force, or kMostBadInARow requests
  /// failed); those of the store.
  Result<crawler::Answer> preview(const ChannelName& channel, std::optional<MessageId> before);

  /// The page that a preview redirects to when there is none. Errors: as above.
  Result<crawler::Answer> landing(const ChannelName& channel);

  /// Told of each wait that a person would wonder about.
  using OnPause = std::function<void(std::chrono::seconds)>;
  void on_pause(OnPause told) { on_pause_ = std::move(told); }

  /// Asked before each request and after each wait; when it says no, the page is not asked for and
  /// the call fails as throttled.
  using MayGoOn = std::function<bool()>;
  void ask_each_time(MayGoOn may_go_on) { may_go_on_ = std::move(may_go_on); }

  /// Earlier failures in a row do not count any more.
  void try_anew() { bad_in_a_row_ = 0; }

  /// Requests sent so far.
  [[nodiscard]] int requests() const { return requests_; }

  /// A longer pause is not waited for: the run goes on without what is left.
  static constexpr std::chrono::minutes kLongestWait{2};

  /// How often one page is asked for, at the gate's falling rate.
  static constexpr std::size_t kAttempts = 3;

  /// So many failures in a row, whatever was asked, are the hosts' affair and not a channel's: a
  /// ban is not answered by asking for the next thousand channels.
  static constexpr int kMostBadInARow = 12;

 private:
  using UrlOnHost = std::function<std::string(const std::string& host)>;

  Result<crawler::Answer> fetch_from_any_host(const UrlOnHost& url_on);
  Result<crawler::Answer> fetch(const std::string& url);
  Result<void> wait_for_gate();
  Result<void> keep_gate();

  crawler::Transport& transport_;
  crawler::HostGate& gate_;
  Clock& clock_;
  store::Store& store_;
  std::vector<std::string> hosts_;
  std::size_t preferred_ = 0;  ///< the host that answered last
  int requests_ = 0;
  int bad_in_a_row_ = 0;
  OnPause on_pause_ = [](std::chrono::seconds) {};
  MayGoOn may_go_on_ = [] { return true; };
};

}  // namespace qanat::app
