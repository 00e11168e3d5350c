#include "export/split.h"

#include <map>

#include "support/files.h"
#include "tests/store/pages.h"

using namespace qanat;
using namespace qanat::test;
using exporting::read_split;
using exporting::SplitBy;
using exporting::SplitPart;
using exporting::SplitPlan;
using exporting::Splitter;

namespace {

Record record_of(const std::string& name, MessageId message, const std::string& cluster) {
  Record out{.post = text_post(message, "")};
  out.post.id.channel = channel(name);
  out.cluster = cluster;
  return out;
}

/// A store with a post a day, `days` of them, and one without a date.
store::Store daily_store(const std::string& path, int days) {
  store::Store store = new_store(path);
  std::vector<store::JudgedPost> posts;
  for (int day = 1; day <= days; ++day) {
    posts.push_back(judged("some_channel", day, std::to_string(day)));
    posts.back().post.published_at = kMonday + std::chrono::days(day);
  }
  posts.push_back(judged("some_channel", days + 1, "undated"));
  posts.back().post.published_at.reset();
  must(store.keep_page(page("some_channel", posts), kMonday));
  return store;
}

}  // namespace

TEST_CASE("shares name the parts of a split", "[split]") {
  CHECK(must(read_split("90/5/5")) == std::vector<SplitPart>{{.name = "train", .share = 90},
                                                             {.name = "validation", .share = 5},
                                                             {.name = "test", .share = 5}});
  CHECK(must(read_split("8/2")) ==
        std::vector<SplitPart>{{.name = "train", .share = 8}, {.name = "test", .share = 2}});
  CHECK(must(read_split("1")) == std::vector<SplitPart>{{.name = "train", .share = 1}});
  for (const char* wrong :
       {"", "0", "90/", "/5", "90/5/5/1", "a", "90-5", "-1", "1000001", "5 5"}) {
    INFO(wrong);
    CHECK(error_of(read_split(wrong)).code == Errc::usage);
  }
}

TEST_CASE("posts that say the same are in the same part", "[split]") {
  const TemporaryFolder folder;
  store::Store store = new_store(folder.file("q.db"));
  const Splitter splitter = must(Splitter::make(store, {}, {.parts = must(read_split("50/50"))}));

  for (int cluster = 0; cluster < 50; ++cluster) {
    const std::string name = "alpha/" + std::to_string(cluster);
    CHECK(splitter.part_of(record_of("alpha", 1, name)) ==
          splitter.part_of(record_of("beta", 2, name)));
  }
}

TEST_CASE("parts are about as large as their shares say", "[split]") {
  const TemporaryFolder folder;
  store::Store store = new_store(folder.file("q.db"));
  const Splitter splitter =
      must(Splitter::make(store, {}, {.parts = must(read_split("80/10/10"))}));
  std::map<std::size_t, int> sizes;

  for (int i = 0; i < 10'000; ++i) {
    ++sizes[*splitter.part_of(record_of("alpha", 1, "alpha/" + std::to_string(i)))];
  }

  CHECK(sizes[0] > 7'800);
  CHECK(sizes[1] > 900);
  CHECK(sizes[2] > 900);
}

TEST_CASE("where a cluster goes is frozen", "[split]") {
  const TemporaryFolder folder;
  store::Store store = new_store(folder.file("q.db"));
  const Splitter splitter = must(Splitter::make(store, {}, {.parts = must(read_split("50/50"))}));
  std::string parts;

  for (int i = 0; i < 16; ++i) {
    parts += std::to_string(*splitter.part_of(record_of("alpha", 1, "alpha/" + std::to_string(i))));
  }

  CHECK(parts == "0011110010100000");  // published sets depend on it
}

TEST_CASE("by channel, a channel's posts are in one part", "[split]") {
  const TemporaryFolder folder;
  store::Store store = new_store(folder.file("q.db"));
  const Splitter splitter =
      must(Splitter::make(store, {}, {.parts = must(read_split("1/1")), .by = SplitBy::channel}));

  for (const char* name : {"alpha", "beta", "gamma", "delta", "epsilon"}) {
    CHECK(splitter.part_of(record_of(name, 1, "x/1")) ==
          splitter.part_of(record_of(name, 2, "y/1")));
  }
}

TEST_CASE("by time, each part is later than the one before, and shares hold by day", "[split]") {
  const TemporaryFolder folder;
  store::Store store = daily_store(folder.file("q.db"), 10);

  const Splitter splitter =
      must(Splitter::make(store, {}, {.parts = must(read_split("8/1/1")), .by = SplitBy::time}));

  std::string parts;
  must(store.for_each({}, [&](const Record& record) {
    const auto part = splitter.part_of(record);
    parts += part ? std::to_string(*part) : "-";
    return true;
  }));
  CHECK(parts == "0000000012-");
}

TEST_CASE("an empty store is split by time without a fault", "[split]") {
  const TemporaryFolder folder;
  store::Store store = new_store(folder.file("q.db"));

  const Splitter splitter =
      must(Splitter::make(store, {}, {.parts = must(read_split("8/2")), .by = SplitBy::time}));

  CHECK(splitter.part_of(record_of("alpha", 1, "x/1")) == std::size_t{0});
}
