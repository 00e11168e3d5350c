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
    out.push_back({{"type", name_of(entity.kind)},
                   {"start", offsets.to_code_points(entity.span.begin)},
                   {"end", offsets.to_code_points(entity.span.end)},
                   {"value", entity.value}});
  }
  return out;
}

Json provenance_json(const Provenance& provenance) {
  return {{"snapshot", provenance.snapshot},
          {"fetched_at", format_instant(provenance.fetched_at)},
          {"host", provenance.host},
          {"parser", provenance.parser},
          {"ruleset", provenance.ruleset}};
}

/// Every key of the record, in its documented order; what only a judged and stored post has is
/// null.
Json post_json(const Post& post, const utf8::OffsetMap& offsets) {
  return {{"schema", kPostSchema},
          {"id", post.id.str()},
          {"channel", post.id.channel.str()},
          {"post", post.id.message},
          {"url", post.url},
          {"published_at", instant_or_null(post.published_at)},
          {"edited", post.edited},
          {"first_seen_at", nullptr},
          {"last_seen_at", nullptr},
          {"deleted_at", nullptr},
          {"revision", nullptr},
          {"kind", name_of(post.kind)},
          {"service_kind", service_kind_json(post.service)},
          {"author", post.author},
          {"via_bot", post.via_bot},
          {"forwarded_from", forward_json(post.forwarded_from)},
          {"reply_to", reply_json(post.reply_to)},
          {"lang", nullptr},
          {"text", post.text},
          {"entities", entities_json(post, offsets)},
          {"links", links_json(post.links)},
          {"hashtags", post.hashtags},
          {"mentions", post.mentions},
          {"media", media_json(post.media)},
          {"album", post.album},
          {"poll", poll_json(post.poll)},
          {"link_preview", link_preview_json(post.link_preview)},
          {"buttons", buttons_json(post.buttons)},
          {"reactions", reactions_json(post.reactions)},
          {"views", or_null(post.views.value)},
          {"views_text", post.views.text},
          {"label", nullptr},
          {"outcome", nullptr},
          {"ad_probability", nullptr},
          {"title", nullptr},
          {"question", nullptr},
          {"answer", nullptr},
          {"removed", Json::array()},
          {"cluster", nullptr},
          {"content_sha256", content_sha256(post)},
          {"provenance", nullptr}};
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

Json record_json(const Record& record) {
  const utf8::OffsetMap offsets(record.post.text);
  Json out = post_json(record.post, offsets);
  out["first_seen_at"] = format_instant(record.first_seen_at);
  out["last_seen_at"] = format_instant(record.last_seen_at);
  out["deleted_at"] = instant_or_null(record.deleted_at);
  out["revision"] = record.revision;
  out["lang"] = record.normalized.lang;
  out["label"] = name_of(record.verdict.label);
  out["outcome"] = name_of(record.verdict.outcome);
  out["ad_probability"] = rounded(record.verdict.ad_probability);
  out["title"] = record.normalized.title;
  out["question"] = record.normalized.question;
  out["answer"] = record.normalized.answer;
  out["removed"] = removed_json(record.verdict.removed, offsets);
  out["cluster"] = record.cluster;
  out["content_sha256"] = record.content_sha256;
  out["provenance"] = provenance_json(record.provenance);
  return out;
}

Json parsed_post_json(const Post& post) { return post_json(post, utf8::OffsetMap(post.text)); }

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

std::string dump_line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace qanat::record
