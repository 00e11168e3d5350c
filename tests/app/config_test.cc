#include "app/config.h"

#include <filesystem>
#include <fstream>

#include "app/config_keys.h"
#include "support/catch.h"
#include "support/closed_folder.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::app;
using namespace std::chrono_literals;

namespace {

/// A configuration file of the case's own.
class ConfigFile {
 public:
  explicit ConfigFile(const std::string& text) { std::ofstream(path(), std::ios::binary) << text; }
  [[nodiscard]] std::string path() const { return folder_.file("qanat.toml"); }
  [[nodiscard]] std::string file(const std::string& name) const { return folder_.file(name); }

  [[nodiscard]] Result<LoadedConfig> load(Environment environment = {},
                                          std::vector<Setting> settings = {}) const {
    return load_config(
        {.file = path(), .environment = std::move(environment), .settings = std::move(settings)});
  }

  /// The complaint, without the file's path.
  [[nodiscard]] std::string complaint() const {
    const auto loaded = load();
    if (loaded) return "";
    CHECK(loaded.error().code == Errc::config);
    std::string text = loaded.error().message;
    for (std::size_t at = text.find(path()); at != std::string::npos; at = text.find(path())) {
      text.replace(at, path().size(), "FILE");
    }
    return text;
  }

 private:
  test::TemporaryFolder folder_;
};

Setting set(const std::string& key, const std::string& value) {
  return {.key = key, .value = value, .origin = "--set"};
}

}  // namespace

TEST_CASE("every key can be set in the file") {
  const ConfigFile file(
      "[store]\npath = '/data/q.db'\narchive = 'old pages'\narchive_months = 12\n"
      "[crawl]\nhosts = ['http://127.0.0.1:8080']\ncontact = 'me@example.org'\nrate = 2\n"
      "max_pages = 7\nrecheck = '2d'\nmax_requests = 900\nmax_time = '3h'\nconnect_timeout = 5\n"
      "total_timeout = '2m'\n"
      "max_body = '1MiB'\nmax_unknown_markup = 0\nallow_private_addresses = true\nproxy = "
      "'socks5h://127.0.0.1:9050'\nca_file = '/etc/own.pem'\nhttp_version = '1.1'\n"
      "ignore_robots = true\n[web]\nlisten = '127.0.0.1:9464'\nfeeds = true\n"
      "feed_posts = 20\nurl = 'https://example.org/qanat'\n"
      "[schedule]\nwindow = '22:30-04:00'\nfloor = '1h'\nceiling = '2d'\n"
      "[rules]\ndir = 'packs'\n[log]\nlevel = 'debug'\nformat = 'json'\n");

  const auto loaded = file.load();

  REQUIRE(loaded);
  const Config& config = loaded->config;
  CHECK(config.store.path == "/data/q.db");
  CHECK(config.store.archive == file.file("old pages"));
  CHECK(config.crawl.hosts == std::vector<std::string>{"http://127.0.0.1:8080"});
  CHECK(config.crawl.contact == "me@example.org");
  CHECK(config.crawl.rate == 2.0);
  CHECK(config.crawl.max_pages == 7);
  CHECK(config.crawl.recheck == 48h);
  CHECK(config.crawl.max_requests == 900);
  CHECK(config.crawl.max_time == 3h);
  CHECK(config.schedule.window == "22:30-04:00");
  CHECK(config.schedule.floor == 1h);
  CHECK(config.schedule.ceiling == 48h);
  CHECK(config.crawl.connect_timeout == 5s);
  CHECK(config.crawl.total_timeout == 120s);
  CHECK(config.crawl.max_body == ByteCount{1 << 20});
  CHECK(config.crawl.max_unknown_markup == 0);
  CHECK(config.crawl.allow_private_addresses);
  CHECK(config.crawl.proxy == "socks5h://127.0.0.1:9050");
  CHECK(config.crawl.ca_file == "/etc/own.pem");
  CHECK(config.crawl.http_version == "1.1");
  CHECK(config.crawl.ignore_robots);
  CHECK(config.web.listen == "127.0.0.1:9464");
  CHECK(config.web.feeds);
  CHECK(config.web.feed_posts == 20);
  CHECK(config.web.url == "https://example.org/qanat");
  CHECK(config.rules.dir == file.file("packs"));
  CHECK(config.log.level == "debug");
  CHECK(config.log.format == "json");
  for (const auto& [key, origin] : loaded->origins) {
    CAPTURE(key);
    CHECK(origin.starts_with("file " + file.path() + ":"));
  }
}

