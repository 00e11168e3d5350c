#include <sstream>

#include <nlohmann/json.hpp>

#include "app/learning_report.h"
#include "elephant_corpus.h"
#include "program.h"
#include "support/catch.h"
#include "support/files.h"

using qanat::test::Answer;
using qanat::test::labelled_line;
using qanat::test::Program;
using qanat::test::write_elephant_corpus;

TEST_CASE("rules learn proposes weights that load, and changes nothing") {
  Program program;
  const std::string corpus = write_elephant_corpus(program);
  const std::string proposed = program.path("proposed.toml");

  const Answer answer = program.configured({"rules", "learn", corpus, "--out", proposed, "--json"});

  INFO(answer.err);
  REQUIRE(answer.code == 0);
  const auto report = nlohmann::json::parse(answer.out);
  const auto recall = [](const nlohmann::json& figures) {
    return figures.at("labels").at(1).at("recall").at("hits").get<int>();
  };
  CHECK(recall(report.at("in_sample").at("before")) == 1);
  CHECK(recall(report.at("in_sample").at("after")) == 13);
  CHECK(recall(report.at("cross_validated").at("after")) == 13);
  CHECK(report.at("worse").empty());
  CHECK(answer.err.find("do not take it over") == std::string::npos);

  program.write("packs/weights.toml", qanat::test::read_file(proposed));
  const auto applied =
      nlohmann::json::parse(program.configured({"audit", "evaluate", corpus, "--json"}).out);
  CHECK(recall(applied.at("all")) == 13);
}

TEST_CASE("a proposal that does worse on held-out posts says so") {
  qanat::app::LearningReport report;
  auto& before = report.held_out.before;
  auto& after = report.held_out.after;
  const auto ad = static_cast<std::size_t>(qanat::Label::ad);
  const auto ad_spans = static_cast<std::size_t>(qanat::RemovedKind::ad);
  before.classes.at(ad).f1 = 0.9142;
  after.classes.at(ad).f1 = 0.9139;
  CHECK(qanat::app::what_gets_worse(report).empty());

  after.classes.at(ad).f1 = 0.882;
  before.spans.at(ad_spans).f1 = 0.631;
  after.spans.at(ad_spans).f1 = 0.574;
  after.qa_lost = {"a"};

  CHECK(qanat::app::what_gets_worse(report) ==
        "ad F1 0.914 → 0.882, ad span F1 0.631 → 0.574, qa lost 0 → 1");
  CHECK(qanat::app::learning_json(report).at("worse") ==
        nlohmann::json::array({"ad_f1", "ad_span_f1", "qa_lost"}));
  std::ostringstream out;
  qanat::app::print_learning(out, {.is_tty = false, .width = 80}, report);
  CHECK(out.str().find("worse on held-out posts: ad F1 0.914 → 0.882") != std::string::npos);
}

TEST_CASE("rules learn proposes weights that load beside a vocabulary, too") {
  Program program;
  program.write("packs/vocabulary.tsv", "elep\t300\t2000\n");
  const std::string corpus = write_elephant_corpus(program);
  const std::string proposed = program.path("proposed.toml");
  REQUIRE(program.configured({"rules", "learn", corpus, "--out", proposed}).code == 0);

  program.write("packs/weights.toml", qanat::test::read_file(proposed));
  const Answer lint = program.configured({"rules", "lint"});
  INFO(lint.out);
  CHECK(lint.out.find("unknown rule") == std::string::npos);
  CHECK(program.configured({"audit", "evaluate", corpus}).code == 0);
}

TEST_CASE("rules learn gives the same bytes for the same seed") {
  Program program;
  const std::string corpus = write_elephant_corpus(program);
  const std::string first = program.path("first.toml");
  const std::string second = program.path("second.toml");

  const Answer one = program.configured({"rules", "learn", corpus, "--out", first});
  const Answer two = program.configured({"rules", "learn", corpus, "--out", second});

  CHECK(one.out == two.out);
  CHECK(qanat::test::read_file(first) == qanat::test::read_file(second));
}

TEST_CASE("rules learn says why it cannot: one channel, or an unknown rule to lock") {
  Program program;
  write_elephant_corpus(program);
  const std::string lone = program.write("lone.jsonl", labelled_line("a", "one", "elephant", "ad"));
  const std::string out = program.path("out.toml");

  const Answer single = program.configured({"rules", "learn", lone, "--out", out});
  const Answer unknown =
      program.configured({"rules", "learn", lone, "--out", out, "--lock", "ad.whale"});

  CHECK(single.code == 2);
  CHECK(single.err.find("add labelled posts from another channel") != std::string::npos);
  CHECK(unknown.code == 2);
  CHECK(unknown.err.find("ad.whale") != std::string::npos);
}

