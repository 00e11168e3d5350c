// Posts and channels that are removed for good, from the crawl to the export and back.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "app/crawl_tools.h"
#include "app/erasure.h"
#include "app/import/importer.h"
#include "app/reparse.h"
#include "crawl_world.h"
#include "program.h"
#include "store/run_lock.h"

using namespace qanat;
using namespace qanat::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using Json = nlohmann::json;

namespace {

const std::string kStory = "Irina tells of her move";

/// A crawled channel of twelve posts on three pages, of which the seventh is Irina's; one of the
/// newest page answers it.
class RemovalWorld {
 public:
  RemovalWorld() {
    program_.write("qanat.toml",
                   "[store]\npath = '" + world.folder.file("qanat.db") + "'\narchive = '" +
                       world.folder.file("archive") + "'\n");
    world.recheck = 240h;
    world.follow("open_room");
    world.telegram.channels["open_room"] = posts(12);
    world.telegram.channels["open_room"][7] = kStory;
    world.telegram.channels["open_room"][12] =
        R"(<a class="tgme_widget_message_reply" href="https://t.me/open_room/7">)"
        R"(<div class="tgme_widget_message_metatext js-message_reply_text">)" +
        kStory + R"(</div></a><div class="tgme_widget_message_text js-message_text">Thanks</div>)";
    crawl();
  }

  void crawl() { REQUIRE(world.crawl({room})); }
  Answer run(const std::vector<std::string>& arguments) { return program_.configured(arguments); }
  /// At a terminal, where somebody types.
  Answer typed(const std::vector<std::string>& arguments, const std::string& input) {
    program_.err_terminal.is_tty = true;
    Answer answer = program_.configured(arguments, input);
    program_.err_terminal.is_tty = false;
    return answer;
  }
  /// Removes for good.
  Json redact(const std::string& target) {
    const Answer answer = run({"redact", target, "--yes", "--json"});
    INFO(answer.err);
    REQUIRE(answer.code == 0);
    return Json::parse(answer.out);
  }

  [[nodiscard]] std::string path(const std::string& name) const { return program_.path(name); }

  /// How many archived pages have the story in them.
  std::int64_t pages_with_story() {
    return world.archive
        .count_showing({.names = {room}},
                       [](std::string_view page) { return page.contains(kStory); })
        .value();
  }
  bool is_in_database() {
    std::string all;
    for (const char* name : {"qanat.db", "qanat.db-wal"}) {
      if (std::filesystem::exists(world.folder.file(name))) {
        all += read_file(world.folder.file(name));
      }
    }
    return all.contains("Irina");
  }
  [[nodiscard]] app::LoadedConfig config() const {
    app::LoadedConfig loaded;
    loaded.config.store.path = world.folder.file("qanat.db");
    loaded.config.store.archive = world.folder.file("archive");
    return loaded;
  }
  app::ForeignPage saved_page() {
    auto answer = world.telegram.fetch({.url = "https://t.me/s/open_room?before=9"}).value();
    return {.url = "file:room.html",
            .host = "file",
            .fetched_at = world.clock.now() + 1h,
            .body = std::move(answer.body)};
  }

  CrawlWorld world;
  ChannelName room = ChannelName::parse("open_room").value();

 private:
  Program program_;
};

std::vector<MessageId> all_but_seven() {
  std::vector<MessageId> out = ids(12);
  std::erase(out, 7);
  return out;
}

}  // namespace

TEST_CASE("a removed post is gone from records, files and bytes", "[removal]") {
  RemovalWorld removal;
  REQUIRE(removal.pages_with_story() == 2);
  REQUIRE(removal.is_in_database());

  const Json report = removal.redact("https://t.me/open_room/7");

  CHECK(report["act"] == "removed");
  CHECK(report["targets"][0]["id"] == "open_room/7");
  CHECK(report["targets"][0]["posts"] == 1);
  CHECK(report["pages"] == 2);
  CHECK(removal.world.stored(removal.room) == all_but_seven());
  CHECK(removal.pages_with_story() == 0);
  CHECK_FALSE(removal.is_in_database());
}

