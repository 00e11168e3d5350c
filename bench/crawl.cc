// The daemon's night over channels on loopback, the gate open wide, beside the parts of its work
// done alone: CPU time a page, pages a second, memory.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include "app/daemon.h"
#include "app/judged_post.h"
#include "app/keeper.h"
#include "app/live_visitor.h"
#include "app/rule_packs.h"
#include "bench/made_channels.h"
#include "bench/paired_time.h"
#include "parser/page.h"
#include "support/packed.h"

namespace qanat {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

const Instant kNightBegins = parse_instant("2026-07-20T01:00:00Z").value();

[[noreturn]] void give_up(const Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  std::exit(2);
}

template <class T>
T must(Result<T> result) {
  if (!result) give_up(result.error());
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

/// Removed at its end.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "qanat-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      give_up({.code = Errc::storage, .message = name + ": cannot be made"});
    }
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] fs::path operator/(const char* name) const { return path_ / name; }

 private:
  fs::path path_;
};

/// The machine's time from the night's beginning on, and no sleep: waits are skipped. Who wants to
/// wait for a minute has nothing more to do tonight, and is asked to stop.
class RestlessClock final : public app::InterruptibleClock {
 public:
  [[nodiscard]] std::int64_t now_ms() override {
    const auto passed = std::chrono::duration_cast<milliseconds>(Steady::now() - begin_);
    return milliseconds{kNightBegins.time_since_epoch()}.count() + (passed + skipped_).count();
  }
  void sleep(milliseconds duration) override {
    skipped_ += duration;
    idle_ = idle_ || duration >= std::chrono::seconds{30};
  }
  [[nodiscard]] bool stop_asked() override { return idle_; }
  [[nodiscard]] bool take_reload() override { return false; }

 private:
  using Steady = std::chrono::steady_clock;
  Steady::time_point begin_ = Steady::now();
  milliseconds skipped_{};
  bool idle_ = false;
};

app::Config config_for(const std::string& url, const Folder& folder) {
  constexpr double kNoGate = 1e6;  // requests a second; a configuration cannot say so
  app::Config config;
  config.store.path = folder / "qanat.db";
  config.store.archive = folder / "archive";
  config.crawl.hosts = {url};
  config.crawl.contact = "bench@example.org";
  config.crawl.rate = kNoGate;
  config.crawl.allow_private_addresses = true;
  config.log.level = "warn";
  config.log.format = "text";
  return config;
}

void follow(const app::Config& config, int channels) {
  auto store = must(store::Store::create(config.store.path.string()));
  for (int i = 0; i < channels; ++i) {
    const auto name = ChannelName::parse(bench::channel_name(i)).value();
    must(store.add_channel(name, kNightBegins - std::chrono::days{1}));
  }
}

/// Of this process so far.
double peak_mebibytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

struct Night {
  double pages = 0;
  double seconds = 0;
  double cpu = 0;   ///< seconds of the daemon's thread
  double peak = 0;  ///< MiB of the process
};

/// So many channels are followed; the night's budget is for so many of them.
struct Size {
  int channels = 0;
  int visits = 0;
};

/// "10000": all of them are visited; "100000:2000": some of them.
Size size_of(const std::string& text) {
  const int channels = std::atoi(text.c_str());
  const std::size_t colon = text.find(':');
  const int visits = colon == std::string::npos ? channels : std::atoi(text.c_str() + colon + 1);
  return {.channels = channels, .visits = visits};
}

Night spend_night(const std::string& url, Size size) {
  const Folder folder;
  app::Config config = config_for(url, folder);
  config.crawl.max_requests = size.visits + 1;  // robots.txt
  follow(config, size.channels);
  const app::LoadedConfig loaded{.config = config, .file = "", .origins = {}};
  auto files = must(app::open_crawl_files(loaded));
  RestlessClock clock;
  app::Notifier notifier({});
  app::Pulse pulse;
  const auto visitor = must(app::LiveVisitor::make(
      {}, loaded, {.files = files, .clock = clock, .notifier = notifier, .pulse = pulse}));
  std::ostringstream talk;
  const app::Log log(config.log, {}, talk, false);
  app::Daemon daemon({.store = files.store,
                      .visitor = *visitor,
                      .clock = clock,
                      .notifier = notifier,
                      .pulse = pulse,
                      .log = log});

  const auto begin = std::chrono::steady_clock::now();
  const double cpu_begin = bench::cpu_seconds();
  must(daemon.run());
  const double cpu = bench::cpu_seconds() - cpu_begin;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;

  const store::RunRow run = must(files.store.runs(1)).at(0);
  if (run.totals.fresh != size.visits * bench::kPostsOfChannel) {
    give_up({.code = Errc::markup,
             .message =
                 "only " + std::to_string(run.totals.fresh) + " posts were stored\n" + talk.str()});
  }
  return {.pages = static_cast<double>(run.totals.pages),
          .seconds = took.count(),
          .cpu = cpu,
          .peak = peak_mebibytes()};
}

