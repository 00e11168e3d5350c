#include <algorithm>
#include <random>

#include "store/pages.h"
#include "store/sqlite.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;
using store::PageCounts;
using store::Store;

namespace {

void check_equal(const Record& got, const Record& expected) {
  CHECK(got.post == expected.post);
  CHECK(got.verdict == expected.verdict);
  CHECK(got.normalized == expected.normalized);
  CHECK(got.first_seen_at == expected.first_seen_at);
  CHECK(got.last_seen_at == expected.last_seen_at);
  CHECK(got.revision == expected.revision);
  CHECK(got.cluster == expected.cluster);
  CHECK(got.content_sha256 == expected.content_sha256);
  CHECK(got.provenance == expected.provenance);
  CHECK(got.latest == expected.latest);
}

store::JudgedPost full_judged() {
  const Record record = full_record();
  return {.post = record.post,
          .content_sha256 = record.content_sha256,
          .verdict = record.verdict,
          .normalized = record.normalized};
}

std::int64_t count(const std::string& path, std::string_view sql) {
  auto database = must(
      store::Database::open(path, store::Database::Mode::read_only, std::chrono::milliseconds(0)));
  return must(database.value<std::int64_t>(sql)).value_or(-1);
}

}  // namespace

TEST_CASE("a record comes back as it was kept, every field of it", "[keep]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  store::PageCommit commit = page("some_channel", {full_judged()});

  const PageCounts counts = must(store.keep_page(commit, kMonday));

  CHECK(counts == PageCounts{.fresh = 1});
  Record expected = full_record();
  expected.first_seen_at = expected.last_seen_at = kMonday;
  expected.revision = 1;
  expected.provenance = commit.provenance;
  expected.latest = {.snapshot = commit.provenance.snapshot,
                     .fetched_at = kMonday,
                     .host = commit.provenance.host,
                     .parser = commit.provenance.parser};
  const auto found = must(store.find(expected.post.id));
  REQUIRE(found);
  check_equal(*found, expected);
}

TEST_CASE("any text comes back byte for byte", "[keep]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  std::mt19937 random(20260720);  // NOLINT(cert-msc32-c,cert-msc51-cpp) the same texts each time
  std::uniform_int_distribution<std::size_t> pick(0, 9);
  const std::vector<std::string> parts = {"ё",
                                          "Ё\n",
                                          "'",
                                          "\"",
                                          "%_",
                                          "👩‍🔬",
                                          std::string(1, '\0'),
                                          "; DROP TABLE post",
                                          "\u200B",
                                          "a"};
  std::vector<store::JudgedPost> posts;
  for (MessageId id = 1; id <= 100; ++id) {
    std::string text;
    for (std::size_t left = pick(random) * 3; left > 0; --left) text += parts[pick(random)];
    posts.push_back(judged("some_channel", id, text));
  }

  must(store.keep_page(page("some_channel", posts), kMonday));

  for (const store::JudgedPost& kept : posts) {
    const auto found = must(store.find(kept.post.id));
    REQUIRE(found);
    CHECK(found->post == kept.post);
    CHECK(found->normalized.answer == kept.post.text);
  }
}

TEST_CASE("a post seen again keeps its text and verdict and follows the counters", "[keep]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  store::JudgedPost post = full_judged();
  must(store.keep_page(page("some_channel", {post}), kMonday));

  post.post.views = {.value = 20000, .text = "20K"};
  post.post.reactions[0].count = {.value = 9, .text = "9"};
  post.verdict.outcome = Outcome::ad_only;
  post.verdict.ruleset = "sha256:newer";
  const PageCounts counts = must(store.keep_page(page("some_channel", {post}, kTuesday), kTuesday));

  CHECK(counts == PageCounts{.unchanged = 1});
  const auto found = must(store.find(post.post.id));
  REQUIRE(found);
  CHECK(found->post == post.post);
  CHECK(found->verdict == full_verdict());
  CHECK(found->provenance.ruleset == full_verdict().ruleset);
  CHECK(found->first_seen_at == kMonday);
  CHECK(found->last_seen_at == kTuesday);
  CHECK(found->revision == 1);
  CHECK(found->provenance.fetched_at == kMonday);  // the bytes in which this text was first seen
}

TEST_CASE("a record names the page that told its text first, and the one that told all else",
          "[keep]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  store::PageCommit first = page("some_channel", {judged("some_channel", 7, "текст")});
  first.provenance.host = "file";
  first.provenance.parser = "telegram-desktop/1";
  must(store.keep_page(first, kMonday));
  store::PageCommit second = page("some_channel", {judged("some_channel", 7, "текст")}, kTuesday);
  second.posts[0].post.views = {.value = 100, .text = "100"};
  second.provenance.snapshot = "sha256:later";
  second.provenance.parser = "2";
  must(store.keep_page(second, kTuesday));

  const auto found = must(store.find({.channel = channel("some_channel"), .message = 7}));

  CHECK(found->post.views.value == 100);
  CHECK(found->provenance.snapshot == first.provenance.snapshot);
  CHECK(found->provenance.parser == "telegram-desktop/1");
  CHECK(found->latest ==
        LatestPage{
            .snapshot = "sha256:later", .fetched_at = kTuesday, .host = "t.me", .parser = "2"});
}