TEST_CASE("after a removal the archive is whole, is read again and exported", "[removal]") {
  RemovalWorld removal;
  removal.redact("open_room/7");

  CHECK(removal.run({"archive", "verify"}).code == 0);
  const Json months = Json::parse(removal.run({"archive", "list", "--json"}).out)["months"];
  const std::string name = months[0]["month"];
  CHECK_THAT(removal.run({"archive", "list", name}).out, Contains(" (erased)"));
  CHECK_THAT(removal.run({"archive", "reparse"}).out, Contains("0 different"));
  const auto warc = removal.run({"export", "warc", removal.path("all.warc.gz")});
  CHECK(warc.code == 0);
  CHECK_THAT(warc.err, Contains("bytes were redacted: 2 fetched pages"));
}

TEST_CASE("a WARC of an earlier export goes when all of its pages were redacted", "[removal]") {
  RemovalWorld removal;
  const std::string folder = removal.path("pages");
  const std::string file = removal.path("all.warc.gz");
  for (const auto& target : {folder, file})
    REQUIRE(removal.run({"export", "warc", target}).code == 0);
  const std::string pruned = folder + "/qanat-2019-01.warc.gz";
  std::ofstream(pruned) << "of a month that is archived no more";
  REQUIRE(std::distance(std::filesystem::directory_iterator(folder), {}) == 3);
  removal.redact("open_room");

  const auto answer = removal.run({"export", "warc", folder});
  removal.run({"export", "warc", file});

  CHECK(answer.code == 0);
  CHECK_THAT(answer.err, Contains(".warc.gz: deleted, because all of its pages were redacted"));
  CHECK(std::distance(std::filesystem::directory_iterator(folder), {}) == 1);
  CHECK(std::filesystem::exists(pruned));
  CHECK_FALSE(std::filesystem::exists(file));
  CHECK_FALSE(std::filesystem::exists(file + ".cdxj"));
}

TEST_CASE("a removed post is in no export, as of no moment, and the set names it", "[removal]") {
  RemovalWorld removal;
  const std::string before = format_instant(removal.world.clock.now());
  removal.redact("open_room/7");

  CHECK(removal.run({"export", "huggingface", removal.path("set")}).code == 0);

  CHECK(removal.run({"export", "verify", removal.path("set")}).code == 0);
  CHECK_THAT(read_file(removal.path("set/REMOVALS.jsonl")), Contains("\"id\":\"open_room/7\""));
  for (const auto& moment : {std::vector<std::string>{}, {"--as-of", before}}) {
    std::vector<std::string> arguments{"export", "jsonl", "-o", removal.path("set.jsonl")};
    arguments.insert(arguments.end(), moment.begin(), moment.end());
    REQUIRE(removal.run(arguments).code == 0);
    const std::string set = read_file(removal.path("set.jsonl"));
    CHECK(std::ranges::count(set, '\n') == 11);
    CHECK_THAT(set, !Contains("Irina"));
  }
}

TEST_CASE("a removal names the notice that goes with the post, and who else showed it",
          "[removal]") {
  RemovalWorld removal;
  const ChannelName other = ChannelName::parse("other_room").value();
  removal.world.follow("other_room");
  removal.world.telegram.channels["other_room"] = posts(2);
  removal.world.telegram.channels["other_room"][2] =
      R"(<a class="tgme_widget_message_reply" href="https://t.me/open_room/7">)"
      R"(<div class="tgme_widget_message_metatext js-message_reply_text">)" +
      kStory + R"(</div></a><div class="tgme_widget_message_text js-message_text">Read it</div>)";
  removal.world.telegram.channels["open_room"][13] = "Room pinned «" + kStory + "»";
  removal.world.clock.advance(1h);
  REQUIRE(removal.world.crawl({removal.room, other}));

  const Json report = removal.redact("open_room/7");

  REQUIRE(report["targets"].size() == 2);
  CHECK(report["targets"][0]["shown_in"] == Json({"other_room/2"}));
  CHECK(report["targets"][1]["id"] == "open_room/13");
  CHECK(report["targets"][1]["notice_of"] == "open_room/7");
  CHECK_FALSE(removal.is_in_database());
  CHECK(removal.pages_with_story() == 0);
}

