#include <algorithm>
#include <concepts>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <simdjson.h>

#include "base/instant.h"
#include "base/names.h"
#include "record/decision.h"
#include "record/hit_effect.h"
#include "record/json.h"

// What details_json.cc wrote. An export reads millions of these texts.
namespace qanat::record {
namespace {

using Value = simdjson::dom::element;

// These throw simdjson's exceptions on a foreign shape; guarded() below turns them into an Error.

template <class T>
T as(Value in) {
  if constexpr (std::same_as<T, std::string>) {
    return std::string(in.get_string().value());
  } else if constexpr (std::same_as<T, bool>) {
    return in.get_bool().value();
  } else if constexpr (std::floating_point<T>) {
    return in.get_double().value();
  } else {
    return static_cast<T>(in.get_int64().value());
  }
}

template <class Enum>
Enum as_name(Value in) {
  return from_name<Enum>(in.get_string().value()).value();
}

Span as_span(Value in) {
  return {.begin = as<std::size_t>(in.at(0)), .end = as<std::size_t>(in.at(1))};
}

std::optional<Value> find(Value in, const char* key) {
  auto found = in.at_key(key);
  if (found.error() == simdjson::NO_SUCH_FIELD) return std::nullopt;
  return found.value();
}

Value at(Value in, const char* key) { return in.at_key(key).value(); }

std::string get(Value in, const char* key) {
  const auto found = find(in, key);
  return found ? as<std::string>(*found) : std::string();
}

template <class T>
std::optional<T> get_optional(Value in, const char* key) {
  const auto found = find(in, key);
  if (!found || found->is_null()) return std::nullopt;
  return as<T>(*found);
}

/// The list under `key`, each element read by `read`; empty when the key is absent.
template <class Read>
auto get_list(Value in, const char* key, Read read) {
  std::vector<decltype(read(in))> out;
  const auto found = find(in, key);
  if (!found) return out;
  const simdjson::dom::array list = found->get_array().value();
  for (const Value element : list) out.push_back(read(element));
  return out;
}

Count get_count(Value in, const char* value_key, const char* text_key) {
  return {.value = get_optional<std::int64_t>(in, value_key), .text = get(in, text_key)};
}

Entity read_entity(Value in) {
  return {.kind = as_name<EntityKind>(in.at(0)),
          .span = {.begin = as<std::size_t>(in.at(1)), .end = as<std::size_t>(in.at(2))},
          .value = as<std::string>(in.at(3))};
}

Link read_link(Value in) {
  return {.url = get(in, "url"),
          .text = get(in, "text"),
          .masked = as<bool>(at(in, "masked")),
          .span = as_span(at(in, "span"))};
}

Media read_media(Value in) {
  return {.type = as_name<MediaType>(at(in, "type")),
          .url = get(in, "url"),
          .width = get_optional<int>(in, "width"),
          .height = get_optional<int>(in, "height"),
          .duration_seconds = get_optional<int>(in, "duration_seconds"),
          .title = get(in, "title"),
          .extra = get(in, "extra")};
}

Poll read_poll(Value in) {
  return {.question = get(in, "question"),
          .type = get(in, "type"),
          .voters_text = get(in, "voters_text"),
          .options = get_list(in, "options", [](Value option) {
            return PollOption{.text = get(option, "text"),
                              .percent = get_optional<int>(option, "percent")};
          })};
}

LinkPreview read_link_preview(Value in) {
  return {.url = get(in, "url"),
          .site_name = get(in, "site_name"),
          .title = get(in, "title"),
          .description = get(in, "description"),
          .image_url = get(in, "image_url")};
}

Reaction read_reaction(Value in) {
  return {.emoji = get(in, "emoji"),
          .custom_emoji_id = get(in, "custom_emoji_id"),
          .paid = as<bool>(at(in, "paid")),
          .count = get_count(in, "count", "count_text")};
}

/// The object under `key` read by `read`; nothing when the key is absent.
template <class Read>
auto get_object(Value in, const char* key, Read read) -> std::optional<decltype(read(in))> {
  const auto found = find(in, key);
  if (!found) return std::nullopt;
  return read(*found);
}

void read_surroundings(Value in, Post& post) {
  post.forwarded_from = get_object(in, "forwarded_from", [](Value from) {
    return Forward{
        .name = get(from, "name"), .url = get(from, "url"), .author = get(from, "author")};
  });
  post.reply_to = get_object(in, "reply_to", [](Value to) {
    return Reply{.post = get_optional<MessageId>(to, "post"),
                 .url = get(to, "url"),
                 .text = get(to, "text")};
  });
  post.poll = get_object(in, "poll", read_poll);
  post.link_preview = get_object(in, "link_preview", read_link_preview);
}

void read_post(Value in, Post& post) {
  post.url = get(in, "url");
  // An earlier version stored years of more than four digits, which no reader takes.
  post.published_at = parse_instant(get(in, "published_at"));
  post.edited = get_optional<bool>(in, "edited").value_or(false);
  post.kind = as_name<PostKind>(at(in, "kind"));
  post.service = get_object(in, "service_kind", as_name<ServiceKind>);
  post.author = get(in, "author");
  post.via_bot = get(in, "via_bot");
  post.entities = get_list(in, "entities", read_entity);
  post.links = get_list(in, "links", read_link);
  post.hashtags = get_list(in, "hashtags", as<std::string>);
  post.mentions = get_list(in, "mentions", as<std::string>);
  post.media = get_list(in, "media", read_media);
  post.album = get_list(in, "album", as<MessageId>);
  post.buttons = get_list(in, "buttons", [](Value button) {
    return Button{.text = get(button, "text"), .url = get(button, "url")};
  });
  post.reactions = get_list(in, "reactions", read_reaction);
  post.views = get_count(in, "views", "views_text");
  read_surroundings(in, post);
}

std::vector<RuleHit> get_hits(Value in, const char* key, HitEffect usual) {
  return get_list(in, key, [usual](Value one) {
    RuleHit hit{.rule = get(one, "rule"),
                .weight = as<std::int32_t>(at(one, "weight")),
                .where = get(one, "where"),
                .span = get_object(one, "span", as_span),
                .text = get(one, "text"),
                .note = get(one, "note")};
    const auto effect = find(one, "effect");
    hit.effect = effect ? as_name<HitEffect>(*effect) : told_effect(usual, hit.note);
    return hit;
  });
}

BlockVerdict read_block(Value in) {
  return {.span = as_span(at(in, "span")),
          .kind = as_name<BlockKind>(at(in, "kind")),
          .outcome = as_name<BlockOutcome>(at(in, "outcome")),
          .score = as<std::int32_t>(at(in, "score")),
          .probability = as<double>(at(in, "probability")),
          .because = get_hits(in, "because", HitEffect::counts),
          .against = get_hits(in, "against", HitEffect::counts),
          .shadow = get_hits(in, "shadow", HitEffect::watches),
          .vetoed = get_hits(in, "vetoed", HitEffect::held_back),
          .flip = get(in, "flip")};
}

Removed read_removed(Value in) {
  return {.span = as_span(at(in, "span")),
          .kind = as_name<RemovedKind>(at(in, "kind")),
          .rules = get_list(in, "rules", as<std::string>),
          .probability = as<double>(at(in, "probability"))};
}

/// Runs `read`; a foreign shape becomes an error that names `what`.
template <class Read>
auto guarded(std::string_view what, std::string_view text, Read read)
    -> Result<decltype(read(Value()))> {
  try {
    simdjson::dom::parser parser;
    const Value in = parser.parse(text.data(), text.size()).value();
    if constexpr (std::is_void_v<decltype(read(in))>) {
      read(in);
      return {};
    } else {
      return read(in);
    }
  } catch (const std::exception& error) {
    return fail(Errc::storage_unusable,
                std::string(what) + " in the database cannot be read: " + error.what());
  }
}

}  // namespace

Result<void> read_post_details(std::string_view details, Post& post) {
  return guarded("a post", details, [&](Value in) { read_post(in, post); });
}

/// The evidence is written last, and no text holds a quote that is not escaped.
Result<Verdict> read_decision(std::string_view text) {
  const std::size_t end = std::min(text.find(R"(,"blocks":[)"), text.find(R"(,"post_hits":[)"));
  if (end == std::string_view::npos) return read_verdict(text);
  return read_verdict(std::string(text.substr(0, end)) + '}');
}

Result<Verdict> read_verdict(std::string_view text) {
  return guarded("a verdict", text, [](Value in) {
    return Verdict{.label = as_name<Label>(at(in, "label")),
                   .outcome = as_name<Outcome>(at(in, "outcome")),
                   .ad_probability = as<double>(at(in, "ad_probability")),
                   .removed = get_list(in, "removed", read_removed),
                   .blocks = get_list(in, "blocks", read_block),
                   .post_hits = get_hits(in, "post_hits", HitEffect::counts),
                   .ruleset = get(in, "ruleset")};
  });
}

}  // namespace qanat::record
