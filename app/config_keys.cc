#include "app/config_keys.h"

#include <algorithm>
#include <array>

#include "app/schedule.h"
#include "app/web_address.h"
#include "web/http_server.h"

namespace qanat::app {
namespace {

bool is_base_url(std::string_view text) {
  return is_web_address(text) && is_host(text.substr(text.find("//") + 2));
}

/// As libcurl takes it: without a scheme it is http.
bool is_proxy(std::string_view text) {
  if (text.empty()) return true;
  const std::size_t slashes = text.find("://");
  if (slashes != std::string_view::npos) {
    constexpr std::array<std::string_view, 6> kSchemes = {
        "http", "https", "socks4", "socks4a", "socks5", "socks5h"};
    if (std::ranges::find(kSchemes, text.substr(0, slashes)) == kSchemes.end()) return false;
    text.remove_prefix(slashes + 3);
  }
  text.remove_prefix(text.rfind('@') + 1);  // after name and password
  if (text.ends_with('/')) text.remove_suffix(1);
  return is_host(text);
}

bool is_printable(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return c == '\n' || c == '\r' || c == '\0'; });
}

bool is_address(std::string_view text) {
  return text.empty() || (is_web_address(text) && !text.ends_with('/') &&
                          text.find_first_of("?#") == std::string_view::npos);
}

bool is_endpoint(std::string_view text) {
  return text.empty() || web::Endpoint::parse(text).has_value();
}

bool is_not_empty(std::string_view text) { return !text.empty(); }

