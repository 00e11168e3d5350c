#include <string>

#include "app/config_keys.h"
#include "app/config_value.h"
#include "support/catch.h"
#include "support/files.h"

using namespace qanat::app;

namespace {

std::string row_of(const ConfigKey& key) {
  return "| `" + std::string(key.name) + "` | `" + value_toml(key, Config()) + "` | " +
         type_in_words(key) + " | " + std::string(key.doc) + " |";
}

}  // namespace

TEST_CASE("docs/configuration.md says of every key what the program does") {
  const std::string doc = qanat::test::read_file(QANAT_SOURCE_FOLDER "/docs/configuration.md");
  std::size_t rows = 0;
  for (std::size_t at = doc.find("\n| `"); at != std::string::npos;
       at = doc.find("\n| `", at + 1)) {
    ++rows;
  }

  for (const ConfigKey& key : config_keys()) {
    CAPTURE(row_of(key));
    CHECK(doc.find(row_of(key)) != std::string::npos);
  }
  CHECK(rows == config_keys().size());
}

TEST_CASE("the shipped timer starts within the default night, whatever the machine's time zone") {
  const std::string timer =
      qanat::test::read_file(QANAT_SOURCE_FOLDER "/systemd/qanat-crawl.timer");
  CHECK(Config().schedule.window == "01:00-06:00");
  CHECK(timer.find("\nOnCalendar=*-*-* 01:30:00 UTC\n") != std::string::npos);
}
