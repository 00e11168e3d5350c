#include <sstream>

#include <nlohmann/json.hpp>

#include "program.h"
#include "store/store.h"
#include "support/catch.h"
#include "support/files.h"
#include "support/samples.h"

using namespace qanat;
using test::Answer;
using test::Program;

namespace {

store::JudgedPost judged(Post post, Label label, Outcome outcome) {
  store::JudgedPost out{.post = std::move(post)};
  out.content_sha256 = content_sha256(out.post);
  out.verdict.label = label;
  out.verdict.outcome = outcome;
  out.verdict.ruleset = "sha256:" + std::string(64, '0');
  out.normalized.lang = "ru";
  return out;
}

/// Posts of some_channel, fetched by night.
void keep(Program& program, std::vector<store::JudgedPost> posts) {
  auto store = store::Store::open(program.path("qanat.db"), store::Access::read_write);
  REQUIRE(store);
  const ChannelName channel = ChannelName::parse("some_channel").value();
  const Instant now = parse_instant("2026-07-25T00:00:00Z").value();
  REQUIRE(store->add_channel(channel, now));
  store::PageCommit page{.channel = channel,
                         .run = 0,
                         .provenance = {.snapshot = "sha256:" + std::string(64, '1'),
                                        .fetched_at = now,
                                        .host = "t.me",
                                        .parser = "1",
                                        .ruleset = "sha256:" + std::string(64, '0')}};
  page.posts = std::move(posts);
  REQUIRE(store->keep_page(page, now));
}

/// Three posts: a clean one, an ad, and one with a part removed.
void fill_posts(Program& program) {
  REQUIRE(program.run({"init", "--config", program.path("qanat.toml")}).code == 0);
  std::vector<store::JudgedPost> posts = {
      judged(test::text_post(1, "Почему небо голубое?"), Label::qa, Outcome::clean),
      judged(test::text_post(2, "Купи слона\x1b[2J"), Label::ad, Outcome::ad_only),
      judged(test::text_post(3, "Ответ.\nНаш канал @x"), Label::mixed, Outcome::stripped)};
  posts.back().verdict.removed = {
      {.span = {12, 29}, .kind = RemovedKind::signature, .rules = {"sig.x"}, .probability = 0.9}};
  keep(program, std::move(posts));
}

std::vector<std::string> ids(const std::string& out) {
  std::vector<std::string> found;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    found.push_back(nlohmann::json::parse(line).at("id"));
  }
  return found;
}

}  // namespace

TEST_CASE("posts lists the store, the newest first, and filters") {
  Program program;
  fill_posts(program);

  CHECK(ids(program.configured({"posts", "--json"}).out) ==
        std::vector<std::string>{"some_channel/3", "some_channel/2", "some_channel/1"});
  CHECK(ids(program.configured({"posts", "--json", "--label", "qa,mixed"}).out).size() == 2);
  CHECK(ids(program.configured({"posts", "--json", "--outcome", "ad_only"}).out) ==
        std::vector<std::string>{"some_channel/2"});
  CHECK(ids(program.configured({"posts", "--json", "--limit", "1"}).out).size() == 1);
  CHECK(ids(program.configured({"posts", "--json", "--until", "2026-07-01"}).out).empty());
  CHECK(ids(program.configured({"posts", "--json", "--channel", "@Some_Channel,some_channel"}).out)
            .size() == 3);
}

TEST_CASE("posts as a table says when there are more, and prints no control characters") {
  Program program;
  fill_posts(program);

  const Answer two = program.configured({"posts", "--limit", "2"});
  const Answer none = program.configured({"posts", "--since", "2030-01-01"});

  CHECK(two.code == 0);
  CHECK(two.out.find("some_channel/3") != std::string::npos);
  CHECK(two.out.find("some_channel/1 ") == std::string::npos);
  CHECK(two.out.find('\x1b') == std::string::npos);
  CHECK(two.err.find("there are more") != std::string::npos);
  CHECK(none.code == 0);
  CHECK(none.out.empty());
  CHECK(none.err == "no post matches\n");
}

TEST_CASE("search finds posts that hold all the words") {
  Program program;
  fill_posts(program);

  CHECK(ids(program.configured({"search", "--json", "НЕБО", "голуб"}).out) ==
        std::vector<std::string>{"some_channel/1"});
  CHECK(ids(program.configured({"search", "--json", "небо", "слона"}).out).empty());
}

TEST_CASE("search takes signs as they are, those of a query language too") {
  Program program;
  REQUIRE(program.run({"init", "--config", program.path("qanat.toml")}).code == 0);
  keep(program,
       {judged(test::text_post(1, "Что такое ++i в C++?"), Label::qa, Outcome::clean),
        judged(test::text_post(2, "\"NEAR\" (a OR b)* 100%"), Label::other, Outcome::clean)});

  const auto found = [&](const char* word) {
    const Answer answer = program.configured({"search", "--json", word});
    CHECK(answer.code == 0);
    return ids(answer.out);
  };
  CHECK(found("++") == std::vector<std::string>{"some_channel/1"});
  for (const char* sign : {"\"", "(a", "b)*", "%", "NEAR", "OR"}) {
    CAPTURE(sign);
    CHECK(found(sign) == std::vector<std::string>{"some_channel/2"});
  }
  CHECK(found("_").empty());
}

