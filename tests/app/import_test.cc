#include <filesystem>
#include <fstream>
#include <set>

#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include "app/import/import_source.h"
#include "app/import/importer.h"
#include "crawl_world.h"
#include "program.h"
#include "store/erasure.h"
#include "store/sqlite.h"
#include "support/catch.h"
#include "support/closed_folder.h"

using namespace qanat;
using app::Importer;
using app::ImportReport;
using test::CrawlWorld;

namespace {

const Instant kJune = parse_instant("2026-06-01T00:00:00Z").value();
const Instant kJuly = parse_instant("2026-07-01T00:00:00Z").value();

/// A world in which room has posts 1 to 3.
struct ImportWorld : CrawlWorld {
  ImportWorld() { telegram.channels["room"] = {{1, "one"}, {2, "two"}, {3, "three"}}; }

  app::ForeignPage page(Instant fetched_at, const std::string& name = "room") {
    auto answer = telegram.fetch({.url = "https://t.me/s/" + name}).value();
    return {.url = "file:room.html",
            .host = "file",
            .fetched_at = fetched_at,
            .body = std::move(answer.body)};
  }

  Importer importer() { return {store, archive, classifier, clock.now()}; }

  ImportReport import(Instant fetched_at) { return import_page("room", fetched_at); }

  ImportReport import_page(const std::string& name, Instant fetched_at) {
    Importer into = importer();
    REQUIRE(into.add_page(page(fetched_at, name)));
    return into.report();
  }

  std::string write(const std::string& name, const std::string& bytes) {
    std::ofstream(folder.file(name), std::ios::binary) << bytes;
    return folder.file(name);
  }

  /// A file, or a folder of them.
  ImportReport import_path(const std::string& path,
                           const std::optional<ChannelName>& channel = std::nullopt) {
    Importer into = importer();
    const auto sources = app::find_sources({path}, channel);
    REQUIRE(sources);
    for (const auto& source : *sources)
      REQUIRE(app::import_source(source, channel, {"t.me"}, into));
    return into.report();
  }

  /// A WARC with room's page under these addresses.
  std::string warc_of(const std::vector<std::string>& urls) {
    std::string warc;
    for (const std::string& url : urls) warc += response(url, kJune);
    return warc;
  }

  std::string response(const std::string& url, Instant fetched_at) {
    return warc_record("response", url, fetched_at, kHttpHead + page(fetched_at).body);
  }

  static std::string warc_record(const std::string& type,
                                 const std::string& url,
                                 Instant date,
                                 const std::string& block) {
    return "WARC/1.1\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: " + url +
           "\r\nWARC-Date: " + format_instant(date) +
           "\r\nWARC-Payload-Digest: sha1:ABC\r\nContent-Length: " + std::to_string(block.size()) +
           "\r\n\r\n" + block + "\r\n\r\n";
  }

  static constexpr const char* kHttpHead = "HTTP/1.1 200 OK\r\nServer: x\r\n\r\n";

  bool has_posts() {
    bool found = false;
    REQUIRE(store.for_each({}, [&](const Record&) { return !(found = true); }));
    return found;
  }

  Record record(MessageId message) {
    auto found = store.find({.channel = ChannelName::parse("room").value(), .message = message});
    REQUIRE(found);
    REQUIRE(*found);
    return **std::move(found);
  }
};

std::string desktop_export(const std::string& text) {
  return R"({"name": "Room", "type": "public_channel", "messages": [
    {"id": 1, "type": "message", "date_unixtime": "1784883605", "text": ")" +
         text +
         R"("}, {"id": 9, "type": "message", "date_unixtime": "1784883605", "text": "nine"}]})";
}

}  // namespace

TEST_CASE("a saved page becomes stored posts that lead back to its archived bytes", "[import]") {
  ImportWorld world;
  const app::ForeignPage page = world.page(kJune);

  const ImportReport report = world.import(kJune);

  CHECK(report.posts.fresh == 3);
  CHECK(report.followed == std::set<std::string>{"room"});
  const Record record = world.record(2);
  CHECK(record.post.text == "two");
  CHECK(record.first_seen_at == kJune);
  CHECK(record.provenance.host == "file");
  CHECK(world.archive.body(record.provenance.snapshot).value() == page.body);
}

TEST_CASE("the same import again adds nothing, not even to the archive", "[import]") {
  ImportWorld world;
  world.import(kJune);
  const std::string before = world.record(2).provenance.snapshot;

  const ImportReport again = world.import(kJune);

  CHECK(again.posts == store::PageCounts{});
  CHECK(again.known == 3);
  CHECK(again.followed.empty());
  CHECK(world.record(2).provenance.snapshot == before);
}

