#include "web/metrics.h"

#include <stdexcept>
#include <thread>

#include "exposition.h"
#include "support/catch.h"

using Catch::Matchers::Contains;
using qanat::test::complaints_about;
using qanat::test::series_in;
using qanat::web::Metrics;
using Type = Metrics::Type;

namespace {

Metrics sample() {
  return Metrics({{.name = "q_posts_total",
                   .help = "Posts, by what they are",
                   .type = Type::counter,
                   .label = "change",
                   .values = {"new", "edited"}},
                  {.name = "q_rate", .help = "A rate"},
                  {.name = "q_request_duration_seconds",
                   .help = "How long",
                   .type = Type::histogram,
                   .buckets = {0.1, 1}}});
}

}  // namespace

TEST_CASE("what was counted is what is shown") {
  Metrics metrics = sample();

  metrics.add("q_posts_total", "new", 3);
  metrics.add("q_posts_total", "new", 1);
  metrics.set("q_rate", 0.25);

  const std::string text = metrics.text();
  CHECK_THAT(text,
             Contains("# HELP q_posts_total Posts, by what they are\n"
                      "# TYPE q_posts_total counter\n"
                      "q_posts_total{change=\"new\"} 4\n"
                      "q_posts_total{change=\"edited\"} 0\n"
                      "q_posts_total{change=\"other\"} 0\n"));
  CHECK_THAT(text, Contains("# TYPE q_rate gauge\nq_rate 0.25\n"));
}

TEST_CASE("a measurement counts in every bucket that holds it") {
  Metrics metrics = sample();

  for (const double seconds : {0.05, 0.1, 0.5, 7.0}) {
    metrics.observe("q_request_duration_seconds", seconds);
  }

  CHECK_THAT(metrics.text(),
             Contains("q_request_duration_seconds_bucket{le=\"0.1\"} 2\n"
                      "q_request_duration_seconds_bucket{le=\"1\"} 3\n"
                      "q_request_duration_seconds_bucket{le=\"+Inf\"} 4\n"
                      "q_request_duration_seconds_sum 7.65\n"
                      "q_request_duration_seconds_count 4\n"));
}

TEST_CASE("nothing from outside adds a series") {
  Metrics metrics = sample();
  const std::size_t before = series_in(metrics.text());

  for (int i = 0; i < 1000; ++i) metrics.add("q_posts_total", "channel " + std::to_string(i), 1);

  CHECK(series_in(metrics.text()) == before);
  CHECK_THAT(metrics.text(), Contains("q_posts_total{change=\"other\"} 1000\n"));
}

TEST_CASE("what is shown is what Prometheus reads") {
  Metrics metrics({{.name = "q_info",
                    .help = "A back\\slash, a \"quote\"\nand a line",
                    .label = "version",
                    .values = {"1.0 \"beta\"\\\n"}},
                   {.name = "q_large_bytes", .help = "Large"},
                   {.name = "q_small_seconds", .help = "Small"}});
  metrics.set("q_large_bytes", 1e20);
  metrics.set("q_small_seconds", 1e-9);

  CHECK(complaints_about(metrics.text()).empty());
  CHECK(complaints_about(sample().text()).empty());
  CHECK_THAT(metrics.text(), Contains("{version=\"1.0 \\\"beta\\\"\\\\\\n\"}"));
}

TEST_CASE("the checker of these tests finds what is wrong") {
  CHECK_FALSE(complaints_about("# HELP a b\n# TYPE a gauge\na 1").empty());
  CHECK_FALSE(complaints_about("# HELP a b\n# TYPE a gauge\na{x=\"\"y\"} 1\n").empty());
  CHECK_FALSE(complaints_about("# HELP a b\n# TYPE a gauge\na 1\na 2\n").empty());
  CHECK_FALSE(complaints_about("# HELP a b\n# TYPE a counter\na 1\n").empty());
  CHECK_FALSE(complaints_about("# HELP a b\n# TYPE a gauge\nb 1\n").empty());
  CHECK_FALSE(complaints_about("# HELP a b\n# TYPE a gauge\n").empty());
}

TEST_CASE("a name that no family has is a bug") {
  Metrics metrics = sample();

  CHECK_THROWS_AS(metrics.add("q_typo_total"), std::out_of_range);
}

TEST_CASE("several threads count without losing anything") {
  Metrics metrics = sample();
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&metrics] {
        for (int n = 0; n < 1000; ++n) metrics.add("q_posts_total", "new", 1);
      });
    }
  }

  CHECK_THAT(metrics.text(), Contains("q_posts_total{change=\"new\"} 4000\n"));
}
