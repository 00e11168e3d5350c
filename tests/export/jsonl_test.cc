#include "export/jsonl.h"

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <unistd.h>

#include "base/sha256.h"
#include "store/past_records.h"
#include "support/files.h"
#include "tests/store/child.h"
#include "tests/store/pages.h"

using namespace qanat;
using namespace qanat::test;
using exporting::write_jsonl;
using exporting::WrittenFile;
using store::Store;

namespace fs = std::filesystem;

namespace {

/// Two channels, added against the order of their names.
Store two_channel_store(const std::string& path) {
  Store store = must(Store::create(path));
  for (const char* name : {"beta", "alpha"}) {
    must(store.add_channel(channel(name), kMonday));
    must(store.keep_page(page(name,
                              {judged(name, 10, "Десять\nстрок \"в\" ряд"),
                               judged(name, 9, "Nine", Outcome::ad_only)}),
                         kMonday));
  }
  return store;
}

std::vector<std::string> lines_of(const std::string& bytes) {
  std::vector<std::string> lines;
  std::istringstream in(bytes);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> ids_in(const std::string& bytes) {
  std::vector<std::string> ids;
  for (const std::string& line : lines_of(bytes)) ids.push_back(nlohmann::json::parse(line)["id"]);
  return ids;
}

std::size_t files_in(const TemporaryFolder& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()));
}

/// Writes to a file in `folder`, whose name is the answer's first words when it fails with storage.
bool fails_naming(Store& store, const std::string& path) {
  const auto report = write_jsonl(store, {}, path);
  return !report && report.error().code == Errc::storage &&
         report.error().message.starts_with(path);
}

}  // namespace

TEST_CASE("each record is one line of JSON, by channel, then message id", "[jsonl]") {
  const TemporaryFolder folder;
  const TemporaryFolder out;
  Store store = two_channel_store(folder.file("q.db"));
  const std::string path = out.file("set.jsonl");

  const WrittenFile report = must(write_jsonl(store, {.stored = {.newest_first = true}}, path));

  const std::string bytes = read_file(path);
  CHECK(ids_in(bytes) == std::vector<std::string>{"alpha/9", "alpha/10", "beta/9", "beta/10"});
  CHECK(nlohmann::json::parse(lines_of(bytes)[1])["text"] == "Десять\nстрок \"в\" ряд");
  CHECK(bytes.ends_with('\n'));
  CHECK(report.rows == 4);
  CHECK(report.bytes == static_cast<std::int64_t>(bytes.size()));
  CHECK(report.sha256 == sha256_hex(bytes));
  CHECK(files_in(out) == 1);  // no .partial
}

TEST_CASE("the same store gives the same bytes", "[jsonl]") {
  const TemporaryFolder folder;
  Store store = two_channel_store(folder.file("q.db"));

  const WrittenFile one = must(write_jsonl(store, {}, folder.file("one.jsonl")));
  const WrittenFile two = must(write_jsonl(store, {}, folder.file("two.jsonl")));

  CHECK(one == two);
  CHECK(read_file(folder.file("one.jsonl")) == read_file(folder.file("two.jsonl")));
}

TEST_CASE("an export as of a moment has the bytes that one had then", "[jsonl]") {
  const TemporaryFolder folder;
  Store store = two_channel_store(folder.file("q.db"));
  const WrittenFile then = must(write_jsonl(store, {}, folder.file("then.jsonl")));
  const auto nine = judged("alpha", 9, "Nine", Outcome::ad_only);
  const auto eleven = judged("alpha", 11, "Eleven");
  must(store.keep_page(page("alpha", {nine, judged("alpha", 10, "An edit"), eleven}, kTuesday),
                       kTuesday));
  for (const int hour : {1, 2}) {  // 10 is deleted
    const Instant when = kTuesday + std::chrono::hours(hour);
    must(store.keep_page(page("alpha", {nine, eleven}, when), when));
  }
  store::Rejudged other{.id = eleven.post.id, .revision = 1};
  other.id.message = 9;
  other.verdict.ruleset = "sha256:new";
  REQUIRE(must(store.keep_verdicts({&other, 1}, kTuesday)) == 1);

  auto past = must(store::PastRecords::open(store, kMonday));
  const WrittenFile again = must(write_jsonl(store, {.past = &past}, folder.file("again.jsonl")));

  CHECK(again == then);
  CHECK(must(write_jsonl(store, {}, folder.file("now.jsonl"))).rows == 5);
}