TEST_CASE("an older copy never replaces what a newer one showed", "[import]") {
  ImportWorld world;
  world.import(kJuly);
  world.telegram.channels["room"] = {
      {1, "one"}, {2, "two, before its edit"}, {3, "three"}, {4, "four"}};

  const ImportReport report = world.import(kJune);

  CHECK(report.known == 3);
  CHECK(report.posts.fresh == 1);
  CHECK(world.record(2).post.text == "two");
  CHECK(world.record(2).revision == 1);
}

TEST_CASE("a newer copy brings edits as a visit does", "[import]") {
  ImportWorld world;
  world.import(kJune);
  world.telegram.channels["room"][2] = "two, mended";

  const ImportReport report = world.import(kJuly);

  CHECK(report.posts.edited == 1);
  CHECK(report.posts.unchanged == 2);
  CHECK(world.record(2).revision == 2);
}

TEST_CASE("posts between two imported ones are not taken for deleted", "[import]") {
  ImportWorld world;
  world.import(kJuly);
  world.telegram.channels["room"] = {{1, "one"}, {4, "four"}};

  world.import(kJune);
  world.import(kJune - std::chrono::days(30));

  CHECK_FALSE(world.record(2).deleted_at);
}

TEST_CASE("a post that later pages of an import lack is not taken for deleted", "[import]") {
  ImportWorld world;
  world.import(kJune);
  world.telegram.channels["room"].erase(2);

  world.import(kJuly);
  world.import(kJuly + std::chrono::days(1));

  CHECK_FALSE(world.record(2).deleted_at);
}

TEST_CASE("a page some of whose posts cannot be read brings the others, and is told", "[import]") {
  ImportWorld world;
  std::string page = world.page(kJune).body;
  const std::string id = "data-post=\"room/2\"";
  REQUIRE(page.contains(id));
  page.erase(page.find(id), id.size());

  const ImportReport report = world.import_path(world.write("room.html", page));

  CHECK(report.posts.fresh == 2);
  CHECK(report.refused ==
        std::vector<std::string>{"file:room.html: 1 post of the page cannot be read"});
}

TEST_CASE("a page is one commit, also when posts in its middle are stored already", "[import]") {
  ImportWorld world;
  world.telegram.channels["room"] = {{2, "two"}};
  world.import(kJuly);
  world.telegram.channels["room"] = {{1, "one"}, {2, "two"}, {3, "three"}};

  CHECK(world.import(kJune).posts.fresh == 2);

  auto database =
      store::Database::open(
          world.folder.file("qanat.db"), store::Database::Mode::read_only, store::kPatience)
          .value();
  CHECK(database.value<std::int64_t>("SELECT count(*) FROM fetch").value() == 2);
}

TEST_CASE("a page of a channel that was renamed is kept under the name that the store knows",
          "[import]") {
  ImportWorld world;
  world.telegram.numeric_ids = {{"room", 77}, {"new_room", 77}};
  world.import(kJune);
  world.telegram.channels["new_room"] = {{2, "two, edited"}, {4, "four"}};

  const ImportReport report = world.import_page("new_room", kJuly);

  CHECK(report.posts.fresh == 1);
  CHECK(report.posts.edited == 1);
  CHECK(report.kept_as == std::map<std::string, std::string>{{"new_room", "room"}});
  CHECK(report.followed.empty());
  CHECK(world.record(4).post.text == "four");
  CHECK(world.record(4).post.url == "https://t.me/new_room/4");
  CHECK(world.record(2).post.text == "two, edited");
}

TEST_CASE("a page that does not tell its channel's number is kept under its own name", "[import]") {
  ImportWorld world;
  world.import(kJune);
  world.telegram.channels["new_room"] = {{4, "four"}};

  const ImportReport report = world.import_page("new_room", kJuly);

  CHECK(report.followed == std::set<std::string>{"new_room"});
  CHECK(report.kept_as.empty());
}

