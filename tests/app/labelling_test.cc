#include <algorithm>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "labelled_store.h"

using namespace qanat;
using namespace qanat::test;

namespace {

constexpr const char* kAllThree = "some_channel/1\nsome_channel/2\nsome_channel/3\n";

std::vector<store::LabelRow> labels_of(const Program& program) {
  auto store = store::Store::open(program.path("qanat.db"), store::Access::read_only);
  REQUIRE(store);
  return store->labels().value();
}

Answer label_chosen(Program& program, const std::string& annotator, const std::string& answers) {
  return program.configured(
      {"audit", "label", ids_file(program, kAllThree), "--annotator", annotator}, answers);
}

std::vector<nlohmann::json> lines(const std::string& out) {
  std::vector<nlohmann::json> found;
  std::istringstream in(out);
  for (std::string line; std::getline(in, line);) found.push_back(nlohmann::json::parse(line));
  return found;
}

}  // namespace

TEST_CASE("answers become labels, with spans, note, annotator and guideline") {
  Program program;
  fill_three(program);

  const Answer answer = label_chosen(program, "anna", "q\na # native\nm 2\n");

  INFO(answer.out << answer.err);
  REQUIRE(answer.code == 0);
  CHECK(answer.err == "3 labels kept, 0 skipped, by anna, guideline 1\n");
  const auto labels = labels_of(program);
  REQUIRE(labels.size() == 3);
  CHECK(labels[0].label == Label::qa);
  CHECK(labels[0].annotator == "anna");
  CHECK(labels[0].guideline == "1");
  CHECK(labels[0].reason == "chosen");
  CHECK_FALSE(labels[0].p_sample);
  CHECK(labels[1].note == "native");
  CHECK(labels[2].label == Label::mixed);
  const std::string text = "Разбор задачи.\n\nПриходи на курс!";
  REQUIRE(labels[2].spans.size() == 1);
  CHECK(text.substr(labels[2].spans[0].span.begin) == "Приходи на курс!");
}

TEST_CASE("an ad that is less than a block is marked by its words") {
  Program program;
  fill_three(program);

  const Answer answer = program.configured(
      {"audit", "label", ids_file(program, "some_channel/3\n"), "--annotator", "anna"},
      "m \"нет таких\"\nm \"Приходи … курс\"\n");

  CHECK(answer.out.find("\"нет таких\" is not in the post") != std::string::npos);
  const auto labels = labels_of(program);
  REQUIRE(labels.size() == 1);
  REQUIRE(labels[0].spans.size() == 1);
  const Span span = labels[0].spans[0].span;
  CHECK(std::string("Разбор задачи.\n\nПриходи на курс!").substr(span.begin, span.size()) ==
        "Приходи на курс");
}

TEST_CASE("nothing of the verdict is shown before the answer, all of it after") {
  Program program;
  fill_three(program);

  const Answer answer = program.configured(
      {"audit", "label", ids_file(program, "some_channel/2\n"), "--annotator", "anna"}, "o\n");

  const std::size_t prompt = answer.out.find("> ");
  REQUIRE(prompt != std::string::npos);
  const std::string before = answer.out.substr(0, prompt);
  CHECK(before.find("Купи слона") != std::string::npos);
  CHECK(before.find("ad_only") == std::string::npos);
  CHECK(before.find("90.0 %") == std::string::npos);
  CHECK(answer.out.find("qanat says: ad, ad_only, ad 90.0 %", prompt) != std::string::npos);
}

TEST_CASE("labelling goes on where it was left") {
  Program program;
  fill_three(program);

  const Answer first = label_chosen(program, "anna", "q\nx\n");
  const Answer second = label_chosen(program, "anna", "s\n?\n");
  const Answer third = label_chosen(program, "anna", "o\n");
  const Answer fourth = label_chosen(program, "anna", "");

  CHECK(first.err.starts_with("1 label kept"));
  CHECK(second.err.find("1 post labelled before; going on\n1 label kept, 1 skipped") == 0);
  CHECK(third.out.find("some_channel/2") != std::string::npos);
  CHECK(fourth.err == "all 3 posts are labelled by anna\n");
  const auto labels = labels_of(program);
  REQUIRE(labels.size() == 3);
  CHECK(labels[1].label == Label::other);
  CHECK_FALSE(labels[2].label);
}

