// What a data set of posts costs to write, beside writing the bytes of its JSON Lines plainly.
//
//   bench_export [POSTS [FOLDER]]     200,000 invented posts by default; FOLDER keeps the files
//
// A format's time is that of turning records into its bytes and of writing them; MB/s count the
// bytes that the same posts have as JSON Lines. scripts/large-exports holds the files against
// DuckDB's.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

#include "base/record.h"
#include "bench/paired_time.h"
#include "export/csv.h"
#include "export/database_file.h"
#include "export/output_file.h"
#include "export/record_file.h"
#include "export/text_file.h"
#include "export/written_file.h"
#include "record/json.h"
#include "support/random.h"
#include "support/samples.h"

namespace {

using namespace qanat;
using exporting::DatabaseFile;
using exporting::OutputFile;
using exporting::RecordFile;
using exporting::TextFile;
using exporting::WrittenFile;

constexpr int kDifferentPosts = 5'000;  ///< further ones differ from them in their numbers
constexpr std::string_view kNoNumber = "00000000";
constexpr int kRounds = 2;
constexpr std::int64_t kMany = 500'000;  ///< posts from which on one round takes minutes

/// Words that recur as those of a language do: half of a text is the commonest few.
std::string invented_text(test::Random& random) {
  std::string out;
  for (std::uint64_t words = random.between<std::uint64_t>(20, 120); words > 0; --words) {
    out += "слово" + std::to_string(random.below(random.below(20'000) + 1));
    out += random.one_in(12) ? ".\n" : " ";
  }
  return out;
}

std::vector<Record> invented_records() {
  test::Random random(1);
  std::vector<Record> out;
  for (int i = 0; i < kDifferentPosts; ++i) {
    Record record = test::full_record();
    const std::string text = invented_text(random).append(kNoNumber);
    record.post.text += text;
    record.normalized.answer = text;
    record.post.views = {.value = random.between(10, 99'000), .text = "as shown"};
    record.content_sha256 = content_sha256(record.post);
    out.push_back(std::move(record));
  }
  return out;
}

/// A post of its own: a format must not find its text among those before.
void number(Record& record, std::int64_t message) {
  std::string digits = std::to_string(message);
  digits.insert(0, kNoNumber.size() - digits.size(), '0');
  record.post.id.message = message;
  record.cluster = record.post.id.str();
  for (std::string* text : {&record.post.text, &record.normalized.answer, &record.content_sha256}) {
    text->replace(text->size() - digits.size(), digits.size(), digits);
  }
}

std::string json_line(const Record& record) { return record::record_line(record) + '\n'; }

std::string csv_line(const Record& record) {
  return exporting::csv_line(record::record_json(record));
}

/// So many posts, each with an id of its own.
class Posts {
 public:
  explicit Posts(std::int64_t count) : records_(invented_records()), count_(count) {
    for (const Record& record : records_) lines_.push_back(json_line(record));
  }

  [[nodiscard]] std::int64_t count() const { return count_; }

  template <class Take>
  void each(Take take) {
    for (std::int64_t i = 0; i < count_; ++i) {
      Record& record = records_[static_cast<std::size_t>(i) % records_.size()];
      number(record, i + 1);
      take(record);
    }
  }

  template <class File>
  void write_records(File& file) {
    each([&](const Record& record) { file.write(record).value(); });
  }

  template <class Line>
  WrittenFile write_lines(const std::string& path, Line line) {
    TextFile file = TextFile::open(path).value();
    each([&](const Record& record) { file.write_row(line(record)).value(); });
    return file.finish().value();
  }

  /// The bytes of JSON Lines as they are: nothing is turned into anything.
  void write_plainly(const std::string& path) const {
    OutputFile file = OutputFile::open(path).value();
    for (std::int64_t i = 0; i < count_; ++i) {
      file.write(lines_[static_cast<std::size_t>(i) % lines_.size()]).value();
    }
    file.finish().value();
  }

 private:
  std::vector<Record> records_;
  std::vector<std::string> lines_;
  std::int64_t count_;
};

WrittenFile write_parquet(Posts& posts, const std::string& path) {
  RecordFile file = RecordFile::create(path, {}).value();
  posts.write_records(file);
  return file.finish("qanat version 0").value();
}

WrittenFile write_sqlite(Posts& posts, const std::string& path) {
  DatabaseFile file = DatabaseFile::create(path, {}).value();
  posts.write_records(file);
  return file.finish().value();
}

struct Format {
  std::string file;
  std::function<WrittenFile(const std::string& path)> write;
};

std::vector<Format> formats_of(Posts& posts) {
  const auto lines = [&](auto line) {
    return [&posts, line](const std::string& path) { return posts.write_lines(path, line); };
  };
  return {{.file = "set.jsonl", .write = lines(json_line)},
          {.file = "set.jsonl.zst", .write = lines(json_line)},
          {.file = "set.jsonl.gz", .write = lines(json_line)},
          {.file = "set.csv", .write = lines(csv_line)},
          {.file = "set.parquet",
           .write = [&](const std::string& path) { return write_parquet(posts, path); }},
          {.file = "set.db",
           .write = [&](const std::string& path) { return write_sqlite(posts, path); }}};
}

void print(const std::string& name,
           const WrittenFile& written,
           double json,
           bench::PairedTime time) {
  std::printf("%-14s %10.1f %10.0f %10.1f %12.1f\n",
              name.c_str(),
              static_cast<double>(written.bytes) / 1e6,
              static_cast<double>(written.rows) / time.ours,
              json / 1e6 / time.ours,
              time.ratio());
}

/// Prints each format as soon as it is measured: a million posts take many minutes.
void measure(Posts& posts, const std::filesystem::path& folder) {
  std::printf("%-14s %10s %10s %10s %12s\n", "file", "MB", "posts/s", "JSON MB/s", "times plain");
  double json = 0;  // bytes as JSON Lines, which come first
  for (const Format& format : formats_of(posts)) {
    WrittenFile written;
    const auto times = bench::time_pairs(
        {{.name = format.file,
          .reference = [&] { posts.write_plainly((folder / "plain").string()); },
          .ours = [&] { written = format.write((folder / format.file).string()); }}},
        posts.count() < kMany ? kRounds : 0);
    if (json == 0) json = static_cast<double>(written.bytes);
    print(format.file, written, json, times.front());
    std::fflush(stdout);
  }
}

}  // namespace

int main(int count, char** arguments) {
  constexpr std::int64_t kUsualPosts = 200'000;
  Posts posts(count > 1 ? std::atoll(arguments[1]) : kUsualPosts);
  const bool keep = count > 2;
  const std::filesystem::path folder = keep ? std::filesystem::path(arguments[2])
                                            : std::filesystem::temp_directory_path() /
                                                  ("bench_export." + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::printf("%lld posts, the least CPU time of %d rounds; of one from %lld posts on\n",
              static_cast<long long>(posts.count()),
              kRounds,
              static_cast<long long>(kMany));
  measure(posts, folder);
  if (!keep) std::filesystem::remove_all(folder);
  return 0;
}
