#include "store/erasure.h"

#include <algorithm>
#include <filesystem>

#include "record/json.h"
#include "store/pages.h"
#include "store/past_records.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;
using namespace std::chrono_literals;
using store::Database;
using store::Erasure;
using store::RemovalTarget;
using store::Store;

namespace {

const std::string kSecret = "Ирина просит убрать этот рассказ о том, как она переехала из Твери";
const std::string kNewer = "Ирина просит убрать и второй рассказ, в котором она вернулась назад";

RemovalTarget post_seven() { return {.channel = channel("some_channel"), .post = 7}; }
RemovalTarget whole_channel() { return {.channel = channel("some_channel"), .post = {}}; }

store::JudgedPost with_hits(store::JudgedPost post) {
  const Verdict full = full_verdict();
  post.verdict.blocks = full.blocks;
  post.verdict.post_hits = full.post_hits;
  return post;
}

/// A store in which every table that can name a post names some_channel/7: edited, rejudged and
/// back, moved between clusters, answered by a post that quotes it, labelled.
struct Erasable {
  TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));

  Erasable() {
    must(store.add_channel(channel("other_channel"), kMonday));
    store::JudgedPost answer = judged("some_channel", 8, "Спасибо");
    answer.post.reply_to = {
        .post = 7, .url = "https://t.me/some_channel/7", .text = kSecret.substr(0, 60)};
    keep("some_channel", kMonday, {with_hits(judged("some_channel", 7, kSecret)), answer});
    keep("other_channel", kMonday, {judged("other_channel", 3, kSecret)});
    keep("other_channel", kMonday, {judged("other_channel", 4, kSecret)});
    const store::JudgedPost first = with_hits(judged("some_channel", 7, kSecret));
    rejudge(kTuesday, {.removed = {}, .ruleset = "sha256:new"});
    rejudge(kTuesday + 1h, first.verdict);
    keep("some_channel", kTuesday + 2h, {with_hits(judged("some_channel", 7, kNewer)), answer});
    keep("some_channel", kTuesday + 3h, {with_hits(judged("some_channel", 7, kSecret)), answer});
    must(store.keep_label({.post = {channel("some_channel"), 7},
                           .annotator = "anna",
                           .label = Label::qa,
                           .reason = "chosen",
                           .labelled_at = kTuesday,
                           .note = kSecret}));
    must(store.keep_page_version("https://t.me/s/some_channel", {.snapshot = "sha256:def"}));
  }

  void keep(std::string_view name, Instant when, std::vector<store::JudgedPost> posts) {
    for (store::JudgedPost& post : posts) post.profile = "0123456789ab";
    must(store.keep_page(page(name, std::move(posts), when), when));
  }
  void rejudge(Instant when, const Verdict& verdict) {
    const std::vector<store::Rejudged> verdicts(
        1, {.id = {channel("some_channel"), 7}, .revision = 1, .verdict = verdict});
    must(store.keep_verdicts(verdicts, when));
  }

  Erasure erasure() { return must(Erasure::open(folder.file("q.db"))); }
  void erase(const RemovalTarget& target) {
    Erasure erasing = erasure();
    must(erasing.erase(std::vector{target}, "she asked", kTuesday + 24h));
    must(erasing.finish(kTuesday + 24h));
  }

  std::vector<std::string> past_ids(Instant as_of) {
    std::vector<std::string> ids;
    auto past = must(store::PastRecords::open(store, as_of));
    must(past.for_each({}, [&](const Record& record) {
      ids.push_back(record.post.id.str() + " in " + record.cluster);
      return true;
    }));
    return ids;
  }
  std::int64_t count(const std::string& sql) {
    auto database =
        must(Database::open(folder.file("q.db"), Database::Mode::read_only, kNoPatience));
    return must(database.value<std::int64_t>(sql)).value_or(-1);
  }
  /// All that the files of the database hold.
  std::string bytes() const {
    std::string all;
    for (const char* name : {"q.db", "q.db-wal"}) {
      if (std::filesystem::exists(folder.file(name))) all += read_file(folder.file(name));
    }
    return all;
  }
};

constexpr const char* kOrphans = "SELECT count(*) FROM pragma_foreign_key_check";

}  // namespace

TEST_CASE("what is removed for good has no row, and no byte in the database's files", "[removal]") {
  Erasable world;
  REQUIRE(world.bytes().contains("рассказ"));
  REQUIRE(world.count("SELECT count(*) FROM verdict_return") == 1);
  REQUIRE(world.count("SELECT count(*) FROM verdict_hit") > 0);
  must(world.erasure().erase(
      std::vector<RemovalTarget>{{.channel = channel("other_channel"), .post = {}}}, "", kTuesday));

  world.erase(post_seven());

  CHECK(selected(world.store, {}) == std::vector<std::string>{"some_channel/8"});
  CHECK_FALSE(world.bytes().contains("Ирин"));
  CHECK_FALSE(world.bytes().contains("рассказ"));
  CHECK(must(world.store.labels()).empty());
  CHECK(world.count(kOrphans) == 0);
  CHECK(world.count("SELECT count(*) FROM verdict WHERE post_id NOT IN (SELECT id FROM post)") ==
        0);
}

TEST_CASE("a removal counts what it takes, and takes nothing when only asked", "[removal]") {
  Erasable world;

  const auto post = must(world.erasure().look(post_seven()));
  const auto all = must(world.erasure().look(whole_channel()));
  const auto none = must(world.erasure().look({.channel = channel("some_channel"), .post = 99}));

  CHECK((post.posts == 1 && post.labels == 1));
  CHECK((all.posts == 2 && all.labels == 1));
  CHECK((none.posts == 0 && none.labels == 0));
  CHECK(selected(world.store, {}).size() == 4);
}