TEST_CASE("every path in a file lies beside it") {
  const ConfigFile file(
      "[store]\npath = 'q.db'\narchive = 'pages'\n[crawl]\nca_file = 'own.pem'\n"
      "[rules]\ndir = 'packs'\n");

  const auto loaded = file.load();

  REQUIRE(loaded);
  const Config& config = loaded->config;
  CHECK(config.store.path == file.file("q.db"));
  CHECK(config.store.archive == file.file("pages"));
  CHECK(config.crawl.ca_file == file.file("own.pem"));
  CHECK(config.rules.dir == file.file("packs"));
}

TEST_CASE("feeds that are served nowhere are a mistake") {
  const ConfigFile file("[web]\nfeeds = true\n");

  const auto loaded = file.load();

  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().code == Errc::config);
  CHECK(loaded.error().message.find("`web.listen` is empty") != std::string::npos);
}

TEST_CASE("flag over environment over file over default, and each value knows its origin") {
  const ConfigFile file("[crawl]\nrate = 2\nmax_pages = 3\nrecheck = '1h'\n");

  const auto loaded = file.load({{"QANAT_CRAWL_RATE", "3"}, {"QANAT_CRAWL_MAX_PAGES", "4"}},
                                {set("crawl.rate", "4"), set("crawl.rate", "5")});

  REQUIRE(loaded);
  CHECK(loaded->config.crawl.rate == 5.0);
  CHECK(loaded->config.crawl.max_pages == 4);
  CHECK(loaded->config.crawl.recheck == 1h);
  CHECK(loaded->config.log.level == "info");
  CHECK(loaded->origins.at("crawl.rate") == "--set");
  CHECK(loaded->origins.at("crawl.max_pages") == "environment QANAT_CRAWL_MAX_PAGES");
  CHECK(loaded->origins.at("crawl.recheck") == "file " + file.path() + ":4");
  CHECK(loaded->origins.at("log.level") == "default");
}

TEST_CASE("an unknown key is an error at its place, with the key that was perhaps meant") {
  CHECK(ConfigFile("[crawl]\n  hots = ['https://t.me']\n").complaint() ==
        "FILE:2:3: unknown key `crawl.hots`; did you mean `crawl.hosts`?");
  CHECK(ConfigFile("rate = 1\n").complaint() ==
        "FILE:1:1: unknown key `rate`; did you mean `crawl.rate`?");
  CHECK(ConfigFile("[crwl]\nrate = 1\n").complaint() ==
        "FILE:1:2: unknown section `crwl`; did you mean `crawl`?");
  CHECK(ConfigFile("[crawl.deep]\nx = 1\n").complaint() == "FILE:1:8: unknown key `crawl.deep`");
}

