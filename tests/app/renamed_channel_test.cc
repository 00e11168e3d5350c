// A channel that is called otherwise now: it is followed on under its new name, and what was
// removed for good under one name does not come back under another.
#include <algorithm>
#include <filesystem>
#include <set>

#include <nlohmann/json.hpp>

#include "app/erasure.h"
#include "app/import/import_source.h"
#include "app/import/importer.h"
#include "crawl_world.h"
#include "program.h"

using namespace qanat;
using namespace qanat::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using Json = nlohmann::json;
using store::ChannelState;

namespace {

constexpr std::int64_t kRoomNumber = 1001122334;
constexpr std::int64_t kStrangerNumber = 2009988776;
const std::string kIrinasStory = "Irina tells of her move";

/// A world that has crawled old_room, whose seventh of twelve posts is Irina's. new_room shows the
/// same channel.
class RenamedWorld : public CrawlWorld {
 public:
  explicit RenamedWorld(bool has_number = true) {
    program_.write("qanat.toml",
                   "[store]\npath = '" + folder.file("qanat.db") + "'\narchive = '" +
                       folder.file("archive") + "'\n");
    recheck = 240h;
    for (const char* name : {"old_room", "new_room"}) {
      telegram.channels[name] = posts(12);
      telegram.channels[name][7] = kIrinasStory;
      if (has_number) telegram.numeric_ids[name] = kRoomNumber;
    }
    follow("old_room");
    visit(old_room);
  }

  app::ChannelOutcome visit(const ChannelName& channel) {
    clock.advance(1h);
    const auto run = crawl({channel});
    REQUIRE(run);
    return run->channels.front();
  }
  Answer run(const std::vector<std::string>& arguments) { return program_.configured(arguments); }
  Json redact(const std::string& target) {
    const Answer answer = run({"redact", target, "--yes", "--json"});
    INFO(answer.err);
    REQUIRE(answer.code == 0);
    return Json::parse(answer.out);
  }
  void rename() {
    const Answer answer = run({"channels", "rename", "old_room", "new_room"});
    INFO(answer.err);
    REQUIRE(answer.code == 0);
  }

  store::ChannelRow row(const ChannelName& channel) {
    return store.channel(channel).value().value();
  }
  /// How many archived pages have the story in them, whatever name they were asked for by.
  std::int64_t pages_with_story() {
    std::set<std::string> pages;
    const auto months = archive.months().value();
    for (const std::string& month : months) {
      REQUIRE(archive.for_each_fetch(month, {}, [&](const store::ArchivedFetch& fetch) {
        const auto body = archive.body(fetch.snapshot).value();
        if (body && body->contains(kIrinasStory)) pages.insert(fetch.snapshot);
        return true;
      }));
    }
    return std::ssize(pages);
  }
  /// What an import of the page that a name shows brings.
  app::ImportReport import_page(const std::string& name) {
    clock.advance(1h);
    auto answer = telegram.fetch({.url = "https://t.me/s/" + name + "?before=9"}).value();
    app::Importer importer(store, archive, classifier, clock.now());
    REQUIRE(importer.add_page({.url = "file:room.html",
                               .host = "file",
                               .fetched_at = clock.now(),
                               .body = std::move(answer.body)}));
    return importer.report();
  }
  /// What an import of the channel's export brings, as posts of `name`.
  app::ImportReport import_export(const ChannelName& name) {
    const Json message = {
        {"id", 7}, {"type", "message"}, {"date_unixtime", "1784883605"}, {"text", kIrinasStory}};
    const std::string path =
        program_.write("result.json",
                       nlohmann::ordered_json({{"name", "Room"},
                                               {"type", "public_channel"},
                                               {"id", kRoomNumber},
                                               {"messages", Json::array({message})}})
                           .dump());
    app::Importer importer(store, archive, classifier, clock.now());
    const auto sources = app::find_sources({path}, name).value();
    for (const auto& source : sources) {
      REQUIRE(app::import_source(source, name, {"t.me"}, importer));
    }
    return importer.report();
  }
  [[nodiscard]] std::string path(const std::string& name) const { return program_.path(name); }

  ChannelName old_room = ChannelName::parse("old_room").value();
  ChannelName new_room = ChannelName::parse("new_room").value();

