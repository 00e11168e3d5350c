#include "app/config_keys.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <ranges>
#include <type_traits>

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

template <class T>
constexpr bool kNumeric = std::is_same_v<T, std::int64_t> || std::is_same_v<T, double>;

std::string number_text(double value) {
  constexpr double kExact = 1e15;  // below it a double holds every whole number
  if (std::abs(value) < kExact && std::trunc(value) == value) {
    return std::to_string(static_cast<std::int64_t>(value));
  }
  std::array<char, 32> out{};
  const auto [end, error] = std::to_chars(out.data(), out.data() + out.size(), value);
  return {out.data(), error == std::errc{} ? end : out.data()};
}

template <class Number>
std::optional<Number> read_number(const std::string& text) {
  Number value{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

/// As in the name of a variable.
char upper(char c) {
  if (c == '.') return '_';
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string in_quotes(std::string_view text) { return nlohmann::json(text).dump(); }

std::string shown(const RawValue& value) {
  return std::visit(
      []<class T>(const T& held) -> std::string {
        if constexpr (std::is_same_v<T, bool>)
          return held ? "true" : "false";
        else if constexpr (std::is_same_v<T, double>)
          return number_text(held);
        else
          return nlohmann::json(held).dump();
      },
      value);
}

/// Whether the value fits, and is then in the field. One overload a type of field.
class Assigner {
 public:
  Assigner(const ConfigKey& key, const RawValue& value) : key_(key), value_(value) {}

  bool operator()(std::string* field) const {
    const auto* text = std::get_if<std::string>(&value_);
    if (text == nullptr || !fits(*text)) return false;
    *field = *text;
    return true;
  }
  bool operator()(std::filesystem::path* field) const {
    const auto* text = std::get_if<std::string>(&value_);
    if (text == nullptr || !fits(*text)) return false;
    *field = *text;
    return true;
  }
  bool operator()(bool* field) const {
    const auto* truth = std::get_if<bool>(&value_);
    if (truth != nullptr) *field = *truth;
    return truth != nullptr;
  }
  bool operator()(std::int64_t* field) const {
    const auto* number = std::get_if<std::int64_t>(&value_);
    return number != nullptr && set(field, *number, static_cast<double>(*number));
  }
  bool operator()(double* field) const {
    if (const auto* whole = std::get_if<std::int64_t>(&value_)) {
      return set(field, static_cast<double>(*whole), static_cast<double>(*whole));
    }
    const auto* number = std::get_if<double>(&value_);
    return number != nullptr && set(field, *number, *number);
  }
  bool operator()(std::chrono::seconds* field) const {
    std::optional<std::chrono::seconds> duration;
    if (const auto* whole = std::get_if<std::int64_t>(&value_)) duration.emplace(*whole);
    if (const auto* text = std::get_if<std::string>(&value_)) duration = parse_duration(*text);
    return duration && set(field, *duration, static_cast<double>(duration->count()));
  }
  bool operator()(ByteCount* field) const {
    std::optional<ByteCount> size;
    if (const auto* whole = std::get_if<std::int64_t>(&value_)) size = ByteCount{*whole};
    if (const auto* text = std::get_if<std::string>(&value_)) size = parse_byte_count(*text);
    return size && set(field, *size, static_cast<double>(size->value));
  }
  bool operator()(std::vector<std::string>* field) const {
    const auto* list = std::get_if<std::vector<std::string>>(&value_);
    if (list == nullptr || list->empty()) return false;
    if (!std::ranges::all_of(*list, [this](const auto& item) { return fits(item); })) return false;
    *field = *list;
    return true;
  }

 private:
  [[nodiscard]] bool fits(std::string_view text) const {
    if (!key_.choices.empty() && std::ranges::find(key_.choices, text) == key_.choices.end()) {
      return false;
    }
    return key_.valid == nullptr || key_.valid(text);
  }

  template <class T>
  bool set(T* field, T value, double measure) const {
    const bool inside = measure >= key_.low && measure <= key_.high;  // false for NaN
    if (!inside) return false;
    *field = value;
    return true;
  }

  const ConfigKey& key_;
  const RawValue& value_;
};

std::string joined(std::span<const std::string_view> words) {
  std::string out;
  for (const std::string_view word : words) {
    if (!out.empty()) out += ", ";
    out += word;
  }
  return out;
}

struct TypeWords {
  const ConfigKey& key;

  std::string operator()(const std::string*) const {
    if (!key.choices.empty()) return "one of " + joined(key.choices);
    return key.shape.empty() ? "text" : std::string(key.shape);
  }
  std::string operator()(const std::filesystem::path*) const {
    return key.shape.empty() ? "a path" : "a path, " + std::string(key.shape);
  }
  std::string operator()(const bool*) const { return "true or false"; }
  std::string operator()(const std::int64_t*) const { return range("a whole number"); }
  std::string operator()(const double*) const { return range("a number"); }
  std::string operator()(const std::chrono::seconds*) const {
    return "a duration (90s, 15m, 6h, 2d), " +
           format_duration(whole<std::chrono::seconds>(key.low)) + " to " +
           format_duration(whole<std::chrono::seconds>(key.high));
  }
  std::string operator()(const ByteCount*) const {
    return "a size (512KiB, 8MiB), " + format_byte_count(whole<ByteCount>(key.low)) + " to " +
           format_byte_count(whole<ByteCount>(key.high));
  }
  std::string operator()(const std::vector<std::string>*) const {
    return "a list, not empty, each item " + std::string(key.shape);
  }

  template <class T>
  static T whole(double value) {
    return T{static_cast<std::int64_t>(value)};
  }
  [[nodiscard]] std::string range(const std::string& type) const {
    return type + ", " + number_text(key.low) + " to " + number_text(key.high);
  }
};

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
       .doc = "The folder of the fetched bytes, kept before they are parsed.",
       .valid = is_not_empty,
       .shape = "not empty"},
      {.name = "store.archive_months",
       .slot = [](Config& c) -> Slot { return &c.store.archive_months; },
       .doc = "Months of fetched bytes, and of what posts were then (--as-of), to keep, this one "
              "included; "
              "a run deletes older ones. 0: all.",
       .low = 0,
       .high = 1200},
  };
}