TEST_CASE("what was removed under a name does not come back under another", "[import]") {
  ImportWorld world;
  world.telegram.numeric_ids = {{"room", 77}, {"new_room", 77}};
  world.import(kJune);
  world.telegram.channels["new_room"] = {{4, "four"}, {5, "five"}};
  auto erasure = store::Erasure::open(world.store, store::kPatience).value();
  REQUIRE(
      erasure.erase({{{.channel = ChannelName::parse("new_room").value(), .post = 4}}}, "", kJune));

  const ImportReport report = world.import_page("new_room", kJuly);

  CHECK(report.removed == 1);
  CHECK(report.posts.fresh == 1);
  CHECK(world.stored(ChannelName::parse("new_room").value()).empty());
  CHECK(world.stored(ChannelName::parse("room").value()) == std::vector<MessageId>{1, 2, 3, 5});
}

TEST_CASE("while no page tells a number, what was removed under a name keeps its page there",
          "[import]") {
  ImportWorld world;
  world.import(kJune);
  world.telegram.channels["new_room"] = {{4, "four"}, {5, "five"}};
  auto erasure = store::Erasure::open(world.store, store::kPatience).value();
  REQUIRE(
      erasure.erase({{{.channel = ChannelName::parse("new_room").value(), .post = 4}}}, "", kJune));

  CHECK(world.import_page("new_room", kJuly).removed == 1);

  CHECK(world.stored(ChannelName::parse("new_room").value()) == std::vector<MessageId>{5});
}

TEST_CASE("a page of another channel that had the same name is refused and told", "[import]") {
  ImportWorld world;
  world.telegram.numeric_ids = {{"room", 77}};
  world.import(kJune);
  world.telegram.numeric_ids = {{"room", 78}};
  world.telegram.channels["room"] = {{1, "casino"}, {4, "casino"}};

  const ImportReport report = world.import(kJuly);

  CHECK(report.pages == 0);
  REQUIRE(report.refused.size() == 1);
  CHECK(report.refused[0].find("number 78 instead of 77") != std::string::npos);
  CHECK(world.stored(ChannelName::parse("room").value()) == test::ids(3));
  CHECK(world.record(1).post.text == "one");
}

TEST_CASE("a WARC's page is kept under the name by which it was asked for, as a visit does",
          "[import]") {
  ImportWorld world;
  const std::string warc =
      world.write("pages.warc", world.warc_of({"https://t.me/s/old_room", "https://t.me/s/room"}));

  SECTION("each of two names without a number") {
    CHECK(world.import_path(warc).followed == std::set<std::string>{"old_room", "room"});
  }
  SECTION("and once, when the number says that both are one") {
    world.telegram.numeric_ids = {{"room", 77}};
    const std::string numbered = world.write(
        "numbered.warc", world.warc_of({"https://t.me/s/old_room", "https://t.me/s/room"}));

    const ImportReport report = world.import_path(numbered);

    CHECK(report.followed == std::set<std::string>{"old_room"});
    CHECK(report.posts.fresh == 3);
    CHECK(report.kept_as == std::map<std::string, std::string>{{"room", "old_room"}});
  }
}

TEST_CASE("what is imported does not move a channel's cursor or its state", "[import]") {
  ImportWorld world;
  world.import(kJune);

  const auto row = world.store.channel(ChannelName::parse("room").value()).value();

  REQUIRE(row);
  CHECK_FALSE(row->settled);
  CHECK_FALSE(row->next_due_at);
  CHECK(row->state == store::ChannelState::fresh);
  CHECK(row->title == "Room");
}

TEST_CASE("a page that ends early or is none of Telegram's is told, the rest is imported",
          "[import]") {
  ImportWorld world;
  std::string cut = world.page(kJune).body;
  cut.resize(cut.size() / 2);
  std::filesystem::create_directory(world.folder.file("pages"));
  world.write("pages/cut.html", cut);
  world.write("pages/other.html", "<!DOCTYPE html><html><body>Hello</body></html>");
  world.write("pages/style.css", "a {}");
  std::filesystem::create_directories(world.folder.file("pages"));
  world.write("pages/room.html", world.page(kJune).body);

  const ImportReport report = world.import_path(world.folder.file("pages"));

  CHECK(report.posts.fresh == 3);
  REQUIRE(report.without_posts.size() == 1);
  CHECK(report.without_posts[0].url == "file:other.html");
  CHECK(report.without_posts[0].kind == PageKind::unknown);
  REQUIRE(report.refused.size() == 1);
  CHECK(report.refused[0] == "file:cut.html: the page ends early");
}

TEST_CASE("a WARC's pages keep their address, host and moment", "[import]") {
  ImportWorld world;

  const ImportReport report =
      world.import_path(world.write("crawl.warc", world.warc_of({"https://t.me/s/room"})));

  CHECK(report.posts.fresh == 3);
  CHECK(world.record(1).provenance.host == "t.me");
  CHECK(world.record(1).provenance.fetched_at == kJune);
}

