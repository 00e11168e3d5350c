#include <map>
#include <sstream>
#include <string>

#include <nlohmann/json.hpp>

#include "sample_pack.h"
#include "support/catch.h"

using qanat::test::Answer;
using qanat::test::kPack;
using qanat::test::kPackHead;
using qanat::test::Program;
using qanat::test::write_pack;

TEST_CASE(
    "a footer that recurs in the input, or in a file beside it, is a signature when asked for") {
  Program program;
  write_pack(program);
  std::string posts;
  for (const char* word : {"котлах", "печах", "трубах", "насосах"}) {
    posts += std::string(R"({"id":")") + word + R"(","channel":"kotly","text":"Всё о )" + word +
             R"( и их уходе.\n\nТёплый дом: заметки истопника!"})" + "\n";
  }
  const std::string file = program.write("posts.jsonl", posts);
  const auto signatures = [&](const std::vector<std::string>& arguments, const std::string& input) {
    const Answer answer = program.configured(arguments, input);
    INFO(answer.err);
    CHECK(answer.code == 0);
    std::istringstream lines(answer.out);
    int count = 0;
    for (std::string line; std::getline(lines, line);) {
      const auto verdict = nlohmann::json::parse(line);
      for (const auto& part : verdict.at("removed"))
        count += part.at("kind") == "signature" ? 1 : 0;
    }
    return count;
  };

  CHECK(signatures({"classify", file}, "") == 0);
  CHECK(signatures({"classify", file, "--profile-from-input"}, "") == 4);
  CHECK(signatures({"classify", "-", "--profile", file}, posts) == 4);
  const Answer twice = program.configured({"classify", "-", "--profile-from-input"}, posts);
  CHECK(twice.code == 2);
  CHECK(twice.err.find("cannot be read twice") != std::string::npos);
}

TEST_CASE("classify prints a verdict a line, with the rules that fired") {
  Program program;
  write_pack(program);

  const Answer answer =
      program.configured({"classify", "-"},
                         "{\"id\":\"7\",\"text\":\"На правах рекламы. Курс за 100 рублей\"}\n"
                         "\n"
                         "{\"id\":\"8\",\"text\":\"Почему небо "
                         "голубое?\",\"channel\":\"some_channel\",\"links\":null}\n");

  INFO(answer.err);
  REQUIRE(answer.code == 0);
  std::istringstream lines(answer.out);
  std::string line;
  REQUIRE(std::getline(lines, line));
  const auto ad = nlohmann::json::parse(line);
  CHECK(ad.at("id") == "7");
  CHECK(ad.at("label") == "ad");
  CHECK(ad.at("outcome") == "ad_only");
  CHECK(ad.at("because").front().at("rule") == "disc.label");
  REQUIRE(std::getline(lines, line));
  CHECK(nlohmann::json::parse(line).at("removed").empty());
  CHECK_FALSE(std::getline(lines, line));
}

TEST_CASE("a bad line ends classify with 2 and its number; what came before stays") {
  Program program;
  write_pack(program);
  const std::string file =
      program.write("posts.jsonl", "{\"id\":\"1\",\"text\":\"x\"}\n{\"id\":\"2\"}\n");

  const Answer answer = program.configured({"classify", file});

  CHECK(answer.code == 2);
  CHECK(answer.out.find("\"id\":\"1\"") != std::string::npos);
  CHECK(answer.err == "qanat: " + file + ":2: `text` is missing\n");
}

TEST_CASE("explain shows blocks, evidence whose weights add up, and the score") {
  Program program;
  write_pack(program);

  const Answer text =
      program.configured({"explain", "--text", "Почему небо голубое?\n\nНа правах рекламы"});
  const Answer json = program.configured(
      {"explain", "--json", "--text", "Почему небо голубое?\n\nНа правах рекламы"});

  INFO(text.err);
  REQUIRE(text.code == 0);
  CHECK(text.out.find("disc.label") != std::string::npos);
  CHECK(text.out.find("+6.000") != std::string::npos);
  REQUIRE(json.code == 0);
  const auto explanation = nlohmann::json::parse(json.out);
  for (const auto& block : explanation.at("blocks")) {
    int sum = 0;
    for (const char* side : {"because", "against"}) {
      for (const auto& hit : block.at(side)) sum += hit.at("weight").get<int>();
    }
    CHECK(sum == block.at("score").get<int>());
  }
}

