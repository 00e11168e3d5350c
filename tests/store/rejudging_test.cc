#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>

#include <sys/wait.h>
#include <unistd.h>

#include "store/pages.h"
#include "store/sqlite.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;
using store::Access;
using store::Database;
using store::Rejudged;
using store::Store;

namespace {

PostId post_id(MessageId message) {
  return {.channel = channel("some_channel"), .message = message};
}

/// A verdict by other rules than judged() has.
Rejudged rejudged(MessageId message, Outcome outcome, std::string ruleset = "sha256:new") {
  Rejudged made{.id = post_id(message), .revision = 1};
  made.verdict.label = outcome == Outcome::ad_only ? Label::ad : Label::qa;
  made.verdict.outcome = outcome;
  made.verdict.ruleset = std::move(ruleset);
  made.verdict.blocks = {{.because = {{.rule = "offer.price", .weight = 900}}}};
  made.normalized.lang = "ru";
  return made;
}

/// some_channel/1 and /2, clean by "sha256:abc".
Store two_posts(const std::string& path) {
  Store store = new_store(path);
  must(store.keep_page(
      page("some_channel", {judged("some_channel", 1, "раз"), judged("some_channel", 2, "два")}),
      kMonday));
  return store;
}

/// some_channel/1 and /2, and what they were judged under.
const store::JudgedUnder kUnder{.ruleset = "sha256:abc", .profile = "0123456789ab"};

Store two_posts_judged_under(const std::string& path) {
  Store store = new_store(path);
  store::PageCommit commit =
      page("some_channel", {judged("some_channel", 1, "раз"), judged("some_channel", 2, "два")});
  for (store::JudgedPost& post : commit.posts) post.profile = kUnder.profile;
  must(store.keep_page(commit, kMonday));
  return store;
}

/// The posts that are still to be judged under these.
std::vector<std::string> left_by(Store& store, const store::JudgedUnder& under) {
  return selected(store, {.not_judged_under = under});
}

/// The next page shows some_channel/1 so.
void see_again(Store& store, const Post& post) {
  must(store.keep_page(page("some_channel", {judged(post)}, kTuesday), kTuesday));
}

std::int64_t count(const std::string& path, const char* sql) {
  auto database =
      must(Database::open(path, Database::Mode::read_write, std::chrono::milliseconds(0)));
  return must(database.value<std::int64_t>(sql)).value();
}

constexpr MessageId kPosts = 60;
constexpr MessageId kBatch = 5;

/// Judges all posts anew, a batch a transaction, and tells `pipe` of each; gives how many verdicts
/// came into force.
std::size_t rejudge_all(Store& store, const std::string& ruleset, int pipe) {
  std::size_t kept = 0;
  for (MessageId first = 1; first <= kPosts; first += kBatch) {
    std::vector<Rejudged> batch;
    for (MessageId id = first; id < first + kBatch; ++id) {
      batch.push_back(rejudged(id, Outcome::ad_only, ruleset));
    }
    const auto now_kept = store.keep_verdicts(batch, kTuesday);
    if (!now_kept || ::write(pipe, "k", 1) != 1) std::_Exit(1);
    kept += *now_kept;
  }
  return kept;
}

/// A process that judges anew, killed some microseconds after its first batch.
void rejudge_and_die(const std::string& path,
                     const std::string& ruleset,
                     std::chrono::microseconds moment) {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    auto store = Store::open(path, Access::read_write);
    if (store) rejudge_all(*store, ruleset, ends[1]);
    std::_Exit(0);
  }
  ::close(ends[1]);
  char told = 0;
  REQUIRE(::read(ends[0], &told, 1) == 1);
  const auto until = std::chrono::steady_clock::now() + moment;
  while (std::chrono::steady_clock::now() < until) {
  }
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::close(ends[0]);
}

constexpr const char* kVerdicts = "SELECT count(*) FROM verdict";
constexpr const char* kInForce = "SELECT count(*) FROM verdict WHERE current = 1";
constexpr const char* kHits = "SELECT count(*) FROM verdict_hit";

}  // namespace

TEST_CASE("a new verdict comes into force, and the one before stays", "[rejudging]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  Store store = two_posts(path);

  const auto kept = must(store.keep_verdicts(std::vector{rejudged(1, Outcome::ad_only)}, kTuesday));

  CHECK(kept == 1);
  CHECK(must(store.find(post_id(1)))->verdict.outcome == Outcome::ad_only);
  CHECK(must(store.find(post_id(1)))->provenance.ruleset == "sha256:new");
  CHECK(must(store.find(post_id(2)))->verdict.outcome == Outcome::clean);
  CHECK(count(path, kVerdicts) == 3);
  CHECK(count(path, kInForce) == 2);
}

