#include "export/increment.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <nlohmann/json.hpp>

#include "base/sha256.h"
#include "export/jsonl.h"
#include "export/output_file.h"
#include "store/erasure.h"
#include "support/files.h"
#include "tests/store/pages.h"

using namespace qanat;
using namespace qanat::test;
using exporting::Increment;
using exporting::Selection;
using store::Store;

namespace {

/// The rows of files applied one after the other, as a reader would, by id.
std::map<std::string, std::string> applied(const std::vector<std::string>& texts) {
  std::map<std::string, std::string> rows;
  for (const std::string& text : texts) {
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
      const auto row = nlohmann::json::parse(line);
      const std::string id = row.at("id");
      if (row.at("schema") == "qanat.tombstone/1") {
        CHECK(rows.erase(id) == 1);
      } else {
        rows[id] = line;
      }
    }
  }
  return rows;
}

struct Exports {
  TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  std::vector<std::string> paths;

  void keep(std::vector<store::JudgedPost> posts, Instant when = kMonday) {
    must(store.keep_page(page("some_channel", std::move(posts), when), when));
  }

  void full(const Selection& selection = {}, const std::string& name = "base.jsonl") {
    paths = {folder.file(name)};
    (void)must(exporting::write_jsonl(store, selection, paths.front()));
  }

  Increment increment(const Selection& selection = {}) {
    const std::string path = folder.file(std::to_string(paths.size()) + ".jsonl");
    auto written = must(exporting::write_increment(store, selection, paths, path));
    paths.push_back(path);
    return written;
  }

  Error refused(const std::string& earlier, const std::string& bytes) {
    std::ofstream(folder.file(earlier), std::ios::binary) << bytes;
    return error_of(exporting::write_increment(
        store, {}, {folder.file(earlier)}, folder.file("refused.jsonl")));
  }
};

}  // namespace

TEST_CASE("base and increments are the full export, line by line, over thirty nights",
          "[increment]") {
  Exports exports;
  const Selection selection{.min_views = 10};
  exports.full(selection);

  for (int night = 0; night < 30; ++night) {
    std::vector<store::JudgedPost> posts;
    for (MessageId id = night + 1; id <= night + 8; ++id) {
      const bool edited = (id + night) % 5 == 0;
      posts.push_back(judged("some_channel", id, edited ? std::to_string(night) : "post"));
      const std::int64_t views = (id * 7 + night) % 25;  // some fall below the wish again
      posts.back().post.views = {.value = views, .text = std::to_string(views)};
    }
    exports.keep(std::move(posts), kMonday + std::chrono::days(night));
    exports.increment(selection);

    const std::string now = exports.folder.file("now.jsonl");
    (void)must(exporting::write_jsonl(exports.store, selection, now));
    std::vector<std::string> texts;
    for (const std::string& path : exports.paths) texts.push_back(read_file(path));
    REQUIRE(applied(texts) == applied({read_file(now)}));
  }
}

TEST_CASE("an increment has what changed, and a tombstone for what is gone", "[increment]") {
  Exports exports;
  exports.keep({judged("some_channel", 1, "one"),
                judged("some_channel", 2, "two"),
                judged("some_channel", 3, "three")});
  exports.full();
  exports.keep({judged("some_channel", 2, "two, mended")}, kTuesday);

  const Increment increment = exports.increment({.max_length = 4});

  CHECK(increment.file.rows == 0);
  CHECK(increment.gone == 2);
  CHECK(read_file(exports.paths.back()) ==
        R"({"schema":"qanat.tombstone/1","id":"some_channel/2","channel":"some_channel","post":2})"
        "\n"
        R"({"schema":"qanat.tombstone/1","id":"some_channel/3","channel":"some_channel","post":3})"
        "\n");
  CHECK(exports.increment({.max_length = 4}).file.bytes == 0);
}