TEST_CASE("a later crawl brings neither the removed post nor its bytes back", "[removal]") {
  RemovalWorld removal;
  removal.redact("open_room/7");
  removal.world.telegram.channels["open_room"][13] = "a new one";
  removal.world.clock.advance(1h);

  removal.crawl();

  CHECK(removal.world.stored(removal.room).back() == 13);
  CHECK_FALSE(removal.world.store.find({removal.room, 7}).value());
  CHECK(removal.pages_with_story() == 0);
  CHECK_FALSE(removal.is_in_database());
  CHECK(removal.run({"archive", "verify"}).code == 0);
}

TEST_CASE("an import of a page that shows it does not bring a removed post back", "[removal]") {
  RemovalWorld removal;
  removal.redact("open_room/7");
  removal.world.telegram.channels["open_room"][6] = "post 6, mended";
  app::Importer importer(removal.world.store,
                         removal.world.archive,
                         removal.world.classifier,
                         removal.world.clock.now());

  REQUIRE(importer.add_page(removal.saved_page()));

  CHECK(importer.report().removed == 1);
  CHECK(importer.report().posts.edited == 1);
  CHECK(removal.world.stored(removal.room) == all_but_seven());
  CHECK(removal.pages_with_story() == 0);
}

TEST_CASE("pages that are read again do not bring a removed post back", "[removal]") {
  RemovalWorld removal;
  const store::RemovalTarget seven{.channel = removal.room, .post = 7};
  auto erasure = store::Erasure::open(removal.world.folder.file("qanat.db")).value();
  REQUIRE(erasure.erase(std::vector{seven}, "", removal.world.clock.now()));
  REQUIRE(removal.pages_with_story() == 2);  // its process died here

  const auto report = app::reparse(removal.world.store,
                                   removal.world.archive,
                                   {.channel = {}, .apply = &removal.world.classifier},
                                   removal.world.clock.now(),
                                   [](const app::ReparseDifference&) {});

  REQUIRE(report);
  CHECK(removal.world.stored(removal.room) == all_but_seven());
  CHECK(removal.world.store.find({removal.room, 12}).value()->post.reply_to->text.empty());
}

TEST_CASE("whoever crawls next finishes a removal whose process died", "[removal]") {
  RemovalWorld removal;
  const store::RemovalTarget seven{.channel = removal.room, .post = 7};
  {
    auto erasure = store::Erasure::open(removal.world.folder.file("qanat.db")).value();
    REQUIRE(erasure.erase(std::vector{seven}, "", removal.world.clock.now()));
  }
  REQUIRE(removal.pages_with_story() == 2);

  REQUIRE(app::open_crawl_files(removal.config()));

  CHECK(removal.pages_with_story() == 0);
  CHECK_FALSE(removal.is_in_database());
  auto erasure = store::Erasure::open(removal.world.folder.file("qanat.db")).value();
  CHECK(erasure.unfinished().value().empty());
}

TEST_CASE("a removed channel is gone with its posts and pages, and is not crawled", "[removal]") {
  RemovalWorld removal;

  removal.redact("@open_room");

  CHECK(removal.world.stored(removal.room).empty());
  CHECK(removal.pages_with_story() == 0);
  CHECK(removal.run({"channels", "list", "--json"}).out.find("open_room") == std::string::npos);
  const Answer added = removal.run({"channels", "add", "open_room"});
  CHECK(added.code == 2);
  CHECK_THAT(added.err, Contains("qanat redact --undo open_room"));
  CHECK(removal.run({"channels", "add", "fine_channel", "open_room"}).code == 2);
  CHECK(removal.run({"channels", "list", "--json"}).out.find("fine_channel") == std::string::npos);
}

TEST_CASE("what is undone may come back, and only what was removed can be undone", "[removal]") {
  RemovalWorld removal;
  removal.redact("open_room/7");

  const Answer undone = removal.run({"redact", "--undo", "open_room/7"});

  CHECK(undone.code == 0);
  CHECK(removal.run({"redact", "--undo", "open_room/7"}).code == 2);
  removal.world.clock.advance(1h);
  removal.crawl();
  CHECK(removal.world.stored(removal.room) == ids(12));
}

TEST_CASE("at a terminal a removal is done when yes is typed", "[removal]") {
  RemovalWorld removal;

  const Answer no = removal.typed({"redact", "open_room/7"}, "no\n");
  CHECK(no.code == 1);
  CHECK_THAT(no.out, Contains("would remove open_room/7: 1 post"));
  CHECK(removal.world.stored(removal.room) == ids(12));

  CHECK(removal.typed({"redact", "open_room/7"}, "yes\n").code == 0);
  CHECK(removal.world.stored(removal.room) == all_but_seven());
}