TEST_CASE("a hit of the whole post stands in the role of its effect", "[rejudging]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  Store store = two_posts(path);
  auto post = rejudged(1, Outcome::clean);
  post.verdict.post_hits = {{.rule = "p.counts"},
                            {.rule = "p.watches", .effect = HitEffect::watches},
                            {.rule = "p.off", .effect = HitEffect::held_back},
                            {.rule = "p.unmet", .effect = HitEffect::unmet}};

  REQUIRE(must(store.keep_verdicts(std::vector{post}, kTuesday)) == 1);

  const auto roles = [&](const std::string& role) {
    return count(
        path,
        (std::string(kHits) + " WHERE rule LIKE 'p.%' AND block IS NULL AND role = '" + role + "'")
            .c_str());
  };
  CHECK(roles("post") == 1);
  CHECK(roles("shadow") == 1);
  CHECK(roles("vetoed") == 2);
}

TEST_CASE("the same verdicts twice change nothing", "[rejudging]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  Store store = two_posts(path);
  const std::vector both{rejudged(1, Outcome::ad_only), rejudged(2, Outcome::clean)};
  REQUIRE(must(store.keep_verdicts(both, kTuesday)) == 2);

  CHECK(must(store.keep_verdicts(both, kTuesday)) == 0);

  CHECK(count(path, kVerdicts) == 4);
  CHECK(count(path, kHits) == 2);
}

TEST_CASE("the same rules may reach another verdict, as a channel becomes known", "[rejudging]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  Store store = two_posts(path);
  must(store.keep_verdicts(std::vector{rejudged(1, Outcome::clean)}, kTuesday));

  const auto kept =
      must(store.keep_verdicts(std::vector{rejudged(1, Outcome::stripped)}, kTuesday));

  CHECK(kept == 1);
  CHECK(must(store.find(post_id(1)))->verdict.outcome == Outcome::stripped);
  CHECK(count(path, kVerdicts) == 4);
  CHECK(count(path, kInForce) == 2);
}

TEST_CASE("going back to earlier rules brings their verdicts back", "[rejudging]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  Store store = two_posts(path);
  Rejudged earlier{.id = post_id(1), .revision = 1};
  earlier.verdict = must(store.find(post_id(1)))->verdict;
  must(store.keep_verdicts(std::vector{rejudged(1, Outcome::ad_only)}, kTuesday));

  const auto kept = must(store.keep_verdicts(std::vector{earlier}, kTuesday));

  CHECK(kept == 1);
  CHECK(must(store.find(post_id(1)))->verdict.outcome == Outcome::clean);
  CHECK(count(path, kVerdicts) == 3);
  CHECK(count(path, kInForce) == 2);
}

TEST_CASE("hits are those of the verdict in force: they go with it, and come back with it",
          "[rejudging]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  Store store = two_posts(path);
  const std::vector first{rejudged(1, Outcome::ad_only)};
  Rejudged other = rejudged(1, Outcome::clean);
  other.verdict.ruleset = "sha256:newer";
  other.verdict.blocks.clear();
  other.verdict.post_hits.clear();
  must(store.keep_verdicts(first, kTuesday));
  REQUIRE(count(path, kHits) == 1);

  must(store.keep_verdicts(std::vector{other}, kTuesday));
  CHECK(count(path, kHits) == 0);
  must(store.keep_verdicts(first, kTuesday));
  CHECK(count(path, kHits) == 1);
  CHECK(count(path, "SELECT count(*) FROM hit WHERE outcome = 'ad_only'") == 1);
}

TEST_CASE("a post that was edited since it was judged keeps its own verdict", "[rejudging]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  Store store = two_posts(path);
  must(store.keep_page(page("some_channel", {judged("some_channel", 1, "раз и ещё раз")}),
                       kTuesday));

  CHECK(must(store.keep_verdicts(std::vector{rejudged(1, Outcome::ad_only)}, kTuesday)) == 0);
  CHECK(must(store.keep_verdicts(std::vector{rejudged(77, Outcome::ad_only)}, kTuesday)) == 0);

  CHECK(must(store.find(post_id(1)))->verdict.outcome == Outcome::clean);
}

