#include <algorithm>

#include "base/names.h"
#include "store/pages.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;
using store::RecordFilter;
using store::Store;
using Ids = std::vector<std::string>;

namespace {

store::JudgedPost at(store::JudgedPost post, std::optional<Instant> published) {
  post.post.published_at = published;
  return post;
}

/// Two channels; beta was added first, so that the order of names is not that of insertion.
Store two_channels(const std::string& path) {
  Store store = must(Store::create(path));
  must(store.add_channel(channel("beta"), kMonday));
  must(store.add_channel(channel("alpha"), kMonday));
  must(store.keep_page(page("beta",
                            {at(judged("beta", 2, "Ёлка и скидка", Outcome::ad_only), kTuesday),
                             at(judged("beta", 10, "Что такое RAG?"), std::nullopt)}),
                       kMonday));
  must(store.keep_page(page("alpha",
                            {at(judged("alpha", 1, "Ёлки"), kMonday),
                             at(judged("alpha", 3, "елка зелёная", Outcome::stripped), kTuesday)}),
                       kMonday));
  return store;
}

}  // namespace

TEST_CASE("records come by channel, then message id", "[reading]") {
  const TemporaryFolder folder;
  Store store = two_channels(folder.file("q.db"));

  CHECK(selected(store, {}) == Ids{"alpha/1", "alpha/3", "beta/2", "beta/10"});
}

TEST_CASE("newest first goes by time, posts without a date last", "[reading]") {
  const TemporaryFolder folder;
  Store store = two_channels(folder.file("q.db"));

  CHECK(selected(store, {.newest_first = true}) == Ids{"alpha/3", "beta/2", "alpha/1", "beta/10"});
  CHECK(selected(store, {.channels = {channel("beta")}, .newest_first = true}) ==
        Ids{"beta/10", "beta/2"});
}

TEST_CASE("several channels are read as one, in either order", "[reading]") {
  const TemporaryFolder folder;
  Store store = two_channels(folder.file("q.db"));
  must(store.add_channel(channel("gamma"), kMonday));
  must(store.keep_page(page("gamma", {at(judged("gamma", 7, "γ"), kTuesday)}), kMonday));
  const RecordFilter both{.channels = {channel("gamma"), channel("alpha")}};
  RecordFilter latest = both;
  latest.newest_first = true;

  CHECK(selected(store, both) == Ids{"alpha/1", "alpha/3", "gamma/7"});
  CHECK(selected(store, latest) == Ids{"gamma/7", "alpha/3", "alpha/1"});
}

TEST_CASE("the data's version tells whether another connection has written", "[reading]") {
  const TemporaryFolder folder;
  Store writer = new_store(folder.file("q.db"));
  Store reader = must(Store::open(folder.file("q.db"), store::Access::read_only));
  const std::int64_t before = must(reader.data_version());
  CHECK(must(reader.data_version()) == before);

  must(writer.add_channel(channel("another_one"), kMonday));

  CHECK(must(reader.data_version()) != before);
}

TEST_CASE("a filter selects the records that meet each of its fields", "[reading]") {
  using namespace std::chrono_literals;
  const TemporaryFolder folder;
  Store store = two_channels(folder.file("q.db"));

  CHECK(selected(store, {.channels = {channel("alpha")}}) == Ids{"alpha/1", "alpha/3"});
  CHECK(selected(store, {.channels = {channel("nobody")}}).empty());
  CHECK(selected(store, {.labels = {Label::ad}}) == Ids{"beta/2"});
  CHECK(selected(store, {.outcomes = {Outcome::stripped, Outcome::ad_only}}) ==
        Ids{"alpha/3", "beta/2"});
  CHECK(selected(store, {.since = kTuesday}) == Ids{"alpha/3", "beta/2"});
  CHECK(selected(store, {.until = kTuesday}) == Ids{"alpha/1"});
  CHECK(selected(store, {.since = kMonday, .until = kMonday + 1s}) == Ids{"alpha/1"});
  CHECK(selected(store, {.limit = 3}) == Ids{"alpha/1", "alpha/3", "beta/2"});
  CHECK(selected(store, {.outcomes = {Outcome::ad_only}, .words = "елки"}).empty());
}

TEST_CASE("елка finds Ёлка, and each word must be there", "[reading]") {
  const TemporaryFolder folder;
  Store store = two_channels(folder.file("q.db"));

  CHECK(selected(store, {.words = "елк"}) == Ids{"alpha/1", "alpha/3", "beta/2"});
  CHECK(selected(store, {.words = "ЁЛКА ЗЕЛЕН"}) == Ids{"alpha/3"});
  CHECK(selected(store, {.words = "елка rag"}).empty());
  CHECK(selected(store, {.words = "%"}).empty());
}

TEST_CASE("no record is missed or doubled where one read ends and the next begins", "[reading]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  std::vector<store::JudgedPost> posts;
  // All in the same second: only the id tells them apart.
  for (MessageId id = 1; id <= 700; ++id) posts.push_back(judged("some_channel", id, "текст"));
  must(store.keep_page(page("some_channel", posts), kMonday));

  Ids ids = selected(store, {});
  CHECK(ids.size() == 700);
  CHECK(ids.front() == "some_channel/1");
  CHECK(ids.back() == "some_channel/700");
  std::ranges::reverse(ids);
  CHECK(selected(store, {.newest_first = true}) == ids);
  CHECK(selected(store, {.channels = {channel("some_channel")}, .newest_first = true}) == ids);
  CHECK(selected(store, {.limit = 300}).size() == 300);
}

TEST_CASE("a reader may stop, and may use the store while it reads", "[reading]") {
  const TemporaryFolder folder;
  Store store = two_channels(folder.file("q.db"));
  int rows = 0;

  must(store.for_each({}, [&](const Record& record) {
    CHECK(must(store.find(record.post.id)));
    CHECK(selected(store, {}).size() == 4);
    must(store.keep_gate({.next_at_ms = 1, .rate = 1}));
    return ++rows < 2;
  }));

  CHECK(rows == 2);
}

TEST_CASE("a post that nobody stored is not found", "[reading]") {
  const TemporaryFolder folder;
  Store store = two_channels(folder.file("q.db"));

  CHECK_FALSE(must(store.find({.channel = channel("alpha"), .message = 2})));
  CHECK_FALSE(must(store.find({.channel = channel("nobody"), .message = 1})));
}