TEST_CASE("only what the filter selects is written; nothing is an empty file", "[jsonl]") {
  const TemporaryFolder folder;
  Store store = two_channel_store(folder.file("q.db"));
  const std::string path = folder.file("set.jsonl");

  CHECK(must(write_jsonl(store, {.stored = {.outcomes = {Outcome::clean}}}, path)).rows == 2);
  CHECK(ids_in(read_file(path)) == std::vector<std::string>{"alpha/10", "beta/10"});

  CHECK(must(write_jsonl(store, {.stored = {.words = "нет такого"}}, path)).rows == 0);
  CHECK(read_file(path).empty());
}

TEST_CASE("an export that fails leaves the older one, and no .partial", "[jsonl]") {
  const TemporaryFolder folder;
  const TemporaryFolder out;
  Store store = new_store(folder.file("q.db"));
  std::vector<store::JudgedPost> posts;
  for (MessageId id = 1; id <= 300; ++id) {
    posts.push_back(judged("some_channel", id, std::string(1000, 'a')));
  }
  must(store.keep_page(page("some_channel", posts), kMonday));
  const std::string path = out.file("set.jsonl");
  std::ofstream(path) << "last night's\n";

  const int code = in_child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{.rlim_cur = 100'000, .rlim_max = RLIM_INFINITY};
    setrlimit(RLIMIT_FSIZE, &limit);
    return fails_naming(store, path) ? 0 : 1;
  });

  CHECK(code == 0);
  CHECK(read_file(path) == "last night's\n");
  CHECK(files_in(out) == 1);
}

TEST_CASE("a place that cannot be written is named", "[jsonl]") {
  const TemporaryFolder folder;
  const TemporaryFolder out;
  Store store = two_channel_store(folder.file("q.db"));
  std::ofstream(out.file("protected.jsonl")) << "keep me";
  fs::permissions(out.file("protected.jsonl"), fs::perms{0444});

  CHECK(fails_naming(store, out.file("none/set.jsonl")));
  CHECK(fails_naming(store, out.path().string()));
  fs::permissions(out.path(), fs::perms{0777});
  CHECK(in_child_without_privileges(
            [&] { return fails_naming(store, out.file("protected.jsonl")) ? 0 : 1; }) == 0);
  fs::permissions(out.path(), fs::perms{0555});
  CHECK(in_child_without_privileges(
            [&] { return fails_naming(store, out.file("new.jsonl")) ? 0 : 1; }) == 0);
  fs::permissions(out.path(), fs::perms{0755});
  CHECK(read_file(out.file("protected.jsonl")) == "keep me");
  CHECK(files_in(out) == 1);
}

TEST_CASE("a link keeps leading to the file that is replaced", "[jsonl]") {
  const TemporaryFolder folder;
  Store store = two_channel_store(folder.file("q.db"));
  std::ofstream(folder.file("real.jsonl")) << "old";
  fs::create_symlink("real.jsonl", folder.file("link.jsonl"));

  must(write_jsonl(store, {}, folder.file("link.jsonl")));

  CHECK(fs::is_symlink(folder.file("link.jsonl")));
  CHECK(ids_in(read_file(folder.file("real.jsonl"))).size() == 4);
}

TEST_CASE("a dash is the standard output, a device is written directly", "[jsonl]") {
  const TemporaryFolder folder;
  Store store = two_channel_store(folder.file("q.db"));
  const std::string path = folder.file("out");

  const int code = in_child([&] {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT, 0600);
    if (file < 0 || ::dup2(file, STDOUT_FILENO) < 0) return 1;
    return write_jsonl(store, {}, "-") ? 0 : 2;
  });

  CHECK(code == 0);
  CHECK(ids_in(read_file(path)).size() == 4);
  CHECK(must(write_jsonl(store, {}, "/dev/null")).rows == 4);
}

TEST_CASE("a reader that goes away is an error, not a crash", "[jsonl]") {
  const TemporaryFolder folder;
  Store store = two_channel_store(folder.file("q.db"));

  const int code = in_child([&] {
    std::signal(SIGPIPE, SIG_IGN);
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0 || ::dup2(ends[1], STDOUT_FILENO) < 0) return 1;
    ::close(ends[0]);
    const auto report = write_jsonl(store, {}, "-");
    return !report && report.error().message == "standard output: Broken pipe" ? 0 : 2;
  });

  CHECK(code == 0);
}
