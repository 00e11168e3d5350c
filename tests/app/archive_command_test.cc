#include <filesystem>

#include <nlohmann/json.hpp>

#include "program.h"
#include "store/run_lock.h"
#include "store/snapshot_archive.h"
#include "support/catch.h"

using namespace qanat;
using Catch::Matchers::Contains;
using test::Program;

namespace {

/// A store, and an archive with a page of each of three months long ago.
struct Archived : Program {
  Archived() {
    REQUIRE(run({"init", "--config", path("qanat.toml")}).code == 0);
    auto archive = store::SnapshotArchive::open(path("archive"), path("qanat.db")).value();
    for (const char* moment :
         {"2024-01-05T00:00:00Z", "2024-02-05T00:00:00Z", "2024-03-05T00:00:00Z"}) {
      REQUIRE(archive.keep({.channel = ChannelName::parse("some_channel").value(),
                            .url = "https://t.me/s/some_channel",
                            .fetched_at = parse_instant(moment).value(),
                            .status = 200,
                            .headers = "",
                            .body = std::string("page of ") + moment}));
    }
  }
};

}  // namespace

TEST_CASE("an archive that no crawl has made yet is named with the setting that places it") {
  Program program;
  REQUIRE(program.run({"init", "--config", program.path("qanat.toml")}).code == 0);

  const auto answer = program.configured({"archive", "list"});

  CHECK(answer.code == 2);
  CHECK_THAT(answer.err, Contains("it is `store.archive`"));
}

TEST_CASE("archive list shows the months, and of one month each fetch") {
  Archived program;

  const auto months = program.configured({"archive", "list"});
  const auto fetches = program.configured({"archive", "list", "2024-02"});

  CHECK(months.code == 0);
  CHECK_THAT(months.out, Contains("2024-01") && Contains("2024-03"));
  CHECK_THAT(fetches.out, Contains("2024-02-05T00:00:00Z 200 sha256:"));
}

TEST_CASE("a channel that was never followed is an error where its pages are asked for") {
  Archived program;

  for (const auto& arguments :
       {std::vector<std::string>{"archive", "list", "2024-02", "--channel", "nobody_here"},
        {"archive", "reparse", "--channel", "nobody_here"}}) {
    const auto answer = program.configured(arguments);
    CHECK(answer.code == 2);
    CHECK(answer.out.empty());
    CHECK_THAT(answer.err, Contains("nobody_here"));
  }
}

TEST_CASE("archive list says which months there are when it does not have the one") {
  Archived program;

  const auto answer = program.configured({"archive", "list", "2024-04"});

  CHECK(answer.code == 2);
  CHECK_THAT(answer.err, Contains("it has 2024-01 to 2024-03"));
}

TEST_CASE("archive prune deletes nothing without a yes") {
  Archived program;

  CHECK(program.configured({"archive", "prune", "--keep", "12"}).code == 2);
  const auto dry = program.configured({"archive", "prune", "--keep", "12", "--dry-run"});

  CHECK(dry.code == 0);
  CHECK_THAT(dry.out, Contains("would delete 2024-01"));
  CHECK_THAT(program.configured({"archive", "list"}).out, Contains("2024-01"));
}

TEST_CASE("archive prune deletes months that are older than those to keep") {
  Archived program;

  const auto none = program.configured({"archive", "prune", "--keep", "1200", "--yes"});
  const auto all = program.configured({"archive", "prune", "--keep", "1", "--yes", "--json"});

  CHECK_THAT(none.err, Contains("no month is that old"));
  CHECK(nlohmann::json::parse(all.out)["months"].size() == 3);
  CHECK_THAT(program.configured({"archive", "list"}).err, Contains("the archive is empty"));
}

TEST_CASE("of what was pruned no export as of a moment is made, and it says so") {
  Archived program;
  REQUIRE(program.configured({"archive", "prune", "--keep", "1", "--yes"}).code == 0);

  const auto answer = program.configured({"export", "jsonl", "--as-of", "2024-02-05"});

  CHECK(answer.code == 2);
  CHECK(answer.out.empty());
  CHECK_THAT(answer.err, Contains("was pruned with the archive's months"));
}

