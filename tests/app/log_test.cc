#include "app/log.h"

#include <sstream>

#include <nlohmann/json.hpp>

#include "support/catch.h"

using namespace qanat::app;

namespace {

std::string logged(const Config::Log& config, const Environment& environment) {
  std::ostringstream err;
  const Log log(config, environment, err);
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