TEST_CASE("a value of the wrong type or out of range says what it must be") {
  CHECK(ConfigFile("[crawl]\nrate = 'fast'\n").complaint() ==
        "FILE:2:8: `crawl.rate` is \"fast\"; it must be a number, 0.02 to 100");
  CHECK(ConfigFile("[crawl]\nrate = 0\n").complaint() ==
        "FILE:2:8: `crawl.rate` is 0; it must be a number, 0.02 to 100");
  // Two requests would be farther apart than a pause that a run waits for.
  CHECK(ConfigFile("[crawl]\nrate = 0.01\n").complaint() ==
        "FILE:2:8: `crawl.rate` is 0.01; it must be a number, 0.02 to 100");
  CHECK(ConfigFile("[crawl]\nrate = nan\n").complaint().find("must be a number") !=
        std::string::npos);
  CHECK(ConfigFile("[crawl]\nmax_pages = 1.5\n").complaint() ==
        "FILE:2:13: `crawl.max_pages` is 1.5; it must be a whole number, 1 to 1000000");
  CHECK(ConfigFile("[crawl]\nallow_private_addresses = 'yes'\n").complaint() ==
        "FILE:2:27: `crawl.allow_private_addresses` is \"yes\"; it must be true or false");
  CHECK(ConfigFile("[crawl]\nhosts = []\n").complaint().find("not empty") != std::string::npos);
  CHECK(ConfigFile("[crawl]\nhosts = ['t.me']\n").complaint().find("scheme and host") !=
        std::string::npos);
  CHECK(ConfigFile("[crawl]\nhosts = [1]\n").complaint().find("must be a list") !=
        std::string::npos);
  CHECK(ConfigFile("[crawl]\nrecheck = 07:30:00\n").complaint().find("must be a duration") !=
        std::string::npos);
  CHECK(ConfigFile("[log]\nlevel = 'loud'\n").complaint() ==
        "FILE:2:9: `log.level` is \"loud\"; it must be one of debug, info, warn, error, off");
  CHECK(ConfigFile("[store]\npath = ''\n").complaint() ==
        "FILE:2:8: `store.path` is \"\"; it must be a path, not empty");
}

TEST_CASE("a window of the night is two times, and the floor is not above the ceiling") {
  CHECK(ConfigFile("[schedule]\nwindow = 'at night'\n").complaint() ==
        "FILE:2:10: `schedule.window` is \"at night\"; it must be two times, such as 01:00-06:00, "
        "22:30-04:00 or 00:00-24:00");
  CHECK(ConfigFile("[schedule]\nfloor = '7d'\n").complaint() ==
        "`schedule.floor` is 7d, longer than `schedule.ceiling`, 6d; shorten the floor or "
        "lengthen the ceiling");
}

TEST_CASE("all errors are told at once, from the top of the file down, then the other sources") {
  const ConfigFile file("[log]\nlevel = 1\n[crawl]\nrat = 1\nmax_pages = 0\n");

  const auto loaded = file.load({{"QANAT_CRAWL_RATE", "slow"}}, {set("crawl.rechekc", "6h")});

  REQUIRE_FALSE(loaded);
  std::vector<std::size_t> places;
  for (const char* part : {":2:9: ",
                           ":4:1: ",
                           ":5:13: ",
                           "environment QANAT_CRAWL_RATE: ",
                           "--set: unknown key `crawl.rechekc`; did you mean `crawl.recheck`?"}) {
    CAPTURE(part);
    places.push_back(loaded.error().message.find(part));
    CHECK(places.back() != std::string::npos);
  }
  CHECK(std::ranges::is_sorted(places));
}

TEST_CASE("broken TOML is an error at its place") {
  CHECK(ConfigFile("[crawl\nrate = 1\n").complaint().starts_with("FILE:1:7: "));
  CHECK(ConfigFile("[crawl]\nrate = \n").complaint().starts_with("FILE:2:"));
  CHECK(ConfigFile("[crawl]\n[crawl]\n").complaint().starts_with("FILE:2:"));
  CHECK(ConfigFile("[crawl]\ncontact = '\xff\xfe'\n").complaint().starts_with("FILE:2:"));
}

TEST_CASE("a misspelt variable of our sections is an error, others are not ours") {
  const ConfigFile file("");

  CHECK(file.load({{"QANAT_SHARED", "x"}, {"PATH", "/bin"}}));
  const auto loaded = file.load({{"QANAT_CRAWL_RAT", "1"}});
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().message ==
        "environment QANAT_CRAWL_RAT: unknown setting; did you mean `QANAT_CRAWL_RATE`?");
  const auto section = file.load({{"QANAT_STORE", "x.db"}});
  REQUIRE_FALSE(section);
  CHECK(section.error().message ==
        "environment QANAT_STORE: unknown setting; did you mean `QANAT_STORE_PATH`?");
}

TEST_CASE("a list in the environment is parted by commas") {
  const auto loaded =
      ConfigFile("").load({{"QANAT_CRAWL_HOSTS", "https://t.me,https://telegram.me:443"}});

  REQUIRE(loaded);
  CHECK(loaded->config.crawl.hosts ==
        std::vector<std::string>{"https://t.me", "https://telegram.me:443"});
}

