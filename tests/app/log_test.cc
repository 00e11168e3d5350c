#include "app/log.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <sstream>

#include <nlohmann/json.hpp>

#include "support/catch.h"

using namespace qanat::app;

namespace {

std::string logged(const Config::Log& config,
                   const Environment& environment,
                   bool on_terminal = false) {
  std::ostringstream err;
  const Log log(config, environment, err, on_terminal);
  log.write(LogLevel::debug, "detail", {});
  log.write(LogLevel::warn,
            "visit_failed",
            {{.name = "channel", .value = "some_channel"},
             {.name = "error", .value = "no \"answer\"\x1b[2J"}});
  return err.str();
}

}  // namespace

TEST_CASE("a log line has time, level, event and fields, and no control characters") {
  const std::string line = logged({.level = "info", .format = "text"}, {});

  CHECK(line.substr(19) ==
        "Z warn visit_failed channel=some_channel error=\"no \\\"answer\\\"\\\\x1b[2J\"\n");
}

TEST_CASE("under systemd a log line begins with the journal's priority") {
  const std::string line = logged({.level = "info", .format = "auto"}, {{"JOURNAL_STREAM", "8:1"}});

  CHECK(line.starts_with("<4>visit_failed channel=some_channel "));
}

TEST_CASE("a JSON log line is one object") {
  const auto line = nlohmann::json::parse(
      logged({.level = "info", .format = "json"}, {{"JOURNAL_STREAM", "8:1"}}));

  CHECK(line.at("level") == "warn");
  CHECK(line.at("event") == "visit_failed");
  CHECK(line.at("error") == "no \"answer\"\x1b[2J");
}

TEST_CASE("lines below the level are not written") {
  CHECK(logged({.level = "error", .format = "text"}, {}).empty());
  CHECK(logged({.level = "off", .format = "json"}, {}).empty());
  CHECK(logged({.level = "debug", .format = "text"}, {}).find("debug detail") != std::string::npos);
}

TEST_CASE("where nothing else is said, a terminal gets text and a file JSON") {
  CHECK(logged({.level = "info", .format = "auto"}, {}, true).find(" warn visit_failed channel=") !=
        std::string::npos);
  CHECK(logged({.level = "info", .format = "auto"}, {{"JOURNAL_STREAM", "8:1"}}, true)
            .find(" warn visit_failed") != std::string::npos);
  CHECK(nlohmann::json::parse(logged({.level = "info", .format = "auto"}, {})).at("level") ==
        "warn");
}

TEST_CASE("control characters from the network are escaped in every form of the log") {
  for (const char* form : {"text", "json"}) {
    const std::string line = logged({.level = "info", .format = form}, {});
    CHECK(std::ranges::count_if(line, [](unsigned char c) { return c < ' ' || c == 0x7F; }) == 1);
  }
}

namespace {

/// A log whose hour the case owns.
struct TimedLog {
  std::ostringstream err;
  std::chrono::system_clock::time_point now{std::chrono::hours(500'000)};
  std::optional<Log> log{std::in_place,
                         Config::Log{.level = "info", .format = "text"},
                         Environment{},
                         err,
                         false,
                         [this] { return now; }};

  void fail(const std::string& channel, const std::string& cause) const {
    log->write(LogLevel::warn,
               "visit_failed",
               {{.name = "channel", .value = channel}, {.name = "cause", .value = cause}});
  }
  [[nodiscard]] std::int64_t lines() const {
    const std::string text = err.str();
    return std::ranges::count(text, '\n');
  }
};

}  // namespace

TEST_CASE("of many lines alike the first are written, then how many more there were") {
  TimedLog timed;
  for (int i = 0; i < 322; ++i) timed.fail("room_" + std::to_string(i), "network");
  CHECK(timed.lines() == 10);
  timed.fail("another", "markup");
  CHECK(timed.lines() == 11);

  timed.now += std::chrono::minutes(10);
  timed.fail("room_again", "network");

  CHECK(timed.lines() == 13);
  CHECK(timed.err.str().find("warn repeated of=visit_failed cause=network more=312\n") !=
        std::string::npos);
}

TEST_CASE("a clock that is set back silences nothing") {
  TimedLog timed;
  for (int i = 0; i < 11; ++i) timed.fail("room", "network");

  timed.now -= std::chrono::days(400);
  timed.fail("room", "network");

  CHECK(timed.err.str().ends_with("channel=room cause=network\n"));
}

TEST_CASE("what was left out is told at the log's end") {
  TimedLog timed;
  for (int i = 0; i < 11; ++i) timed.fail("room", "http");

  timed.log.reset();

  CHECK(timed.err.str().ends_with("repeated of=visit_failed cause=http more=1\n"));
}

TEST_CASE("lines that differ in event or cause are not alike") {
  TimedLog timed;
  for (const char* cause : {"network", "http", "markup"}) {
    for (int i = 0; i < 10; ++i) timed.fail("room", cause);
  }

  CHECK(timed.lines() == 30);
}
