#include "app/signal_clock.h"

#include <csignal>

#include "support/catch.h"

using namespace qanat;
using namespace std::chrono_literals;

TEST_CASE("SIGHUP asks for a reload, once, and wakes the sleeper", "[signals]") {
  app::SignalClock clock;
  CHECK_FALSE(clock.take_reload());

  std::raise(SIGHUP);
  clock.sleep(1h);

  CHECK(clock.take_reload());
  CHECK_FALSE(clock.take_reload());
  CHECK_FALSE(clock.stop_asked());
}

TEST_CASE("SIGTERM and SIGINT ask to stop, and then nothing sleeps any more", "[signals]") {
  for (const int number : {SIGTERM, SIGINT}) {
    app::SignalClock clock;
    CHECK_FALSE(clock.stop_asked());

    std::raise(number);
    clock.sleep(1h);
    clock.sleep(1h);

    CHECK(clock.stop_asked());
  }
}

TEST_CASE("where nothing can be reloaded SIGHUP asks to stop", "[signals]") {
  app::SignalClock clock(app::SignalClock::HangUp::stop);

  std::raise(SIGHUP);

  CHECK(clock.stop_asked());
  CHECK_FALSE(clock.take_reload());
}

TEST_CASE("a second request to stop is the kernel's to answer", "[signals]") {
  const app::SignalClock clock;

  std::raise(SIGTERM);

  struct sigaction now{};
  sigaction(SIGTERM, nullptr, &now);
  CHECK(now.sa_handler == SIG_DFL);
}

TEST_CASE("a clock that ends gives the signals back", "[signals]") {
  struct sigaction before{};
  sigaction(SIGHUP, nullptr, &before);

  {
    const app::SignalClock clock;
  }

  struct sigaction after{};
  sigaction(SIGHUP, nullptr, &after);
  CHECK(after.sa_handler == before.sa_handler);
}
