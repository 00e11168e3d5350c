#include "app/polite_client.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/units.h"
#include "crawler/host_sign.h"

namespace qanat::app {
namespace {

using crawler::HostSign;

/// What opened the breaker, in words.
std::string_view storm_of(HostSign sign) {
  if (sign == HostSign::challenge) return "a challenge page came instead of an answer";
  return "the latest answers are refusals or empty, whatever is asked";
}

}  // namespace

Result<crawler::Answer> PoliteClient::fetch(const crawler::Request& request) {
  if (bad_in_a_row_ >= kMostBadInARow) {
    return fail(Errc::throttled,
                std::to_string(bad_in_a_row_) +
                    " requests in a row failed; the rest is left for the next run");
  }
  if (auto ready = wait_for_gate(); !ready) return fail(ready.error());
  dependencies_.gate.asked(dependencies_.clock.now_ms());
  if (auto kept = keep_manners(); !kept) return fail(kept.error());
  ++requests_;
  const std::int64_t asked_at = dependencies_.clock.now_ms();
  auto answer = dependencies_.transport.fetch(request);
  // The operator's doing tells nothing of the host.
  if (!answer && answer.error().code == Errc::throttled) return answer;
  tell_gate(answer);
  const auto shut_for = tell_breaker(request, answer);
  on_answer_({.status = answer ? std::optional(answer->status) : std::nullopt,
              .took = std::chrono::milliseconds{
                  std::max<std::int64_t>(0, dependencies_.clock.now_ms() - asked_at)}});
  const bool fine = answer && crawler::sign_of(*answer) == HostSign::fine;
  if (!fine || answer->retry_after) {
    if (auto kept = keep_manners(); !kept) return fail(kept.error());
  }
  if (!shut_for) return answer;
  return fail(Errc::throttled,
              request.url + ": " + std::string(storm_of(crawler::sign_of(*answer))) +
                  "; no host is asked for " + format_duration(*shut_for));
}

/// Errors never raise the rate; what concerns one channel alone leaves it as it is.
void PoliteClient::tell_gate(const Result<crawler::Answer>& answer) {
  // A page that is too large is its channel's: the host answered.
  if (!answer && answer.error().code == Errc::markup) return;
  const HostSign sign = answer ? crawler::sign_of(*answer) : HostSign::busy;
  if (sign == HostSign::fine) {
    bad_in_a_row_ = 0;
    dependencies_.gate.answered_well();
    if (answer->retry_after)
      dependencies_.gate.stop_for(dependencies_.clock.now_ms(), *answer->retry_after);
    return;
  }
  const auto named = answer ? answer->retry_after : std::nullopt;
  if (sign != HostSign::busy && !named) return;
  ++bad_in_a_row_;
  latest_failure_ =
      answer ? "the answer was HTTP " + std::to_string(answer->status) : answer.error().message;
  dependencies_.gate.answered_badly(dependencies_.clock.now_ms(), named);
}

std::optional<std::chrono::seconds> PoliteClient::tell_breaker(
    const crawler::Request& request, const Result<crawler::Answer>& answer) {
  if (!answer) return std::nullopt;
  const auto pause = dependencies_.breaker.saw(crawler::sign_of(*answer), request.url);
  if (pause) dependencies_.gate.answered_badly(dependencies_.clock.now_ms(), pause);
  return pause;
}

Result<void> PoliteClient::wait_for_gate() {
  for (;;) {
    if (!may_go_on_())
      return fail(Errc::throttled, "asked to stop; the rest is left for the next run");
    const auto wait = dependencies_.gate.wait(dependencies_.clock.now_ms());
    if (wait <= std::chrono::milliseconds::zero()) return {};
    if (wait > kLongestWait && dependencies_.clock.now() + wait > waits_until_) {
      const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
      return fail(Errc::throttled,
                  "Telegram is not asked for another " + std::to_string(seconds) +
                      " s, because it asked for a pause or refused requests; run again after that");
    }
    constexpr std::chrono::seconds kNoticeable{5};
    if (wait >= kNoticeable) {
      on_pause_(
          {.wait = std::chrono::ceil<std::chrono::seconds>(wait), .because = latest_failure_});
    }
    dependencies_.clock.sleep(wait);
  }
}

Result<void> PoliteClient::keep_manners() {
  const crawler::GateState& state = dependencies_.gate.state();
  return dependencies_.store.keep_gate({.next_at_ms = state.next_at_ms,
                                        .rate = state.rate,
                                        .breaker_trips = dependencies_.breaker.trips()});
}

}  // namespace qanat::app
