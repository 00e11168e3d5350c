#include "record/decision.h"
#include "record/json.h"
#include "support/catch.h"
#include "support/samples.h"

using namespace qanat;
using namespace qanat::record;

TEST_CASE("a stored post reads back to the same value", "[details]") {
  Post service = test::text_post(8, "Channel created");
  service.kind = PostKind::service;
  service.service = ServiceKind::created;
  for (const Post& post : {test::full_post(), test::text_post(7, "Только текст"), service}) {
    Post read{.id = post.id};
    read.text = post.text;

    REQUIRE(read_post_details(write_post_details(post), read));

    CHECK(read == post);
  }
}

TEST_CASE("a stored post whose date no reader takes is a post without a date", "[details]") {
  for (const char* date : {"292277026596-12-04T15:30:07Z", "-5-01-01T00:00:00Z", "soon", ""}) {
    Post read = test::text_post(7, "");
    read.published_at = Instant{};

    REQUIRE(read_post_details(std::string(R"({"kind":"text","published_at":")") + date + R"("})",
                              read));

    CHECK_FALSE(read.published_at);
  }
}

TEST_CASE("a stored verdict reads back to the same value", "[details]") {
  for (const Verdict& verdict : {test::full_verdict(), Verdict{}}) {
    const auto read = read_verdict(write_verdict(verdict));

    REQUIRE(read);
    CHECK(*read == verdict);
  }
}

TEST_CASE("a stored hit keeps its effect, whatever its note says", "[details]") {
  Verdict verdict = test::full_verdict();
  for (const HitEffect effect :
       {HitEffect::counts, HitEffect::watches, HitEffect::held_back, HitEffect::unmet}) {
    for (const char* note : {"", "from a.b", "vetoed by none[0]", "held back by when"}) {
      verdict.post_hits.push_back({.rule = "a.b", .note = note, .effect = effect});
      verdict.blocks.front().vetoed.push_back(verdict.post_hits.back());
    }
  }

  const auto read = read_verdict(write_verdict(verdict));

  REQUIRE(read);
  CHECK(*read == verdict);
}

TEST_CASE("hits stored before their effect was read it from their list and their note",
          "[details]") {
  const auto hit = [](const std::string& note) {
    return R"({"rule":"a.b","weight":5,"where":"text","note":")" + note + "\"}";
  };
  const std::string stored =
      R"({"label":"qa","outcome":"clean","ad_probability":0.5,"blocks":[{"span":[0,1],)"
      R"("kind":"paragraph","outcome":"keep","score":0,"probability":0.5,"because":[)" +
      hit("") + R"(],"shadow":[)" + hit("") + R"(],"vetoed":[)" + hit("override: a: b") + "," +
      hit("held back by when") + R"(]}],"post_hits":[)" + hit("") + "," +
      hit("vetoed by none[0]: x") + "," + hit("held back by when") + "," +
      hit("held back: an answer") + "," + hit("disabled by override: a: b") + "," +
      hit("absorbed by c.d") + "]}";

  const auto read = read_verdict(stored);

  REQUIRE(read);
  const auto effects = [](const std::vector<RuleHit>& hits) {
    std::vector<HitEffect> out;
    for (const RuleHit& each : hits) out.push_back(each.effect);
    return out;
  };
  using Effects = std::vector<HitEffect>;
  const BlockVerdict& block = read->blocks.front();
  constexpr HitEffect kHeld = HitEffect::held_back;
  CHECK(effects(block.because) == Effects{HitEffect::counts});
  CHECK(effects(block.shadow) == Effects{HitEffect::watches});
  CHECK(effects(block.vetoed) == Effects{kHeld, HitEffect::unmet});
  CHECK(effects(read->post_hits) ==
        Effects{HitEffect::counts, kHeld, HitEffect::unmet, kHeld, kHeld, kHeld});
}

TEST_CASE("what a stored verdict decided reads back without its evidence", "[details]") {
  Verdict quoted = test::full_verdict();
  quoted.removed.front().rules = {R"(,"blocks":[)", R"(,"post_hits":[)"};
  Verdict hits_only = test::full_verdict();
  hits_only.blocks.clear();
  for (const Verdict& verdict : {test::full_verdict(), quoted, hits_only, Verdict{}}) {
    Verdict decided = verdict;
    decided.blocks.clear();
    decided.post_hits.clear();

    const auto read = read_decision(write_verdict(verdict));

    REQUIRE(read);
    CHECK(*read == decided);
  }
  CHECK(read_decision(R"({"label":"no such label","blocks":[)").error().code ==
        Errc::storage_unusable);
}

TEST_CASE("a foreign text in a stored column is an error, not a crash", "[details]") {
  for (const char* text : {"", "{", "[]", "{\"kind\":\"no such kind\"}", "{\"kind\":7}"}) {
    INFO(text);
    Post post = test::text_post(7, "");

    CHECK_FALSE(read_post_details(text, post));
    const auto verdict = read_verdict(text);
    REQUIRE_FALSE(verdict);
    CHECK(verdict.error().code == Errc::storage_unusable);
  }
}