TEST_CASE("without a terminal a removal needs a yes, and a dry run does nothing", "[removal]") {
  RemovalWorld removal;

  const Answer plain = removal.run({"redact", "open_room/7"});
  const Answer dry = removal.run({"redact", "open_room/7", "open_room/99", "--dry-run"});

  CHECK(plain.code == 2);
  CHECK_THAT(plain.err, Contains("--dry-run") && Contains("--yes"));
  CHECK(dry.code == 0);
  CHECK_THAT(dry.out,
             Contains("would remove open_room/7: 1 post") &&
                 Contains("would remove open_room/99: not in the store") &&
                 Contains("the bytes of 2 archived pages"));
  CHECK(removal.world.stored(removal.room) == ids(12));
}

TEST_CASE("a removal twice is one, and finds the bytes that a backup brought back", "[removal]") {
  RemovalWorld removal;
  removal.redact("open_room/7");
  REQUIRE(removal.world.archive.keep({.channel = removal.room,
                                      .url = "https://t.me/s/open_room",
                                      .fetched_at = removal.world.clock.now(),
                                      .status = 200,
                                      .headers = "",
                                      .body = "<a href=\"https://t.me/open_room/7\">" + kStory}));

  const Json again = removal.redact("open_room/7");

  CHECK(again["targets"][0]["posts"] == 0);
  CHECK(again["pages"] == 1);
  CHECK(removal.pages_with_story() == 0);
  CHECK(removal.world.store.removals().value().size() == 1);
}

TEST_CASE("a channel that was never followed is no removal, unless it is kept out ahead of time",
          "[removal]") {
  RemovalWorld removal;

  for (const char* mistyped : {"open_rom", "open_rom/7"}) {
    const Answer answer = removal.run({"redact", mistyped, "--yes"});
    CHECK(answer.code == 2);
    CHECK_THAT(answer.err,
               Contains("no channel open_rom") && Contains("did you mean `open_room`?"));
    CHECK(removal.run({"redact", "open_room/7", mistyped, "--dry-run"}).code == 2);
  }
  CHECK(removal.run({"redact", "open_rom", "--undo"}).code == 2);
  CHECK(removal.run({"channels", "add", "open_rom"}).code == 0);
  CHECK(removal.world.stored(removal.room) == ids(12));

  CHECK(removal.run({"redact", "stranger", "--ahead", "--yes"}).code == 0);
  CHECK(removal.run({"channels", "add", "stranger"}).code == 2);
  CHECK(removal.run({"redact", "stranger", "--yes"}).code == 0);
}

TEST_CASE("an address that names no post does not remove its channel", "[removal]") {
  RemovalWorld removal;

  for (const char* text : {"https://t.me/open_room/7x", "open_room/", "t.me/open_room/about"}) {
    INFO(text);
    CHECK(removal.run({"redact", text, "--yes"}).code == 2);
  }
  CHECK(removal.world.stored(removal.room) == ids(12));
}

TEST_CASE("a removal leaves the files to a crawl that is running", "[removal]") {
  RemovalWorld removal;
  const auto lock = store::RunLock::take(removal.world.folder.file("qanat.db"));
  REQUIRE(lock);

  CHECK(removal.run({"redact", "open_room/7", "--yes"}).code == 75);
}

TEST_CASE("a page may show a post when it names it, in HTML and in JSON", "[removal]") {
  for (const char* bytes : {R"(data-post="some_channel/7")",
                            R"(href="https://t.me/some_channel/7?single")",
                            R"("<div data-post=\"some_channel\/7\">")",
                            "see t.me/some_channel/7",
                            R"([{"id":7,"type":"message"}])",
                            R"({"id":9,"reply_to_message_id":7})"}) {
    INFO(bytes);
    CHECK(app::may_show(bytes, 7));
  }
  for (const char* bytes : {R"(data-post="some_channel/70")",
                            R"(data-post="some_channel/17")",
                            "//telegram.org/img/emoji/7/F09F.png",
                            "https://cdn.example/file/7abc.jpg",
                            R"({"id":77})",
                            "open 24 / 7"}) {
    INFO(bytes);
    CHECK_FALSE(app::may_show(bytes, 7));
  }
}