TEST_CASE("explain shows what a text asks and answers without what was removed") {
  Program program;
  write_pack(program);
  const std::string post = "Сеть\n\nВопрос: что такое DNS?\n\nОтвет: служба имён.";

  const Answer text = program.configured({"explain", "--text", post});
  const Answer json = program.configured({"explain", "--json", "--text", post});

  CHECK(
      text.out.ends_with("\ntitle\n  │ Сеть\n\nquestion\n  │ что такое DNS?\n\nanswer\n"
                         "  │ служба имён.\n"));
  REQUIRE(json.code == 0);
  const auto explanation = nlohmann::json::parse(json.out);
  CHECK(explanation.at("title") == "Сеть");
  CHECK(explanation.at("question") == "что такое DNS?");
  CHECK(explanation.at("answer") == "служба имён.");
}

TEST_CASE("evidence of the whole post that adds nothing is marked as such") {
  Program program;
  write_pack(program);
  const std::string head = "label = 'ad'\nweight = { init = 900, max = 900 }\n";
  const auto rule = [&](const std::string& id, const std::string& lines) {
    return "[[rule]]\nid = '" + id + "'\nin = ['post']\nstatus = 'shadow'\n" + head + lines;
  };
  program.write("packs/60-post.toml",
                "[[rule]]\nid = 'post.counts'\nin = ['post']\nwhy = 'test'\n" + head +
                    "any = ['небо']\nmatch = ['небо']\nno_match = ['земля']\n" +
                    rule("post.watches", "any = ['небо']\n") +
                    rule("post.vetoed", "any = ['неба']\nnone = ['небо']\n") +
                    rule("post.when", "any = ['неба']\nwhen = 'post.links > 5'\n") +
                    rule("post.off", "any = ['неба']\n"));
  program.write("packs/channels/some_one.toml",
                "[[override]]\nrule = 'post.off'\ndisable = true\nreason = 'test'\n");
  const std::string post = R"({"id":"1","channel":"some_one","text":"небо без неба"})";

  const Answer verdict =
      program.configured({"classify", "-", "--rules", program.path("packs")}, post);
  const Answer shown =
      program.configured({"explain", "--posts", "-", "--rules", program.path("packs")}, post);

  INFO(verdict.err);
  REQUIRE(verdict.code == 0);
  std::map<std::string, std::string> marks;
  const auto json = nlohmann::json::parse(verdict.out);
  for (const auto& hit : json.at("because")) {
    marks[hit.at("rule").get<std::string>()] = hit.contains("vetoed")   ? "vetoed"
                                               : hit.contains("shadow") ? "shadow"
                                                                        : "";
  }
  CHECK(marks == std::map<std::string, std::string>{{"post.counts", ""},
                                                    {"post.watches", "shadow"},
                                                    {"post.vetoed", "vetoed"},
                                                    {"post.when", "vetoed"},
                                                    {"post.off", "vetoed"}});
  CHECK(shown.out.find("about the whole post, but held back\n") != std::string::npos);
  CHECK(shown.out.find("about the whole post, only watching\n") != std::string::npos);
  CHECK(shown.out.find("post.when") == std::string::npos);
}

TEST_CASE("explain wants a post or a text, not both and not neither") {
  Program program;
  write_pack(program);

  CHECK(program.configured({"explain"}).code == 2);
  CHECK(program.configured({"explain", "some_channel/1", "--text", "x"}).code == 2);
}

TEST_CASE("explain reads a text from standard input") {
  Program program;
  write_pack(program);

  const Answer given = program.configured({"explain", "--text", "На правах рекламы"});
  const Answer piped = program.configured({"explain", "--text", "-"}, "На правах рекламы");

  REQUIRE(piped.code == 0);
  CHECK(piped.out == given.out);
  CHECK(piped.out.find("disc.label") != std::string::npos);
}

TEST_CASE("explain judges a post of a file as classify does, with its channel and links") {
  Program program;
  write_pack(program);
  const std::string posts =
      R"({"id":"a","channel":"one","text":"Почему?","links":["https://x.example/"]})"
      "\n"
      R"({"id":"b","channel":"one_channel","text":"На правах рекламы","label":"ad"})"
      "\n";
  const std::string file = program.write("posts.jsonl", posts);

  const Answer by_id = program.configured({"explain", "b", "--posts", file, "--json"});
  REQUIRE(by_id.code == 0);
  const auto explanation = nlohmann::json::parse(by_id.out);
  CHECK(explanation.at("id") == "one_channel/0");
  CHECK(explanation.at("label") == "ad");

  const Answer only = program.configured({"explain", "--posts", "-"}, R"({"id":"x","text":"да"})");
  CHECK(only.code == 0);

  const Answer unknown = program.configured({"explain", "c", "--posts", file});
  CHECK(unknown.code == 2);
  CHECK(unknown.err.find("0 posts with the id \"c\"") != std::string::npos);
  const Answer many = program.configured({"explain", "--posts", file});
  CHECK(many.code == 2);
  CHECK(many.err.find("2 posts; name one of them by its id") != std::string::npos);
  CHECK(program.configured({"explain", "b", "--posts", file, "--text", "x"}).code == 2);
  CHECK(program.configured({"explain", "--text", "x", "--profile", file}).code == 2);
}