TEST_CASE("a deleted post is a changed row, or a tombstone where deleted ones are left out",
          "[increment]") {
  const Selection shown{.without_deleted = true};
  for (const Selection& selection : {Selection{}, shown}) {
    Exports exports;
    exports.keep({judged("some_channel", 1, "one"),
                  judged("some_channel", 2, "two"),
                  judged("some_channel", 3, "three")});
    exports.full(selection);
    for (const Instant when : {kTuesday, kTuesday + std::chrono::hours(1)}) {
      exports.keep({judged("some_channel", 1, "one"), judged("some_channel", 3, "three")}, when);
    }

    const Increment increment = exports.increment(selection);

    const bool is_left_out = selection.without_deleted;
    CHECK(increment.gone == (is_left_out ? 1 : 0));
    CHECK(increment.file.rows == (is_left_out ? 2 : 3));  // 1 and 3 were seen again
  }
}

TEST_CASE("a row that comes back after its tombstone is in the next increment", "[increment]") {
  Exports exports;
  exports.keep({judged("some_channel", 1, "one")});
  exports.full();
  exports.increment({.min_length = 9});

  const Increment back = exports.increment();

  CHECK(back.file.rows == 1);
  CHECK(back.gone == 0);
}

TEST_CASE("earlier exports may be compressed", "[increment]") {
  for (const char* name : {"base.jsonl.gz", "base.jsonl.zst"}) {
    Exports exports;
    std::vector<store::JudgedPost> posts;
    for (MessageId id = 1; id <= 300; ++id) {
      posts.push_back(judged("some_channel", id, std::string(2000, 'x') + std::to_string(id)));
    }
    exports.keep(std::move(posts));
    exports.full({}, name);

    CHECK(exports.increment().file.bytes == 0);
  }
}

TEST_CASE("an export without rows is an earlier one, packed too", "[increment]") {
  for (const char* name : {"base.jsonl", "base.jsonl.gz", "base.jsonl.zst"}) {
    CAPTURE(name);
    Exports exports;
    exports.full({}, name);
    exports.keep({judged("some_channel", 1, "one")});

    CHECK(exports.increment().file.rows == 1);
  }
}

TEST_CASE("base and increments as Parquet are, by their indexes, what JSON Lines are",
          "[increment]") {
  Exports exports;
  std::vector<std::string> indexes;
  const auto write = [&] {
    const std::string path = exports.folder.file(std::to_string(indexes.size()) + ".parquet");
    const std::string index = path + ".index.zst";
    const auto written = must(exporting::write_parquet_increment(
        exports.store, {}, indexes, {.path = path, .index = index, .version = "1"}));
    indexes.push_back(index);
    CHECK(std::filesystem::file_size(path) == static_cast<std::uintmax_t>(written.file.bytes));
    return written;
  };
  exports.keep({judged("some_channel", 1, "one"), judged("some_channel", 2, "two")});
  exports.full();
  CHECK(write().file.rows == 2);

  exports.keep({judged("some_channel", 2, "two, mended"), judged("some_channel", 3, "three")},
               kTuesday);

  const Increment changed = write();
  CHECK(changed.file.rows == 2);
  CHECK(changed.gone == 0);
  CHECK(exports.increment().file.rows == 2);
  CHECK(write().file.rows == 0);
  // An index may be compared with JSON Lines, too.
  indexes = exports.paths;
  CHECK(write().file.rows == 0);
}

TEST_CASE("the index of a Parquet increment names its rows and what is gone", "[increment]") {
  Exports exports;
  exports.keep({judged("some_channel", 1, "one"), judged("some_channel", 2, "two")});
  exports.full();
  exports.keep({judged("some_channel", 1, "1"), judged("some_channel", 2, "two")}, kTuesday);
  const std::string index = exports.folder.file("index");

  const Increment increment = must(exporting::write_parquet_increment(
      exports.store,
      {.max_length = 1},
      exports.paths,
      {.path = exports.folder.file("p"), .index = index, .version = "1"}));

  CHECK(increment.file.rows == 1);
  CHECK(increment.gone == 1);
  exports.full({.max_length = 1}, "now.jsonl");
  const std::string row = read_file(exports.paths.front());
  CHECK(
      read_file(index) ==
      R"({"schema":"qanat.row_digest/1","id":"some_channel/1","channel":"some_channel","post":1,)"
      R"("sha256":")" +
          sha256_hex(row.substr(0, row.size() - 1)) +
          "\"}\n"
          R"({"schema":"qanat.tombstone/1","id":"some_channel/2","channel":"some_channel","post":2})"
          "\n");
}