 private:
  Program program_;
};

std::vector<MessageId> but_seven(MessageId last) {
  std::vector<MessageId> out = ids(last);
  std::erase(out, 7);
  return out;
}

}  // namespace

TEST_CASE("a renamed channel that is followed anew keeps nothing twice, and says how to go on",
          "[rename]") {
  RenamedWorld world;
  world.follow("new_room");

  const app::ChannelOutcome visit = world.visit(world.new_room);

  REQUIRE(visit.error);
  CHECK(visit.cause == "renamed");
  CHECK(world.stored(world.new_room).empty());
  CHECK(world.stored(world.old_room) == ids(12));
  const store::ChannelRow row = world.row(world.new_room);
  CHECK(row.state == ChannelState::renamed);
  CHECK(row.next_due_at == store::kNeverDue);
  CHECK_THAT(row.last_error, Contains("qanat channels rename old_room new_room"));
  CHECK(world.row(world.old_room).state == ChannelState::live);
}

TEST_CASE("a dry run tells of a new name, too", "[rename]") {
  RenamedWorld world;
  world.follow("new_room");

  const auto run = world.crawl({world.new_room}, 50, true);

  REQUIRE(run);
  CHECK(run->channels.front().cause == "renamed");
  CHECK(world.row(world.new_room).state == ChannelState::fresh);
}

TEST_CASE("a channel that was renamed goes on where it was", "[rename]") {
  RenamedWorld world;
  world.telegram.channels.erase("old_room");
  world.telegram.channels["new_room"][13] = "the first under the new name";
  SECTION("after the new name was followed") {
    world.follow("new_room");
    REQUIRE(world.visit(world.new_room).cause == "renamed");
  }
  SECTION("and before") {}

  world.rename();
  const app::ChannelOutcome visit = world.visit(world.new_room);

  REQUIRE(visit.report);
  CHECK(visit.report->posts.fresh == 1);
  CHECK(world.stored(world.new_room) == ids(13));
  CHECK(world.stored(world.old_room).empty());
  CHECK(world.row(world.new_room).state == ChannelState::live);
}

TEST_CASE("a renaming that was a mistake brings nothing of the other channel", "[rename]") {
  RenamedWorld world;
  world.telegram.numeric_ids["new_room"] = kStrangerNumber;
  world.rename();

  CHECK(world.visit(world.new_room).cause == "other channel");

  CHECK(world.run({"channels", "rename", "new_room", "old_room"}).code == 0);
  CHECK(world.visit(world.old_room).report);
  CHECK(world.stored(world.old_room) == ids(12));
}

TEST_CASE("an increment has tombstones for the ids before a renaming", "[rename]") {
  RenamedWorld world;
  REQUIRE(world.run({"export", "jsonl", "-o", world.path("before.jsonl")}).code == 0);
  world.rename();

  REQUIRE(world
              .run({"export",
                    "jsonl",
                    "-o",
                    world.path("since.jsonl"),
                    "--since-export",
                    world.path("before.jsonl")})
              .code == 0);

  const std::string since = read_file(world.path("since.jsonl"));
  CHECK(since.contains(R"("schema":"qanat.tombstone/1","id":"old_room/7")"));
  CHECK(since.contains(R"("id":"new_room/7")"));
}

TEST_CASE("a removed post comes back under no name of its channel", "[removal]") {
  RenamedWorld world;
  world.redact("old_room/7");

  SECTION("by a crawl under the new one, nor do its bytes") {
    world.rename();
    REQUIRE(world.visit(world.new_room).report);
    CHECK(world.stored(world.new_room) == but_seven(12));
  }
  SECTION("by a visit that keeps nothing") {
    world.follow("new_room");
    REQUIRE(world.visit(world.new_room).cause == "renamed");
  }
  SECTION("by an import of a page") {
    CHECK(world.import_page("new_room").removed == 1);
    CHECK(world.stored(world.old_room) == but_seven(12));
  }
  SECTION("by an import of an export") {
    CHECK(world.import_export(world.old_room).removed == 1);
    CHECK(world.import_export(world.new_room).refused.size() == 1);
  }
  CHECK(world.pages_with_story() == 0);
  CHECK(world.stored(world.old_room).size() + world.stored(world.new_room).size() == 11);
}

