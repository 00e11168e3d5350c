// What is written takes the place of the file that is named: never of one that qanat needs.
#include <filesystem>
#include <map>

#include "program.h"
#include "support/catch.h"
#include "support/files.h"

using namespace qanat;
using test::Answer;
using test::Program;

namespace fs = std::filesystem;

namespace {

using Files = std::map<std::string, std::string>;

/// A database, its configuration, and an archive with a month.
void begin_exports(Program& program) {
  REQUIRE(program.run({"init", "--config", program.path("qanat.toml")}).code == 0);
  program.write("archive/archive-202607.db", "a month");
}

Files files_of(const Program& program) {
  Files out;
  for (const auto& entry : fs::recursive_directory_iterator(program.path(""))) {
    // SQLite keeps readers' marks in -shm.
    if (!entry.is_regular_file() || entry.path().extension() == ".db-shm") continue;
    out.emplace(entry.path().string(), test::read_file(entry.path()));
  }
  return out;
}

void check_refused(const Answer& answer, const std::string& file, const std::string& why) {
  CAPTURE(answer.err, file);
  CHECK(answer.code == 2);
  CHECK(answer.err.find(file + ": " + why) != std::string::npos);
  CHECK(answer.err.find("name another file") != std::string::npos);
}

}  // namespace

TEST_CASE("no export writes over the database, the configuration or the archive") {
  Program program;
  begin_exports(program);
  fs::create_symlink(program.path("qanat.db"), program.path("link.db"));
  fs::create_hard_link(program.path("qanat.db"), program.path("same.db"));
  const Files before = files_of(program);
  const std::map<std::string, std::string> needed = {
      {"qanat.db", "belongs to qanat's own database"},
      {"qanat.db-wal", "belongs to qanat's own database"},
      {"qanat.db-shm", "belongs to qanat's own database"},
      {"qanat.db.run-lock", "belongs to qanat's own database"},
      {"link.db", "belongs to qanat's own database"},
      {"same.db", "belongs to qanat's own database"},
      {"archive/../qanat.db", "belongs to qanat's own database"},
      {"qanat.toml", "is qanat's configuration"},
      {"archive/archive-202607.db", "is in qanat's archive"},
      {"archive/new/set.jsonl", "is in qanat's archive"}};

  for (const auto& [name, why] : needed) {
    const std::string file = program.path(name);
    for (const char* format : {"jsonl", "csv", "parquet", "sqlite", "feed"}) {
      check_refused(program.configured({"export", format, "-o", file}), file, why);
    }
    check_refused(program.configured(
                      {"export", "parquet", "-o", program.path("set.parquet"), "--index", file}),
                  file,
                  why);
    check_refused(program.configured({"export", "huggingface", file}), file, why);
    check_refused(program.configured({"export", "warc", file}), file, why);
  }

  CHECK(files_of(program) == before);
}

TEST_CASE("no report and nothing learned is written over the database or what it is made of") {
  Program program;
  begin_exports(program);
  const std::string corpus = program.write("labelled.jsonl", "");
  const std::string database = program.path("qanat.db");
  const std::map<std::string, std::string> needed = {{database, "belongs to qanat's own database"},
                                                     {corpus, "is read by this command"}};

  for (const auto& [file, why] : needed) {
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"audit", "report", corpus, "--html", file},
          {"rules", "learn", corpus, "--out", file},
          {"rules", "vocabulary", corpus, "--language", "ru", "--out", file}}) {
      check_refused(program.configured(command), file, why);
    }
  }
}

TEST_CASE("an increment does not take the place of what it is an increment to") {
  Program program;
  begin_exports(program);
  const std::string base = program.write("base.jsonl", "");

  check_refused(program.configured({"export", "jsonl", "-o", base, "--since-export", base}),
                base,
                "is read by this command");
  check_refused(program.configured({"export",
                                    "parquet",
                                    "-o",
                                    program.path("set.parquet"),
                                    "--index",
                                    base,
                                    "--since-export",
                                    base}),
                base,
                "is read by this command");
}

TEST_CASE("a Parquet file and its index are two files") {
  Program program;
  begin_exports(program);
  const std::string file = program.path("set.parquet");

  check_refused(program.configured({"export", "parquet", "-o", file, "--index", file}),
                file,
                "is named twice");
  check_refused(
      program.configured({"export", "parquet", "-o", "-", "--index", "-"}), "-", "is named twice");
}

TEST_CASE("an export to a file without a name is refused") {
  Program program;
  begin_exports(program);

  CHECK(program.configured({"export", "jsonl", "-o", ""}).code == 2);
  CHECK(program.configured({"export", "huggingface", ""}).code == 2);
  CHECK(program.configured({"export", "warc", ""}).code == 2);
  CHECK(program.configured({"export", "warc", "-"}).code == 2);
}

TEST_CASE("an export may replace its own earlier file, beside the database") {
  Program program;
  begin_exports(program);
  const std::string file = program.write("set.jsonl", "earlier");

  CHECK(program.configured({"export", "jsonl", "-o", file}).code == 0);
  CHECK(test::read_file(file).empty());
}