TEST_CASE("undo takes the last answer back and asks again") {
  Program program;
  fill_three(program);

  const Answer answer = label_chosen(program, "anna", "u\nq\nu\no\nq\nu\nx\n");

  INFO(answer.out);
  CHECK(answer.out.find("nothing to undo") != std::string::npos);
  CHECK(answer.out.find("withdrawn: the label of some_channel/1") != std::string::npos);
  CHECK(answer.err.starts_with("1 label kept"));
  const auto labels = labels_of(program);
  REQUIRE(labels.size() == 1);
  CHECK(labels[0].label == Label::other);
}

TEST_CASE("a wrong answer is told and asked again; h shows the guideline") {
  Program program;
  fill_three(program);

  const Answer answer = label_chosen(program, "anna", "m 1\nq 7\nh\nq\n");

  CHECK(answer.out.find("is not mixed") != std::string::npos);
  CHECK(answer.out.find("type one of") != std::string::npos);
  CHECK(answer.out.find("# Labelling guideline") != std::string::npos);
  CHECK(labels_of(program).size() == 1);
}

TEST_CASE("an edited post is asked again, its old label counts no more") {
  Program program;
  fill_three(program);
  label_chosen(program, "anna", "q\na\no\n");
  keep_posts(program, {judged_post(2, "Слоны: чем их кормят?", Label::qa)});

  const Answer labels = program.configured({"audit", "labels"});
  const Answer again = label_chosen(program, "anna", "q\n");

  CHECK(lines(labels.out).size() == 2);
  CHECK(again.out.find("1 of 1") != std::string::npos);
  CHECK(labels_of(program)[1].revision == 2);
}

TEST_CASE("what cannot be labelled is named") {
  Program program;
  fill_three(program);
  const auto label = [&](const std::string& file) {
    return program.configured({"audit", "label", file, "--annotator", "anna"}, "q\n");
  };

  const Answer unknown = label(ids_file(program, "some_channel/9\n"));
  const Answer garbage = label(program.write("bad.txt", "{\"id\":7}\n"));

  CHECK(unknown.code == 2);
  CHECK(unknown.err.find("some_channel/9: not in the store") != std::string::npos);
  CHECK(garbage.code == 2);
  CHECK(garbage.err.find("bad.txt:1: `id` must be text") != std::string::npos);
  CHECK(program.configured({"audit", "label"}).code == 2);
  CHECK(program.configured({"audit", "label", "--annotator", ""}, "q\n").code == 2);
  CHECK(labels_of(program).empty());
}

TEST_CASE("the queue is the same for everybody, and remembers each chance") {
  Program program;
  fill_three(program);

  const auto queue = lines(program.configured({"audit", "queue", "--size", "2", "--json"}).out);
  program.configured({"audit", "label", "--queue", "2", "--annotator", "anna"}, "o\no\n");
  const auto again = lines(program.configured({"audit", "queue", "--size", "2", "--json"}).out);
  const Answer boris =
      program.configured({"audit", "label", "--queue", "2", "--annotator", "boris"}, "o\no\n");

  REQUIRE(queue.size() == 2);
  std::set<std::string> ids;
  for (const auto& post : queue) ids.insert(post.at("id"));
  REQUIRE(again.size() == 2);
  for (const auto& post : again) {
    CHECK(ids.contains(post.at("id")));
    CHECK(post.at("annotators") == nlohmann::json::array({"anna"}));
  }
  CHECK(boris.err.starts_with("2 labels kept"));
  for (const store::LabelRow& row : labels_of(program)) {
    CAPTURE(row.post.str(), row.annotator);
    CHECK(ids.contains(row.post.str()));
    CHECK(row.round == 1);
    REQUIRE(row.p_sample);
    CHECK(std::ranges::any_of(queue, [&](const nlohmann::json& post) {
      return post.at("id") == row.post.str() && post.at("p_sample") == Approx(*row.p_sample) &&
             post.at("reason") == row.reason;
    }));
  }
}

TEST_CASE("another round asks other posts; then none are left, and that is told") {
  Program program;
  fill_three(program);
  program.configured({"audit", "label", "--queue", "2", "--annotator", "anna"}, "o\no\n");

  const Answer done = program.configured({"audit", "label", "--queue", "2", "--annotator", "anna"});
  const auto next = lines(program.configured({"audit", "queue", "--seed", "2", "--json"}).out);
  program.configured({"audit", "label", "--seed", "2", "--annotator", "anna"}, "o\n");
  const Answer none = program.configured({"audit", "queue", "--seed", "3"});

  CHECK(done.err == "all 2 posts are labelled by anna; draw others with --seed 2\n");
  CHECK(next.size() == 1);
  CHECK(none.code == 0);
  CHECK(none.out.empty());
  CHECK(none.err == "no stored post waits for a label\n");
}