TEST_CASE("SIGKILL in the middle leaves one verdict in force a post, and the next run goes on",
          "[rejudging][kill]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  std::vector<store::JudgedPost> posts;
  for (MessageId id = 1; id <= kPosts; ++id) posts.push_back(judged("some_channel", id, "текст"));
  {
    Store store = new_store(path);
    must(store.keep_page(page("some_channel", posts), kMonday));
  }
  std::array<int, 2> unread{};
  REQUIRE(::pipe(unread.data()) == 0);

  for (int kill = 0; kill < 8; ++kill) {
    const std::string ruleset = "sha256:" + std::to_string(kill);
    rejudge_and_die(path, ruleset, std::chrono::microseconds(kill * 700));

    INFO("kill " << kill);
    CHECK(count(path, kInForce) == kPosts);
    Store store = must(Store::open(path, Access::read_write));
    const std::int64_t before = count(path, kVerdicts);
    const std::size_t left = rejudge_all(store, ruleset, unread[1]);
    CHECK(left <= static_cast<std::size_t>(kPosts - kBatch));
    CHECK(count(path, kVerdicts) == before + static_cast<std::int64_t>(left));
    CHECK(count(path, kVerdicts) == kPosts * (kill + 2));
    CHECK(count(path, kInForce) == kPosts);
  }
  ::close(unread[0]);
  ::close(unread[1]);
}

TEST_CASE("what was judged under the same rules and footers need not be read again",
          "[rejudging]") {
  const TemporaryFolder folder;
  Store store = two_posts_judged_under(folder.file("q.db"));
  const std::vector<std::string> both = {"some_channel/1", "some_channel/2"};

  CHECK(left_by(store, kUnder).empty());
  CHECK(must(store.count_judged_under(channel("some_channel"), kUnder)) == 2);
  CHECK(left_by(store, {.ruleset = kUnder.ruleset, .profile = "another"}) == both);
  CHECK(left_by(store, {.ruleset = "sha256:new", .profile = kUnder.profile}) == both);
  CHECK(must(store.count_judged_under(channel("some_channel"),
                                      {.ruleset = "sha256:new", .profile = kUnder.profile})) == 0);
}

TEST_CASE("a post whose profile nobody told is judged again", "[rejudging]") {
  const TemporaryFolder folder;
  Store store = two_posts(folder.file("q.db"));

  CHECK(left_by(store, {.ruleset = "sha256:abc", .profile = ""}).size() == 2);
}

TEST_CASE("a verdict that other footers confirm stays, and is not asked for again", "[rejudging]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  Store store = two_posts_judged_under(path);
  const store::JudgedUnder now{.ruleset = kUnder.ruleset, .profile = "another"};
  const std::vector<Store::Confirmed> posts = {{.id = post_id(1), .revision = 1},
                                               {.id = post_id(2), .revision = 7}};

  must(store.confirm_verdicts(posts, now));
  must(store.confirm_verdicts(posts, {.ruleset = "sha256:new", .profile = "another"}));

  CHECK(left_by(store, now) == std::vector<std::string>{"some_channel/2"});
  CHECK(count(path, "SELECT count(*) FROM verdict") == 2);
}

TEST_CASE("a verdict that comes into force tells what it was judged under", "[rejudging]") {
  const TemporaryFolder folder;
  Store store = two_posts_judged_under(folder.file("q.db"));
  Rejudged one = rejudged(1, Outcome::ad_only);
  one.profile = "another";

  must(store.keep_verdicts(std::vector{one, rejudged(2, Outcome::ad_only)}, kTuesday));

  CHECK(left_by(store, {.ruleset = "sha256:new", .profile = "another"}) ==
        std::vector<std::string>{"some_channel/2"});
  CHECK(left_by(store, kUnder).size() == 2);
}

TEST_CASE("a post is judged again when what rules read of it has changed, not its counters",
          "[rejudging]") {
  const TemporaryFolder folder;
  Store store = two_posts_judged_under(folder.file("q.db"));
  Post post = text_post(1, "раз");
  post.views = {.value = 1000, .text = "1K"};
  see_again(store, post);
  CHECK(left_by(store, kUnder).empty());

  SECTION("its link preview came later") {
    post.link_preview = LinkPreview{.url = "https://shop.example/", .title = "Скидки"};
  }
  SECTION("it was edited") { post.text = "раз, два"; }
  see_again(store, post);

  CHECK(left_by(store, kUnder) == std::vector<std::string>{"some_channel/1"});
}

TEST_CASE("posts are compared anew only after verdicts came into force", "[rejudging]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  Store store = two_posts(path);
  constexpr const char* kForget = "DELETE FROM near_duplicate WHERE post_id = 1 RETURNING 1";
  constexpr const char* kCompared = "SELECT count(*) FROM near_duplicate";

  count(path, kForget);
  must(store.update_clusters(kTuesday));
  CHECK(count(path, kCompared) == 1);

  must(store.keep_verdicts(std::vector{rejudged(1, Outcome::stripped)}, kTuesday));
  must(store.update_clusters(kTuesday));
  CHECK(count(path, kCompared) == 2);

  count(path, kForget);
  must(store.update_clusters(kTuesday));
  CHECK(count(path, kCompared) == 1);
}
