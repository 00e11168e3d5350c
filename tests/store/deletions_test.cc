#include <chrono>

#include "store/pages.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;
using namespace std::chrono_literals;
using store::PageCounts;
using store::Store;

namespace {

/// A store that has seen posts 1 to 5 on Monday.
struct Seen {
  TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));

  Seen() { look({1, 2, 3, 4, 5}, kMonday); }

  PageCounts look(const std::vector<MessageId>& shown, Instant when) {
    std::vector<store::JudgedPost> posts;
    for (const MessageId id : shown) {
      posts.push_back(judged("some_channel", id, "post " + std::to_string(id)));
    }
    return keep(std::move(posts), when);
  }

  PageCounts keep(std::vector<store::JudgedPost> posts, Instant when) {
    return must(store.keep_page(page("some_channel", std::move(posts), when), when));
  }

  std::optional<Instant> deleted_at(MessageId id) {
    return must(store.find({.channel = channel("some_channel"), .message = id}))->deleted_at;
  }
};

const Instant kWednesday = kTuesday + std::chrono::days{1};

}  // namespace

TEST_CASE("a post that two visits miss between its neighbours is deleted since the first",
          "[deletions]") {
  Seen seen;

  CHECK(seen.look({1, 2, 4, 5}, kTuesday).deleted == 0);
  CHECK_FALSE(seen.deleted_at(3));
  CHECK(seen.look({1, 2, 4, 5}, kWednesday).deleted == 1);

  CHECK(seen.deleted_at(3) == kTuesday);
  CHECK(must(seen.store.find({.channel = channel("some_channel"), .message = 3}))->post.text ==
        "post 3");
  CHECK(seen.look({1, 2, 4, 5}, kWednesday + 24h).deleted == 0);
}

TEST_CASE("a second look within the same visit confirms nothing", "[deletions]") {
  Seen seen;

  seen.look({1, 2, 4, 5}, kTuesday);
  CHECK(seen.look({1, 2, 4, 5}, kTuesday + 1min).deleted == 0);

  CHECK_FALSE(seen.deleted_at(3));
}

TEST_CASE("a post that comes back is undeleted, and missed anew from the beginning",
          "[deletions]") {
  Seen seen;
  seen.look({1, 2, 4, 5}, kTuesday);
  seen.look({1, 2, 4, 5}, kWednesday);
  REQUIRE(seen.deleted_at(3));

  const PageCounts back = seen.look({1, 2, 3, 4, 5}, kWednesday + 24h);

  CHECK(back.restored == 1);
  CHECK(back.unchanged == 5);
  CHECK_FALSE(seen.deleted_at(3));
  CHECK(seen.look({1, 2, 4, 5}, kWednesday + 48h).deleted == 0);
}

TEST_CASE("a post that was missing once and is there again was never deleted", "[deletions]") {
  Seen seen;
  seen.look({1, 2, 4, 5}, kTuesday);
  CHECK(seen.look({1, 2, 3, 4, 5}, kWednesday).restored == 0);

  CHECK(seen.look({1, 2, 4, 5}, kWednesday + 24h).deleted == 0);
}

TEST_CASE("what lies beyond a page's first and last post is not missing from it", "[deletions]") {
  Seen seen;

  for (const Instant when : {kTuesday, kWednesday, kWednesday + 24h}) {
    CHECK(seen.look({3, 4}, when).deleted == 0);
  }

  for (const MessageId id : {1, 2, 5}) CHECK_FALSE(seen.deleted_at(id));
}

TEST_CASE("a page without posts deletes nothing", "[deletions]") {
  Seen seen;

  CHECK(seen.look({}, kTuesday) == PageCounts{});
  CHECK(seen.look({}, kWednesday) == PageCounts{});

  CHECK_FALSE(seen.deleted_at(3));
}

TEST_CASE("a neighbour that is seen for the first time proves nothing", "[deletions]") {
  Seen seen;

  // 5 is missing between 4 and a post that nobody has seen before, twice.
  CHECK(seen.look({3, 4, 6}, kTuesday).deleted == 0);
  CHECK(seen.look({3, 4, 6}, kWednesday).deleted == 0);

  CHECK_FALSE(seen.deleted_at(5));
  CHECK(seen.look({3, 4, 6}, kWednesday + 24h).deleted == 1);
  CHECK(seen.deleted_at(5) == kWednesday);
}

TEST_CASE("numbers that no post ever had are not deletions", "[deletions]") {
  Seen seen;
  seen.look({5, 90, 104}, kTuesday);

  CHECK(seen.look({5, 90, 104}, kWednesday) == PageCounts{.unchanged = 3});
}

TEST_CASE("numbers that an album covers are not deleted", "[deletions]") {
  Seen seen;
  store::JudgedPost album = judged("some_channel", 2, "post 2");
  album.post.album = {2, 3, 4};
  const std::vector<store::JudgedPost> shown = {
      judged("some_channel", 1, "post 1"), album, judged("some_channel", 5, "post 5")};

  CHECK(seen.keep(shown, kTuesday).deleted == 0);
  CHECK(seen.keep(shown, kWednesday).deleted == 0);

  CHECK_FALSE(seen.deleted_at(3));
  CHECK_FALSE(seen.deleted_at(4));
}

TEST_CASE("a new album beside a missing post proves nothing", "[deletions]") {
  Seen seen;
  store::JudgedPost album = judged("some_channel", 6, "an album");
  album.post.album = {6, 7, 8};

  CHECK(seen.keep({judged("some_channel", 4, "post 4"), album}, kTuesday).deleted == 0);
  CHECK(seen.keep({judged("some_channel", 4, "post 4"), album}, kTuesday + 2h).deleted == 0);

  CHECK_FALSE(seen.deleted_at(5));
}

TEST_CASE("a page that others fetched says nothing of what it lacks", "[deletions]") {
  Seen seen;
  for (const Instant when : {kTuesday, kWednesday}) {
    store::PageCommit foreign =
        page("some_channel",
             {judged("some_channel", 2, "post 2"), judged("some_channel", 4, "post 4")},
             when);
    foreign.tells_absence = false;
    CHECK(must(seen.store.keep_page(foreign, when)).deleted == 0);
  }

  CHECK_FALSE(seen.deleted_at(3));
  CHECK(seen.look({2, 4}, kWednesday + 24h).deleted == 0);
}
