// What was removed for good, when its channel is met under another name, or its name with another
// channel.
#include "store/erasure.h"
#include "store/pages.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;
using store::ChannelRemovals;
using store::Erasure;
using store::PageCounts;
using store::RemovalTarget;
using store::Store;

namespace {

constexpr std::int64_t kRemovedNumber = 1001122334;
constexpr std::int64_t kOtherNumber = 2009988776;

ShownChannel shown_number(std::int64_t value) { return {.name = {}, .numeric_id = value}; }

/// A store that follows old_name and new_name.
struct Names {
  TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));

  Names() {
    must(store.add_channel(channel("old_name"), kMonday));
    must(store.add_channel(channel("new_name"), kMonday));
  }

  static store::PageCommit posts_of(std::string_view name,
                                    const std::vector<MessageId>& ids,
                                    std::optional<std::int64_t> number) {
    std::vector<store::JudgedPost> posts;
    for (const MessageId id : ids) posts.push_back(judged(name, id, "текст"));
    store::PageCommit commit = page(name, std::move(posts));
    commit.shown.numeric_id = number;
    return commit;
  }
  Result<PageCounts> keep(std::string_view name,
                          const std::vector<MessageId>& ids,
                          std::optional<std::int64_t> number) {
    return store.keep_page(posts_of(name, ids, number), kMonday);
  }
  Erasure erasure() { return must(Erasure::open(folder.file("q.db"))); }
  void remove(std::string_view name, std::optional<MessageId> post) {
    Erasure erasing = erasure();
    const std::vector<RemovalTarget> targets{{.channel = channel(name), .post = post}};
    must(erasing.erase(targets, "she asked", kTuesday));
    must(erasing.finish(kTuesday));
  }
  std::vector<std::string> removed() {
    std::vector<std::string> out;
    for (const store::Removal& removal : must(store.removals()))
      out.push_back(removal.target.str());
    return out;
  }
  bool bars(std::string_view name, MessageId post, const ShownChannel& shown = {}) {
    return must(store.removals_of(channel(name), shown)).hold(post);
  }
};

}  // namespace

TEST_CASE("a removed post is barred under every name whose page shows the channel's number",
          "[removal]") {
  Names names;
  must(names.keep("old_name", {7, 8}, kRemovedNumber));

  names.remove("old_name", 7);

  CHECK(names.bars("new_name", 7, shown_number(kRemovedNumber)));
  CHECK_FALSE(names.bars("new_name", 8, shown_number(kRemovedNumber)));
  CHECK_FALSE(names.bars("new_name", 7, shown_number(kOtherNumber)));
  CHECK_FALSE(names.bars("new_name", 7));
}

TEST_CASE("the other channel that took a name keeps its post of the same number", "[removal]") {
  Names names;
  must(names.keep("old_name", {7}, kRemovedNumber));
  names.remove("old_name", 7);

  CHECK_FALSE(names.bars("old_name", 7, shown_number(kOtherNumber)));
  CHECK(names.bars("old_name", 7));
  CHECK(names.bars("old_name", 7, shown_number(kRemovedNumber)));
}

TEST_CASE("a removal learns the channel's number from the first page that shows it", "[removal]") {
  Names names;
  must(names.keep("old_name", {7}, std::nullopt));
  names.remove("old_name", 7);
  REQUIRE(names.bars("old_name", 7, shown_number(kOtherNumber)));

  must(names.keep("old_name", {7, 8}, kRemovedNumber));

  CHECK(selected(names.store, {}) == std::vector<std::string>{"old_name/8"});
  CHECK(names.bars("new_name", 7, shown_number(kRemovedNumber)));
  CHECK_FALSE(names.bars("old_name", 7, shown_number(kOtherNumber)));
}

TEST_CASE("so does one ahead of time, also from a page that was asked for by another name",
          "[removal]") {
  Names names;
  names.remove("stranger", std::nullopt);

  must(names.store.note_number(channel("new_name"),
                               {.name = channel("stranger"), .numeric_id = kRemovedNumber}));

  const auto removals =
      must(names.store.removals_of(channel("old_name"), shown_number(kRemovedNumber)));
  REQUIRE(removals.whole);
  CHECK(removals.whole->name == channel("stranger"));
}