TEST_CASE("a record of a page that no run fetched is an imported one, whatever its host",
          "[keep]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  const auto keep = [&](MessageId id, std::int64_t run) {
    store::PageCommit commit = page("some_channel", {judged("some_channel", id, "текст")});
    commit.run = run;
    must(store.keep_page(commit, kMonday));
  };
  const auto is_imported = [&](MessageId id) {
    return must(store.find({.channel = channel("some_channel"), .message = id}))->imported;
  };
  const std::int64_t run = must(store.begin_run(kMonday));
  keep(1, run);
  keep(2, 0);

  CHECK_FALSE(is_imported(1));
  CHECK(is_imported(2));
  keep(1, 0);
  CHECK(is_imported(1));
}

TEST_CASE("an edited post gets a revision and a verdict; the earlier ones stay", "[keep]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  Store store = new_store(path);
  must(store.keep_page(page("some_channel", {judged("some_channel", 7, "Было")}), kMonday));

  const PageCounts counts = must(store.keep_page(
      page("some_channel", {judged("some_channel", 7, "Стало", Outcome::ad_only)}, kTuesday),
      kTuesday));

  CHECK(counts == PageCounts{.edited = 1});
  const auto found = must(store.find({.channel = channel("some_channel"), .message = 7}));
  REQUIRE(found);
  CHECK(found->post.text == "Стало");
  CHECK(found->verdict.outcome == Outcome::ad_only);
  CHECK(found->revision == 2);
  CHECK(found->first_seen_at == kMonday);
  CHECK(found->provenance.fetched_at == kTuesday);
  CHECK(count(path, "SELECT count(*) FROM post_revision WHERE revision = 1 AND text = 'Было'") ==
        1);
  CHECK(count(path, "SELECT count(*) FROM verdict WHERE revision = 1 AND outcome = 'clean'") == 1);
  CHECK(selected(store, {.words = "было"}).empty());
  CHECK(selected(store, {.words = "стало"}).size() == 1);
}

TEST_CASE("a page is kept whole or not at all", "[keep]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  Store store = new_store(path);
  store::PageCommit commit = page(
      "some_channel", {judged("some_channel", 1, "один"), judged("other_channel", 2, "чужой")});
  commit.settled = 2;

  const Error error = error_of(store.keep_page(commit, kMonday));

  CHECK(error.code == Errc::usage);
  CHECK(error.message == "post other_channel/2 is not of channel some_channel");
  CHECK(count(path, "SELECT (SELECT count(*) FROM post) + (SELECT count(*) FROM fetch)") == 0);
  CHECK_FALSE(must(store.channel(channel("some_channel")))->settled);
}

TEST_CASE("a page of a channel that nobody added is refused with the remedy", "[keep]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));

  const Error error = error_of(store.keep_page(page("stranger", {}), kMonday));

  CHECK(error.code == Errc::usage);
  CHECK(error.message.ends_with("qanat channels add stranger"));
}

TEST_CASE("a page without its header leaves what is known of the channel", "[keep]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  store::PageCommit commit = page("some_channel", {judged("some_channel", 40, "текст")});
  commit.facts = ChannelFacts{
      .title = "Канал",
      .counters = {{.type = "subscribers", .count = {.value = 4310, .text = "4.31K"}}}};
  must(store.keep_page(commit, kMonday));
  commit.facts = ChannelFacts{};

  must(store.keep_page(commit, kTuesday));

  const auto row = must(store.channel(channel("some_channel")));
  REQUIRE(row);
  CHECK(row->title == "Канал");
  CHECK(row->subscribers == "4.31K");
}

