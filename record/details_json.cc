#include "record/fields.h"
#include "record/hit_effect.h"
#include "record/json.h"
#include "record/tree_writer.h"

// What the store keeps as text; details_reader.cc reads it. Spans are byte offsets; a value that
// equals its default is left out, which keeps rows short: most posts have no poll, no forward, no
// buttons.
namespace qanat::record {
namespace {

Json span_json(Span span) { return Json::array({span.begin, span.end}); }

void put(Json& out, const char* key, const std::string& value) {
  if (!value.empty()) out[key] = value;
}

void put_list(Json& out, const char* key, Json list) {
  if (!list.empty()) out[key] = std::move(list);
}

Json spans_and_values(const std::vector<Entity>& entities) {
  Json out = Json::array();
  for (const Entity& entity : entities) {
    out.push_back(
        Json::array({name_of(entity.kind), entity.span.begin, entity.span.end, entity.value}));
  }
  return out;
}

Json links_with_spans(const std::vector<Link>& links) {
  Json out = json_of(links);
  for (std::size_t i = 0; i < links.size(); ++i) out[i]["span"] = span_json(links[i].span);
  return out;
}

Json hits_with_spans(const std::vector<RuleHit>& hits, HitEffect usual) {
  Json out = Json::array();
  for (const RuleHit& hit : hits) {
    Json one = {{"rule", hit.rule}, {"weight", hit.weight}, {"where", hit.where}};
    if (hit.span) one["span"] = span_json(*hit.span);
    put(one, "text", hit.text);
    put(one, "note", hit.note);
    if (hit.effect != told_effect(usual, hit.note)) one["effect"] = name_of(hit.effect);
    out.push_back(std::move(one));
  }
  return out;
}

Json block_details(const BlockVerdict& block) {
  Json out = {{"span", span_json(block.span)},
              {"kind", name_of(block.kind)},
              {"outcome", name_of(block.outcome)},
              {"score", block.score},
              {"probability", block.probability}};
  put_list(out, "because", hits_with_spans(block.because, HitEffect::counts));
  put_list(out, "against", hits_with_spans(block.against, HitEffect::counts));
  put_list(out, "shadow", hits_with_spans(block.shadow, HitEffect::watches));
  put_list(out, "vetoed", hits_with_spans(block.vetoed, HitEffect::held_back));
  put(out, "flip", block.flip);
  return out;
}

}  // namespace

std::string write_post_details(const Post& post) {
  Json out = {{"url", post.url}, {"kind", name_of(post.kind)}};
  if (post.service) out["service_kind"] = name_of(*post.service);
  if (post.published_at) out["published_at"] = format_instant(*post.published_at);
  if (post.edited) out["edited"] = true;
  put(out, "author", post.author);
  put(out, "via_bot", post.via_bot);
  if (post.forwarded_from) out["forwarded_from"] = json_of(post.forwarded_from);
  if (post.reply_to) out["reply_to"] = json_of(post.reply_to);
  put_list(out, "entities", spans_and_values(post.entities));
  put_list(out, "links", links_with_spans(post.links));
  put_list(out, "hashtags", post.hashtags);
  put_list(out, "mentions", post.mentions);
  put_list(out, "media", json_of(post.media));
  put_list(out, "album", post.album);
  if (post.poll) out["poll"] = json_of(post.poll);
  if (post.link_preview) out["link_preview"] = json_of(post.link_preview);
  put_list(out, "buttons", json_of(post.buttons));
  put_list(out, "reactions", json_of(post.reactions));
  if (post.views.value) out["views"] = *post.views.value;
  put(out, "views_text", post.views.text);
  return dump_line(out);
}

std::string write_verdict(const Verdict& verdict) {
  Json removed = Json::array();
  for (const Removed& part : verdict.removed) {
    removed.push_back({{"span", span_json(part.span)},
                       {"kind", name_of(part.kind)},
                       {"rules", part.rules},
                       {"probability", part.probability}});
  }
  Json blocks = Json::array();
  for (const BlockVerdict& block : verdict.blocks) blocks.push_back(block_details(block));
  Json out = {{"label", name_of(verdict.label)},
              {"outcome", name_of(verdict.outcome)},
              {"ad_probability", verdict.ad_probability},
              {"ruleset", verdict.ruleset}};
  put_list(out, "removed", std::move(removed));
  put_list(out, "blocks", std::move(blocks));
  put_list(out, "post_hits", hits_with_spans(verdict.post_hits, HitEffect::counts));
  return dump_line(out);
}

}  // namespace qanat::record