TEST_CASE("a removed channel is kept under no name, and the error tells what it was", "[removal]") {
  Names names;
  must(names.keep("old_name", {7}, kRemovedNumber));
  names.remove("old_name", std::nullopt);

  const Error error = error_of(names.keep("new_name", {7}, kRemovedNumber));

  CHECK(error.code == Errc::removed_channel);
  CHECK(error.message.find("was removed for good as old_name on 2026-07-21") != std::string::npos);
  CHECK(error.message.find("qanat redact --undo old_name") != std::string::npos);
  CHECK(selected(names.store, {}).empty());
  CHECK(error_of(names.store.add_channel(channel("old_name"), kTuesday)).code == Errc::usage);
  CHECK(must(names.store.add_channel(channel("old_name"), kTuesday, shown_number(kOtherNumber))));
}

TEST_CASE("a post that is stored under two names of its channel is removed from both",
          "[removal]") {
  Names names;
  for (const char* name : {"old_name", "new_name"}) {
    must(names.keep(name, {7, 8}, std::nullopt));
    must(names.keep(name, {8}, kRemovedNumber));
  }
  const auto targets =
      must(names.erasure().with_other_names({.channel = channel("new_name"), .post = 7}));
  REQUIRE(targets.size() == 2);
  CHECK(targets[1].str() == "old_name/7");
  CHECK(targets[1].numeric_id == kRemovedNumber);
  CHECK(must(names.erasure().look(targets[1])).posts == 1);

  names.remove("new_name", 7);

  CHECK(selected(names.store, {}) == std::vector<std::string>{"new_name/8", "old_name/8"});
  CHECK(names.removed() == std::vector<std::string>{"new_name/7", "old_name/7"});
}

TEST_CASE("what was stored before its name was known to be a removed channel's is found and goes",
          "[removal]") {
  Names names;
  must(names.keep("old_name", {7, 8}, kRemovedNumber));
  names.remove("old_name", 7);
  must(names.keep("new_name", {7, 8}, std::nullopt));
  must(names.erasure().reach_new_names(kTuesday));
  REQUIRE(selected(names.store, {}).size() == 3);

  must(names.keep("new_name", {8}, kRemovedNumber));
  must(names.erasure().reach_new_names(kTuesday));

  CHECK(selected(names.store, {}) == std::vector<std::string>{"new_name/8", "old_name/8"});
  CHECK(must(names.erasure().unfinished()).size() == 1);
  CHECK(must(names.store.removals()).front().reason == "she asked");
}

TEST_CASE("an answer under another name loses the excerpt of the removed post", "[removal]") {
  Names names;
  must(names.keep("old_name", {7}, kRemovedNumber));
  names.remove("old_name", 7);
  must(names.keep("new_name", {5}, std::nullopt));
  store::PageCommit commit = Names::posts_of("new_name", {8}, kRemovedNumber);
  commit.posts[0].post.reply_to = {.post = 7, .url = "https://t.me/new_name/7", .text = "Ирина"};

  must(names.store.keep_page(commit, kTuesday));

  CHECK(must(names.store.find({channel("new_name"), 8}))->post.reply_to->text.empty());
}

TEST_CASE("to undo a removal is to undo it under every name", "[removal]") {
  Names names;
  must(names.keep("old_name", {7}, kRemovedNumber));
  must(names.keep("new_name", {8}, std::nullopt));
  must(names.keep("new_name", {9}, kRemovedNumber));
  names.remove("old_name", 7);
  REQUIRE(names.removed().size() == 2);

  CHECK(must(names.erasure().allow({.channel = channel("new_name"), .post = 7})));

  CHECK(names.removed().empty());
  CHECK_FALSE(names.bars("old_name", 7, shown_number(kRemovedNumber)));
  CHECK_FALSE(must(names.erasure().allow({.channel = channel("old_name"), .post = 7})));
}

TEST_CASE("channels are followed all or none: not when one of them was removed for good",
          "[removal]") {
  Names names;
  names.remove("old_name", std::nullopt);
  const std::vector<ChannelName> wanted{channel("third_name"), channel("old_name")};

  CHECK(error_of(names.store.add_channels(wanted, kTuesday)).code == Errc::usage);
  CHECK(must(names.store.channel(channel("third_name"))) == std::nullopt);

  const std::vector<ChannelName> fine{channel("third_name"), channel("new_name")};
  CHECK(must(names.store.add_channels(fine, kTuesday)) ==
        std::vector<ChannelName>{channel("new_name")});
  CHECK(must(names.store.channel(channel("third_name"))));
}