TEST_CASE("what the store will have in the future is not exported") {
  Archived program;

  const auto answer = program.configured({"export", "jsonl", "--as-of", "9999-01-01"});

  CHECK(answer.code == 2);
  CHECK(answer.out.empty());
  CHECK_THAT(answer.err, Contains("--as-of `9999-01-01`: this is in the future"));
}

TEST_CASE("archive prune leaves the files to a crawl that is running") {
  Archived program;
  const auto lock = store::RunLock::take(program.path("qanat.db"));
  REQUIRE(lock);

  CHECK(program.configured({"archive", "prune", "--keep", "1", "--yes"}).code == 75);
}

TEST_CASE("a run deletes the months that store.archive_months does not keep, a dry one none") {
  Archived program;

  program.configured({"crawl"});
  program.configured({"crawl", "--dry-run", "--set", "store.archive_months=1"});
  CHECK_THAT(program.configured({"archive", "list"}).out, Contains("2024-01"));
  const auto run = program.configured({"crawl", "--set", "store.archive_months=2"});

  CHECK(run.code == 0);
  CHECK_THAT(run.err, Contains("archive_pruned") && Contains("2024-01") && !Contains("2024-02"));
  CHECK_THAT(program.configured({"archive", "list"}).out, !Contains("2024-01"));
  CHECK(program.configured({"export", "jsonl", "--as-of", "2024-02-05"}).code == 0);
  CHECK(program.configured({"export", "jsonl", "--as-of", "2024-01-31"}).code == 2);
}

TEST_CASE("a run leaves as many months as are kept, however far ahead the clock is") {
  Archived program;

  const auto few = program.configured({"crawl", "--set", "store.archive_months=4"});
  const auto as_many = program.configured({"crawl", "--set", "store.archive_months=3"});

  CHECK_THAT(few.err + as_many.err, !Contains("archive_pruned"));
  CHECK_THAT(program.configured({"archive", "list"}).out,
             Contains("2024-01") && Contains("2024-03"));
  CHECK(program.configured({"export", "jsonl", "--as-of", "2024-02-05"}).code == 0);
}

TEST_CASE("months that a clock has put into the future are none of those that a run keeps") {
  Archived program;
  auto archive =
      store::SnapshotArchive::open(program.path("archive"), program.path("qanat.db")).value();
  REQUIRE(archive.keep({.channel = ChannelName::parse("some_channel").value(),
                        .url = "https://t.me/s/some_channel",
                        .fetched_at = parse_instant("9036-01-05T00:00:00Z").value(),
                        .status = 200,
                        .headers = "",
                        .body = "a page"}));

  const auto run = program.configured({"crawl", "--set", "store.archive_months=3"});

  CHECK_THAT(run.err, !Contains("archive_pruned"));
  CHECK_THAT(program.configured({"archive", "list"}).out, Contains("2024-01"));
}

TEST_CASE("archive verify ends with 4 when a file is damaged, and reads the others") {
  Archived program;
  CHECK(program.configured({"archive", "verify"}).code == 0);
  std::filesystem::remove(program.path("archive") + "/archive-202402.db-wal");
  program.write("archive/archive-202402.db", std::string(8192, 'x'));

  const auto answer = program.configured({"archive", "verify"});

  CHECK(answer.code == 4);
  CHECK_THAT(answer.out, Contains("2 pages of 2 months") && Contains("archive-202402.db"));
}

TEST_CASE("archive reparse takes other rules only where it judges") {
  Archived program;

  const auto answer = program.configured({"archive", "reparse", "--rules", "somewhere"});

  CHECK(answer.code == 2);
  CHECK_THAT(answer.err, Contains("--apply"));
}

TEST_CASE("archive reparse of an empty store agrees") {
  Archived program;

  const auto answer = program.configured({"archive", "reparse"});

  CHECK(answer.code == 0);
  CHECK_THAT(answer.out, Contains("0 posts read again"));
}
