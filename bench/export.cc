// What a data set of posts costs to write, beside writing the bytes of its JSON Lines plainly.
//
//   bench_export [POSTS [FOLDER]]     200,000 invented posts by default; FOLDER keeps the files
//
// A format's time is that of turning records into its bytes and of writing them; MB/s count the
// bytes that the same posts have as JSON Lines.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include <unistd.h>

#include "base/record.h"
#include "bench/paired_time.h"
#include "export/csv.h"
#include "export/output_file.h"
#include "export/record_file.h"
#include "export/text_file.h"
#include "export/written_file.h"
#include "record/json.h"
#include "support/random.h"
#include "support/samples.h"

namespace {

using namespace qanat;
using exporting::OutputFile;
using exporting::RecordFile;
using exporting::TextFile;
using exporting::WrittenFile;

constexpr int kDifferentPosts = 5'000;  ///< further ones repeat them under other ids
constexpr int kRounds = 3;

/// Words that recur as those of a language do: half of a text is the commonest few.
std::string invented_text(test::Random& random) {
  std::string out;
  for (std::uint64_t words = random.between<std::uint64_t>(20, 120); words > 0; --words) {
    const std::uint64_t word = random.below(random.below(20'000) + 1);
    out += "слово" + std::to_string(word) + (random.one_in(12) ? ".\n" : " ");
  }
  return out;
}

std::vector<Record> invented_records() {
  test::Random random(1);
  std::vector<Record> out;
  for (int i = 0; i < kDifferentPosts; ++i) {
    Record record = test::full_record();
    const std::string text = invented_text(random);
    record.post.text += text;
    record.normalized.answer = text;
    record.post.views = {.value = random.between(10, 99'000), .text = "as shown"};
    record.content_sha256 = content_sha256(record.post);
    out.push_back(std::move(record));
  }
  return out;
}

/// Calls `take` for `count` records, each with an id of its own.
template <class Take>
void each_record(std::vector<Record>& records, std::int64_t count, Take take) {
  for (std::int64_t i = 0; i < count; ++i) {
    Record& record = records[static_cast<std::size_t>(i) % records.size()];
    record.post.id.message = i + 1;
    record.cluster = record.post.id.str();
    take(record);
  }
}

std::string json_line(const Record& record) {
  return record::dump_line(record::record_json(record)) + '\n';
}

WrittenFile write_parquet(std::vector<Record>& records,
                          std::int64_t count,
                          const std::string& path) {
  RecordFile file = RecordFile::create(path).value();
  each_record(records, count, [&](const Record& record) { file.write(record).value(); });
  return file.finish("qanat version 0").value();
}

template <class Line>
WrittenFile write_lines(std::vector<Record>& records,
                        std::int64_t count,
                        const std::string& path,
                        Line line) {
  TextFile file = TextFile::open(path).value();
  each_record(records, count, [&](const Record& record) { file.write_row(line(record)).value(); });
  return file.finish().value();
}

/// The bytes of a file, in pieces, written to another: no reading, no turning.
void write_plainly(const std::vector<std::string>& lines,
                   std::int64_t count,
                   const std::string& path) {
  OutputFile file = OutputFile::open(path).value();
  for (std::int64_t i = 0; i < count; ++i) {
    file.write(lines[static_cast<std::size_t>(i) % lines.size()]).value();
  }
  file.finish().value();
}

}  // namespace

int main(int count, char** arguments) {
  const std::int64_t posts = count > 1 ? std::atoll(arguments[1]) : 200'000;
  const bool keep = count > 2;
  const std::filesystem::path folder = keep ? std::filesystem::path(arguments[2])
                                            : std::filesystem::temp_directory_path() /
                                                  ("bench_export." + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::vector<Record> records = invented_records();
  std::vector<std::string> lines;
  for (const Record& record : records) lines.push_back(json_line(record));
  const auto path = [&](const char* name) { return (folder / name).string(); };
  const auto csv = [](const Record& record) {
    return exporting::csv_line(record::record_json(record));
  };

  std::vector<WrittenFile> written(5);
  const auto plain = [&] { write_plainly(lines, posts, path("plain")); };
  const std::vector<bench::Case> cases = {
      {.name = "jsonl",
       .reference = plain,
       .ours = [&] { written[0] = write_lines(records, posts, path("a.jsonl"), json_line); }},
      {.name = "jsonl.zst",
       .reference = plain,
       .ours = [&] { written[1] = write_lines(records, posts, path("a.jsonl.zst"), json_line); }},
      {.name = "jsonl.gz",
       .reference = plain,
       .ours = [&] { written[2] = write_lines(records, posts, path("a.jsonl.gz"), json_line); }},
      {.name = "csv",
       .reference = plain,
       .ours = [&] { written[3] = write_lines(records, posts, path("a.csv"), csv); }},
      {.name = "parquet", .reference = plain, .ours = [&] {
         written[4] = write_parquet(records, posts, path("a.parquet"));
       }}};
  const auto times = bench::time_pairs(cases, kRounds);

  std::printf(
      "%lld posts, the least CPU time of %d rounds\n", static_cast<long long>(posts), kRounds);
  std::printf("%-10s %12s %12s %12s %14s\n", "format", "MB", "posts/s", "JSON MB/s", "times plain");
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const double megabytes = static_cast<double>(written[i].bytes) / 1e6;
    std::printf("%-10s %12.1f %12.0f %12.1f %14.1f\n",
                cases[i].name.c_str(),
                megabytes,
                static_cast<double>(posts) / times[i].ours,
                static_cast<double>(written[0].bytes) / 1e6 / times[i].ours,
                times[i].ratio());
  }
  if (!keep) std::filesystem::remove_all(folder);
  return 0;
}
