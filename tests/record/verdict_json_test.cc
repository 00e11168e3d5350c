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