TEST_CASE("a page that a WARC only says to be the same again was seen again then", "[import]") {
  ImportWorld world;
  const std::string url = "https://t.me/s/room";

  const ImportReport report = world.import_path(
      world.write("crawl.warc",
                  world.response(url, kJune) +
                      ImportWorld::warc_record("revisit", url, kJuly, ImportWorld::kHttpHead)));

  CHECK(report.posts.fresh == 3);
  CHECK(report.posts.unchanged == 3);
  CHECK(world.record(1).first_seen_at == kJune);
  CHECK(world.record(1).last_seen_at == kJuly);
}

TEST_CASE("an archive written as a WARC gives another store the same records", "[import]") {
  ImportWorld world;
  const std::string url = "https://t.me/s/room";
  test::Program one;
  test::Program two;
  const std::string first = world.response(url, kJune);
  world.telegram.channels["room"][2] = "two, mended";
  const std::string pages = first + world.response(url, kJuly);

  for (test::Program* program : {&one, &two}) {
    REQUIRE(program->run({"init", "--config", program->path("qanat.toml")}).code == 0);
  }
  REQUIRE(one.configured({"import", one.write("crawl.warc", pages)}).code == 0);
  REQUIRE(one.configured({"export", "warc", one.path("archive.warc.gz")}).code == 0);
  REQUIRE(two.configured({"import", one.path("archive.warc.gz")}).code == 0);

  for (test::Program* program : {&one, &two}) {
    REQUIRE(program->configured({"export", "jsonl", "-o", program->path("a.jsonl")}).code == 0);
  }

  const std::string records = test::read_file(one.path("a.jsonl"));
  CHECK(records.find("two, mended") != std::string::npos);
  CHECK(test::read_file(two.path("a.jsonl")) == records);
}

TEST_CASE("a WARC without a page is not written, and that is said", "[import]") {
  const std::string url = "https://t.me/s/room";
  ImportWorld world;
  test::Program program;
  REQUIRE(program.run({"init", "--config", program.path("qanat.toml")}).code == 0);
  REQUIRE(
      program.configured({"import", program.write("a.warc", world.response(url, kJune))}).code ==
      0);
  REQUIRE(program.configured({"channels", "add", "other_room"}).code == 0);

  for (const char* target : {"other", "other.warc.gz"}) {
    const auto answer =
        program.configured({"export", "warc", program.path(target), "--channel", "other_room"});
    CHECK(answer.code == 0);
    CHECK(answer.err.find("no file was written") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(program.path(target)));
  }
}

TEST_CASE("a WARC that is cut brings nothing, not even the records before the cut", "[import]") {
  ImportWorld world;
  std::string warc = world.warc_of({"https://t.me/s/room", "https://t.me/s/room?before=9"});
  warc.resize(warc.size() - 100);

  const ImportReport report = world.import_path(world.write("cut.warc", warc));

  REQUIRE(report.refused.size() == 1);
  CHECK(report.refused[0].find("cut.warc: record 2: ") != std::string::npos);
  CHECK(report.pages == 0);
  CHECK_FALSE(world.has_posts());
}

TEST_CASE("a WARC of other hosts brings nothing, and is told", "[import]") {
  ImportWorld world;

  const ImportReport report = world.import_path(world.write(
      "other.warc", world.warc_of({"https://example.org/s/room", "https://t.me/room"})));

  REQUIRE(report.refused.size() == 1);
  CHECK(report.refused[0].ends_with("no page of https://t.me/s/ among the 2 responses"));
  CHECK_FALSE(world.has_posts());
}

TEST_CASE("a Telegram Desktop export of another channel than the stored one is refused",
          "[import]") {
  ImportWorld world;
  world.telegram.numeric_ids = {{"room", 77}};
  world.import(kJune);
  const ChannelName room = ChannelName::parse("room").value();
  const auto export_of = [](std::int64_t number) {
    nlohmann::ordered_json json = {{"name", "Room"}, {"type", "public_channel"}, {"id", number}};
    json["messages"] = nlohmann::ordered_json::parse(desktop_export("nine")).at("messages");
    return json.dump();
  };

  const ImportReport other = world.import_path(world.write("other.json", export_of(78)), room);

  REQUIRE(other.refused.size() == 1);
  CHECK(other.refused[0].find("number 78 instead of 77") != std::string::npos);
  CHECK(world.stored(room) == test::ids(3));
  // Old exports mark the kind of chat above the number.
  for (const std::int64_t number : {std::int64_t{77}, (std::int64_t{1} << 33U) + 78}) {
    const std::string file = world.write(std::to_string(number) + ".json", export_of(number));
    CHECK(world.import_path(file, room).refused.empty());
  }
}

