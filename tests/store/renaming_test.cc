// A channel that goes on under another name.
#include "store/erasure.h"
#include "store/pages.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;
using store::ChannelState;
using store::Store;

namespace {

constexpr std::int64_t kRenamed = 1001122334;
constexpr std::int64_t kAnother = 2009988776;

const std::vector<std::string> kOldIds{"old_name/1", "old_name/2"};
const std::vector<std::string> kNewIds{"new_name/1", "new_name/2"};

store::PageCommit shown_page(std::string_view name,
                             std::vector<MessageId> ids,
                             std::optional<std::int64_t> number) {
  std::vector<store::JudgedPost> posts;
  posts.reserve(ids.size());
  for (const MessageId id : ids) posts.push_back(judged(name, id, "текст"));
  store::PageCommit commit = page(name, std::move(posts));
  commit.shown.numeric_id = number;
  commit.settled = 2;
  return commit;
}

/// A store with two posts of old_name, one of them labelled.
struct Renamable {
  TemporaryFolder folder;
  Store store = must(Store::create(folder.file("q.db")));

  Renamable() {
    must(store.add_channel(channel("old_name"), kMonday));
    must(store.keep_page(shown_page("old_name", {1, 2}, kRenamed), kMonday));
    must(store.keep_label({.post = {channel("old_name"), 1},
                           .annotator = "anna",
                           .label = Label::qa,
                           .reason = "chosen",
                           .labelled_at = kMonday}));
  }

  Result<void> rename() {
    return store.rename_channel(channel("old_name"), channel("new_name"), kTuesday);
  }
  /// A visit of the new name that was refused.
  void refuse_new_name() {
    must(store.add_channel(channel("new_name"), kTuesday));
    CHECK(error_of(store.keep_page(shown_page("new_name", {1, 2}, kRenamed), kTuesday)).code ==
          Errc::known_channel);
    must(store.keep_failure({.channel = channel("new_name"),
                             .cause = "renamed",
                             .error = "another name",
                             .next_due_at = store::kNeverDue,
                             .state = ChannelState::renamed,
                             .run = must(store.begin_run(kTuesday))},
                            kTuesday));
  }
};

}  // namespace

TEST_CASE("a new name of a stored channel keeps nothing twice, and the error tells what to do",
          "[rename]") {
  Renamable world;
  must(world.store.add_channel(channel("new_name"), kTuesday));

  const Error error =
      error_of(world.store.keep_page(shown_page("new_name", {2, 3}, kRenamed), kTuesday));

  CHECK(error.code == Errc::known_channel);
  CHECK(error.message.find("new_name is another name of old_name") != std::string::npos);
  CHECK(error.message.find("`qanat channels rename old_name new_name`") != std::string::npos);
  CHECK(selected(world.store, {}) == kOldIds);
}

TEST_CASE("a renamed channel has all that was stored of it, and is due", "[rename]") {
  Renamable world;
  must(world.store.remove_channel(channel("old_name")));
  world.refuse_new_name();

  must(world.rename());

  CHECK(selected(world.store, {}) == kNewIds);
  CHECK(must(world.store.labels()).at(0).post.str() == "new_name/1");
  const auto row = must(world.store.channel(channel("new_name"))).value();
  CHECK(row.state == ChannelState::live);
  CHECK(row.numeric_id == kRenamed);
  CHECK(row.settled == 2);
  CHECK(row.last_error.empty());
  CHECK_FALSE(row.next_due_at);
  CHECK(must(world.store.met_channels()) == std::vector{channel("new_name")});
  CHECK(must(world.store.former_names()) == std::vector{channel("old_name")});
  CHECK(must(world.store.troubles(1)).failures.at(0).channel == channel("new_name"));
  CHECK(must(world.store.keep_page(shown_page("new_name", {2, 3}, kRenamed), kTuesday)) ==
        store::PageCounts{.fresh = 1, .unchanged = 1});
}

TEST_CASE("who is not followed is not followed under the new name either", "[rename]") {
  Renamable world;
  must(world.store.remove_channel(channel("old_name")));

  must(world.rename());

  CHECK(must(world.store.channels()).empty());
  CHECK(selected(world.store, {}) == kNewIds);
}

TEST_CASE("the old name may be followed again, as another channel", "[rename]") {
  Renamable world;
  must(world.rename());

  must(world.store.add_channel(channel("old_name"), kTuesday));
  must(world.store.keep_page(shown_page("old_name", {1}, kAnother), kTuesday));

  CHECK(selected(world.store, {}).size() == 3);
}

TEST_CASE("a removal reaches what was exported under the name before", "[rename]") {
  Renamable world;
  must(world.rename());
  auto erasure = must(store::Erasure::open(world.folder.file("q.db")));

  must(erasure.erase(std::vector<store::RemovalTarget>{{.channel = channel("old_name"), .post = 1}},
                     "",
                     kTuesday));

  CHECK(selected(world.store, {}) == std::vector<std::string>{"new_name/2"});
  const auto removals = must(world.store.removals());
  REQUIRE(removals.size() == 2);
  CHECK(removals[0].target.str() == "new_name/1");
  CHECK(removals[1].target.str() == "old_name/1");
}

TEST_CASE("a channel is not renamed when that would mix it up with another", "[rename]") {
  Renamable world;

  SECTION("that is stored under the name") {
    must(world.store.add_channel(channel("new_name"), kMonday));
    must(world.store.keep_page(shown_page("new_name", {1}, kAnother), kMonday));
    CHECK(error_of(world.rename()).message.find("another channel is stored under this name") !=
          std::string::npos);
  }
  SECTION("or has posts under both names") {
    must(world.store.add_channel(channel("new_name"), kMonday));
    must(world.store.keep_page(shown_page("new_name", {1}, std::nullopt), kMonday));
    CHECK(error_of(world.rename()).message.find("posts are stored under this name already, 1") !=
          std::string::npos);
  }
  SECTION("or whose new name was removed for good") {
    auto erasure = must(store::Erasure::open(world.folder.file("q.db")));
    must(erasure.erase(
        std::vector<store::RemovalTarget>{{.channel = channel("new_name")}}, "", kMonday));
    CHECK(error_of(world.rename()).message.find("removed for good") != std::string::npos);
  }
  SECTION("or that has it already") {
    CHECK(error_of(world.store.rename_channel(channel("old_name"), channel("old_name"), kTuesday))
              .code == Errc::usage);
  }
  SECTION("or that the store does not know") {
    CHECK(error_of(world.store.rename_channel(channel("stranger"), channel("new_name"), kTuesday))
              .code == Errc::usage);
  }
  CHECK(must(world.store.find({channel("old_name"), 1})));
}

TEST_CASE("a channel whose number no page has told is not renamed", "[rename]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  must(store.keep_page(shown_page("some_channel", {1}, std::nullopt), kMonday));

  const Error error =
      error_of(store.rename_channel(channel("some_channel"), channel("new_name"), kTuesday));

  CHECK(error.code == Errc::usage);
  CHECK(error.message.find("no page has told its number") != std::string::npos);
}

TEST_CASE("who still has the old name, as a visit that began before, is told the new one",
          "[rename]") {
  Renamable world;
  must(world.rename());

  const Error error =
      error_of(world.store.keep_page(shown_page("old_name", {3}, kRenamed), kTuesday));

  CHECK(error.code == Errc::usage);
  CHECK(error.message.ends_with(": it is new_name there since it was renamed"));
  CHECK(error_of(world.store.keep_page(page("never_met", {}), kTuesday))
            .message.ends_with("qanat channels add never_met"));
}
