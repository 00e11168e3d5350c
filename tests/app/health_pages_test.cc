#include "app/health_pages.h"

#include <filesystem>

#include "store/store.h"
#include "support/catch.h"
#include "support/fake_clock.h"
#include "support/files.h"
#include "web/exposition.h"

using namespace qanat;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using test::complaints_about;
using test::series_in;

namespace {

/// A daemon's pages over a store of their own.
struct Pages {
  test::TemporaryFolder folder;
  test::FakeClock clock;
  app::Pulse pulse;
  store::Store store = store::Store::create(folder.file("qanat.db")).value();

  web::Response ask(const std::string& path, std::chrono::milliseconds stuck_after = 1h) {
    return app::HealthPages(pulse, clock, folder.file("qanat.db"), stuck_after)
        .answer({.path = path});
  }
};

ChannelName room(int number) {
  return ChannelName::parse("room_number_" + std::to_string(number)).value();
}

app::ChannelOutcome failed_visit(const std::string& cause) {
  return {.channel = room(1),
          .report = std::nullopt,
          .error = Error{.code = Errc::network, .message = "no answer of room_number_1"},
          .cause = cause};
}

}  // namespace

TEST_CASE("/livez says whether the daemon goes on", "[health]") {
  Pages pages;
  pages.pulse.beat();

  CHECK(pages.ask("/livez").status == 200);
  const auto stuck = pages.ask("/livez", 0ms);
  CHECK(stuck.status == 503);
  CHECK_THAT(stuck.body, Contains("no progress for"));
}

TEST_CASE("/readyz says whether the store answers and visits may begin", "[health]") {
  Pages pages;
  CHECK(pages.ask("/readyz").status == 503);

  pages.pulse.ready();
  CHECK(pages.ask("/readyz").status == 200);

  std::filesystem::remove(pages.folder.path() / "qanat.db");
  const auto lost = pages.ask("/readyz");
  CHECK(lost.status == 503);
  CHECK_THAT(lost.body, Contains("qanat.db"));
  CHECK(pages.ask("/livez").status == 200);
}

TEST_CASE("/metrics is what Prometheus reads, before and after a night", "[health]") {
  Pages pages;
  CHECK(complaints_about(pages.ask("/metrics").body).empty());

  pages.pulse.answered({.status = 200, .took = 120ms});
  pages.pulse.answered({.status = std::nullopt, .took = 60s});
  pages.pulse.visited(failed_visit("network"));
  app::VisitReport report{.pages = 2, .posts = {.fresh = 3, .edited = 1}};
  report.outcomes = {{Outcome::ad_only, 2}};
  pages.pulse.visited(
      {.channel = room(2), .report = report, .error = {}, .cause = "", .news = true});

  const auto answer = pages.ask("/metrics");
  CHECK(answer.type == "text/plain; version=0.0.4; charset=utf-8");
  CHECK(complaints_about(answer.body).empty());
  CHECK_THAT(answer.body, Contains("qanat_http_responses_total{code_class=\"2xx\"} 1\n"));
  CHECK_THAT(answer.body, Contains("qanat_http_responses_total{code_class=\"none\"} 1\n"));
  CHECK_THAT(answer.body, Contains("qanat_visit_failures_total{cause=\"network\"} 1\n"));
  CHECK_THAT(answer.body, Contains("qanat_visits_total{result=\"fetched\"} 1\n"));
  CHECK_THAT(answer.body, Contains("qanat_posts_total{change=\"new\"} 3\n"));
  CHECK_THAT(answer.body, Contains("qanat_judged_posts_total{outcome=\"ad_only\"} 2\n"));
}

TEST_CASE("a run's end is in the metrics, and a degraded one is no success", "[health]") {
  Pages pages;
  app::RunReport fine;
  fine.started_at = parse_instant("2026-07-20T01:00:00Z").value();
  fine.ended_at = fine.started_at + 90s;
  pages.pulse.ended(fine);
  app::RunReport degraded = fine;
  degraded.ended_at += 24h;
  degraded.add(failed_visit("network"));
  degraded.add_deferred({.cause = app::kHostPause, .error = {}, .visits = 7});
  pages.pulse.ended(degraded);

  const std::string text = pages.ask("/metrics").body;

  CHECK_THAT(text, Contains("qanat_run_degraded 1\n"));
  CHECK_THAT(text, Contains("qanat_visits_total{result=\"deferred\"} 7\n"));
  CHECK_THAT(text, Contains("qanat_run_last_success_timestamp_seconds 1784509290\n"));
  CHECK_THAT(text, Contains("qanat_run_last_end_timestamp_seconds 1784595690\n"));
}

TEST_CASE("/readyz says that nothing can be kept", "[health]") {
  Pages pages;
  pages.pulse.ready();
  pages.pulse.disk_fails(true);

  CHECK(pages.ask("/readyz").status == 503);

  pages.pulse.disk_fails(false);
  CHECK(pages.ask("/readyz").status == 200);
}

TEST_CASE("a daemon that was started anew knows the runs before it", "[health]") {
  Pages pages;
  const Instant night = parse_instant("2026-07-20T01:00:00Z").value();
  const std::vector<store::RunRow> runs = {
      {.id = 3, .started_at = night + 48h},
      {.id = 2, .started_at = night + 24h, .ended_at = night + 24h + 60s, .degraded = true},
      {.id = 1, .started_at = night, .ended_at = night + 90s}};

  pages.pulse.remember(runs);

  const std::string text = pages.ask("/metrics").body;
  CHECK_THAT(text, Contains("qanat_run_degraded 1\n"));
  CHECK_THAT(text, Contains("qanat_run_duration_seconds 60\n"));
  CHECK_THAT(text, Contains("qanat_run_last_success_timestamp_seconds 1784509290\n"));
  CHECK_THAT(text, Contains("qanat_run_last_end_timestamp_seconds 1784595660\n"));
}

TEST_CASE("ten thousand channels add no series", "[health]") {
  Pages pages;
  const std::size_t before = series_in(pages.ask("/metrics").body);
  for (int i = 0; i < 10'000; ++i) pages.pulse.visited(failed_visit("cause " + std::to_string(i)));
  for (int i = 0; i < 20; ++i) REQUIRE(pages.store.add_channel(room(i), pages.clock.now()));
  pages.clock.advance(90s);

  const std::string text = pages.ask("/metrics").body;

  CHECK(series_in(text) == before);
  CHECK(before < 500);
  CHECK_THAT(text, Contains("qanat_channels{state=\"fresh\"} 20\n"));
  CHECK_THAT(text, Contains("qanat_oldest_due_seconds 90\n"));
}

TEST_CASE("another page is not there", "[health]") {
  Pages pages;

  CHECK(pages.ask("/").status == 404);
  CHECK_THAT(pages.ask("/").body, Contains("/metrics"));
}

TEST_CASE("failed visits are counted by every cause that a run tells", "[health]") {
  Pages pages;
  for (const char* cause : {"renamed", "redacted", app::kHostPause}) {
    pages.pulse.visited(failed_visit(cause));
  }

  const std::string text = pages.ask("/metrics").body;

  for (const char* cause : {"renamed", "redacted", "host pause"}) {
    const std::string series = "qanat_visit_failures_total{cause=\"" + std::string(cause) + "\"} 1";
    CHECK_THAT(text, Contains(series));
  }
}
