#include <chrono>
#include <map>

#include "record/json.h"
#include "store/pages.h"
#include "store/past_pruning.h"
#include "store/past_records.h"
#include "support/files.h"
#include "support/random.h"

using namespace qanat;
using namespace qanat::test;
using namespace std::chrono_literals;
using store::PastRecords;
using store::RecordFilter;
using store::Store;

namespace {

const Instant kMidweek = kTuesday + 24h;
const Instant kLateInWeek = kMidweek + 24h;

/// A store that saw posts 1 to 4 on Monday.
struct Week {
  TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));

  Week() {
    keep(kMonday,
         {judged("some_channel", 1, "one"),
          judged("some_channel", 2, "two"),
          judged("some_channel", 3, "three"),
          judged("some_channel", 4, "four")});
  }

  void keep(Instant when, std::vector<store::JudgedPost> posts) {
    must(store.keep_page(page("some_channel", std::move(posts), when), when));
  }

  /// Other rules judge every post.
  void reclassify(Instant when, Outcome outcome, const std::string& ruleset) {
    std::vector<store::Rejudged> verdicts;
    must(store.for_each({}, [&](const Record& record) {
      store::Rejudged made{.id = record.post.id, .revision = record.revision};
      made.verdict.outcome = outcome;
      made.verdict.ruleset = ruleset;
      verdicts.push_back(std::move(made));
      return true;
    }));
    must(store.keep_verdicts(verdicts, when));
  }

  [[nodiscard]] PastRecords past(Instant as_of) const {
    return must(PastRecords::open(store, as_of));
  }

  static std::vector<std::string> lines(auto&& source, const RecordFilter& filter = {}) {
    std::vector<std::string> out;
    must(source.for_each(filter, [&](const Record& record) {
      out.push_back(record::record_line(record));
      return true;
    }));
    return out;
  }

  [[nodiscard]] Record record(MessageId id, Instant as_of) const {
    std::optional<Record> found;
    must(past(as_of).for_each({}, [&](const Record& record) {
      if (record.post.id.message == id) found = record;
      return true;
    }));
    REQUIRE(found);
    return *found;
  }
};

}  // namespace

TEST_CASE("as of a moment the store gives what it gave then, record by record", "[as of]") {
  Week week;
  const std::vector<std::string> monday = week.lines(week.store);

  week.keep(kTuesday,
            {judged("some_channel", 1, "one, mended"),
             judged("some_channel", 2, "two"),
             judged("some_channel", 4, "four"),
             judged("some_channel", 5, "new")});
  week.keep(kMidweek,
            {judged("some_channel", 2, "two, mended"), judged("some_channel", 4, "four")});
  week.reclassify(kLateInWeek, Outcome::ad_only, "sha256:new");

  CHECK(week.lines(week.past(kMonday)) == monday);
  CHECK(week.lines(week.store).size() == 5);
  CHECK(week.lines(week.past(kMonday - 1s)).empty());
}

TEST_CASE("as of a moment each post has the version and the verdict of then", "[as of]") {
  Week week;
  week.keep(kTuesday, {judged("some_channel", 1, "one, mended", Outcome::review)});
  week.reclassify(kMidweek, Outcome::ad_only, "sha256:new");

  CHECK(week.record(1, kTuesday - 1s).post.text == "one");
  CHECK(week.record(1, kTuesday - 1s).revision == 1);
  CHECK(week.record(1, kTuesday).post.text == "one, mended");
  CHECK(week.record(1, kTuesday).revision == 2);
  CHECK(week.record(1, kTuesday).verdict.outcome == Outcome::review);
  CHECK(week.record(1, kMidweek).verdict.outcome == Outcome::ad_only);
  CHECK(week.lines(week.past(kTuesday), {.outcomes = {Outcome::ad_only}}).empty());
}

TEST_CASE("a return to earlier rules is remembered", "[as of]") {
  Week week;
  week.reclassify(kTuesday, Outcome::ad_only, "sha256:new");
  week.reclassify(kMidweek, Outcome::clean, "sha256:abc");
  week.reclassify(kLateInWeek, Outcome::ad_only, "sha256:new");

  CHECK(week.record(1, kMonday).verdict.outcome == Outcome::clean);
  CHECK(week.record(1, kTuesday).verdict.outcome == Outcome::ad_only);
  CHECK(week.record(1, kMidweek).verdict.outcome == Outcome::clean);
  CHECK(week.record(1, kLateInWeek).verdict.outcome == Outcome::ad_only);
}

TEST_CASE("what follows on a post counts as later, also when the clock went back between",
          "[as of]") {
  Week week;
  week.reclassify(kLateInWeek, Outcome::ad_only, "sha256:new");
  week.reclassify(kTuesday, Outcome::clean, "sha256:abc");
  week.keep(kMidweek, {judged("some_channel", 1, "one, mended")});
  const auto plain = week.lines(week.store);

  CHECK(week.lines(week.past(kLateInWeek + 24h)) == plain);
  CHECK(week.record(1, kLateInWeek + 2s).post.text == "one, mended");
  CHECK(week.record(1, kLateInWeek + 1s).verdict.outcome == Outcome::clean);
  CHECK(week.record(1, kLateInWeek).verdict.outcome == Outcome::ad_only);
  CHECK(week.record(1, kMonday).post.text == "one");
}

