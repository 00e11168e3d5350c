#include "app/live_visitor.h"

#include <filesystem>
#include <fstream>
#include <memory>

#include "app/fake_operator.h"
#include "support/catch.h"
#include "support/closed_folder.h"
#include "support/files.h"

using namespace qanat;
using Catch::Matchers::Contains;

namespace {

app::CrawlFiles made_files(const app::LoadedConfig& loaded) {
  REQUIRE(store::Store::create(loaded.config.store.path.string()));
  return app::open_crawl_files(loaded).value();
}

/// A visitor by the configuration of these sources, over a new store.
struct Started {
  explicit Started(const app::ConfigSources& sources)
      : loaded(app::load_config(sources).value()),
        files(made_files(loaded)),
        visitor(app::LiveVisitor::make(
                    sources,
                    loaded,
                    {.files = files, .clock = clock, .notifier = notifier, .pulse = pulse})
                    .value()) {}

  app::LoadedConfig loaded;
  app::CrawlFiles files;
  test::FakeOperator clock{parse_instant("2026-07-20T00:00:00Z").value()};
  app::Notifier notifier{{}};
  app::Pulse pulse;
  std::unique_ptr<app::LiveVisitor> visitor;
};

}  // namespace

TEST_CASE("a reload tells which settings wait for a restart", "[daemon]") {
  const test::TemporaryFolder folder;
  const std::string file = folder.file("qanat.toml");
  std::ofstream(file) << "[crawl]\ncontact = 'me@example.org'\n";
  const app::ConfigSources sources{.file = file};
  Started started(sources);
  CHECK_THAT(started.pulse.metrics(), Contains("qanat_host_gate_requests_per_second 1\n"));

  std::ofstream(file) << "[crawl]\ncontact = 'me@example.org'\nrate = 0.5\n"
                         "[web]\nlisten = '127.0.0.1:0'\n[log]\nlevel = 'debug'\n";

  CHECK(started.visitor->reload() == std::vector<std::string>{"web.listen", "log.level"});
  CHECK_THAT(started.pulse.metrics(), Contains("qanat_host_gate_requests_per_second 0.5\n"));
}

TEST_CASE("a configuration that is gone when it is read again leaves the old one in force",
          "[daemon]") {
  const test::TemporaryFolder folder;
  const std::string file = folder.file("qanat.toml");
  std::ofstream(file) << "[schedule]\nwindow = '02:00-03:00'\n";
  // The file is found in one of the usual places, and the environment alone would do.
  std::filesystem::create_directories(folder.file("qanat"));
  std::filesystem::rename(file, folder.file("qanat/qanat.toml"));
  const app::ConfigSources sources{.environment = {{"XDG_CONFIG_HOME", folder.path().string()},
                                                   {"QANAT_CRAWL_CONTACT", "me@example.org"}}};
  Started started(sources);
  std::filesystem::remove(folder.file("qanat/qanat.toml"));

  const auto reloaded = started.visitor->reload();

  REQUIRE_FALSE(reloaded);
  CHECK_THAT(reloaded.error().message, Contains("qanat/qanat.toml") && Contains(" is gone"));
  CHECK(started.visitor->settings().schedule.window == app::parse_night_window("02:00-03:00"));
}

TEST_CASE("certificates that cannot be read leave the old configuration in force", "[daemon]") {
  const test::TemporaryFolder folder;
  const std::string file = folder.file("qanat.toml");
  std::ofstream(file) << "[crawl]\ncontact = 'me@example.org'\n";
  Started started({.file = file});
  std::ofstream(file) << "[crawl]\ncontact = 'me@example.org'\nca_file = 'own.pem'\n";

  auto reloaded = started.visitor->reload();

  REQUIRE_FALSE(reloaded);
  CHECK(reloaded.error().code == Errc::config);
  CHECK_THAT(reloaded.error().message,
             Contains("`crawl.ca_file`") && Contains(folder.file("own.pem")));
  std::ofstream(folder.file("own.pem")) << "not a certificate\n";
  reloaded = started.visitor->reload();
  REQUIRE_FALSE(reloaded);
  CHECK_THAT(reloaded.error().message, Contains("no certificates in it"));
}

TEST_CASE("a configuration that one may no longer see is not called gone", "[daemon]") {
  test::ClosedFolder folder;
  const std::string file = folder.file("qanat.toml");
  std::ofstream(file) << "[crawl]\ncontact = 'me@example.org'\n";
  const app::ConfigSources sources{.file = file};
  Started started(sources);
  folder.close();

  const auto reloaded = started.visitor->reload();

  REQUIRE_FALSE(reloaded);
  CHECK_THAT(reloaded.error().message, Contains("qanat.toml: Permission denied"));
}