/// What a page costs, in seconds of CPU time, each part done alone for all pages.
struct Parts {
  double decompress = 0;
  double parse = 0;
  double classify = 0;
  double commit = 0;  ///< into the archive and the store

  [[nodiscard]] double sum() const { return decompress + parse + classify + commit; }
};

double seconds_a_page(std::size_t pages, const std::function<void(std::size_t)>& work) {
  const double begin = bench::cpu_seconds();
  for (std::size_t i = 0; i < pages; ++i) work(i);
  return (bench::cpu_seconds() - begin) / static_cast<double>(pages);
}

/// Of `pages` channels that no night visits, into a store of their own.
Parts do_parts(std::size_t pages) {
  constexpr int kFirst = 1'000'000;
  const auto number = [](std::size_t i) { return kFirst + static_cast<int>(i); };
  const Folder folder;
  const app::Config config = config_for("http://127.0.0.1", folder);
  must(store::Store::create(config.store.path.string()));
  auto files = must(app::open_crawl_files({.config = config, .file = "", .origins = {}}));
  app::StoreKeeper keeper(files.archive, files.store);
  const auto classifier = must(app::load_classifier({}));
  parser::PageReader reader;
  std::vector<std::string> sent(pages);
  std::vector<std::string> bodies(pages);
  std::vector<ChannelPage> read(pages);
  std::vector<store::PageCommit> commits;
  for (std::size_t i = 0; i < pages; ++i) {
    sent[i] = test::gzip(bench::channel_page(number(i)));
    const auto name = ChannelName::parse(bench::channel_name(number(i))).value();
    must(files.store.add_channel(name, kNightBegins));
    commits.push_back({.channel = name,
                       .provenance = {.snapshot = "",
                                      .fetched_at = kNightBegins,
                                      .host = "127.0.0.1",
                                      .parser = std::string(parser::kParserVersion),
                                      .ruleset = classifier.fingerprint()},
                       .settled = bench::kPostsOfChannel,
                       .next_due_at = kNightBegins});
  }

  Parts parts;
  parts.decompress =
      seconds_a_page(pages, [&](std::size_t i) { bodies[i] = bench::gunzipped(sent[i]); });
  parts.parse =
      seconds_a_page(pages, [&](std::size_t i) { read[i] = must(reader.parse(bodies[i])); });
  parts.classify = seconds_a_page(pages, [&](std::size_t i) {
    for (Post& post : read[i].posts) {
      commits[i].posts.push_back(app::judge_post(classifier, {}, std::move(post)));
    }
  });
  parts.commit = seconds_a_page(pages, [&](std::size_t i) {
    commits[i].provenance.snapshot = must(keeper.keep({.channel = commits[i].channel,
                                                       .url = "http://127.0.0.1/s/room",
                                                       .fetched_at = kNightBegins,
                                                       .status = 200,
                                                       .headers = "HTTP/1.1 200 OK\r\n\r\n",
                                                       .body = std::move(bodies[i])}));
    must(keeper.keep(commits[i], kNightBegins));
  });
  return parts;
}

/// Runs `work` in a process of its own, so that one measurement's memory is not the next one's.
template <class Value>
Value apart(const std::function<Value()>& work) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) give_up({.code = Errc::storage, .message = "no pipe"});
  const pid_t child = ::fork();
  if (child == 0) {
    const Value value = work();
    const bool told = ::write(ends[1], &value, sizeof value) == sizeof value;
    ::_exit(told ? 0 : 2);
  }
  ::close(ends[1]);
  Value value{};
  const bool heard = ::read(ends[0], &value, sizeof value) == sizeof value;
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  if (!heard) std::exit(2);
  return value;
}

void print_part(const char* name, double seconds) {
  std::printf("%-12s %8.2f\n", name, seconds * 1e3);
}

}  // namespace
}  // namespace qanat

int main(int count, char** arguments) {
  using namespace qanat;
  std::vector<Size> sizes;
  for (int i = 1; i < count; ++i) sizes.push_back(size_of(arguments[i]));
  if (sizes.empty()) sizes = {size_of("1000"), size_of("10000")};

  constexpr std::size_t kPages = 400;
  const Parts parts = apart<Parts>([] { return do_parts(kPages); });
  std::puts("CPU milliseconds a page, alone");
  print_part("decompress", parts.decompress);
  print_part("parse", parts.parse);
  print_part("classify", parts.classify);
  print_part("commit", parts.commit);
  print_part("sum", parts.sum());

  std::printf("%10s %10s %10s %10s %10s %10s\n",
              "channels",
              "visited",
              "pages/s",
              "CPU ms",
              "of the sum",
              "RSS MiB");
  for (const Size size : sizes) {
    std::fflush(stdout);
    const bench::ChannelServer server;
    const Night night = apart<Night>([&] { return spend_night(server.url(), size); });
    const double cpu = night.cpu / night.pages;
    std::printf("%10d %10d %10.1f %10.2f %10.2f %10.1f\n",
                size.channels,
                size.visits,
                night.pages / night.seconds,
                cpu * 1e3,
                cpu / parts.sum(),
                night.peak);
  }
  return 0;
}
