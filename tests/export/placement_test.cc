#include "export/placement.h"

#include <filesystem>
#include <map>

#include "export/huggingface.h"
#include "export/line_reader.h"
#include "support/files.h"
#include "tests/store/pages.h"

using namespace qanat;
using namespace qanat::test;
using exporting::DataSet;
using exporting::kSplitsName;
using exporting::Selection;
using exporting::SplitBy;
using store::Store;

namespace {

constexpr const char* kRain =
    "Why does rain smell? Bacteria in the soil make geosmin, and drops fling it into the air.";
constexpr const char* kSnow =
    "Why is snow white? Its many small faces scatter light of every colour about equally.";

/// A store of one channel and the data sets made from it.
struct Releases {
  TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  exporting::SplitPlan plan{.parts = must(exporting::read_split("1/1"))};

  void keep(MessageId id, const std::string& text, std::optional<Instant> published = kMonday) {
    auto post = judged("some_channel", id, text);
    post.post.published_at = published;
    must(store.keep_page(page("some_channel", {post}), kMonday));
  }

  Result<DataSet> write(const std::string& name,
                        const std::string& earlier = "",
                        const Selection& selection = {}) {
    return exporting::write_huggingface(store,
                                        selection,
                                        {.folder = folder.file(name),
                                         .plan = plan,
                                         .splits_of = earlier.empty() ? "" : folder.file(earlier)});
  }

  /// Id → part, as a release lists them.
  std::map<std::string, std::string> listed(const std::string& name) {
    std::map<std::string, std::string> out;
    auto lines = must(exporting::LineReader::open(folder.file(name + "/" + kSplitsName)));
    for (std::string line; must(lines.next(line));) {
      const std::size_t comma = line.find(',');
      out[line.substr(0, comma)] = line.substr(comma + 1);
    }
    out.erase("id");
    return out;
  }

  std::string part(const std::string& name, MessageId id) {
    return listed(name).at("some_channel/" + std::to_string(id));
  }
};

}  // namespace

TEST_CASE("a folder lists every post with its split", "[placement]") {
  Releases releases;
  for (MessageId id = 1; id <= 20; ++id) releases.keep(id, "Post " + std::to_string(id));

  const DataSet set = must(releases.write("one"));

  std::map<std::string, std::int64_t> sizes;
  for (const auto& [id, part] : releases.listed("one")) ++sizes[part];
  CHECK(sizes == std::map<std::string, std::int64_t>{{"train", set.parts[0].rows()},
                                                     {"test", set.parts[1].rows()}});
  CHECK(set.kept_places == 0);
}

TEST_CASE("a list of splits that is not its manifest's is refused", "[placement]") {
  Releases releases;
  releases.keep(1, kRain);
  releases.keep(2, kSnow);
  must(releases.write("one"));
  const std::string list = releases.folder.file("one/" + std::string(kSplitsName));

  SECTION("of another release") {
    releases.keep(3, "Post 3");
    must(releases.write("other"));
    std::filesystem::copy_file(releases.folder.file("other/" + std::string(kSplitsName)),
                               list,
                               std::filesystem::copy_options::overwrite_existing);
    CHECK(error_of(releases.write("second", "one")).message ==
          releases.folder.file("one") +
              ": splits.csv.gz has other bytes: bring it back from where the set was published");
  }
  SECTION("missing") {
    std::filesystem::remove(list);
    const Error error = error_of(releases.write("second", "one"));
    CHECK(error.code == Errc::usage);
    CHECK(error.message.contains("splits.csv.gz is missing"));
  }
}

TEST_CASE("a published post keeps its split when its cluster becomes another one", "[placement]") {
  Releases releases;
  // Their ids are in different splits.
  releases.keep(1, kRain);
  MessageId other = 2;
  for (;; ++other) {
    releases.keep(other, "Post " + std::to_string(other));
    must(releases.write("try" + std::to_string(other)));
    const std::string name = "try" + std::to_string(other);
    if (releases.part(name, other) != releases.part(name, 1)) break;
  }
  const std::string first = "try" + std::to_string(other);
  releases.keep(other, kRain);  // an edit: now the posts say the same
  releases.keep(other + 1, kRain);

  const DataSet set = must(releases.write("second", first));

  CHECK(releases.part("second", other) == releases.part(first, other));
  CHECK(releases.part("second", 1) == releases.part(first, 1));
  CHECK(set.leaked == 1);
  CHECK(set.left_out_leaks == 1);  // the new one
  CHECK(set.kept_places == other);
  CHECK(must(releases.write("without")).leaked == 0);
}

TEST_CASE("a new post goes where the published ones of its cluster are", "[placement]") {
  Releases releases;
  // The cluster is called after post 2 first, then after post 1: by names its split would change.
  MessageId oldest = 1;
  for (;; ++oldest) {
    Releases tried;
    tried.keep(oldest, kSnow);
    tried.keep(100, kRain);
    must(tried.write("one"));
    if (tried.part("one", oldest) != tried.part("one", 100)) break;
  }
  releases.keep(oldest, kSnow);
  releases.keep(100, kRain);
  const Selection rain_only{.stored = {.words = "rain"}};
  must(releases.write("one", "", rain_only));
  releases.keep(oldest, kRain);  // unpublished, and the first that the store met
  releases.keep(101, kRain);

  const DataSet set = must(releases.write("two", "one"));

  CHECK(releases.part("two", 101) == releases.part("one", 100));
  CHECK(releases.part("two", oldest) == releases.part("one", 100));
  CHECK(set.leaked == 0);
  CHECK(set.left_out_leaks == 0);
}

TEST_CASE("a post that a release lacks finds its split again", "[placement]") {
  Releases releases;
  for (MessageId id = 1; id <= 9; ++id) releases.keep(id, "Post " + std::to_string(id));
  must(releases.write("one"));

  must(releases.write("two", "one", {.stored = {.words = "9"}}));
  must(releases.write("three", "two"));

  CHECK(releases.listed("two") == releases.listed("one"));
  CHECK(releases.listed("three") == releases.listed("one"));
}

TEST_CASE("by time, the cuts of the earlier release stay", "[placement]") {
  Releases releases;
  releases.plan.by = SplitBy::time;
  for (int day = 1; day <= 4; ++day) {
    releases.keep(day, std::to_string(day), kMonday + std::chrono::days(day));
  }
  must(releases.write("one"));
  for (int day = 5; day <= 40; ++day) {
    releases.keep(day, std::to_string(day), kMonday + std::chrono::days(day));
  }

  must(releases.write("two", "one"));

  CHECK(releases.part("two", 2) == "train");
  CHECK(releases.part("two", 3) == "test");
  CHECK(releases.part("two", 5) == "test");
}

TEST_CASE("an earlier release that was split otherwise, or is none, is refused", "[placement]") {
  Releases releases;
  releases.keep(1, kRain);
  must(releases.write("one"));
  CHECK(error_of(releases.write("a", "q.db")).code == Errc::usage);

  releases.plan.parts = must(exporting::read_split("2/1"));
  CHECK(error_of(releases.write("b", "one")).message.find("split otherwise") != std::string::npos);
}