TEST_CASE("evaluate counts where labels and verdicts differ") {
  Program program;
  write_pack(program);
  const std::string file = program.write(
      "labelled.jsonl",
      R"({"id":"a","channel":"one","lang":"ru","text":"На правах рекламы","label":"ad","spans":[]})"
      "\n"
      R"({"id":"b","channel":"one","lang":"ru","text":"На правах рекламы","label":"qa","spans":[]})"
      "\n"
      R"({"id":"c","channel":"two","lang":"en","text":"Plain news","label":"other","ambiguous":true})"
      "\n");

  const Answer all = program.configured({"audit", "evaluate", file, "--json"});
  const Answer russian = program.configured({"audit", "evaluate", file, "--json", "--lang", "ru"});
  const Answer clear =
      program.configured({"audit", "evaluate", file, "--json", "--exclude-ambiguous"});
  const Answer text = program.configured({"audit", "evaluate", file, "--errors"});

  INFO(all.err);
  REQUIRE(all.code == 0);
  const auto figures = nlohmann::json::parse(all.out);
  CHECK(figures.at("all").at("posts") == 3);
  CHECK(figures.at("all").at("confusion").at("qa").at("ad") == 1);
  CHECK(figures.at("all").at("qa_lost") == nlohmann::json::array({"b"}));
  CHECK(figures.at("channels").size() == 2);
  CHECK(figures.at("disagreements").front().at("id") == "b");
  CHECK(nlohmann::json::parse(russian.out).at("all").at("posts") == 2);
  CHECK(nlohmann::json::parse(clear.out).at("all").at("posts") == 2);
  CHECK(nlohmann::json::parse(clear.out).at("ambiguous").at("posts") == 1);
  CHECK(text.out.find("qa posts lost (judged ad_only): 1 of 1") != std::string::npos);
  CHECK(text.out.find("verdicts that differ from their labels") != std::string::npos);
}

TEST_CASE("evaluate tells of labels that contradict themselves, and gives its figures") {
  Program program;
  write_pack(program);
  const std::string ad = R"({"start":0,"end":4,"kind":"ad"})";
  const std::string file = program.write(
      "labelled.jsonl",
      R"({"id":"a","text":"каналы","lang":"ru","label":"qa","spans":[)" + ad + "]}\n" +
          R"({"id":"b","text":"каналы","label":"mixed"})" + "\n" +
          R"({"id":"c","text":"каналы","label":"mixed","spans":[{"start":3,"end":6,"kind":"ad"},)" +
          ad + "]}\n" +
          R"({"id":"d","text":"каналы","label":"other","lang":"russian","chanel":"one","note":""})" +
          "\n" + R"({"id":"e","text":"каналы","label":"mixed","spans":[)" + ad + "]}\n");

  const Answer answer = program.configured({"audit", "evaluate", file});

  CHECK(answer.code == 0);
  CHECK(answer.err ==
        "doubtful label: " + file +
            ":1: `label` is qa, but of the text 1 span of kind ad must go: is it mixed?\n"
            "doubtful label: " +
            file +
            ":2: `label` is mixed, but no span of kind ad says which part promotes\n"
            "doubtful label: " +
            file +
            ":3: the spans 0…4 and 3…6 overlap\n"
            "doubtful label: " +
            file +
            ":4: `chanel` is no key that is read; did you mean `channel`?\n"
            "doubtful label: " +
            file + ":4: `lang` is \"russian\", which no post has; write ru, en or other\n");
}

TEST_CASE("evaluate without a post to count is an error") {
  Program program;
  write_pack(program);

  CHECK(program.configured({"audit", "evaluate", "-"}).code == 2);
  CHECK(program.configured({"audit", "evaluate"}).code == 2);
  CHECK(program.configured({"audit", "evaluate", program.path("missing.jsonl")}).code == 2);
}

TEST_CASE("rules test holds each rule against its examples") {
  Program program;
  write_pack(program);
  program.write("broken/pack.toml", kPackHead);
  program.write("broken/10-disclosure.toml",
                std::string(kPack).replace(std::string(kPack).find("['На правах"),
                                           std::string("['На правах рекламы']").size(),
                                           "['Про погоду']"));

  const Answer good = program.configured({"rules", "test"});
  const Answer bad = program.configured({"rules", "test", program.path("broken"), "--json"});

  INFO(good.err);
  CHECK(good.code == 0);
  CHECK(good.err == "1 rule, 2 examples, 0 failed\n");
  CHECK(bad.code == 78);
  const auto failure = nlohmann::json::parse(bad.out).at("failures").at(0);
  CHECK(failure.at("rule") == "disc.label");
  CHECK(failure.at("promise") == "match");
}
