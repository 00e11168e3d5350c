#include <nlohmann/json.hpp>

#include "program.h"
#include "sample_pack.h"
#include "store/sqlite.h"
#include "store/store.h"
#include "support/catch.h"
#include "support/samples.h"

using namespace qanat;
using test::Answer;
using test::kPackHead;
using test::Program;
using test::word_rule;

namespace {

/// A store with three posts, judged by nobody's rules, and a configuration with the packs `old`.
void fill(Program& program) {
  REQUIRE(program.run({"init", "--config", program.path("qanat.toml")}).code == 0);
  program.write("old/pack.toml", kPackHead);
  program.write("old/rules.toml", word_rule("offer.old", "слон", 6000));
  program.write("new/pack.toml", kPackHead);
  program.write("new/rules.toml", word_rule("offer.new", "курс", 6000));
  auto store = store::Store::open(program.path("qanat.db"), store::Access::read_write);
  REQUIRE(store);
  const ChannelName channel = ChannelName::parse("some_channel").value();
  const Instant now = parse_instant("2026-07-25T00:00:00Z").value();
  REQUIRE(store->add_channel(channel, now));
  store::PageCommit page{.channel = channel,
                         .provenance = {.snapshot = "sha256:1",
                                        .fetched_at = now,
                                        .host = "t.me",
                                        .parser = "1",
                                        .ruleset = "sha256:0"}};
  for (const auto& [id, text] :
       {std::pair{1, "Купи слон"}, std::pair{2, "Новый курс"}, std::pair{3, "Просто текст"}}) {
    store::JudgedPost judged{.post = test::text_post(id, text)};
    judged.content_sha256 = content_sha256(judged.post);
    judged.verdict.ruleset = "sha256:0";
    page.posts.push_back(std::move(judged));
  }
  REQUIRE(store->keep_page(page, now));
}

/// The fingerprint of a folder's packs.
std::string ruleset_of(Program& program, const std::string& folder) {
  const Answer answer = program.configured({"reclassify", "--json", "--rules", folder});
  REQUIRE(answer.code == 0);
  return nlohmann::json::parse(answer.out).at("ruleset");
}

/// Six more posts that end alike, judged by the packs `old` one by one: as on a first visit.
void add_posts_with_footer(Program& program) {
  const ChannelName channel = ChannelName::parse("some_channel").value();
  const Instant now = parse_instant("2026-07-25T00:00:00Z").value();
  auto store = store::Store::open(program.path("qanat.db"), store::Access::read_write);
  REQUIRE(store);
  const std::string ruleset = ruleset_of(program, program.path("old"));
  store::PageCommit page{.channel = channel,
                         .provenance = {.snapshot = "sha256:2",
                                        .fetched_at = now,
                                        .host = "t.me",
                                        .parser = "1",
                                        .ruleset = ruleset}};
  for (int id = 11; id <= 16; ++id) {
    store::JudgedPost judged{
        .post = test::text_post(
            id,
            "Заметка " + std::string(static_cast<std::size_t>(id), 'o') + ".\n\nКухня, варим код")};
    judged.content_sha256 = content_sha256(judged.post);
    judged.verdict.ruleset = ruleset;
    page.posts.push_back(std::move(judged));
  }
  REQUIRE(store->keep_page(page, now));
}

/// Sixty more posts, of another channel: its oldest are none of those that its footers are told by.
void add_long_channel(Program& program) {
  const ChannelName channel = ChannelName::parse("long_channel").value();
  const Instant now = parse_instant("2026-07-25T00:00:00Z").value();
  auto store = store::Store::open(program.path("qanat.db"), store::Access::read_write);
  REQUIRE(store);
  REQUIRE(store->add_channel(channel, now));
  store::PageCommit page{.channel = channel,
                         .provenance = {.snapshot = "sha256:3",
                                        .fetched_at = now,
                                        .host = "t.me",
                                        .parser = "1",
                                        .ruleset = "sha256:0"}};
  for (int id = 1; id <= 60; ++id) {
    store::JudgedPost judged{
        .post = test::text_post(id, "Заметка " + std::string(static_cast<std::size_t>(id), 'o'))};
    judged.post.id.channel = channel;
    judged.content_sha256 = content_sha256(judged.post);
    judged.verdict.ruleset = "sha256:0";
    page.posts.push_back(std::move(judged));
  }
  REQUIRE(store->keep_page(page, now));
}

/// Who reads the oldest post of it from now on, fails.
void damage_long_channel(Program& program) {
  auto database = store::Database::open(
      program.path("qanat.db"), store::Database::Mode::read_write, store::kPatience);
  REQUIRE(database);
  REQUIRE(
      database->run("UPDATE verdict SET verdict = 'damaged' WHERE post_id ="
                    " (SELECT id FROM post WHERE text = 'Заметка o')"));
}

std::string outcome_of(Program& program, const std::string& id) {
  return nlohmann::json::parse(program.configured({"show", id, "--json"}).out).at("outcome");
}

nlohmann::json reclassified(Program& program, std::vector<std::string> more) {
  std::vector<std::string> arguments = {"reclassify", "--json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Answer answer = program.configured(arguments);
  INFO(answer.err);
  REQUIRE(answer.code == 0);
  return nlohmann::json::parse(answer.out);
}

}  // namespace

TEST_CASE("reclassify shows what other rules would change, and changes nothing") {
  Program program;
  fill(program);

  const auto report = reclassified(program, {"--rules", program.path("old")});
  const Answer text = program.configured({"reclassify", "--rules", program.path("old")});

  CHECK(report.at("applied") == false);
  CHECK(report.at("kept") == 0);
  const auto& diff = report.at("diff");
  CHECK(diff.at("posts") == 3);
  CHECK(diff.at("changed") == 1);
  CHECK(diff.at("outcomes").at("clean").at("ad_only") == 1);
  CHECK(diff.at("flips").at(0).at("id") == "some_channel/1");
  CHECK(diff.at("flips").at(0).at("appears") == nlohmann::json::array({"offer.old"}));
  CHECK(diff.at("flips").at(0).at("excerpt") == "Купи слон");
  CHECK(text.out.find("other → ad") != std::string::npos);
  CHECK(text.err == "nothing was changed; --apply puts these verdicts in force\n");
  CHECK(outcome_of(program, "some_channel/1") == "clean");
}

TEST_CASE("reclassify --apply puts the verdicts in force; the second time nothing is left to do") {
  Program program;
  fill(program);

  const auto first = reclassified(program, {"--rules", program.path("old"), "--apply"});
  const auto second = reclassified(program, {"--rules", program.path("old"), "--apply"});

  CHECK(first.at("kept") == 3);
  CHECK(second.at("kept") == 0);
  CHECK(second.at("judged_before") == 3);
  CHECK(second.at("diff").at("posts") == 0);
  CHECK(outcome_of(program, "some_channel/1") == "ad_only");
  CHECK(program.configured({"reclassify", "--rules", program.path("old")}).err ==
        "3 posts already judged by these rules, left out\nnothing to do\n");
}

TEST_CASE("reclassify strips a footer that the channel's posts have shown since") {
  Program program;
  fill(program);
  add_posts_with_footer(program);
  const std::vector<std::string> apply{"--rules", program.path("old"), "--apply"};
  CHECK(reclassified(program, apply).at("kept") == 9);
  CHECK(outcome_of(program, "some_channel/14") == "stripped");

  CHECK(reclassified(program, apply).at("kept") == 0);
}

TEST_CASE("reclassify reads no post again that these rules and footers have judged") {
  Program program;
  fill(program);
  add_long_channel(program);
  const std::vector<std::string> rules{"--rules", program.path("old")};
  const std::vector<std::string> apply{"--rules", program.path("old"), "--apply"};
  REQUIRE(reclassified(program, apply).at("kept") == 63);
  damage_long_channel(program);

  CHECK(reclassified(program, apply).at("judged_before") == 63);
  CHECK(reclassified(program, rules).at("judged_before") == 63);
  CHECK(program.configured({"reclassify", "--rules", program.path("new")}).code != 0);
}

TEST_CASE("reclassify judges again when the channel's footers have changed, and once only") {
  Program program;
  fill(program);
  add_long_channel(program);
  const std::vector<std::string> apply{"--rules", program.path("old"), "--apply"};
  REQUIRE(reclassified(program, apply).at("kept") == 63);
  add_posts_with_footer(program);

  CHECK(reclassified(program, apply).at("judged_before") == 63);
  damage_long_channel(program);
  CHECK(reclassified(program, apply).at("judged_before") == 69);
}

TEST_CASE("reclassify goes from one set of rules to the next and back") {
  Program program;
  fill(program);

  reclassified(program, {"--rules", program.path("old"), "--apply"});
  const auto there = reclassified(program, {"--rules", program.path("new"), "--apply"});
  CHECK(there.at("diff").at("changed") == 2);
  CHECK(outcome_of(program, "some_channel/2") == "ad_only");

  reclassified(program, {"--rules", program.path("old"), "--apply"});
  CHECK(outcome_of(program, "some_channel/1") == "ad_only");
  CHECK(outcome_of(program, "some_channel/2") == "clean");
}

TEST_CASE("reclassify counts wins and losses against labels, and keeps to a channel") {
  Program program;
  fill(program);
  REQUIRE(program.configured({"channels", "add", "another_one"}).code == 0);
  const std::string labels = program.write("labels.jsonl",
                                           "{\"id\":\"some_channel/1\",\"label\":\"ad\"}\n"
                                           "{\"id\":\"some_channel/3\",\"label\":\"other\"}\n");

  const auto report = reclassified(program, {"--rules", program.path("old"), "--labels", labels});
  const auto elsewhere =
      reclassified(program, {"--rules", program.path("old"), "--channel", "another_one"});

  CHECK(report.at("diff").at("labelled").at("posts") == 2);
  CHECK(report.at("diff").at("labelled").at("wins") == 1);
  CHECK(report.at("diff").at("labelled").at("losses") == 0);
  CHECK(report.at("diff").at("labelled").at("mcnemar_p") == 1.0);
  CHECK(elsewhere.at("diff").at("posts") == 0);
}

TEST_CASE("labels of posts that are not stored are told, and count for nothing") {
  Program program;
  fill(program);
  const std::string labels = program.write("labels.jsonl",
                                           "{\"id\":\"some_channel/1\",\"label\":\"ad\"}\n"
                                           "{\"id\":\"some_channel/99\",\"label\":\"ad\"}\n"
                                           "{\"id\":\"some-channel-1\",\"label\":\"ad\"}\n");

  const Answer answer = program.configured(
      {"reclassify", "--rules", program.path("old"), "--labels", labels, "--json"});

  CHECK(answer.code == 0);
  CHECK(answer.err.starts_with(
      "2 labels of no stored post, such as \"some-channel-1\": ids are \"channel/number\"\n"));
  CHECK(nlohmann::json::parse(answer.out).at("diff").at("labelled").at("posts") == 1);
}

TEST_CASE("a record of ours is no label: its label is a verdict") {
  Program program;
  fill(program);
  const std::string exported = program.path("export.jsonl");
  REQUIRE(program.configured({"export", "jsonl", "-o", exported}).code == 0);

  const Answer answer = program.configured({"reclassify", "--labels", exported});

  CHECK(answer.code == 2);
  CHECK(answer.err.find(exported + ":1: write {\"id\"") != std::string::npos);
}

TEST_CASE("rules diff compares two packs over a corpus or over the store") {
  Program program;
  fill(program);
  const std::string corpus =
      program.write("corpus.jsonl",
                    "{\"id\":\"a\",\"text\":\"Купи слон\",\"label\":\"other\"}\n"
                    "{\"id\":\"b\",\"text\":\"Новый курс\",\"label\":\"ad\"}\n");
  const std::vector<std::string> sides = {
      "rules", "diff", program.path("old"), program.path("new"), "--json"};
  std::vector<std::string> over_corpus = sides;
  over_corpus.insert(over_corpus.end(), {"--corpus", corpus});

  const auto from_corpus = nlohmann::json::parse(program.configured(over_corpus).out).at("diff");
  const auto from_store = nlohmann::json::parse(program.configured(sides).out).at("diff");

  CHECK(from_corpus.at("posts") == 2);
  CHECK(from_corpus.at("labels").at("ad").at("other") == 1);
  CHECK(from_corpus.at("labels").at("other").at("ad") == 1);
  CHECK(from_corpus.at("labelled").at("wins") == 2);
  CHECK(from_store.at("posts") == 3);
  CHECK(from_store.at("changed") == 2);
  CHECK(from_store.at("labelled").is_null());
}
