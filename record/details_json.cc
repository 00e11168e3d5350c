#include <algorithm>

#include "record/decision.h"
#include "record/fields.h"
#include "record/json.h"
#include "record/tree_writer.h"

// What the store keeps as text. Spans are byte offsets; a value that equals its default is left
// out, which keeps rows short: most posts have no poll, no forward, no buttons.
namespace qanat::record {
namespace {

// Writing ----------------------------------------------------------------------------------------

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

Json hits_with_spans(const std::vector<RuleHit>& hits) {
  Json out = Json::array();
  for (const RuleHit& hit : hits) {
    Json one = {{"rule", hit.rule}, {"weight", hit.weight}, {"where", hit.where}};
    if (hit.span) one["span"] = span_json(*hit.span);
    put(one, "text", hit.text);
    put(one, "note", hit.note);
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
  put_list(out, "because", hits_with_spans(block.because));
  put_list(out, "against", hits_with_spans(block.against));
  put_list(out, "shadow", hits_with_spans(block.shadow));
  put_list(out, "vetoed", hits_with_spans(block.vetoed));
  put(out, "flip", block.flip);
  return out;
}

// Reading ----------------------------------------------------------------------------------------
// These throw nlohmann's exceptions on a foreign shape; guarded() below turns them into an Error.

std::string get(const Json& in, const char* key) { return in.value(key, std::string()); }

template <class T>
std::optional<T> get_optional(const Json& in, const char* key) {
  const auto found = in.find(key);
  if (found == in.end() || found->is_null()) return std::nullopt;
  return found->get<T>();
}

Span get_span(const Json& in) {
  return {.begin = in.at(0).get<std::size_t>(), .end = in.at(1).get<std::size_t>()};
}

template <class Enum>
Enum get_name(const Json& in) {
  return from_name<Enum>(in.get<std::string>()).value();
}

/// The list under `key`, each element read by `read`; empty when the key is absent.
template <class Read>
auto get_list(const Json& in, const char* key, Read read) {
  std::vector<decltype(read(in))> out;
  const auto found = in.find(key);
  if (found == in.end()) return out;
  for (const Json& element : *found) out.push_back(read(element));
  return out;
}

Count get_count(const Json& in, const char* value_key, const char* text_key) {
  return {.value = get_optional<std::int64_t>(in, value_key), .text = get(in, text_key)};
}

Entity read_entity(const Json& in) {
  return {.kind = get_name<EntityKind>(in.at(0)),
          .span = {.begin = in.at(1).get<std::size_t>(), .end = in.at(2).get<std::size_t>()},
          .value = in.at(3).get<std::string>()};
}

Link read_link(const Json& in) {
  return {.url = get(in, "url"),
          .text = get(in, "text"),
          .masked = in.at("masked").get<bool>(),
          .span = get_span(in.at("span"))};
}

Media read_media(const Json& in) {
  return {.type = get_name<MediaType>(in.at("type")),
          .url = get(in, "url"),
          .width = get_optional<int>(in, "width"),
          .height = get_optional<int>(in, "height"),
          .duration_seconds = get_optional<int>(in, "duration_seconds"),
          .title = get(in, "title"),
          .extra = get(in, "extra")};
}

Poll read_poll(const Json& in) {
  return {.question = get(in, "question"),
          .type = get(in, "type"),
          .voters_text = get(in, "voters_text"),
          .options = get_list(in, "options", [](const Json& option) {
            return PollOption{.text = get(option, "text"),
                              .percent = get_optional<int>(option, "percent")};
          })};
}

LinkPreview read_link_preview(const Json& in) {
  return {.url = get(in, "url"),
          .site_name = get(in, "site_name"),
          .title = get(in, "title"),
          .description = get(in, "description"),
          .image_url = get(in, "image_url")};
}

Reaction read_reaction(const Json& in) {
  return {.emoji = get(in, "emoji"),
          .custom_emoji_id = get(in, "custom_emoji_id"),
          .paid = in.at("paid").get<bool>(),
          .count = get_count(in, "count", "count_text")};
}

/// The object under `key` read by `read`; nothing when the key is absent.
template <class Read>
auto get_object(const Json& in, const char* key, Read read) -> std::optional<decltype(read(in))> {
  const auto found = in.find(key);
  if (found == in.end()) return std::nullopt;
  return read(*found);
}

void read_surroundings(const Json& in, Post& post) {
  post.forwarded_from = get_object(in, "forwarded_from", [](const Json& from) {
    return Forward{
        .name = get(from, "name"), .url = get(from, "url"), .author = get(from, "author")};
  });
  post.reply_to = get_object(in, "reply_to", [](const Json& to) {
    return Reply{.post = get_optional<MessageId>(to, "post"),
                 .url = get(to, "url"),
                 .text = get(to, "text")};
  });
  post.poll = get_object(in, "poll", read_poll);
  post.link_preview = get_object(in, "link_preview", read_link_preview);
}

void read_post(const Json& in, Post& post) {
  post.url = get(in, "url");
  // An earlier version stored years of more than four digits, which no reader takes.
  post.published_at = parse_instant(get(in, "published_at"));
  post.edited = in.value("edited", false);
  post.kind = get_name<PostKind>(in.at("kind"));
  post.service = get_object(in, "service_kind", get_name<ServiceKind>);
  post.author = get(in, "author");
  post.via_bot = get(in, "via_bot");
  const auto text = [](const Json& element) { return element.get<std::string>(); };
  post.entities = get_list(in, "entities", read_entity);
  post.links = get_list(in, "links", read_link);
  post.hashtags = get_list(in, "hashtags", text);
  post.mentions = get_list(in, "mentions", text);
  post.media = get_list(in, "media", read_media);
  post.album = get_list(in, "album", [](const Json& id) { return id.get<MessageId>(); });
  post.buttons = get_list(in, "buttons", [](const Json& button) {
    return Button{.text = get(button, "text"), .url = get(button, "url")};
  });
  post.reactions = get_list(in, "reactions", read_reaction);
  post.views = get_count(in, "views", "views_text");
  read_surroundings(in, post);
}

RuleHit read_hit(const Json& in) {
  return {.rule = get(in, "rule"),
          .weight = in.at("weight").get<std::int32_t>(),
          .where = get(in, "where"),
          .span = get_object(in, "span", get_span),
          .text = get(in, "text"),
          .note = get(in, "note")};
}

BlockVerdict read_block(const Json& in) {
  return {.span = get_span(in.at("span")),
          .kind = get_name<BlockKind>(in.at("kind")),
          .outcome = get_name<BlockOutcome>(in.at("outcome")),
          .score = in.at("score").get<std::int32_t>(),
          .probability = in.at("probability").get<double>(),
          .because = get_list(in, "because", read_hit),
          .against = get_list(in, "against", read_hit),
          .shadow = get_list(in, "shadow", read_hit),
          .vetoed = get_list(in, "vetoed", read_hit),
          .flip = get(in, "flip")};
}

Removed read_removed(const Json& in) {
  return {.span = get_span(in.at("span")),
          .kind = get_name<RemovedKind>(in.at("kind")),
          .rules = get_list(in, "rules", [](const Json& rule) { return rule.get<std::string>(); }),
          .probability = in.at("probability").get<double>()};
}

/// Runs `read`; a foreign shape becomes an error that names `what`.
template <class Read>
auto guarded(std::string_view what, std::string_view text, Read read)
    -> Result<decltype(read(Json()))> {
  try {
    if constexpr (std::is_void_v<decltype(read(Json()))>) {
      read(Json::parse(text));
      return {};
    } else {
      return read(Json::parse(text));
    }
  } catch (const std::exception& error) {
    return fail(Errc::storage_unusable,
                std::string(what) + " in the database cannot be read: " + error.what());
  }
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

Result<void> read_post_details(std::string_view details, Post& post) {
  return guarded("a post", details, [&](const Json& in) { read_post(in, post); });
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
  put_list(out, "post_hits", hits_with_spans(verdict.post_hits));
  return dump_line(out);
}

/// The evidence is written last, and no text holds a quote that is not escaped.
Result<Verdict> read_decision(std::string_view text) {
  const std::size_t end = std::min(text.find(R"(,"blocks":[)"), text.find(R"(,"post_hits":[)"));
  if (end == std::string_view::npos) return read_verdict(text);
  return read_verdict(std::string(text.substr(0, end)) + '}');
}

Result<Verdict> read_verdict(std::string_view text) {
  return guarded("a verdict", text, [](const Json& in) {
    return Verdict{.label = get_name<Label>(in.at("label")),
                   .outcome = get_name<Outcome>(in.at("outcome")),
                   .ad_probability = in.at("ad_probability").get<double>(),
                   .removed = get_list(in, "removed", read_removed),
                   .blocks = get_list(in, "blocks", read_block),
                   .post_hits = get_list(in, "post_hits", read_hit),
                   .ruleset = get(in, "ruleset")};
  });
}

}  // namespace qanat::record