TEST_CASE("search wants a word") {
  Program program;
  fill_posts(program);

  for (const char* blank : {"", "  \t", "\u200b", "\u00a0"}) {
    const Answer answer = program.configured({"search", blank});
    CHECK(answer.code == 2);
    CHECK(answer.err.find("search: give at least one word") != std::string::npos);
  }
}

TEST_CASE("a channel that the store does not know is an error that names it, and what was meant") {
  Program program;
  fill_posts(program);
  const std::string problem = "the store has no channel some_chanel: see `qanat channels list`";

  for (const auto& arguments : {std::vector<std::string>{"posts"},
                                {"export", "jsonl"},
                                {"export", "feed"},
                                {"export", "warc", program.path("pages")},
                                {"reclassify"}}) {
    CAPTURE(arguments);
    std::vector<std::string> stranger = arguments;
    stranger.insert(stranger.end(), {"--channel", "some_channel", "--channel", "some_chanel"});
    const Answer answer = program.configured(stranger);
    CHECK(answer.code == 2);
    CHECK(answer.out.empty());
    CHECK(answer.err.find(problem + "; did you mean `some_channel`?") != std::string::npos);
  }
}

TEST_CASE("a channel that is followed no longer still has its posts to show") {
  Program program;
  fill_posts(program);
  REQUIRE(program.configured({"channels", "remove", "some_channel"}).code == 0);

  const Answer answer = program.configured({"posts", "--json", "--channel", "some_channel"});

  CHECK(answer.code == 0);
  CHECK(ids(answer.out).size() == 3);
}

TEST_CASE("explain names the post first, and leaves out what a rule's own condition held back") {
  Program program;
  fill_posts(program);
  auto store = store::Store::open(program.path("qanat.db"), store::Access::read_write);
  REQUIRE(store);
  const Instant now = parse_instant("2026-07-25T00:00:00Z").value();
  store::JudgedPost post = judged(test::text_post(4, "Вопрос?"), Label::qa, Outcome::clean);
  post.verdict.blocks = {{.span = {.begin = 0, .end = post.post.text.size()}}};
  post.verdict.blocks.front().vetoed = {
      {.rule = "rule.when", .effect = HitEffect::unmet},
      {.rule = "rule.none", .note = "vetoed by none[0]", .effect = HitEffect::held_back}};
  post.verdict.post_hits = {{.rule = "rule.whole", .effect = HitEffect::unmet}};
  store::PageCommit page{.channel = ChannelName::parse("some_channel").value(),
                         .provenance = {.snapshot = "sha256:" + std::string(64, '2'),
                                        .fetched_at = now,
                                        .host = "t.me",
                                        .parser = "1",
                                        .ruleset = "sha256:" + std::string(64, '0')}};
  page.posts = {post};
  REQUIRE(store->keep_page(page, now));

  const Answer text = program.configured({"explain", "some_channel/4"});
  const Answer json = program.configured({"explain", "some_channel/4", "--json"});

  REQUIRE(text.code == 0);
  CHECK(text.out.starts_with("some_channel/4  clean"));
  CHECK(text.out.find("rule.none") != std::string::npos);
  CHECK(text.out.find("rule.when") == std::string::npos);
  CHECK(text.out.find("rule.whole") == std::string::npos);
  CHECK(json.out.find("rule.when") != std::string::npos);
}

TEST_CASE("show prints a post by id or address, its removed parts marked") {
  Program program;
  fill_posts(program);

  const Answer text = program.configured({"show", "https://t.me/some_channel/3"});
  const Answer json = program.configured({"show", "some_channel/3", "--json"});
  const Answer missing = program.configured({"show", "some_channel/99"});

  CHECK(text.code == 0);
  CHECK(text.out.find("[-Наш канал") != std::string::npos);
  CHECK(text.out.find("sig.x") != std::string::npos);
  CHECK(nlohmann::json::parse(json.out).at("text") == "Ответ.\nНаш канал @x");
  CHECK(missing.code == 2);
  CHECK(missing.err.find("qanat posts --channel some_channel") != std::string::npos);
}

TEST_CASE("show counts one of a thing as one") {
  Program program;
  REQUIRE(program.run({"init", "--config", program.path("qanat.toml")}).code == 0);
  Post post = test::text_post(1, "one");
  post.links = {{.url = "https://example.org/", .text = "one", .masked = true, .span = {0, 3}}};
  post.reactions = {{.emoji = "👍", .count = {.value = 3, .text = "3"}}};
  auto stored = judged(post, Label::other, Outcome::stripped);
  stored.verdict.removed = {
      {.span = {0, 1}, .kind = RemovedKind::signature, .rules = {"sig.x"}, .probability = 0.9}};
  keep(program, {stored});

  const Answer answer = program.configured({"show", "some_channel/1"});

  CHECK(answer.out.find("1 link, 1 reaction\n") != std::string::npos);
  CHECK(answer.out.find("1 character, signature") != std::string::npos);
}