TEST_CASE("an increment counts what it took out of its own rows alone", "[increment]") {
  Exports exports;
  exporting::Redactor redactor({});
  const Selection selection{.redactor = &redactor};
  exports.keep({judged("some_channel", 1, "Пишите: ivan.petrov@mail.example")});
  exports.full(selection);
  CHECK(redactor.counts().at("email") == 1);
  exports.keep({judged("some_channel", 2, "Или: anna.petrova@mail.example")});

  CHECK(exports.increment(selection).file.rows == 1);

  CHECK(redactor.counts().at("email") == 2);
}

TEST_CASE("a Parquet increment that is killed leaves no older index beside its newer rows",
          "[increment]") {
  Exports exports;
  exports.keep({judged("some_channel", 1, "one")});
  const std::string path = exports.folder.file("set.parquet");
  const std::string index = exports.folder.file("set.index");
  const auto write = [&](const std::string& file) {
    return exporting::write_parquet_increment(
        exports.store, {}, {}, {.path = file, .index = index, .version = "1"});
  };
  (void)must(write(path));
  const std::string before = read_file(index);

  SECTION("the rows cannot take their place: all is as it was") {
    CHECK_FALSE(write(exports.folder.file("none/set.parquet")));
    CHECK(read_file(index) == before);
  }
  SECTION("the index goes before the rows appear") {
    auto rows = must(exporting::OutputFile::open(path));
    rows.outdates(index);
    must(rows.finish());
    CHECK_FALSE(std::filesystem::exists(index));
  }
}

TEST_CASE("a Parquet file is no earlier export, and what is one is told", "[increment]") {
  Exports exports;

  const Error error = exports.refused("base.parquet", "PAR1");

  CHECK(error.code == Errc::usage);
  CHECK(error.message.find("base.parquet: Parquet files cannot be read here; name its index") !=
        std::string::npos);
}

TEST_CASE("an earlier file's line of brackets without an end is refused, not walked",
          "[increment]") {
  Exports exports;

  const Error error = exports.refused("base.jsonl", std::string(200'000, '[') + '\n');

  CHECK(error.code == Errc::usage);
  CHECK(error.message.find("base.jsonl:1: JSON nested deeper than 64 levels") != std::string::npos);
}

TEST_CASE("an earlier file that is cut, foreign or out of order is named with its line",
          "[increment]") {
  Exports exports;
  exports.keep({judged("some_channel", 1, "one")});
  exports.full({}, "base.jsonl.zst");
  const std::string packed = read_file(exports.paths.front());
  exports.full({}, "base.jsonl.gz");
  const std::string zipped = read_file(exports.paths.front());
  exports.full();
  const std::string row = read_file(exports.paths.front());

  CHECK(exports.refused("a", "{}\n").message.find("a:1: no row of") != std::string::npos);
  CHECK(exports.refused("b", row + row).message.find("b:2: not behind") != std::string::npos);
  CHECK(exports.refused("c", row.substr(0, row.size() - 1)).message.find("is truncated") !=
        std::string::npos);
  CHECK(exports.refused("d.zst", packed.substr(0, packed.size() / 2)).message.find("d.zst: ") !=
        std::string::npos);
  CHECK(exports.refused("e.gz", zipped.substr(0, zipped.size() / 2)).message.find("e.gz: ") !=
        std::string::npos);
  CHECK(exports.refused("f.gz", "").message.find("f.gz: damaged: it is empty") !=
        std::string::npos);
  CHECK(error_of(exporting::write_increment(
                     exports.store, {}, {exports.folder.file("none")}, exports.folder.file("x")))
            .code == Errc::usage);
  CHECK_FALSE(std::filesystem::exists(exports.folder.file("refused.jsonl")));
}

TEST_CASE("a post that was removed for good is a tombstone in the next increment", "[increment]") {
  Exports exports;
  exports.keep({judged("some_channel", 1, "one"), judged("some_channel", 2, "two")});
  exports.full();
  const store::RemovalTarget gone{.channel = channel("some_channel"), .post = 2};

  must(must(store::Erasure::open(exports.folder.file("q.db")))
           .erase(std::vector{gone}, "", kTuesday));

  CHECK(exports.increment().gone == 1);
  CHECK(read_file(exports.paths.back()) ==
        R"({"schema":"qanat.tombstone/1","id":"some_channel/2","channel":"some_channel","post":2})"
        "\n");
}