TEST_CASE("the post of an album is found by its later pictures", "[removal]") {
  Erasable world;
  store::JudgedPost album = judged("some_channel", 20, "Три снимка");
  album.post.album = {20, 21, 22};
  world.keep("some_channel", kTuesday, {album});
  Erasure erasure = world.erasure();

  CHECK(must(erasure.album_of({.channel = channel("some_channel"), .post = 22})) == 20);
  CHECK_FALSE(must(erasure.album_of({.channel = channel("some_channel"), .post = 20})));
  CHECK_FALSE(must(erasure.album_of({.channel = channel("some_channel"), .post = 23})));
  CHECK_FALSE(must(erasure.album_of({.channel = channel("other_channel"), .post = 22})));
  CHECK_FALSE(must(erasure.album_of(whole_channel())));
}

TEST_CASE("a removed post that a page still shows is not stored again", "[removal]") {
  Erasable world;
  world.erase(post_seven());

  const auto counts = must(world.store.keep_page(
      page("some_channel",
           {judged("some_channel", 7, kSecret), judged("some_channel", 9, "new")},
           kTuesday + 48h),
      kTuesday + 48h));

  CHECK(counts == store::PageCounts{.fresh = 1});
  CHECK(selected(world.store, {.channels = {channel("some_channel")}}) ==
        std::vector<std::string>{"some_channel/8", "some_channel/9"});
}

TEST_CASE("an answer loses the excerpt of the removed post, also when it is seen again",
          "[removal]") {
  Erasable world;
  world.erase(post_seven());
  const auto reply = [&] {
    return must(world.store.find({channel("some_channel"), 8})).value().post.reply_to.value();
  };
  CHECK(reply() == Reply{.post = 7, .url = "https://t.me/some_channel/7", .text = ""});

  store::JudgedPost answer = judged("some_channel", 8, "Спасибо");
  answer.post.reply_to = {.post = 7, .url = "https://t.me/some_channel/7", .text = kSecret};
  world.keep("some_channel", kTuesday + 48h, {answer});

  CHECK(reply().text.empty());
}

TEST_CASE("as of a moment before its removal a post is not brought back", "[removal]") {
  Erasable world;
  REQUIRE(world.past_ids(kMonday).size() == 4);

  world.erase(post_seven());

  CHECK(world.past_ids(kMonday) == std::vector<std::string>{"other_channel/3 in other_channel/3",
                                                            "other_channel/4 in other_channel/3",
                                                            "some_channel/8 in some_channel/8"});
  CHECK(world.past_ids(kTuesday + 2h) == world.past_ids(kMonday));
}

TEST_CASE("a removed channel has nothing left, and is not followed again", "[removal]") {
  Erasable world;

  world.erase(whole_channel());

  CHECK(selected(world.store, {}).size() == 2);
  CHECK(must(world.store.met_channels()) == std::vector{channel("other_channel")});
  CHECK(world.count(kOrphans) == 0);
  const Error error = error_of(world.store.add_channel(channel("some_channel"), kTuesday));
  CHECK(error.code == Errc::usage);
  CHECK(error.message.find("removed for good on 2026-07-22") != std::string::npos);
  CHECK(error.message.find("qanat redact --undo some_channel") != std::string::npos);
}

TEST_CASE("what is allowed again is stored when it is met", "[removal]") {
  Erasable world;
  world.erase(whole_channel());

  CHECK(must(world.erasure().allow(whole_channel())));
  CHECK_FALSE(must(world.erasure().allow(whole_channel())));

  CHECK(must(world.store.add_channel(channel("some_channel"), kTuesday)));
  CHECK(must(world.store.removals()).empty());
}

TEST_CASE("a removal keeps its first moment and reason, and is told by name", "[removal]") {
  Erasable world;
  world.erase({.channel = channel("some_channel"), .post = 12});
  must(world.erasure().erase(std::vector{post_seven(), whole_channel()}, "again", kTuesday + 48h));
  must(world.erasure().erase(std::vector{post_seven()}, "and again", kTuesday + 72h));

  const auto removals = must(world.store.removals());

  REQUIRE(removals.size() == 3);
  CHECK(removals[0].target == whole_channel());
  CHECK(removals[1].target == post_seven());
  CHECK(removals[1].reason == "again");
  CHECK(removals[1].removed_at == kTuesday + 48h);
  CHECK(removals[2].target.str() == "some_channel/12");
  CHECK(removals[2].reason == "she asked");
}

TEST_CASE("a removal is finished only when nobody reads what it overwrote", "[removal]") {
  Erasable world;
  Erasure erasing = must(Erasure::open(world.folder.file("q.db"), kNoPatience));
  auto reader = must(Database::open(world.folder.file("q.db"), Database::Mode::read_only, 5s));
  auto rows = std::make_optional(must(reader.query("SELECT text FROM post")));
  REQUIRE(must(rows->next()));
  must(erasing.erase(std::vector{post_seven()}, "", kTuesday));

  CHECK(error_of(erasing.finish(kTuesday)).code == Errc::storage_busy);
  CHECK(must(erasing.unfinished()).size() == 1);
  rows.reset();
  must(erasing.finish(kTuesday));

  CHECK(must(erasing.unfinished()).empty());
}

TEST_CASE("a label goes only with a post that is removed", "[removal]") {
  Erasable world;
  auto database =
      must(Database::open(world.folder.file("q.db"), Database::Mode::read_write, kNoPatience));

  CHECK_FALSE(database.script("DELETE FROM label"));
  world.erase(post_seven());

  CHECK(must(world.store.labels()).empty());
}