TEST_CASE("Telegram Desktop's export becomes posts whose provenance says so", "[import]") {
  ImportWorld world;
  const ChannelName room = ChannelName::parse("room").value();

  const std::string file = world.write("result.json", desktop_export("one"));
  const ImportReport report = world.import_path(file, room);

  CHECK(report.posts.fresh == 2);
  const Record record = world.record(9);
  CHECK(record.provenance.parser == importer::kDesktopReader);
  const auto archived = world.archive.body(record.provenance.snapshot).value();
  REQUIRE(archived);
  CHECK(nlohmann::json::parse(*archived).at(1).at("text") == "nine");
  CHECK(world.store.channel(room).value()->title == "Room");
  CHECK(world.import_path(file, room).posts.fresh == 0);
}

TEST_CASE("an export that ends early brings nothing, not even the batches before", "[import]") {
  ImportWorld world;
  std::string json = R"({"messages": [)";
  for (int id = 1; id <= 250; ++id) {
    json += (id > 1 ? "," : "") + (R"({"id": )" + std::to_string(id)) +
            R"(, "type": "message", "date_unixtime": "1784883605", "text": "a"})";
  }

  const ImportReport report =
      world.import_path(world.write("result.json", json), ChannelName::parse("room").value());

  REQUIRE(report.refused.size() == 1);
  CHECK(report.refused[0].find("result.json: not JSON: ") != std::string::npos);
  CHECK_FALSE(world.has_posts());
}

TEST_CASE("an export leaves posts alone that were read from a page", "[import]") {
  ImportWorld world;
  world.import(kJune);

  const ImportReport report =
      world.import_path(world.write("result.json", desktop_export("one, otherwise")),
                        ChannelName::parse("room").value());

  CHECK(report.known == 1);
  CHECK(report.posts.fresh == 1);
  CHECK(world.record(1).post.text == "one");
}