std::vector<ConfigKey> crawl_keys() {
  return {
      {.name = "crawl.hosts",
       .slot = [](Config& c) -> Slot { return &c.crawl.hosts; },
       .doc = "Where pages are asked for; the next one is tried when one cannot be reached.",
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
       .low = 0.001,
       .high = 100},
      {.name = "crawl.max_pages",
       .slot = [](Config& c) -> Slot { return &c.crawl.max_pages; },
       .doc = "Pages per channel and visit at most; what lies beyond is recorded as a gap.",
       .low = 1,
       .high = 1'000'000},
      {.name = "crawl.recheck",
       .slot = [](Config& c) -> Slot { return &c.crawl.recheck; },
       .doc = "Posts that are not older are read again on each visit, for edits and deletions.",
       .low = 0,
       .high = 365 * kDay},
      {.name = "crawl.max_requests",
       .slot = [](Config& c) -> Slot { return &c.crawl.max_requests; },
       .doc = "Requests of a run, but for retries of the last page; what is left then waits. 0: any"
              " number.",
       .low = 0,
       .high = 1'000'000'000},
      {.name = "crawl.max_time",
       .slot = [](Config& c) -> Slot { return &c.crawl.max_time; },
       .doc = "How long a run may take, but for its last page; what is left then waits. 0: any"
              " time.",
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
       .doc = "Decoded bytes that a page may have; more is an error.",
       .low = 64.0 * 1024,
       .high = 8 * kMiB},
      {.name = "crawl.max_unknown_markup",
       .slot = [](Config& c) -> Slot { return &c.crawl.max_unknown_markup; },
       .doc = "Unknown elements, or known posts withheld of late, per hundred posts of a run; more"
              " make it degraded.",
       .low = 0,
       .high = 1'000'000},
      {.name = "crawl.allow_private_addresses",
       .slot = [](Config& c) -> Slot { return &c.crawl.allow_private_addresses; },
       .doc = "Allow loopback and private networks, and plain http: for a server of your own."},
      {.name = "crawl.proxy",
       .slot = [](Config& c) -> Slot { return &c.crawl.proxy; },
       .doc = "A proxy in libcurl's notation, such as socks5h://127.0.0.1:9050; empty for none.",
       .valid = is_proxy,
       .shape =
           "[SCHEME://][NAME:PASSWORD@]HOST[:PORT] with http, https, socks4, socks4a, socks5 or"
           " socks5h"},
      {.name = "crawl.ca_file",
       .slot = [](Config& c) -> Slot { return &c.crawl.ca_file; },
       .doc = "Certificates (PEM) to trust instead of the system's authorities; empty for those."},
      {.name = "crawl.http_version",
       .slot = [](Config& c) -> Slot { return &c.crawl.http_version; },
       .doc = "auto speaks HTTP/2 where the host offers it.",
       .choices = {"auto", "1.1"}},
      {.name = "crawl.ignore_robots",
       .slot = [](Config& c) -> Slot { return &c.crawl.ignore_robots; },
       .doc = "Ask also for what a host's robots.txt forbids; every run's report then says so."},
  };
}

std::vector<ConfigKey> schedule_keys() {
  return {
      {.name = "schedule.window",
       .slot = [](Config& c) -> Slot { return &c.schedule.window; },
       .doc = "The hours of each day, in UTC, in which `qanat run` visits channels.",
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
       .doc = "Where `qanat run` serves /livez, /readyz, /metrics and feeds; empty for nowhere.",
       .valid = is_endpoint,
       .shape = "a loopback address with a port, such as 127.0.0.1:9468, or empty"},
      {.name = "web.feeds",
       .slot = [](Config& c) -> Slot { return &c.web.feeds; },
       .doc =
           "Serve feeds without advertising there too: /feeds/all.atom, /feeds/some_channel.rss."},
      {.name = "web.feed_posts",
       .slot = [](Config& c) -> Slot { return &c.web.feed_posts; },
       .doc = "Posts in each served feed, the newest.",
       .low = 1,
       .high = 1000},
      {.name = "web.url",
       .slot = [](Config& c) -> Slot { return &c.web.url; },
       .doc = "Where readers reach the feeds, for the links to themselves; empty: at `web.listen`.",
       .valid = is_address,
       .shape = "an http or https address without query and final slash, or empty"},
  };
}

std::vector<ConfigKey> other_keys() {
  return {
      {.name = "rules.dir",
       .slot = [](Config& c) -> Slot { return &c.rules.dir; },
       .doc = "A folder of rule packs; empty for the packs inside the program."},
      {.name = "log.level",
       .slot = [](Config& c) -> Slot { return &c.log.level; },
       .doc = "The least important lines to write on standard error.",
       .choices = {"debug", "info", "warn", "error", "off"}},
      {.name = "log.format",
       .slot = [](Config& c) -> Slot { return &c.log.format; },
       .doc = "auto: text on a terminal, the journal's priorities under systemd, else JSON.",
       .choices = {"auto", "text", "json"}},
  };
}

/// `text` without blanks, and without the pair of `marks` that may enclose it.
std::string_view bare(std::string_view text, std::string_view marks) {
  constexpr std::string_view kBlanks = " \t";
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  text.remove_suffix(text.size() - (text.find_last_not_of(kBlanks) + 1));
  if (text.size() >= 2 && text.front() == marks.front() && text.back() == marks.back()) {
    text = text.substr(1, text.size() - 2);
  }
  return text;
}

/// "a,b", or the same as in a file: ["a", "b"].
std::vector<std::string> list_items(std::string_view text) {
  std::vector<std::string> items;
  for (const auto item : std::views::split(bare(text, "[]"), ',')) {
    items.emplace_back(bare({item.begin(), item.end()}, "\"\""));
  }
  return items;
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

std::string type_in_words(const ConfigKey& key) {
  Config config;
  return std::visit(TypeWords{key}, key.slot(config));
}

std::optional<std::string> assign(const ConfigKey& key, Config& config, const RawValue& value) {
  if (std::visit(Assigner(key, value), key.slot(config))) return std::nullopt;
  return "`" + std::string(key.name) + "` is " + shown(value) + "; it must be " +
         type_in_words(key);
}

RawValue from_text(const ConfigKey& key, const std::string& text) {
  Config config;
  const Slot slot = key.slot(config);
  if (std::holds_alternative<bool*>(slot)) {
    if (text == "true" || text == "false") return text == "true";
  } else if (std::holds_alternative<std::int64_t*>(slot)) {
    if (const auto number = read_number<std::int64_t>(text)) return *number;
  } else if (std::holds_alternative<double*>(slot)) {
    if (const auto number = read_number<double>(text)) return *number;
  } else if (std::holds_alternative<std::vector<std::string>*>(slot)) {
    return list_items(text);
  }
  return text;
}

nlohmann::ordered_json value_json(const ConfigKey& key, const Config& config) {
  Config copy = config;
  return std::visit(
      []<class T>(T* field) -> nlohmann::ordered_json {
        if constexpr (std::is_same_v<T, std::filesystem::path>)
          return field->string();
        else if constexpr (std::is_same_v<T, std::chrono::seconds>)
          return format_duration(*field);
        else if constexpr (std::is_same_v<T, ByteCount>)
          return format_byte_count(*field);
        else
          return *field;
      },
      key.slot(copy));
}

std::string value_toml(const ConfigKey& key, const Config& config) {
  const nlohmann::ordered_json value = value_json(key, config);
  if (!value.is_array()) return value.dump();
  std::string out = "[";
  for (const auto& item : value) {
    if (out.size() > 1) out += ", ";
    out += in_quotes(item.get<std::string>());
  }
  return out + "]";
}

}  // namespace qanat::app
