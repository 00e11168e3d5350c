#include <fstream>

#include <nlohmann/json.hpp>

#include "base/names.h"
#include "base/utf8.h"
#include "classifier/classifier.h"
#include "classifier/evaluation.h"
#include "classifier/plain_post.h"
#include "support/catch.h"
#include "support/files.h"
#include "support/shipped_packs.h"

namespace {

using namespace qanat;
using namespace qanat::classifier;
using Json = nlohmann::json;

RemovedKind kind_of(const std::string& name) {
  if (name == "ad") return RemovedKind::ad;
  return name == "signature" ? RemovedKind::signature : RemovedKind::boilerplate;
}

LabelledPost labelled_row(const Json& row) {
  LabelledPost post;
  post.id = row.at("id");
  post.channel = row.at("channel");
  post.lang = row.at("lang");
  post.text = row.at("text");
  post.label = *from_name<Label>(row.at("label").get<std::string>());
  post.ambiguous = row.at("ambiguous");
  const utf8::OffsetMap offsets(post.text);
  for (const Json& span : row.at("spans")) {
    post.spans.push_back(
        {.span = {offsets.to_bytes(span.at("start")), offsets.to_bytes(span.at("end"))},
         .kind = kind_of(span.at("kind"))});
  }
  return post;
}

/// The labelled posts and what the shipped rules say of them.
struct Judged {
  std::vector<LabelledPost> posts;
  std::vector<Verdict> verdicts;
};

Judged judge_corpus() {
  const Classifier judge(RuleSet::compile(test::shipped_packs(), PackChecks::reading).value());
  std::ifstream file(test::shared("corpus/dev.jsonl"));
  Judged result;
  for (std::string line; std::getline(file, line);) {
    const Json row = Json::parse(line);
    const auto channel = ChannelName::parse(row.at("channel").get<std::string>());
    const Post post = post_from_text(
        channel.value(), 1, row.at("text"), row.value("links", std::vector<std::string>{}));
    result.posts.push_back(labelled_row(row));
    result.verdicts.push_back(judge.classify(post));
  }
  return result;
}

const Figures& figures_of(const std::vector<Figures>& groups, std::string_view name) {
  for (const Figures& group : groups) {
    if (group.name == name) return group;
  }
  FAIL("no group " << name);
  return groups.front();
}

}  // namespace

TEST_CASE("on the labelled posts the shipped rules reach their figures", "[corpus]") {
  const Judged judged = judge_corpus();

  const Evaluation result = evaluate(judged.posts, judged.verdicts);

  CHECK(result.all.qa_lost.empty());
  const Figures& russian = figures_of(result.languages, "ru");
  const auto& [qa, ad, mixed, other] = russian.classes;
  CHECK(ad.f1 >= 0.95);
  CHECK(ad.precision.value >= 0.97);
  CHECK(qa.f1 >= 0.9);
  CHECK(other.f1 >= 0.9);
  CHECK(mixed.f1 >= 0.85);
  CHECK(russian.spans[0].f1 >= 0.9);
  CHECK(russian.spans[1].f1 >= 0.95);
  CHECK(russian.spans[2].f1 >= 0.95);
}

TEST_CASE("of the real page all ads go and all answers stay whole but for the footer", "[corpus]") {
  const Judged judged = judge_corpus();

  for (std::size_t i = 0; i < judged.posts.size(); ++i) {
    const LabelledPost& post = judged.posts[i];
    if (!post.id.starts_with("example-")) continue;
    INFO(post.id);
    const Verdict& verdict = judged.verdicts[i];
    if (post.label == Label::ad) {
      CHECK(verdict.outcome == Outcome::ad_only);
      continue;
    }
    CHECK(verdict.outcome == Outcome::stripped);
    CHECK(verdict.label == Label::qa);
    for (const Removed& part : verdict.removed) CHECK(part.kind != RemovedKind::ad);
  }
}

TEST_CASE("the parts of every real score add up", "[corpus]") {
  const Judged judged = judge_corpus();

  for (const Verdict& verdict : judged.verdicts) {
    for (const BlockVerdict& block : verdict.blocks) {
      std::int32_t sum = 0;
      for (const RuleHit& hit : block.because) sum += hit.weight;
      for (const RuleHit& hit : block.against) sum += hit.weight;
      REQUIRE(sum == block.score);
    }
  }
}
