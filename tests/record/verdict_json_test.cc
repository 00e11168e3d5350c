#include "record/json.h"
#include "support/catch.h"
#include "support/samples.h"

using namespace qanat;
using namespace qanat::record;

TEST_CASE("a verdict names what it removed and the rules that did", "[verdict]") {
  const Json json = verdict_json("x-1", test::full_post(), test::full_verdict());

  CHECK(json["id"] == "x-1");
  CHECK(json["label"] == "qa");
  CHECK(json["outcome"] == "stripped");
  CHECK(json["removed"][0]["kind"] == "signature");
  CHECK(json["removed"][0]["rules"] == Json::array({"sig.subscribe"}));
  CHECK(json["because"][0]["rule"] == "sig.subscribe");
  CHECK(json["because"][1]["where"] == "button.text");
  CHECK(json["because"][1]["start"].is_null());
  CHECK_FALSE(json["because"][1].contains("vetoed"));
}

TEST_CASE("a hit that adds nothing is marked as such, in blocks and of the whole post",
          "[verdict]") {
  Verdict verdict = test::full_verdict();
  verdict.post_hits = {{.rule = "a.counts"},
                       {.rule = "a.watches", .effect = HitEffect::watches},
                       {.rule = "a.held_back", .effect = HitEffect::held_back},
                       {.rule = "a.unmet", .effect = HitEffect::unmet}};

  const Json because = verdict_json("x-1", test::full_post(), verdict)["because"];
  const Json blocks = explanation_json(test::full_post(), verdict, {})["blocks"];

  REQUIRE(because.size() == 5);
  const auto marked = [&](std::size_t hit) {
    return std::pair{because[hit].contains("shadow"), because[hit].contains("vetoed")};
  };
  CHECK(marked(1) == std::pair{false, false});
  CHECK(marked(2) == std::pair{true, false});
  CHECK(marked(3) == std::pair{false, true});
  CHECK(marked(4) == std::pair{false, true});
  CHECK(blocks[1]["shadow"][0]["shadow"] == true);
  CHECK_FALSE(blocks[1]["because"][0].contains("shadow"));
}

TEST_CASE("an explanation shows what spoke against and what was held back", "[verdict]") {
  const Json json = explanation_json(
      test::full_post(),
      test::full_verdict(),
      {.lang = "ru", .title = "Сеть", .question = "Что такое DNS?", .answer = "Служба имён."});

  CHECK(json["question"] == "Что такое DNS?");
  CHECK(json["answer"] == "Служба имён.");
  REQUIRE(json["blocks"].size() == 2);
  CHECK(json["blocks"][0]["against"][0]["weight"] == -500);
  CHECK(json["blocks"][1]["vetoed"][0]["note"] == "vetoed by none[0]");
  CHECK(json["blocks"][1]["vetoed"][0]["vetoed"] == true);
  CHECK(json["blocks"][1]["shadow"][0]["rule"] == "sig.new");
  CHECK(json["blocks"][1]["text"] == test::full_post().text.substr(39));
}