/// As in the name of a variable.
char upper(char c) {
  if (c == '.') return '_';
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

constexpr double kDay = 86400;
constexpr double kMiB = 1024.0 * 1024;

std::vector<ConfigKey> store_keys() {
  return {
      {.name = "store.path",
       .slot = [](Config& c) -> Slot { return &c.store.path; },
       .doc = "The database: posts, verdicts, channels, runs.",
       .valid = is_not_empty,
       .shape = "not empty"},
      {.name = "store.archive",
       .slot = [](Config& c) -> Slot { return &c.store.archive; },
       .doc = "The folder of the archive: fetched pages, stored before they are parsed.",
       .valid = is_not_empty,
       .shape = "not empty"},
      {.name = "store.archive_months",
       .slot = [](Config& c) -> Slot { return &c.store.archive_months; },
       .doc =
           "Months of fetched pages, and of history for --as-of, to keep; each run deletes older "
           "ones, but as many as this stay, whatever the clock says. 0: keep all.",
       .low = 0,
       .high = 1200},
  };
}

std::vector<ConfigKey> crawl_keys() {
  return {
      {.name = "crawl.hosts",
       .slot = [](Config& c) -> Slot { return &c.crawl.hosts; },
       .doc = "Where pages are fetched; when one host cannot be reached the next is tried.",
       .valid = is_base_url,
       .shape = "scheme and host, without a name, a password or a path"},
      {.name = "crawl.contact",
       .slot = [](Config& c) -> Slot { return &c.crawl.contact; },
       .doc = "A URL or an e-mail address for the User-Agent, so that you can be asked to stop.",
       .valid = is_printable,
       .shape = "text on one line"},
      {.name = "crawl.rate",
       .slot = [](Config& c) -> Slot { return &c.crawl.rate; },
       .doc = "Requests per second at most, all hosts together.",
       .low = 0.02,
       .high = 100},
      {.name = "crawl.max_pages",
       .slot = [](Config& c) -> Slot { return &c.crawl.max_pages; },
       .doc = "At most this many pages per channel and visit; the rest is recorded as a gap.",
       .low = 1,
       .high = 1'000'000},
      {.name = "crawl.recheck",
       .slot = [](Config& c) -> Slot { return &c.crawl.recheck; },
       .doc = "Posts younger than this are read again on each visit, for edits and deletions.",
       .low = 0,
       .high = 365 * kDay},
      {.name = "crawl.max_requests",
       .slot = [](Config& c) -> Slot { return &c.crawl.max_requests; },
       .doc = "At most this many requests per run, not counting retries of the last page; the rest "
              "waits. 0: no limit.",
       .low = 0,
       .high = 1'000'000'000},
      {.name = "crawl.max_time",
       .slot = [](Config& c) -> Slot { return &c.crawl.max_time; },
       .doc = "How long a run may take, not counting its last page; the rest waits. 0: no limit.",
       .low = 0,
       .high = 365 * kDay},
  };
}

/// How one page is fetched.
std::vector<ConfigKey> transfer_keys() {
  return {
      {.name = "crawl.connect_timeout",
       .slot = [](Config& c) -> Slot { return &c.crawl.connect_timeout; },
       .doc = "How long connecting to a host may take.",
       .low = 1,
       .high = 600},
      {.name = "crawl.total_timeout",
       .slot = [](Config& c) -> Slot { return &c.crawl.total_timeout; },
       .doc = "How long one request may take, from its start to the last byte.",
       .low = 1,
       .high = 3600},
      {.name = "crawl.max_body",
       .slot = [](Config& c) -> Slot { return &c.crawl.max_body; },
       .doc = "Largest decoded page; a larger one is an error.",
       .low = 64.0 * 1024,
       .high = 8 * kMiB},
      {.name = "crawl.max_unknown_markup",
       .slot = [](Config& c) -> Slot { return &c.crawl.max_unknown_markup; },
       .doc = "A run is degraded when unknown elements, or newly withheld posts, exceed this "
              "number per hundred posts.",
       .low = 0,
       .high = 1'000'000},
      {.name = "crawl.allow_private_addresses",
       .slot = [](Config& c) -> Slot { return &c.crawl.allow_private_addresses; },
       .doc = "Allow loopback and private networks, and plain http: for a server of your own."},
      {.name = "crawl.proxy",
       .slot = [](Config& c) -> Slot { return &c.crawl.proxy; },
       .doc = "A proxy in libcurl's notation, such as socks5h://127.0.0.1:9050; empty: none.",
       .valid = is_proxy,
       .shape =
           "[SCHEME://][NAME:PASSWORD@]HOST[:PORT] with http, https, socks4, socks4a, socks5 or"
           " socks5h",
       .has_password = true},
      {.name = "crawl.ca_file",
       .slot = [](Config& c) -> Slot { return &c.crawl.ca_file; },
       .doc = "Certificates (PEM) to trust instead of the system's; empty: the system's."},
      {.name = "crawl.http_version",
       .slot = [](Config& c) -> Slot { return &c.crawl.http_version; },
       .doc = "auto uses HTTP/2 where the host offers it.",
       .choices = {"auto", "1.1"}},
      {.name = "crawl.ignore_robots",
       .slot = [](Config& c) -> Slot { return &c.crawl.ignore_robots; },
       .doc = "Fetch even what a host's robots.txt forbids; every run's report then says so."},
  };
}

std::vector<ConfigKey> schedule_keys() {
  return {
      {.name = "schedule.window",
       .slot = [](Config& c) -> Slot { return &c.schedule.window; },
       .doc = "The hours of each day (UTC) in which `qanat run` visits channels.",
       .valid = [](std::string_view text) { return parse_night_window(text).has_value(); },
       .shape = "two times, such as 01:00-06:00, 22:30-04:00 or 00:00-24:00"},
      {.name = "schedule.floor",
       .slot = [](Config& c) -> Slot { return &c.schedule.floor; },
       .doc = "The shortest time between two visits to a channel, however much it posts.",
       .low = 60,
       .high = 365 * kDay},
      {.name = "schedule.ceiling",
       .slot = [](Config& c) -> Slot { return &c.schedule.ceiling; },
       .doc = "The longest time between two visits to a live channel, however little it posts.",
       .low = 60,
       .high = 365 * kDay},
  };
}

std::vector<ConfigKey> web_keys() {
  return {
      {.name = "web.listen",
       .slot = [](Config& c) -> Slot { return &c.web.listen; },
       .doc = "Where `qanat run` serves /livez, /readyz, /metrics and feeds; empty: nowhere.",
       .valid = is_endpoint,
       .shape = "a loopback address with a port, such as 127.0.0.1:9468, or empty"},
      {.name = "web.feeds",
       .slot = [](Config& c) -> Slot { return &c.web.feeds; },
       .doc = "Also serve feeds without advertising: /feeds/all.atom, /feeds/some_channel.rss."},
      {.name = "web.feed_posts",
       .slot = [](Config& c) -> Slot { return &c.web.feed_posts; },
       .doc = "The number of posts in each served feed.",
       .low = 1,
       .high = 1000},
      {.name = "web.url",
       .slot = [](Config& c) -> Slot { return &c.web.url; },
       .doc = "The public address of the feeds, for their self links; empty: `web.listen`.",
       .valid = is_address,
       .shape = "an http or https address without query and final slash, or empty"},
  };
}

std::vector<ConfigKey> other_keys() {
  return {
      {.name = "rules.dir",
       .slot = [](Config& c) -> Slot { return &c.rules.dir; },
       .doc = "A folder of rule packs; empty: the packs built into the program."},
      {.name = "log.level",
       .slot = [](Config& c) -> Slot { return &c.log.level; },
       .doc = "The lowest level that is logged to standard error.",
       .choices = {"debug", "info", "warn", "error", "off"}},
      {.name = "log.format",
       .slot = [](Config& c) -> Slot { return &c.log.format; },
       .doc = "auto: text on a terminal, the journal's priorities under systemd, else JSON.",
       .choices = {"auto", "text", "json"}},
  };
}

}  // namespace

std::span<const ConfigKey> config_keys() {
  static const std::vector<ConfigKey> keys = [] {
    std::vector<ConfigKey> all = store_keys();
    for (const auto& more :
         {crawl_keys(), transfer_keys(), schedule_keys(), web_keys(), other_keys()}) {
      all.insert(all.end(), more.begin(), more.end());
    }
    return all;
  }();
  return keys;
}

const ConfigKey* find_config_key(std::string_view name) {
  const auto keys = config_keys();
  const auto found = std::ranges::find(keys, name, &ConfigKey::name);
  return found == keys.end() ? nullptr : &*found;
}

std::vector<std::filesystem::path*> paths_of(Config& config) {
  std::vector<std::filesystem::path*> paths;
  for (const ConfigKey& key : config_keys()) {
    const Slot slot = key.slot(config);
    if (const auto* path = std::get_if<std::filesystem::path*>(&slot)) paths.push_back(*path);
  }
  return paths;
}

std::vector<std::string_view> config_key_names() {
  std::vector<std::string_view> names;
  for (const ConfigKey& key : config_keys()) names.push_back(key.name);
  return names;
}

std::string variable_of(const ConfigKey& key) {
  std::string out = "QANAT_";
  for (const char c : key.name) {
    out += upper(c);
  }
  return out;
}

}  // namespace qanat::app
