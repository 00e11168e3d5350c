#include "record/fields.h"
#include "record/json.h"
#include "record/tree_writer.h"

namespace qanat::record {
namespace {

Json hit_json(const RuleHit& hit, const utf8::OffsetMap& offsets) {
  Json out = {{"rule", hit.rule},
              {"weight", hit.weight},
              {"where", hit.where},
              {"start", hit.span ? Json(offsets.to_code_points(hit.span->begin)) : Json(nullptr)},
              {"end", hit.span ? Json(offsets.to_code_points(hit.span->end)) : Json(nullptr)},
              {"text", hit.text},
              {"note", hit.note}};
  if (hit.effect == HitEffect::watches) out["shadow"] = true;
  if (hit.effect == HitEffect::held_back || hit.effect == HitEffect::unmet) out["vetoed"] = true;
  return out;
}

void add_hits(Json& out, const std::vector<RuleHit>& hits, const utf8::OffsetMap& offsets) {
  for (const RuleHit& hit : hits) out.push_back(hit_json(hit, offsets));
}

Json hits_json(const std::vector<RuleHit>& hits, const utf8::OffsetMap& offsets) {
  Json out = Json::array();
  add_hits(out, hits, offsets);
  return out;
}

Json block_json(const BlockVerdict& block,
                const std::string& text,
                const utf8::OffsetMap& offsets) {
  return {{"start", offsets.to_code_points(block.span.begin)},
          {"end", offsets.to_code_points(block.span.end)},
          {"text", text.substr(block.span.begin, block.span.size())},
          {"kind", name_of(block.kind)},
          {"outcome", name_of(block.outcome)},
          {"score", block.score},
          {"probability", rounded(block.probability)},
          {"because", hits_json(block.because, offsets)},
          {"against", hits_json(block.against, offsets)},
          {"shadow", hits_json(block.shadow, offsets)},
          {"vetoed", hits_json(block.vetoed, offsets)},
          {"flip", block.flip}};
}

/// What both forms of a verdict begin with.
Json head_json(const std::string& id,
               const Post& post,
               const Verdict& verdict,
               const utf8::OffsetMap& offsets) {
  return {
      {"id", id.empty() ? post.id.str() : id},
      {"label", name_of(verdict.label)},
      {"outcome", name_of(verdict.outcome)},
      {"ad_probability", rounded(verdict.ad_probability)},
      {"removed", json_of([&](JsonWriter& out) { write_removed(out, verdict.removed, offsets); })}};
}

}  // namespace

Json verdict_json(const std::string& id, const Post& post, const Verdict& verdict) {
  const utf8::OffsetMap offsets(post.text);
  Json because = Json::array();
  for (const BlockVerdict& block : verdict.blocks) add_hits(because, block.because, offsets);
  add_hits(because, verdict.post_hits, offsets);
  Json out = head_json(id, post, verdict, offsets);
  out["because"] = std::move(because);
  return out;
}

Json explanation_json(const Post& post, const Verdict& verdict, const Normalized& offered) {
  const utf8::OffsetMap offsets(post.text);
  Json blocks = Json::array();
  for (const BlockVerdict& block : verdict.blocks) {
    blocks.push_back(block_json(block, post.text, offsets));
  }
  Json out = {{"schema", "qanat.explanation/1"}};
  out.update(head_json("", post, verdict, offsets));
  out["ruleset"] = verdict.ruleset;
  out["blocks"] = std::move(blocks);
  out["post"] = hits_json(verdict.post_hits, offsets);
  out["lang"] = offered.lang;
  out["title"] = offered.title;
  out["question"] = offered.question;
  out["answer"] = offered.answer;
  return out;
}

}  // namespace qanat::record