TEST_CASE("rules vocabulary proposes words that load, and changes nothing") {
  Program program;
  const std::string corpus = write_elephant_corpus(program);
  const std::string proposed = program.path("vocabulary.tsv");

  const Answer answer =
      program.configured({"rules", "vocabulary", corpus, "--language", "en", "--out", proposed});

  INFO(answer.err);
  REQUIRE(answer.code == 0);
  CHECK(answer.out.find("chosen") != std::string::npos);
  program.write("packs/vocabulary.tsv", qanat::test::read_file(proposed));
  const Answer lint = program.configured({"rules", "lint"});
  INFO(lint.out);
  CHECK(lint.out.find("vocabulary.tsv") == std::string::npos);
}

TEST_CASE("rules vocabulary tells Q&A from news as well, and names the file that it is for") {
  Program program;
  std::string lines = qanat::test::read_file(write_elephant_corpus(program));
  for (const std::string channel : {"one", "two", "three"}) {
    for (const std::string more : {"a", "b"}) {
      lines += labelled_line("q" + channel + more, channel, "why " + more + channel, "qa");
    }
  }
  const std::string corpus = program.write("with_lessons.jsonl", lines);
  const std::string proposed = program.path("proposed.tsv");

  const Answer answer = program.configured({"rules",
                                            "vocabulary",
                                            corpus,
                                            "--language",
                                            "en",
                                            "--subject",
                                            "knowledge",
                                            "--out",
                                            proposed});

  INFO(answer.err);
  REQUIRE(answer.code == 0);
  CHECK(answer.err.find("as knowledge.tsv") != std::string::npos);
  CHECK(qanat::test::read_file(proposed).find("\tof them Q&A\t") != std::string::npos);
  const Answer mixed_up = program.configured({"rules",
                                              "vocabulary",
                                              corpus,
                                              "--language",
                                              "en",
                                              "--from",
                                              proposed,
                                              "--out",
                                              program.path("other.tsv")});
  CHECK(mixed_up.code == 2);
  CHECK(mixed_up.err.find("learned for another --subject") != std::string::npos);
}

TEST_CASE("rules vocabulary goes on from an earlier vocabulary, whose other words stay") {
  Program program;
  const std::string corpus = write_elephant_corpus(program);
  const std::string earlier = program.write("earlier.tsv", "*\t-100\ntiger\t700\t5000\t9\t8\t4\n");
  const std::string out = program.path("vocabulary.tsv");
  const auto learn_from = [&](const std::string& from) {
    return program.configured(
        {"rules", "vocabulary", corpus, "--language", "en", "--from", from, "--out", out});
  };

  REQUIRE(learn_from(earlier).code == 0);
  CHECK(qanat::test::read_file(out).find("\ntiger\t700\t5000\t9\t8\t4\n") != std::string::npos);
}

TEST_CASE("rules vocabulary refuses an earlier one that `rules lint` would refuse") {
  Program program;
  const std::string corpus = write_elephant_corpus(program);
  const auto complaint_about = [&](const std::string& lines) {
    const Answer answer = program.configured({"rules",
                                              "vocabulary",
                                              corpus,
                                              "--language",
                                              "en",
                                              "--from",
                                              program.write("broken.tsv", lines),
                                              "--out",
                                              program.path("vocabulary.tsv")});
    CHECK(answer.code == 2);
    return answer.err;
  };

  CHECK(
      complaint_about("*\t-100\ntiger\tbig\n").contains("broken.tsv:2:1: not a line of a vocabu"));
  CHECK(complaint_about("tiger\t9000\t5000\n").contains("at most 5000 either way"));
  CHECK(complaint_about("tiger\t700\t0\n").contains("broken.tsv:1:1: not a line"));
  CHECK(complaint_about("Tigers\t700\t5000\n").contains("\"Tigers\" is not a part of words"));
  CHECK(complaint_about("one\t7\t5000\none\t8\t5000\n")
            .contains("broken.tsv:2:1: \"one\" is listed"));
}

TEST_CASE("rules vocabulary says why it cannot: too few posts of the language") {
  Program program;
  const std::string corpus = write_elephant_corpus(program);
  const Answer answer = program.configured(
      {"rules", "vocabulary", corpus, "--language", "ru", "--out", program.path("v.tsv")});
  CHECK(answer.code == 2);
  CHECK(answer.err.find("give more labelled posts") != std::string::npos);
}