TEST_CASE("a version that a clock ahead has stored is not told when an edit came since",
          "[as of]") {
  Week week;
  week.keep(kLateInWeek, {judged("some_channel", 1, "one, mended")});
  week.keep(kTuesday, {judged("some_channel", 1, "one, mended twice")});
  week.keep(kMidweek, {judged("some_channel", 1, "one, mended thrice")});

  CHECK(week.record(1, kLateInWeek + 24h).post.text == "one, mended thrice");
  CHECK(week.record(1, kLateInWeek + 24h).revision == 4);
  CHECK(week.record(1, kLateInWeek).post.text == "one, mended");
}

TEST_CASE("of a post that was seen since, counters and the last sight are those of the moment",
          "[as of]") {
  Week week;
  store::JudgedPost liked = judged("some_channel", 1, "one");
  liked.post.views = {.value = 1200, .text = "1.2K"};
  liked.post.reactions = {{.emoji = "👍", .count = {.value = 7, .text = "7"}}};
  liked.post.edited = true;
  week.keep(kMidweek, {liked});

  CHECK(week.record(1, kTuesday).last_seen_at == kMonday);
  CHECK(week.record(1, kTuesday).post == judged("some_channel", 1, "one").post);
  CHECK(week.record(1, kMidweek).post == liked.post);
}

TEST_CASE("as of a moment a record names the page that it had been read from last by then",
          "[as of]") {
  Week week;
  week.keep(kTuesday, {judged("some_channel", 1, "one")});
  week.keep(kLateInWeek, {judged("some_channel", 1, "one, edited")});

  CHECK(week.record(1, kMonday).latest.fetched_at == kMonday);
  CHECK(week.record(1, kTuesday).latest.fetched_at == kTuesday);
  CHECK(week.record(1, kMidweek).latest.fetched_at == kTuesday);
  CHECK(week.record(1, kMidweek).provenance.fetched_at == kMonday);
  CHECK(week.record(1, kLateInWeek).latest.fetched_at == kLateInWeek);
}

TEST_CASE("as of a moment a deletion that came later is not there, nor is its end", "[as of]") {
  Week week;
  for (const Instant when : {kTuesday, kTuesday + 1h}) {
    week.keep(when, {judged("some_channel", 1, "one"), judged("some_channel", 4, "four")});
  }
  week.keep(kMidweek, {judged("some_channel", 2, "two")});

  CHECK_FALSE(week.record(2, kTuesday).deleted_at);
  CHECK(week.record(2, kTuesday + 1h).deleted_at == kTuesday);
  CHECK_FALSE(week.record(2, kMidweek).deleted_at);
}

TEST_CASE("as of a moment a post is in the cluster of then", "[as of]") {
  const std::string told =
      "Индекс ускоряет чтение, потому что дерево низкое: до любой строки несколько страниц, и "
      "корень с первым уровнем почти всегда уже лежат в памяти.";
  Week week;
  week.keep(kMonday, {judged("some_channel", 7, told), judged("some_channel", 8, "😀")});
  week.keep(kTuesday, {judged("some_channel", 8, told)});
  week.keep(kMidweek, {judged("some_channel", 1, told)});
  week.keep(kLateInWeek, {judged("some_channel", 1, "one")});

  CHECK(week.record(8, kMonday).cluster == "some_channel/8");
  CHECK(week.record(8, kTuesday).cluster == "some_channel/7");
  CHECK(week.record(8, kMidweek).cluster == "some_channel/1");
  CHECK(week.record(7, kMidweek).cluster == "some_channel/1");
  CHECK(week.record(8, kLateInWeek).cluster == "some_channel/7");
}

TEST_CASE("clusters that are told anew are remembered as they were", "[as of]") {
  Week week;
  std::string told = "Что хранит индекс и почему чтение по нему быстрее полного перебора таблицы";
  week.keep(kTuesday, {judged("some_channel", 8, told), judged("some_channel", 9, told)});
  std::vector<store::Rejudged> verdicts(1, {.id = {channel("some_channel"), 9}, .revision = 1});
  verdicts.front().verdict.ruleset = "sha256:new";
  verdicts.front().verdict.removed = {
      {.span = {.begin = 0, .end = told.size()}, .kind = RemovedKind::signature}};
  must(week.store.keep_verdicts(verdicts, kMidweek));
  const auto before = week.lines(week.store);

  must(week.store.rebuild_clusters(kLateInWeek));

  CHECK(week.lines(week.store) != before);
  CHECK(week.lines(week.past(kMidweek)) == before);
}

