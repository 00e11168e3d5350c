#include "app/signal_clock.h"

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

#include "support/catch.h"

using namespace qanat;
using namespace std::chrono_literals;

namespace {

/// As a terminal starts a program; `nohup` and the background of a script have some ignored.
void start_in_foreground() {
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) std::signal(number, SIG_DFL);
}

}  // namespace

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
  start_in_foreground();
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
  start_in_foreground();
  app::SignalClock clock(app::SignalClock::HangUp::stop);

  std::raise(SIGHUP);

  CHECK(clock.stop_asked());
  CHECK_FALSE(clock.take_reload());
}

TEST_CASE("a request to stop that comes twice at once is one", "[signals]") {
  start_in_foreground();
  app::SignalClock clock(app::SignalClock::HangUp::stop, 1h);

  for (const int number : {SIGTERM, SIGTERM, SIGINT}) std::raise(number);

  CHECK(clock.stop_asked());
}

TEST_CASE("a second request to stop, a while later, ends the process", "[signals]") {
  start_in_foreground();
  for (const int second : {SIGTERM, SIGINT}) {
    const pid_t child = fork();
    if (child == 0) {
      const app::SignalClock clock(app::SignalClock::HangUp::reload, 0s);
      std::raise(SIGTERM);
      std::raise(second);
      _exit(0);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK((WIFSIGNALED(status) && WTERMSIG(status) == second));
  }
}

TEST_CASE("a terminal that closes after a request to stop does not end the process", "[signals]") {
  start_in_foreground();
  app::SignalClock clock(app::SignalClock::HangUp::stop, 0s);

  for (const int number : {SIGHUP, SIGTERM, SIGHUP}) std::raise(number);

  CHECK(clock.stop_asked());
}

TEST_CASE("what nohup or a script had ignored stays ignored", "[signals]") {
  for (const int number : {SIGHUP, SIGINT}) {
    const auto before = std::signal(number, SIG_IGN);
    {
      app::SignalClock clock(app::SignalClock::HangUp::stop);

      std::raise(number);

      CHECK_FALSE(clock.stop_asked());
    }
    std::signal(number, before);
  }
}

TEST_CASE("a reload can be asked for also where SIGHUP was ignored", "[signals]") {
  const auto before = std::signal(SIGHUP, SIG_IGN);
  {
    app::SignalClock clock;

    std::raise(SIGHUP);

    CHECK(clock.take_reload());
  }
  std::signal(SIGHUP, before);
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