TEST_CASE("the page that ends a visit moves cursor, facts, gap and next due time", "[keep]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  const std::int64_t run = must(store.begin_run(kMonday));
  store::PageCommit commit = page("some_channel", {judged("some_channel", 40, "текст")});
  commit.run = run;
  commit.facts =
      ChannelFacts{.title = "Канал",
                   .username = "Some_Channel",
                   .counters = {{.type = "subscribers", .count = {.value = 4310, .text = "4.31K"}},
                                {.type = "photos", .count = {.value = 5, .text = "5"}}}};
  commit.settled = 40;
  commit.gap = store::Gap{.low = 10, .high = 39, .cause = "page budget"};
  commit.next_due_at = kTuesday;

  must(store.keep_page(commit, kMonday));
  must(store.keep_page(commit, kMonday));  // a gap that is found again is one gap

  const auto row = must(store.channel(channel("some_channel")));
  REQUIRE(row);
  CHECK(row->state == store::ChannelState::live);
  CHECK(row->title == "Канал");
  CHECK(row->subscribers == "4.31K");
  CHECK(row->settled == 40);
  CHECK(row->next_due_at == kTuesday);
  CHECK(row->last_visit_at == kMonday);
  CHECK(row->last_success_at == kMonday);
  CHECK(row->posts == 1);
  const auto gaps = must(store.gaps(channel("some_channel")));
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].low == 10);
  CHECK(gaps[0].high == 39);
  CHECK(gaps[0].cause == "page budget");
}

TEST_CASE("a page in the middle of a walk leaves the cursor and the due time alone", "[keep]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  store::PageCommit last = page("some_channel", {});
  last.settled = 40;
  last.next_due_at = kTuesday;
  must(store.keep_page(last, kMonday));

  must(store.keep_page(page("some_channel", {judged("some_channel", 41, "текст")}), kTuesday));

  const auto row = must(store.channel(channel("some_channel")));
  REQUIRE(row);
  CHECK(row->settled == 40);
  CHECK(row->next_due_at == kTuesday);
}

TEST_CASE("which posts a rule hit is a question for SQL", "[keep]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  Store store = new_store(path);
  must(store.keep_page(page("some_channel", {full_judged()}), kMonday));

  CHECK(count(path,
              "SELECT count(*) FROM hit WHERE rule = 'sig.subscribe' AND role = 'because'"
              " AND id = 'some_channel/1020' AND weight = 3100 AND block = 1") == 1);
  CHECK(count(path, "SELECT count(*) FROM hit") == 5);
  CHECK(count(path, "SELECT count(*) FROM record WHERE label = 'qa' AND lang = 'ru'") == 1);
}

TEST_CASE("a page that reads into a gap leaves what is left of it, and nothing when all is read",
          "[keep]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  auto commit = page("some_channel", {});
  const store::Gap whole{.low = 1, .high = 40, .cause = "page budget"};
  commit.gap = whole;
  must(store.keep_page(commit, kMonday));

  const store::Gap rest{.low = 1, .high = 20, .cause = "page budget"};
  commit.filled = whole;
  commit.gap = rest;
  must(store.keep_page(commit, kMonday));

  const auto left = must(store.gaps(channel("some_channel")));
  REQUIRE(left.size() == 1);
  CHECK(left.front().high == 20);

  commit.filled = rest;
  commit.gap.reset();
  must(store.keep_page(commit, kTuesday));
  CHECK(must(store.gaps(channel("some_channel"))).empty());
}

TEST_CASE("a page of another channel under the same name changes nothing", "[store]") {
  const TemporaryFolder folder;
  store::Store store = new_store(folder.file("q.db"));
  store::PageCommit first = page("some_channel", {judged("some_channel", 1, "текст")});
  first.shown.numeric_id = 77;
  must(store.keep_page(first, kMonday));
  store::PageCommit other = page("some_channel", {judged("some_channel", 1, "другой")}, kTuesday);
  other.shown.numeric_id = 78;
  other.facts = ChannelFacts{.title = "Другой"};

  CHECK(error_of(store.keep_page(other, kTuesday)).code == Errc::other_channel);

  const auto row = must(store.channel(channel("some_channel"))).value();
  CHECK(row.numeric_id == 77);
  CHECK(row.title.empty());
  CHECK(row.last_visit_at == kMonday);
  CHECK(must(store.find({.channel = channel("some_channel"), .message = 1}))->post.text == "текст");
  other.shown = {};
  must(store.keep_page(other, kTuesday));
  CHECK(must(store.channel(channel("some_channel")))->numeric_id == 77);
}

TEST_CASE("a channel has as many names as it was followed by, removed ones too", "[store]") {
  const TemporaryFolder folder;
  store::Store store = new_store(folder.file("q.db"));
  for (const char* name : {"some_channel", "an_alias"}) {
    must(store.add_channel(channel(name), kMonday));
    must(store.keep_page(page(name, {judged(name, 1, "текст")}), kMonday));
    store::PageCommit commit = page(name, {});
    commit.shown.numeric_id = 77;
    must(store.keep_page(commit, kMonday));
  }
  must(store.remove_channel(channel("an_alias")));

  CHECK(must(store.names_of_channel(77)) ==
        std::vector<ChannelName>{channel("some_channel"), channel("an_alias")});
  CHECK(must(store.numeric_id(channel("an_alias"))) == 77);
  CHECK_FALSE(must(store.numeric_id(channel("stranger"))));
}