TEST_CASE("paths of the file lie beside it, paths of a flag below the working directory") {
  const ConfigFile file("[store]\npath = 'data/q.db'\n");

  const auto loaded = file.load({}, {set("rules.dir", "packs")});

  REQUIRE(loaded);
  CHECK(loaded->config.store.path == file.file("data/q.db"));
  CHECK(loaded->config.store.archive == file.file("archive"));
  CHECK(loaded->config.rules.dir == "packs");
}

TEST_CASE("the file is the one named by --config, else by QANAT_CONFIG, else in the XDG folder") {
  const test::TemporaryFolder folder;
  const auto write = [&](const std::string& name, const std::string& pages) {
    std::filesystem::create_directories(std::filesystem::path(folder.file(name)).parent_path());
    std::ofstream(folder.file(name)) << "[crawl]\nmax_pages = " << pages << "\n";
    return folder.file(name);
  };
  const std::string flag = write("flag.toml", "1");
  Environment environment = {{"QANAT_CONFIG", write("variable.toml", "2")},
                             {"XDG_CONFIG_HOME", folder.file("xdg")},
                             {"HOME", folder.file("home")}};
  write("xdg/qanat/qanat.toml", "3");
  write("home/.config/qanat/qanat.toml", "4");
  const auto pages = [&](const std::string& file) {
    const auto loaded = load_config({.file = file, .environment = environment, .settings = {}});
    return loaded ? loaded->config.crawl.max_pages : -1;
  };

  CHECK(pages(flag) == 1);
  CHECK(pages("") == 2);
  environment.erase("QANAT_CONFIG");
  CHECK(pages("") == 3);
  environment.erase("XDG_CONFIG_HOME");
  CHECK(pages("") == 4);
}

TEST_CASE("a configuration that is named must be there") {
  const auto loaded = load_config(
      {.file = "", .environment = {{"QANAT_CONFIG", "/nowhere/q.toml"}}, .settings = {}});

  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().message ==
        "/nowhere/q.toml: no such configuration file (named by QANAT_CONFIG); create it with "
        "`qanat init "
        "--config /nowhere/q.toml`");
}

TEST_CASE("a service's configuration is made with its data where the service may write") {
  const auto loaded =
      load_config({.file = "/etc/no-such-folder/q.toml", .environment = {}, .settings = {}});

  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().message.ends_with(
      "create it with `qanat init --config /etc/no-such-folder/q.toml"
      " --store /var/lib/qanat/qanat.db --set store.archive=/var/lib/qanat/archive`"));
}

TEST_CASE("a configuration that one may not see is not called missing") {
  test::ClosedFolder folder;
  std::filesystem::create_directory(folder.path() / "qanat");
  const std::string file = folder.file("qanat/qanat.toml");
  std::ofstream(file) << "";
  folder.close();

  const auto loaded = load_config({.file = file, .environment = {}, .settings = {}});

  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().code == Errc::config);
  CHECK(loaded.error().message == file + ": Permission denied: this user may not enter " +
                                      folder.path().string() +
                                      "; run qanat as the folder's owner, or as root with sudo");
}

TEST_CASE("the usual places that one may not see are passed over, and remembered") {
  test::ClosedFolder folder;
  folder.close();

  const auto loaded =
      load_config({.environment = {{"XDG_CONFIG_HOME", folder.path().string()}}, .settings = {}});

  REQUIRE(loaded);
  CHECK(loaded->file.empty());
  CHECK(loaded->unseen == folder.file("qanat/qanat.toml"));
}

TEST_CASE("the template loads, alone and with values, and holds every key") {
  CHECK(ConfigFile(config_template({})).load());

  const ConfigFile file(
      config_template({{"crawl.rate", "0.25"}, {"crawl.hosts", "[\"https://t.me:1\"]"}}));
  const auto loaded = file.load();

  REQUIRE(loaded);
  CHECK(loaded->config.crawl.rate == 0.25);
  CHECK(loaded->config.crawl.hosts == std::vector<std::string>{"https://t.me:1"});
  const std::string text = config_template({});
  for (const ConfigKey& key : config_keys()) {
    const std::string field(key.name.substr(key.name.find('.') + 1));
    CAPTURE(field);
    CHECK(text.find("\n# " + field + " = ") != std::string::npos);
  }
}

