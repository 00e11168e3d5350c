#include "app/page_fetcher.h"

#include <algorithm>
#include <utility>

#include "crawler/page_url.h"

namespace qanat::app {
namespace {

/// "Too many requests", or the host is in trouble: the same question may be answered later.
bool is_refusal(int status) { return status == 429 || status >= 500; }

bool is_page_or_redirect(int status) { return status == 200 || (status >= 300 && status < 400); }

/// Lets through what a visit can read: a page, or a redirect that says why there is none.
Result<crawler::Answer> judge(Result<crawler::Answer> answer) {
  if (!answer || is_page_or_redirect(answer->status)) return answer;
  return fail(Errc::http_status, answer->url + " answered " + std::to_string(answer->status));
}

}  // namespace

PageFetcher::PageFetcher(crawler::Transport& transport,
                         crawler::HostGate& gate,
                         Clock& clock,
                         store::Store& store,
                         std::vector<std::string> hosts)
    : transport_(transport), gate_(gate), clock_(clock), store_(store), hosts_(std::move(hosts)) {}

Result<crawler::Answer> PageFetcher::preview(const ChannelName& channel,
                                             std::optional<MessageId> before) {
  return fetch_from_any_host(
      [&](const std::string& host) { return crawler::preview_url(host, channel, before); });
}

Result<crawler::Answer> PageFetcher::landing(const ChannelName& channel) {
  return fetch_from_any_host(
      [&](const std::string& host) { return crawler::landing_url(host, channel); });
}

Result<crawler::Answer> PageFetcher::fetch_from_any_host(const UrlOnHost& url_on) {
  const std::size_t attempts = std::max(kAttempts, hosts_.size());
  for (std::size_t attempt = 1;; ++attempt) {
    auto answer = fetch(url_on(hosts_[preferred_]));
    const bool unreachable = !answer && answer.error().code == Errc::network;
    const bool refused = answer && is_refusal(answer->status);
    if (attempt == attempts || (!unreachable && !refused)) return judge(std::move(answer));
    if (unreachable) preferred_ = (preferred_ + 1) % hosts_.size();
  }
}

Result<crawler::Answer> PageFetcher::fetch(const std::string& url) {
  if (bad_in_a_row_ >= kMostBadInARow) {
    return fail(Errc::throttled,
                std::to_string(bad_in_a_row_) +
                    " requests in a row failed; the rest is left for another run");
  }
  if (auto ready = wait_for_gate(); !ready) return fail(ready.error());
  gate_.asked(clock_.now_ms());
  // Kept before the request leaves, so that a killed run cannot make the next one burst.
  if (auto kept = keep_gate(); !kept) return fail(kept.error());
  ++requests_;
  auto answer = transport_.fetch({.url = url});
  if (answer && is_page_or_redirect(answer->status)) {
    bad_in_a_row_ = 0;
    gate_.answered_well();
    return answer;
  }
  ++bad_in_a_row_;
  gate_.answered_badly(clock_.now_ms(), answer ? answer->retry_after : std::nullopt);
  if (auto kept = keep_gate(); !kept) return fail(kept.error());
  return answer;
}

Result<void> PageFetcher::wait_for_gate() {
  for (;;) {
    if (!may_go_on_()) return fail(Errc::throttled, "asked to stop; the rest is for another run");
    const auto wait = gate_.wait(clock_.now_ms());
    if (wait <= std::chrono::milliseconds::zero()) return {};
    if (wait > kLongestWait) {
      const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
      return fail(Errc::throttled,
                  "Telegram asked for a pause of another " + std::to_string(seconds) +
                      " s; run again after it");
    }
    constexpr std::chrono::seconds kNoticeable{5};
    if (wait >= kNoticeable) on_pause_(std::chrono::ceil<std::chrono::seconds>(wait));
    clock_.sleep(wait);
  }
}

Result<void> PageFetcher::keep_gate() {
  return store_.keep_gate({.next_at_ms = gate_.state().next_at_ms, .rate = gate_.state().rate});
}

}  // namespace qanat::app
