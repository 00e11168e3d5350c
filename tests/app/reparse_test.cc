#include "app/reparse.h"

#include <functional>

#include "crawl_world.h"
#include "importer/telegram_desktop.h"
#include "parser/page.h"

using namespace qanat;
using app::ReparseDifference;

namespace {

/// A channel of eight posts, crawled.
struct Crawled : test::CrawlWorld {
  ChannelName room = follow("open_room");

  Crawled() {
    telegram.channels["open_room"] = test::posts(8);
    telegram.channels["open_room"][4] =
        R"(a <b>bold</b> word and <a href="https://example.org/">a link</a> #tag)";
    REQUIRE(crawl({room}));
  }

  app::ReparseReport report(std::vector<ReparseDifference>* differences = nullptr,
                            std::optional<ChannelName> of = {}) {
    return reparse({.channel = std::move(of)}, differences);
  }

  /// Writes what differs.
  app::ReparseReport apply() { return reparse({.apply = &classifier}, nullptr); }

  app::ReparseReport reparse(const app::ReparsePlan& plan,
                             std::vector<ReparseDifference>* differences) {
    const auto made =
        app::reparse(store, archive, plan, clock.now(), [&](const ReparseDifference& difference) {
          if (differences != nullptr) differences->push_back(difference);
        });
    REQUIRE(made);
    return *made;
  }

  Record record_of(MessageId message) {
    return store.find({.channel = room, .message = message}).value().value();
  }

  /// Stores a post as if another parser had read it otherwise from the same page.
  void store_otherwise(const std::function<void(Post&)>& change, std::string parser = "0") {
    const Record record = record_of(4);
    Post post = record.post;
    change(post);
    store::JudgedPost judged{.post = post,
                             .content_sha256 = content_sha256(post),
                             .verdict = record.verdict,
                             .normalized = record.normalized};
    Provenance provenance = record.provenance;
    provenance.parser = std::move(parser);
    REQUIRE(store.keep_page(
        {.channel = room, .provenance = provenance, .posts = {std::move(judged)}}, clock.now()));
  }
};

}  // namespace

TEST_CASE("the archive read again by the same parser gives the stored posts", "[archive]") {
  Crawled world;
  world.clock.advance(std::chrono::hours(1));
  world.telegram.channels["open_room"][9] = "post 9";
  world.telegram.channels["open_room"][8] = "post 8, corrected";
  REQUIRE(world.crawl({world.room}));

  const auto report = world.report();

  CHECK(report.posts == 9);
  CHECK(report.identical == 9);
  CHECK(report.agrees());
}

TEST_CASE("a post that the parser reads otherwise now is named with its fields", "[archive]") {
  Crawled world;
  world.store_otherwise([](Post& post) { post.text = "a bold word and no link"; });

  std::vector<ReparseDifference> differences;
  const auto report = world.report(&differences);

  CHECK(report.different == 1);
  CHECK(report.identical == 7);
  REQUIRE(differences.size() == 1);
  CHECK(differences[0].id == "open_room/4");
  CHECK(differences[0].parser == "0");
  CHECK(differences[0].fields == std::vector<std::string>{"text", "content_sha256"});
}

TEST_CASE("formatting that the parser reads otherwise now is a difference", "[archive]") {
  Crawled world;
  world.store_otherwise([](Post& post) { post.entities.clear(); });

  std::vector<ReparseDifference> differences;
  (void)world.report(&differences);

  REQUIRE(differences.size() == 1);
  CHECK_FALSE(differences[0].fields.empty());
}

TEST_CASE("a post that its page does not have is a difference without fields", "[archive]") {
  Crawled world;
  world.store_otherwise([](Post& post) { post.id.message = 77; });

  std::vector<ReparseDifference> differences;
  (void)world.report(&differences);

  REQUIRE(differences.size() == 1);
  CHECK(differences[0].id == "open_room/77");
  CHECK(differences[0].fields.empty());
}

TEST_CASE("posts whose page was pruned are counted, and are no difference", "[archive]") {
  Crawled world;
  const auto months = world.archive.months().value();
  for (const std::string& month : months) {
    REQUIRE(world.archive.remove(month));
  }

  const auto report = world.report();

  CHECK(report.not_archived == 8);
  CHECK(report.agrees());
}

TEST_CASE("posts from Telegram Desktop have no page: they are counted, and are no difference",
          "[archive]") {
  Crawled world;
  world.store_otherwise([](Post& post) { post.text = "as the app has it"; },
                        std::string(importer::kDesktopReader));

  const auto report = world.report();

  CHECK(report.without_page == 1);
  CHECK(report.identical == 7);
  CHECK(report.agrees());
}

