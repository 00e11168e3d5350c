#include "demo/fault_plan.h"

#include "demo/default_channels.h"
#include "support/catch.h"

using namespace qanat::demo;

namespace {

Query page_of(const std::string& channel) {
  return {.path = "/s/" + channel, .values = {}, .headers = {}};
}

}  // namespace

TEST_CASE("a fault plan spoils the requests that it names and no other") {
  auto plan = FaultPlan(default_channels()).at(2, status(403)).from(4, status(503));

  CHECK_FALSE(plan(page_of("ask_cpp_demo")));
  CHECK(plan(page_of("ask_cpp_demo")).value().status == 403);
  CHECK_FALSE(plan(page_of("ask_cpp_demo")));
  CHECK(plan(page_of("ask_cpp_demo")).value().status == 503);
  CHECK(plan(page_of("ask_cpp_demo")).value().status == 503);
}

TEST_CASE("a fault plan does not count robots.txt") {
  auto plan = FaultPlan(default_channels()).at(1, status(500));

  CHECK_FALSE(plan({.path = "/robots.txt", .values = {}, .headers = {}}));
  CHECK(plan(page_of("ask_cpp_demo")).value().status == 500);
}

TEST_CASE("a page that is delivered otherwise is the page") {
  auto plan = FaultPlan(default_channels()).at(1, delivered(Delivery::cut));

  const Reply reply = plan(page_of("ask_cpp_demo")).value();

  CHECK(reply.delivery == Delivery::cut);
  CHECK(reply.body == answer(default_channels(), page_of("ask_cpp_demo")).body);
}