TEST_CASE("posts without words and service posts are not asked; copies count together") {
  Program program;
  fill_three(program);
  store::JudgedPost service = judged_post(6, "pinned «Купи»", Label::other);
  service.post.kind = PostKind::service;
  keep_posts(program,
             {judged_post(4, "", Label::other),
              judged_post(5, "Купи слона со скидкой", Label::ad),
              service});

  const auto queue = lines(program.configured({"audit", "queue", "--json"}).out);

  CHECK(queue.size() == 4);
  for (const auto& post : queue) {
    const bool copied = post.at("id") == "some_channel/2" || post.at("id") == "some_channel/5";
    CHECK(post.at("copies") == (copied ? 2 : 1));
  }
}

TEST_CASE("evaluate holds the verdicts against the store's labels") {
  Program program;
  fill_three(program);
  CHECK(program.configured({"audit", "evaluate"}).err.find("`qanat audit label`") !=
        std::string::npos);
  program.configured({"audit", "label", "--annotator", "anna"}, "o\no\no\n");

  const Answer bare = program.configured({"audit", "evaluate", "--json"});
  const Answer named = program.run({"audit", "evaluate", "--store", program.path("qanat.db")});
  const Answer flag = program.configured({"audit", "evaluate", "--store", "--json"});

  INFO(bare.err << flag.err);
  REQUIRE(bare.code == 0);
  const auto figures = nlohmann::json::parse(bare.out);
  CHECK(figures.at("all").at("posts") == 3);
  CHECK(figures.at("weighted").at("posts") == 3);
  CHECK(figures.at("weighted").at("population") == Approx(3));
  CHECK(flag.out == bare.out);
  CHECK(named.code == 0);
  CHECK(named.out.find("estimated for the 3 posts") != std::string::npos);
}

TEST_CASE("evaluate takes a file or the store, not both") {
  Program program;
  fill_three(program);
  const std::string file = program.write("labelled.jsonl", R"({"id":"a","text":"x","label":"qa"})");

  CHECK(program.configured({"audit", "evaluate", file, "--store"}).code == 2);
  CHECK(program.configured({"audit", "evaluate", file, "--annotator", "anna"}).code == 2);
  CHECK(program.configured({"audit", "evaluate", file}).code == 0);
}

TEST_CASE("the store's labels as a file give the same figures as the store") {
  Program program;
  fill_three(program);
  label_chosen(program, "anna", "q\na\nm 2\n");
  label_chosen(program, "boris", "o\n?\nm 2\n");

  const Answer labels = program.configured({"audit", "labels"});
  const auto store = nlohmann::json::parse(program.configured({"audit", "evaluate", "--json"}).out);
  const auto file = nlohmann::json::parse(
      program.configured({"audit", "evaluate", "-", "--json"}, labels.out).out);

  const auto rows = lines(labels.out);
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].at("label") == "other");  // the last one counts
  CHECK(rows[0].at("ambiguous") == true);
  CHECK(rows[1].at("label") == "ad");  // who cannot tell overrules nobody
  CHECK(rows[1].at("ambiguous") == false);
  CHECK(rows[2].at("spans").at(0).at("start") == 16);
  CHECK(file.at("all") == store.at("all"));
}

TEST_CASE("agreement compares two people over the posts that both labelled") {
  Program program;
  fill_three(program);
  CHECK(program.configured({"audit", "agreement"}).err.find("there are labels by nobody") !=
        std::string::npos);
  label_chosen(program, "anna", "q\na\nm 2\n");
  label_chosen(program, "boris", "q\n?\nm 1\n");

  const Answer json = program.configured({"audit", "agreement", "--json"});
  const Answer text = program.configured({"audit", "agreement", "boris", "anna"});
  const Answer stranger = program.configured({"audit", "agreement", "anna", "clara"});

  INFO(json.err);
  REQUIRE(json.code == 0);
  const auto found = nlohmann::json::parse(json.out);
  CHECK(found.at("annotators") == nlohmann::json::array({"anna", "boris"}));
  CHECK(found.at("posts") == 2);
  CHECK(found.at("kappa") == Approx(1));
  CHECK(found.at("mixed_posts") == 1);
  CHECK(found.at("span_f1") == Approx(0));
  CHECK(text.out.find("2 posts, the same label on 2") == 0);
  CHECK(text.out.find("boris \\ anna") != std::string::npos);
  CHECK(stranger.code == 2);
}
