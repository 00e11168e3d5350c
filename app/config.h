#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/environment.h"
#include "app/units.h"
#include "base/error.h"

namespace qanat::app {

/// The settings in force. Defaults stand here; names, ranges and words for people stand in
/// config_keys.cc.
struct Config {
  struct Store {
    std::filesystem::path path = "qanat.db";
    std::filesystem::path archive = "archive";
    std::int64_t archive_months = 0;  ///< that are kept; 0: all
  } store;

  struct Crawl {
    std::vector<std::string> hosts = {"https://t.me", "https://telegram.me"};
    std::string contact;
    double rate = 1.0;            ///< requests per second, all hosts together
    std::int64_t max_pages = 50;  ///< per channel and visit
    std::chrono::seconds recheck = std::chrono::days{1};
    std::int64_t max_requests = 0;    ///< of a run; 0: any number
    std::chrono::seconds max_time{};  ///< of a run; 0: any time
    std::chrono::seconds connect_timeout{10};
    std::chrono::seconds total_timeout{60};
    ByteCount max_body{std::int64_t{8} << 20};  ///< decoded
    std::int64_t max_unknown_markup = 10;       ///< per hundred posts of a run
    bool allow_private_addresses = false;
    std::string proxy;
    std::filesystem::path ca_file;      ///< empty: the system's authorities
    std::string http_version = "auto";  ///< or "1.1"
    bool ignore_robots = false;
  } crawl;

  struct Schedule {
    std::string window = "01:00-06:00";  ///< as parse_night_window takes it
    std::chrono::seconds floor = std::chrono::hours{6};
    std::chrono::seconds ceiling = std::chrono::days{6};
  } schedule;

  struct Web {
    std::string listen;  ///< as web::Endpoint::parse takes it; empty: nothing is served
    bool feeds = false;
    std::int64_t feed_posts = 50;  ///< of each feed, the newest
    std::string url;               ///< where readers find what is served; empty: at `listen`
  } web;

  struct Rules {
    std::filesystem::path dir;  ///< empty: the packs in the binary
  } rules;

  struct Log {
    std::string level = "info";
    std::string format = "auto";
  } log;
};

/// One setting from the command line: `--set crawl.rate=2`, or a flag that stands for a key.
struct Setting {
  std::string key;
  std::string value;
  std::string origin;  ///< "--set", "--store"
};

/// Where settings may come from, besides the defaults.
struct ConfigSources {
  bool with_file = true;  ///< false: no file at all
  std::string file;       ///< as named by --config; empty: looked for in the usual places
  Environment environment;
  std::vector<Setting> settings;
};

struct LoadedConfig {
  Config config;
  std::string file;    ///< the file that was read; empty when there is none
  std::string unseen;  ///< then: where this user may not look whether there is one
  std::map<std::string, std::string, std::less<>> origins;  ///< key → where its value comes from
};

/// Reads all sources: flag > environment (QANAT_CRAWL_RATE) > file > default. The file is --config,
/// $QANAT_CONFIG, ./qanat.toml, $XDG_CONFIG_HOME/qanat/qanat.toml (or ~/.config), then
/// /etc/qanat/qanat.toml; without any, the defaults hold. Paths in the file and default paths are
/// relative to the file's folder, others to the working directory.
///
/// Errors, with everything that is wrong, one a line: "file:line:column: problem; remedy". usage:
/// only settings of the command line are wrong, each by itself. config: anything else, also values
/// that do not go together.
Result<LoadedConfig> load_config(const ConfigSources& sources);

/// Whether `crawl.ca_file` has certificates, if it is set: without them every host would seem dead.
/// Errors: config.
Result<void> check_ca_file(const Config& config);

/// The file that load_config reads; empty when there is none.
[[nodiscard]] std::string config_file_of(const ConfigSources& sources);

/// A commented qanat.toml: every key with its default, those in `values` set (as TOML text).
[[nodiscard]] std::string config_template(
    const std::map<std::string, std::string, std::less<>>& values);

}  // namespace qanat::app