TEST_CASE("a list on the command line may be written as in the file") {
  for (const char* text : {"https://t.me,https://telegram.me:443",
                           "[\"https://t.me\", \"https://telegram.me:443\"]",
                           "[https://t.me,https://telegram.me:443]"}) {
    INFO(text);
    const auto loaded = ConfigFile("").load({}, {set("crawl.hosts", text)});

    REQUIRE(loaded);
    CHECK(loaded->config.crawl.hosts ==
          std::vector<std::string>{"https://t.me", "https://telegram.me:443"});
  }
}

TEST_CASE("a proxy that no request could go through is an error when it is read") {
  for (const char* wrong : {"ftp://x",
                            "::bad::",
                            "http://x:999999",
                            "http://x:0",
                            "http://",
                            "socks5://[::1",
                            "http://x/path",
                            "two words"}) {
    CAPTURE(wrong);
    const std::string complaint =
        ConfigFile("[crawl]\nproxy = '" + std::string(wrong) + "'\n").complaint();
    CHECK(complaint.find("`crawl.proxy`") != std::string::npos);
  }
  for (const char* right : {"",
                            "proxy.example.org:3128",
                            "http://name:p@ss@10.0.0.1:8080/",
                            "https://proxy.example.org",
                            "socks4a://127.0.0.1:1080",
                            "socks5h://[::1]:9050"}) {
    CAPTURE(right);
    CHECK(ConfigFile("[crawl]\nproxy = '" + std::string(right) + "'\n").load());
  }
}

TEST_CASE("a host is a host, without a name, a password or a port that there is not") {
  for (const char* wrong :
       {"https://user:pw@t.me", "https://t.me:99999", "https://t.me:", "https://:443"}) {
    CAPTURE(wrong);
    const std::string complaint =
        ConfigFile("[crawl]\nhosts = ['" + std::string(wrong) + "']\n").complaint();
    CHECK(complaint.find("scheme and host") != std::string::npos);
  }
}

TEST_CASE("a host that only crawl.allow_private_addresses allows is an error without it") {
  for (const char* host : {"http://t.me",
                           "http://127.0.0.1:8080",
                           "https://127.0.0.1",
                           "https://127.1:8443",
                           "https://10.0.0.8",
                           "https://192.168.1.1:443",
                           "https://[::1]:8443",
                           "https://localhost"}) {
    CAPTURE(host);
    const std::string hosts = "[crawl]\nhosts = ['https://t.me', '" + std::string(host) + "']\n";
    const std::string complaint = ConfigFile(hosts).complaint();
    CHECK(complaint.find("FILE:2: `crawl.hosts` has " + std::string(host)) != std::string::npos);
    CHECK(complaint.find("`crawl.allow_private_addresses`") != std::string::npos);
    CHECK(ConfigFile(hosts + "allow_private_addresses = true\n").load());
  }
  CHECK(ConfigFile("[crawl]\nhosts = ['https://8.8.8.8', 'https://[2606:4700::1]:443']\n").load());
}

TEST_CASE("a wrong value of the command line alone is wrong usage, not configuration") {
  const auto code = [](const Result<LoadedConfig>& loaded) {
    REQUIRE_FALSE(loaded);
    return loaded.error().code;
  };

  CHECK(code(ConfigFile("").load({}, {set("crawl.rate", "0")})) == Errc::usage);
  CHECK(code(ConfigFile("").load({}, {set("crawl.rat", "1")})) == Errc::usage);
  CHECK(code(ConfigFile("").load({{"QANAT_CRAWL_RATE", "0"}})) == Errc::config);
  CHECK(code(ConfigFile("x = 1\n").load({}, {set("crawl.rate", "0")})) == Errc::config);
  CHECK(code(ConfigFile("").load({}, {set("crawl.hosts", "http://t.me")})) == Errc::config);
}