TEST_CASE("one channel alone can be read again", "[archive]") {
  Crawled world;
  const ChannelName other = world.follow("other_room");
  world.telegram.channels["other_room"] = test::posts(2);
  REQUIRE(world.crawl({other}));

  CHECK(world.report(nullptr, other).posts == 2);
  CHECK(world.report().posts == 10);
}

TEST_CASE("a visit that found a page unchanged still leads back to its bytes", "[archive]") {
  Crawled world;
  world.telegram.gives_etags = true;
  REQUIRE(world.crawl({world.room}));
  REQUIRE(world.crawl({world.room}));
  REQUIRE(world.telegram.not_sent == 1);

  CHECK(world.report().identical == 8);
}

TEST_CASE("applied, what the parser reads otherwise is a revision, and then all is identical",
          "[archive]") {
  Crawled world;
  const Record before = world.record_of(4);
  world.store_otherwise([](Post& post) { post.text = "a bold word and no link"; });
  const int revision = world.record_of(4).revision;

  const auto applied = world.apply();

  CHECK(applied.different == 1);
  CHECK(applied.written == 1);
  CHECK(applied.agrees());
  const Record after = world.record_of(4);
  CHECK(after.post == before.post);
  CHECK(after.revision == revision + 1);
  CHECK(after.provenance.parser == before.provenance.parser);
  CHECK(after.provenance.snapshot == before.provenance.snapshot);
  CHECK(after.latest.snapshot == before.latest.snapshot);
  CHECK(after.last_seen_at == before.last_seen_at);
  CHECK(after.verdict.outcome == before.verdict.outcome);
  CHECK(world.report().identical == 8);
  CHECK(world.apply().written == 0);
}

TEST_CASE("applied, what does not count as content follows the page without a revision",
          "[archive]") {
  Crawled world;
  world.store_otherwise([](Post& post) { post.views = {.value = 7, .text = "7"}; });
  const int revision = world.record_of(4).revision;

  CHECK(world.apply().written == 1);

  CHECK(world.record_of(4).revision == revision);
  CHECK(world.record_of(4).latest.parser == parser::kParserVersion);
  CHECK(world.record_of(4).provenance.parser == parser::kParserVersion);
  CHECK(world.report().identical == 8);
}

TEST_CASE("a post without a body, which parser 1 read as an empty text, becomes a withheld one",
          "[archive]") {
  Crawled world;
  world.room = world.follow("quiet_room");
  world.telegram.channels["quiet_room"][4] =
      R"(<div class="message_media_not_supported_wrap"><div class="message_media_not_supported">)"
      R"(<div class="message_media_not_supported_label">Please open Telegram</div></div></div>)";
  REQUIRE(world.crawl({world.room}));
  world.store_otherwise([](Post& post) { post.kind = PostKind::text; }, "1");

  std::vector<ReparseDifference> differences;
  (void)world.report(&differences);
  const auto applied = world.apply();

  REQUIRE(differences.size() == 1);
  CHECK(differences[0].fields == std::vector<std::string>{"kind", "content_sha256"});
  CHECK(applied.agrees());
  CHECK(world.record_of(4).post.kind == PostKind::withheld);
  CHECK(world.record_of(4).provenance.parser == parser::kParserVersion);
  CHECK(parser::kParserVersion != "1");
}

TEST_CASE("reading a page again is no sight of its posts: a deleted one stays deleted",
          "[archive]") {
  Crawled world;
  world.store_otherwise([](Post& post) { post.text = "a bold word and no link"; });
  world.telegram.channels["open_room"].erase(4);
  world.recheck = std::chrono::days(365);
  for (int visit = 0; visit < 2; ++visit) {
    world.clock.advance(std::chrono::hours(1));
    REQUIRE(world.crawl({world.room}));
  }
  const auto deleted_at = world.record_of(4).deleted_at;
  REQUIRE(deleted_at);
  const auto next_due_at = world.store.channel(world.room).value().value().next_due_at;
  world.clock.advance(std::chrono::hours(1));

  CHECK(world.apply().written == 1);

  CHECK(world.record_of(4).deleted_at == deleted_at);
  CHECK(world.store.channel(world.room).value().value().next_due_at == next_due_at);
}

TEST_CASE("applied, a post that its page lacks stays, and is told", "[archive]") {
  Crawled world;
  world.store_otherwise([](Post& post) { post.id.message = 77; });

  const auto applied = world.apply();

  CHECK(applied.written == 0);
  CHECK_FALSE(applied.agrees());
  CHECK(world.record_of(77).post.id.message == 77);
}