TEST_CASE("a removed channel comes back under no name", "[removal]") {
  RenamedWorld world;
  world.redact("old_room");

  SECTION("by a crawl") {
    world.follow("new_room");
    CHECK(world.visit(world.new_room).cause == "redacted");
    const store::ChannelRow row = world.row(world.new_room);
    CHECK(row.state == ChannelState::redacted);
    CHECK(row.next_due_at == store::kNeverDue);
    CHECK_THAT(row.last_error, Contains("qanat redact --undo old_room"));
  }
  SECTION("by an import of a page") { CHECK(world.import_page("new_room").removed == 5); }
  SECTION("by an import of an export") {
    CHECK(world.import_export(ChannelName::parse("any_name").value()).removed == 1);
  }
  CHECK(world.pages_with_story() == 0);
  CHECK(world.stored(world.new_room).empty());
}

TEST_CASE("a channel that is kept out ahead is kept out under its other names once a page tells",
          "[removal]") {
  RenamedWorld world;
  REQUIRE(world.run({"redact", "new_room", "--ahead", "--yes"}).code == 0);

  CHECK(world.import_page("new_room").removed == 5);
  CHECK(world.visit(world.old_room).cause == "redacted");

  // The next command that has the files to itself.
  REQUIRE(world.run({"redact", "nobodys_room", "--ahead", "--yes"}).code == 0);
  CHECK(world.stored(world.old_room).empty());
  CHECK(world.pages_with_story() == 0);
}

TEST_CASE("a page of a visit that kept nothing loses its bytes with a later removal", "[removal]") {
  RenamedWorld world;
  world.telegram.page_size = 12;
  world.follow("new_room");
  world.visit(world.new_room);
  REQUIRE(world.pages_with_story() == 2);

  world.redact("old_room/7");

  CHECK(world.pages_with_story() == 0);
}

TEST_CASE("a post that is stored under two names is removed from both, and both are told",
          "[removal]") {
  RenamedWorld world(false);
  world.follow("new_room");
  world.visit(world.new_room);
  for (const char* name : {"old_room", "new_room"}) world.telegram.numeric_ids[name] = kRoomNumber;
  world.visit(world.old_room);
  world.visit(world.new_room);
  REQUIRE(world.stored(world.new_room) == ids(12));

  const Answer dry = world.run({"redact", "new_room/7", "--dry-run"});
  CHECK_THAT(dry.out, Contains("would remove new_room/7: 1 post\n"));
  CHECK_THAT(dry.out,
             Contains("would remove old_room/7: 1 post; the same as new_room/7, under another name "
                      "of the channel\n"));
  const Json report = world.redact("new_room/7");

  CHECK(report["targets"].size() == 2);
  CHECK(report["targets"][0]["same_as"] == nullptr);
  CHECK(report["targets"][1]["same_as"] == "new_room/7");
  CHECK(world.stored(world.old_room) == but_seven(12));
  CHECK(world.stored(world.new_room) == but_seven(12));
  CHECK(world.pages_with_story() == 0);
  CHECK(world.run({"redact", "--undo", "old_room/7"}).code == 0);
  CHECK(world.store.removals().value().empty());
}

TEST_CASE("a set for others names a removed post by the id that it had before, too", "[removal]") {
  RenamedWorld world;
  world.rename();
  world.redact("new_room/7");

  REQUIRE(world.run({"export", "huggingface", world.path("set"), "--channel", "new_room"}).code ==
          0);

  const std::string removals = read_file(world.path("set/REMOVALS.jsonl"));
  CHECK(removals.contains(R"("id":"new_room/7")"));
  CHECK(removals.contains(R"("id":"old_room/7")"));
}

TEST_CASE("the other channel that took a removed one's name is not taken for it", "[removal]") {
  RenamedWorld world;

  SECTION("by its posts of the same number") {
    world.redact("old_room/7");
    world.telegram.numeric_ids["old_room"] = kStrangerNumber;
    world.telegram.page_size = 12;
    CHECK(world.visit(world.old_room).cause == "other channel");
    CHECK(world.pages_with_story() == 1);
  }
  SECTION("by its name") {
    world.redact("old_room");
    world.telegram.numeric_ids["old_room"] = kStrangerNumber;
    CHECK(world.import_page("old_room").posts.fresh == 5);
    world.telegram.channels["old_room"][13] = "one more";
    CHECK(world.visit(world.old_room).report.value().posts.fresh > 0);
  }
}