TEST_CASE("explain tells the stored verdict with the rules that reached it") {
  Program program;
  fill_posts(program);

  const Answer json = program.configured({"explain", "some_channel/3", "--json"});

  REQUIRE(json.code == 0);
  const auto explanation = nlohmann::json::parse(json.out);
  CHECK(explanation.at("outcome") == "stripped");
  CHECK(explanation.at("ruleset") == "sha256:" + std::string(64, '0'));
}

TEST_CASE("export writes the file whole and says what it wrote") {
  Program program;
  fill_posts(program);
  const std::string file = program.path("dataset.jsonl");

  const Answer answer =
      program.configured({"export", "jsonl", "-o", file, "--outcome", "clean,stripped"});

  REQUIRE(answer.code == 0);
  CHECK(answer.out.empty());
  CHECK(answer.err.find("2 posts, ") == 0);
  CHECK(ids(test::read_file(file)) == std::vector<std::string>{"some_channel/1", "some_channel/3"});
}

TEST_CASE("a feed's own address is http or https: readers follow it") {
  Program program;
  fill_posts(program);

  for (const char* wrong : {"javascript:alert(1)",
                            "ftp://example.org/a",
                            "//example.org/a",
                            "https://",
                            "https:///a",
                            "https://example.org/\"><script>",
                            "https://example.org/a b",
                            ""}) {
    CAPTURE(wrong);
    const Answer answer = program.configured({"export", "feed", "--url", wrong});
    CHECK(answer.code == 2);
    CHECK(answer.out.empty());
    CHECK(answer.err.find("--url") != std::string::npos);
    CHECK(answer.err.find("is no http or https address") != std::string::npos);
  }
  const std::string file = program.path("all.atom");
  const std::string address = "https://example.org:8443/all.atom?key=1";
  CHECK(program.configured({"export", "feed", "--url", address, "-o", file}).code == 0);
  CHECK(test::read_file(file).find("href=\"" + address + "\"") != std::string::npos);
}

TEST_CASE("an export is redacted, unless a reason is given") {
  Program program;
  REQUIRE(program.run({"init", "--config", program.path("qanat.toml")}).code == 0);
  keep(program, {judged(test::text_post(1, "Пишите @anna_hr"), Label::qa, Outcome::clean)});

  const Answer redacted = program.configured({"export", "jsonl", "-o", program.path("a.jsonl")});
  const Answer whole = program.configured(
      {"export", "jsonl", "-o", program.path("b.jsonl"), "--no-redact", "for our own eyes"});
  const Answer unexplained = program.configured({"export", "jsonl", "--no-redact", " "});

  CHECK(redacted.err.find("redacted: handle 1\n") != std::string::npos);
  CHECK(test::read_file(program.path("a.jsonl")).find("Пишите [HANDLE_1]") != std::string::npos);
  CHECK(whole.err.find("not redacted: for our own eyes\n") != std::string::npos);
  CHECK(test::read_file(program.path("b.jsonl")).find("Пишите @anna_hr") != std::string::npos);
  CHECK(unexplained.code == 2);
}

TEST_CASE("channels profile proposes a stored footer as rules, and says so when there is none") {
  Program program;
  REQUIRE(program.run({"init", "--config", program.path("qanat.toml")}).code == 0);
  const std::vector<std::string> profile{"channels", "profile", "some_channel"};
  CHECK(program.configured(profile).code == 2);  // never followed
  auto store = store::Store::open(program.path("qanat.db"), store::Access::read_write);
  REQUIRE(store);
  const ChannelName channel = ChannelName::parse("some_channel").value();
  const Instant now = parse_instant("2026-07-25T00:00:00Z").value();
  REQUIRE(store->add_channel(channel, now));
  const Answer nothing = program.configured(profile);
  CHECK(nothing.code == 0);
  CHECK(nothing.out.empty());
  CHECK(nothing.err.find("no line recurs") != std::string::npos);
  store::PageCommit page{.channel = channel,
                         .provenance = {.snapshot = "sha256:" + std::string(64, '1'),
                                        .fetched_at = now,
                                        .host = "t.me",
                                        .parser = "1",
                                        .ruleset = ""}};
  for (MessageId id = 1; id <= 4; ++id) {
    page.posts.push_back(judged(
        test::text_post(id,
                        "Заметка о котле, часть " + std::string(static_cast<std::size_t>(id), 'x') +
                            ".\n\nТёплый дом!"),
        Label::other,
        Outcome::clean));
  }
  REQUIRE(store->keep_page(page, now));

  const Answer rules = program.configured(profile);

  CHECK(rules.code == 0);
  CHECK(rules.out.find("only = [\"some_channel\"]") != std::string::npos);
  CHECK(rules.out.find("In 4 of 4 posts") != std::string::npos);
}
