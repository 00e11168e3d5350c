

#include "store/content_sketch.h"
#include "store/earlier_version.h"
#include "store/pages.h"
#include "store/sqlite.h"
#include "support/files.h"
#include "support/random.h"

using namespace qanat;
using namespace qanat::test;
using store::JudgedPost;
using store::Store;

namespace {

const std::string kAnswer =
    "Индекс ускоряет чтение, потому что дерево низкое: до любой строки несколько страниц, и корень "
    "с первым уровнем почти всегда уже лежат в памяти.";
/// One word more.
const std::string kNearly = kAnswer + " Обычно.";

std::string cluster_of(Store& store, MessageId message) {
  const auto record = must(store.find({.channel = channel("some_channel"), .message = message}));
  REQUIRE(record);
  return record->cluster;
}

void keep(Store& store, MessageId message, const std::string& text, Instant at = kMonday) {
  must(store.keep_page(page("some_channel", {judged("some_channel", message, text)}, at), at));
}

}  // namespace

TEST_CASE("a post that nobody repeats names its own cluster", "[cluster]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));

  keep(store, 7, kAnswer);
  keep(store, 8, "Совсем другой рассказ о том, как мы чинили котёл и что из этого вышло к утру.");
  keep(store, 9, "👍");

  CHECK(cluster_of(store, 7) == "some_channel/7");
  CHECK(cluster_of(store, 8) == "some_channel/8");
  CHECK(cluster_of(store, 9) == "some_channel/9");
}

TEST_CASE("posts with the same words, or nearly, are one cluster, named by the first kept",
          "[cluster]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  must(store.add_channel(channel("another_one"), kMonday));

  keep(store, 9, kAnswer);
  keep(store, 3, kNearly);
  must(store.keep_page(
      page("another_one", {judged("another_one", 1, "🔥 " + kAnswer + " https://example.org")}),
      kMonday));

  CHECK(cluster_of(store, 3) == "some_channel/9");
  const auto copied = must(store.find({.channel = channel("another_one"), .message = 1}));
  REQUIRE(copied);
  CHECK(copied->cluster == "some_channel/9");
}

TEST_CASE("short posts are one cluster only when their words are equal", "[cluster]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));

  keep(store, 1, "Доброе утро, коллеги!");
  keep(store, 2, "Доброе утро, коллеги");
  keep(store, 3, "Доброе утро, соседи!");

  CHECK(cluster_of(store, 2) == "some_channel/1");
  CHECK(cluster_of(store, 3) == "some_channel/3");
}

TEST_CASE("seen again, a post keeps its cluster", "[cluster]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  keep(store, 1, kAnswer);
  keep(store, 2, kNearly);

  keep(store, 2, kNearly, kTuesday);
  keep(store, 1, kAnswer, kTuesday);

  CHECK(cluster_of(store, 2) == "some_channel/1");
}

TEST_CASE("an edited post leaves its cluster, which the next member then names", "[cluster]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  keep(store, 1, kAnswer);
  keep(store, 2, kNearly);
  keep(store, 3, kAnswer);

  keep(store,
       1,
       "Теперь здесь написано совсем другое: пост переделали, и об индексах ни слова.",
       kTuesday);

  CHECK(cluster_of(store, 1) == "some_channel/1");
  CHECK(cluster_of(store, 2) == "some_channel/2");
  CHECK(cluster_of(store, 3) == "some_channel/2");
}

TEST_CASE("a post between two clusters makes them one, under the older name", "[cluster]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  std::vector<std::string> words;
  for (int i = 0; i < 60; ++i) words.push_back("слово" + std::to_string(i));
  const auto text = [&words](std::size_t first, std::size_t end) {
    std::string joined;
    for (std::size_t i = first; i < end; ++i) joined += words[i] + " ";
    return joined;
  };

  keep(store, 1, text(0, 50));
  keep(store, 2, text(10, 60));
  REQUIRE(cluster_of(store, 2) == "some_channel/2");
  keep(store, 3, text(5, 55));

  CHECK(cluster_of(store, 1) == "some_channel/1");
  CHECK(cluster_of(store, 2) == "some_channel/1");
  CHECK(cluster_of(store, 3) == "some_channel/1");
}

TEST_CASE("of many posts, all that share nine tenths are together, and none that nothing joins",
          "[cluster]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  Random random(5);
  std::vector<std::string> texts;
  for (MessageId id = 1; id <= 300; ++id) {
    std::vector<std::string> words;
    for (int i = 0; i < 60; ++i) words.push_back("слово" + std::to_string(random.below(900)));
    std::string text;
    // A third repeats an earlier text, with up to three words replaced.
    if (!texts.empty() && random.one_in(3)) {
      text = random.pick(texts);
      for (std::uint64_t changes = random.below(4); changes > 0; --changes) {
        const std::size_t at = text.find(' ', random.below(text.size() / 2));
        text.replace(at, 1, " и ещё ");
      }
    } else {
      for (const std::string& word : words) text += word + " ";
    }
    texts.push_back(text);
    keep(store, id, text);
  }

  std::vector<std::string> clusters;
  std::vector<std::vector<std::uint32_t>> shingles;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    clusters.push_back(cluster_of(store, static_cast<MessageId>(i + 1)));
    shingles.push_back(store::sketch_of(texts[i]).shingles);
  }
  int together = 0;
  for (std::size_t a = 0; a < texts.size(); ++a) {
    bool joined = clusters[a] == "some_channel/" + std::to_string(a + 1);
    for (std::size_t b = 0; b < texts.size(); ++b) {
      if (a == b) continue;
      const double shared = store::jaccard(shingles[a], shingles[b]);
      if (shared >= 0.9) {
        ++together;
        CHECK(clusters[a] == clusters[b]);
      }
      joined = joined || (shared >= store::kNearDuplicate && clusters[a] == clusters[b]);
    }
    CHECK(joined);
  }
  CHECK(together > 100);
}

TEST_CASE("a rebuild tells the same posts together as keeping them did", "[cluster]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  keep(store, 4, kAnswer);
  keep(store, 2, kNearly);
  keep(store, 6, "Совсем другой рассказ о том, как мы чинили котёл и что из этого вышло к утру.");

  must(store.rebuild_clusters(kMonday));

  CHECK(cluster_of(store, 4) == "some_channel/4");
  CHECK(cluster_of(store, 2) == "some_channel/4");
  CHECK(cluster_of(store, 6) == "some_channel/6");
}

TEST_CASE("a database with bands of an older kind finds near-duplicates after its upgrade",
          "[cluster]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  {
    Store store = new_store(path);
    keep(store, 1, kAnswer);
  }
  {
    auto database = must(store::Database::open(
        path, store::Database::Mode::read_write, std::chrono::milliseconds(0)));
    back_to_version_10(database);
    must(
        database.script("UPDATE near_duplicate_band SET band = band + 1;"
                        "PRAGMA user_version = 8;"));
  }

  Store store = must(Store::open(path, store::Access::read_write));
  keep(store, 2, kNearly);

  CHECK(cluster_of(store, 2) == "some_channel/1");
}

TEST_CASE("posts from before there were clusters are compared when the store is opened to write",
          "[cluster]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  {
    Store store = new_store(path);
    keep(store, 1, kAnswer);
    keep(store, 2, kNearly);
  }
  {
    auto database = must(store::Database::open(
        path, store::Database::Mode::read_write, std::chrono::milliseconds(0)));
    must(database.script("DELETE FROM near_duplicate_band; DELETE FROM near_duplicate;"));
  }

  Store store = must(Store::open(path, store::Access::read_write));

  CHECK(cluster_of(store, 2) == "some_channel/1");
}