TEST_CASE("a newer export changes nothing of a post that a page has shown since", "[import]") {
  ImportWorld world;
  const ChannelName room = ChannelName::parse("room").value();
  const std::string file = world.write("result.json", desktop_export("one"));
  const auto written = std::filesystem::last_write_time(file);
  std::filesystem::last_write_time(file, written - std::chrono::days(10'000));
  REQUIRE(world.import_path(file, room).posts.fresh == 2);
  world.import(kJune);
  REQUIRE(world.record(1).post.views.text == "1");
  std::filesystem::last_write_time(file, written + std::chrono::days(10'000));

  CHECK(world.import_path(file, room).known == 1);

  CHECK(world.record(1).post.views.text == "1");
  CHECK(world.record(1).latest.fetched_at == kJune);
}

TEST_CASE("all paths are looked at before anything is imported: what is missing ends it",
          "[import]") {
  ImportWorld world;
  const std::string page = world.write("room.html", world.page(kJune).body);
  const std::string nameless = world.write("result.json", desktop_export("one"));
  std::filesystem::create_directory(world.folder.file("empty"));
  world.write("empty/photo.jpg", "");

  for (const auto& [path, remedy] :
       {std::pair{nameless, "--channel"},
        {world.folder.file("none"), "no such file or folder"},
        {world.folder.file("empty"), "no .html, .warc, .warc.gz or result.json"}}) {
    const auto sources = app::find_sources({page, path}, std::nullopt);

    REQUIRE_FALSE(sources);
    CHECK(sources.error().code == Errc::usage);
    CHECK(sources.error().message.find(remedy) != std::string::npos);
  }
}

TEST_CASE("a path that one may not see is not called missing", "[import]") {
  test::ClosedFolder folder;
  folder.close();

  const auto sources = app::find_sources({folder.file("room.html")}, std::nullopt);

  REQUIRE_FALSE(sources);
  CHECK(sources.error().message == folder.file("room.html") + ": Permission denied");
}

TEST_CASE("a saved page's posts stay their channel's, whosever an export beside it is",
          "[import]") {
  ImportWorld world;
  std::filesystem::create_directories(world.folder.file("pages"));
  world.write("pages/room.html", world.page(kJune).body);
  world.write("pages/result.json", desktop_export("uno"));

  const auto report =
      world.import_path(world.folder.file("pages"), ChannelName::parse("other").value());

  CHECK(report.followed == std::set<std::string>{"other", "room"});
  CHECK(world.record(1).post.text == "one");
  CHECK(world.record(1).post.url == "https://t.me/room/1");
}

TEST_CASE("an export that an editor saved with a byte order mark is an export", "[import]") {
  ImportWorld world;
  const std::string marked = world.write("result.json", "\xEF\xBB\xBF" + desktop_export("one"));

  const auto report = world.import_path(marked, ChannelName::parse("room").value());

  CHECK(report.refused.empty());
  CHECK(report.posts.fresh == 2);
}

TEST_CASE("a page that shows posts of several channels is refused", "[import]") {
  ImportWorld world;
  std::string page = world.page(kJune).body;
  const std::size_t at = page.find("room/2\"");
  REQUIRE(at != std::string::npos);
  page.replace(at, 4, "hall");

  const auto report = world.import_path(world.write("room.html", page));

  REQUIRE(report.refused.size() == 1);
  CHECK(report.refused[0].contains("posts of several channels"));
  CHECK_FALSE(world.has_posts());
}

TEST_CASE("a pipe, which can be read only once, is refused before anything is imported",
          "[import]") {
  ImportWorld world;
  const std::string pipe = world.folder.file("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);

  const auto sources = app::find_sources({pipe}, std::nullopt);

  REQUIRE_FALSE(sources);
  CHECK(sources.error().code == Errc::usage);
  CHECK(sources.error().message.find("save its output") != std::string::npos);
}

TEST_CASE("the command says what came, and ends degraded when a file could not be read",
          "[import]") {
  test::Program program;
  REQUIRE(program.run({"init", "--config", program.path("qanat.toml")}).code == 0);
  ImportWorld world;
  const std::string page = program.write("room.html", world.page(kJune).body);
  const std::string broken = program.write("broken.warc", "WARC/1.1\r\n");

  const std::string note = program.write("note.txt", "Hello");
  program.write("pages/closed.html", test::landing_body());

  const test::Answer fine = program.configured({"import", page});
  const test::Answer degraded = program.configured({"import", page, broken, "--json"});
  const test::Answer nothing = program.configured({"import", note});
  const test::Answer closed = program.configured({"import", page, program.path("pages")});
  const test::Answer named = program.configured({"import", program.path("pages"), page, "--json"});

  CHECK(fine.code == 0);
  CHECK(fine.out.find("1 page with posts: 3 new, 0 edited, 0 unchanged, 0 known already\n") == 0);
  CHECK(degraded.code == 3);
  const auto report = nlohmann::json::parse(degraded.out);
  CHECK(report.at("known") == 3);
  CHECK(report.at("refused").size() == 1);
  CHECK(degraded.err.find("broken.warc: record 1: ") != std::string::npos);
  CHECK(nothing.code == 1);
  CHECK(nothing.err.find("nothing was imported") != std::string::npos);
  CHECK(closed.code == 0);
  CHECK(closed.out.find(
            "1 page without posts:\n  file:closed.html: a channel whose preview is off") !=
        std::string::npos);
  CHECK(nlohmann::json::parse(named.out).at("without_posts") == 1);
  CHECK(nlohmann::json::parse(named.out).at("pages_without_posts").at(0) ==
        nlohmann::json({{"url", "file:closed.html"},
                        {"channel", "closed_room"},
                        {"kind", "landing_channel"},
                        {"has_preview", false}}));
}

TEST_CASE("an import says when the next crawl deletes what it has archived", "[import]") {
  ImportWorld world;
  world.telegram.channels["old_room"] = {{1, "once"}};
  const auto warned = [&](const std::string& months) {
    test::Program program;
    REQUIRE(program.run({"init", "--config", program.path("qanat.toml")}).code == 0);
    const std::string now = program.write("room.html", world.page(kJune).body);
    const std::string old = program.write("old.html", world.page(kJune, "old_room").body);
    std::filesystem::last_write_time(
        old, std::filesystem::last_write_time(now) - std::chrono::days(1200));
    const std::string kept = "store.archive_months=" + months;
    const auto recent = program.configured({"import", now, "--set", kept});
    CHECK(recent.err.find("the next crawl deletes") == std::string::npos);
    const auto answer = program.configured({"import", old, "--set", kept});
    CHECK(answer.code == 0);
    return answer.err.find("the next crawl deletes archived pages") != std::string::npos;
  };

  CHECK(warned("1"));
  CHECK_FALSE(warned("2"));
  CHECK_FALSE(warned("0"));
}
