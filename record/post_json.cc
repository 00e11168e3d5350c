#include "record/fields.h"
#include "record/json.h"

namespace qanat::record {
namespace {

Json instant_or_null(const std::optional<Instant>& instant) {
  return instant ? Json(format_instant(*instant)) : Json(nullptr);
}

Json service_kind_json(const std::optional<ServiceKind>& kind) {
  return kind ? Json(name_of(*kind)) : Json(nullptr);
}

Json entities_json(const Post& post, const utf8::OffsetMap& offsets) {
  Json out = Json::array();
  for (const Entity& entity : post.entities) {
    out.push_back(Object()
                      .add("type", name_of(entity.kind))
                      .add("start", offsets.to_code_points(entity.span.begin))
                      .add("end", offsets.to_code_points(entity.span.end))
                      .add("value", entity.value)
                      .take());
  }
  return out;
}

Json provenance_json(const Provenance& provenance) {
  return Object()
      .add("snapshot", provenance.snapshot)
      .add("fetched_at", format_instant(provenance.fetched_at))
      .add("host", provenance.host)
      .add("parser", provenance.parser)
      .add("ruleset", provenance.ruleset)
      .take();
}

/// What only a judged and stored post has: null for another.
template <class Get>
Json stored(const Record* record, Get get) {
  return record == nullptr ? Json(nullptr) : Json(get(*record));
}

void add_judgement(Object& out,
                   const Post& post,
                   const Record* record,
                   const utf8::OffsetMap& offsets) {
  const auto add = [&](const char* key, auto get) { out.add(key, stored(record, get)); };
  add("label", [](const Record& r) { return name_of(r.verdict.label); });
  add("outcome", [](const Record& r) { return name_of(r.verdict.outcome); });
  add("ad_probability", [](const Record& r) { return rounded(r.verdict.ad_probability); });
  add("title", [](const Record& r) { return r.normalized.title; });
  add("question", [](const Record& r) { return r.normalized.question; });
  add("answer", [](const Record& r) { return r.normalized.answer; });
  out.add("removed",
          record == nullptr ? Json::array() : removed_json(record->verdict.removed, offsets));
  add("cluster", [](const Record& r) { return r.cluster; });
  out.add("content_sha256", record == nullptr ? content_sha256(post) : record->content_sha256);
  add("provenance", [](const Record& r) { return provenance_json(r.provenance); });
}

/// Every key of the record, in its documented order. `record`: the post's own, or null.
Json post_json(const Post& post, const Record* record) {
  constexpr std::size_t kMembers = 41;
  const utf8::OffsetMap offsets(post.text);
  Object out(kMembers);
  out.add("schema", kPostSchema)
      .add("id", post.id.str())
      .add("channel", post.id.channel.str())
      .add("post", post.id.message)
      .add("url", post.url)
      .add("published_at", instant_or_null(post.published_at))
      .add("edited", post.edited)
      .add("first_seen_at",
           stored(record, [](const Record& r) { return format_instant(r.first_seen_at); }))
      .add("last_seen_at",
           stored(record, [](const Record& r) { return format_instant(r.last_seen_at); }))
      .add("deleted_at",
           stored(record, [](const Record& r) { return instant_or_null(r.deleted_at); }))
      .add("revision", stored(record, [](const Record& r) { return r.revision; }))
      .add("kind", name_of(post.kind))
      .add("service_kind", service_kind_json(post.service))
      .add("author", post.author)
      .add("via_bot", post.via_bot)
      .add("forwarded_from", forward_json(post.forwarded_from))
      .add("reply_to", reply_json(post.reply_to))
      .add("lang", stored(record, [](const Record& r) { return r.normalized.lang; }))
      .add("text", post.text)
      .add("entities", entities_json(post, offsets))
      .add("links", links_json(post.links))
      .add("hashtags", post.hashtags)
      .add("mentions", post.mentions)
      .add("media", media_json(post.media))
      .add("album", post.album)
      .add("poll", poll_json(post.poll))
      .add("link_preview", link_preview_json(post.link_preview))
      .add("buttons", buttons_json(post.buttons))
      .add("reactions", reactions_json(post.reactions))
      .add("views", or_null(post.views.value))
      .add("views_text", post.views.text);
  add_judgement(out, post, record, offsets);
  return out.take();
}

Json facts_json(const ChannelPage& page) {
  Json counters = Json::array();
  for (const Counter& counter : page.channel.counters) {
    counters.push_back({{"type", counter.type},
                        {"value", or_null(counter.count.value)},
                        {"text", counter.count.text}});
  }
  return {{"title", page.channel.title},
          {"username", page.channel.username},
          {"description", page.channel.description},
          {"photo_url", page.channel.photo_url},
          {"counters", std::move(counters)},
          {"verified", page.channel.verified},
          {"has_preview", page.channel.has_preview},
          {"numeric_id", or_null(page.channel.numeric_id)}};
}

}  // namespace

Json record_json(const Record& record) { return post_json(record.post, &record); }

Json parsed_post_json(const Post& post) { return post_json(post, nullptr); }

Json page_json(const ChannelPage& page) {
  Json posts = Json::array();
  for (const Post& post : page.posts) posts.push_back(parsed_post_json(post));
  return {{"schema", kPageSchema},
          {"page_kind", name_of(page.kind)},
          {"channel", facts_json(page)},
          {"slug", page.slug},
          {"before", or_null(page.before)},
          {"after", or_null(page.after)},
          {"notice", page.notice},
          {"complete", page.complete},
          {"skipped", page.skipped},
          {"malformed", page.malformed},
          {"unknown_markup", page.unknown_markup},
          {"posts", std::move(posts)}};
}

}  // namespace qanat::record