TEST_CASE("thirty nights later each night's records are told as they were", "[as of]") {
  Week week;
  Random random(30);
  std::map<Instant, std::vector<std::string>> nights;
  for (int night = 1; night <= 30; ++night) {
    const Instant when = kMonday + night * 24h;
    std::vector<store::JudgedPost> posts;
    for (MessageId id = night; id < night + 12; ++id) {
      if (random.one_in(5)) continue;  // it was not on the page
      posts.push_back(judged("some_channel", id, "text " + std::to_string(random.below(4))));
      Post& post = posts.back().post;
      post.views = {.value = night * 10 + id, .text = "as shown"};
      post.edited = random.one_in(3);
      if (random.one_in(4)) post.reactions = {{.emoji = "🔥", .count = {.value = 1, .text = "1"}}};
      if (random.one_in(4)) post.poll = Poll{.question = "?", .type = std::to_string(night)};
      if (random.one_in(9)) post.published_at.reset();
      posts.back().content_sha256 = content_sha256(post);
    }
    week.keep(when, std::move(posts));
    if (random.one_in(4)) {
      week.reclassify(when, Outcome::review, "sha256:" + std::to_string(random.below(3)));
      must(week.store.rebuild_clusters(when));
    }
    nights[when] = week.lines(week.store);
  }

  for (const auto& [when, lines] : nights) {
    CAPTURE(format_instant(when));
    CHECK(week.lines(week.past(when)) == lines);
  }
}

TEST_CASE("as of a moment the time of publication is asked as it was", "[as of]") {
  Week week;
  store::JudgedPost later = judged("some_channel", 1, "one");
  later.post.published_at = *later.post.published_at + 240h;
  week.keep(kTuesday, {later});
  const RecordFilter late{.channels = {channel("some_channel")}, .since = later.post.published_at};

  CHECK(week.lines(week.past(kMonday), late).empty());
  CHECK(week.lines(week.past(kTuesday), late).size() == 1);
}

TEST_CASE("a channel whose posts came later was not known at the moment", "[as of]") {
  Week week;
  must(week.store.add_channel(channel("another_one"), kMonday));
  // An import's page is older than the moment at which it came.
  must(week.store.keep_page(page("another_one", {judged("another_one", 1, "uno")}, kMonday),
                            kMidweek));

  CHECK(must(week.past(kTuesday).channels_with_posts()) == std::vector{channel("some_channel")});
  CHECK(must(week.past(kMidweek).channels_with_posts()) == must(week.store.channels_with_posts()));
  CHECK(must(week.store.channels_with_posts()).size() == 2);
}

TEST_CASE("as of a moment the words of then are found, in either order", "[as of]") {
  Week week;
  week.keep(kTuesday, {judged("some_channel", 1, "eins")});

  for (const bool newest_first : {false, true}) {
    const auto found = [&](const std::string& words) {
      return week.lines(week.past(kMonday), {.words = words, .newest_first = newest_first}).size();
    };
    CHECK(found("ONE") == 1);
    CHECK(found("eins") == 0);
  }
}

TEST_CASE("a past that is pruned is still told from its limit on, and refused before", "[as of]") {
  Week week;
  std::map<Instant, std::vector<std::string>> days;
  for (const Instant when : {kTuesday, kMidweek, kLateInWeek}) {
    week.keep(when,
              {judged("some_channel", 1, "one, of " + format_instant(when)),
               judged("some_channel", 2, "two"),
               judged("some_channel", 3, when == kMidweek ? "two" : "three")});
    week.reclassify(when + 1h, Outcome::review, "sha256:new");
    week.reclassify(when + 2h, Outcome::clean, "sha256:abc");
    days[when + 2h] = week.lines(week.store);
  }
  const std::string path = week.folder.file("q.db");
  const auto prunable = must(store::count_past_before(path, kMidweek + 1h));
  REQUIRE(prunable > 0);

  SECTION("at once") { CHECK(must(store::prune_past(path, kMidweek + 1h)) == prunable); }
  SECTION("in two goes, the first of which was ended early") {
    int pieces = 2;
    const auto first = must(store::prune_past(path, kMidweek + 1h, [&] { return --pieces >= 0; }));
    CHECK(first < prunable);
    CHECK(week.lines(week.past(kMidweek + 2h)) == days[kMidweek + 2h]);
    CHECK(must(store::count_past_before(path, kMidweek + 1h)) == prunable - first);

    CHECK(must(store::prune_past(path, kMidweek + 1h)) == prunable - first);
  }

  CHECK(must(store::prune_past(path, kMidweek + 1h)) == 0);
  CHECK(must(store::prune_past(path, kMonday)) == 0);
  for (const Instant when : {kMidweek, kLateInWeek}) {
    CHECK(week.lines(week.past(when + 2h)) == days[when + 2h]);
  }
  CHECK(week.record(1, kMidweek + 1h).verdict.ruleset == "sha256:new");
  const Error error = error_of(PastRecords::open(week.store, kMidweek));
  CHECK(error.code == Errc::usage);
  CHECK(error.message.find("before 2026-07-22T03:00:00Z was pruned") != std::string::npos);
}
