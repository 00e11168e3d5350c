#include <span>

#include "record/fields.h"
#include "record/json.h"
#include "record/line_writer.h"
#include "record/tree_writer.h"

namespace qanat::record {
namespace {

void write_provenance(JsonWriter& out, const Record& record) {
  const Provenance& text = record.provenance;
  Object(out)
      .add("snapshot", text.snapshot)
      .add("fetched_at", text.fetched_at)
      .add("host", text.host)
      .add("parser", text.parser)
      .add("ruleset", text.ruleset)
      .add("last_snapshot", record.latest.snapshot)
      .add("last_fetched_at", record.latest.fetched_at)
      .add("last_host", record.latest.host)
      .add("last_parser", record.latest.parser);
}

/// Of what only a judged and stored post has. Called with members of the record, each one of the
/// member before it, it gives what writes that value: null for another post.
struct Stored {
  const Record* record;

  template <class... Members>
  auto operator()(Members... members) const {
    return [record = record, members...](JsonWriter& out) {
      if (record != nullptr) {
        write(out, (*record.*....*members));
      } else {
        out.null();
      }
    };
  }
};

void write_entities(JsonWriter& out, const Post& post, const utf8::OffsetMap& offsets) {
  out.begin_list();
  for (const Entity& entity : post.entities) {
    Object(out)
        .add("type", entity.kind)
        .add("start", offsets.to_code_points(entity.span.begin))
        .add("end", offsets.to_code_points(entity.span.end))
        .add("value", entity.value);
  }
  out.end_list();
}

void add_head(Object& object, const Post& post, Stored stored) {
  object.add("schema", kPostSchema)
      .add("id", post.id.str())
      .add("channel", post.id.channel.str())
      .add("post", post.id.message)
      .add("url", post.url)
      .add("published_at", post.published_at)
      .add("edited", post.edited)
      .add("first_seen_at", stored(&Record::first_seen_at))
      .add("last_seen_at", stored(&Record::last_seen_at))
      .add("deleted_at", stored(&Record::deleted_at))
      .add("revision", stored(&Record::revision))
      .add("kind", post.kind)
      .add("service_kind", post.service)
      .add("author", post.author)
      .add("via_bot", post.via_bot)
      .add("forwarded_from", post.forwarded_from)
      .add("reply_to", post.reply_to)
      .add("lang", stored(&Record::normalized, &Normalized::lang));
}

void add_content(Object& object, const Post& post, const utf8::OffsetMap& offsets) {
  object.add("text", post.text)
      .add("entities", [&](JsonWriter& out) { write_entities(out, post, offsets); })
      .add("links", post.links)
      .add("hashtags", post.hashtags)
      .add("mentions", post.mentions)
      .add("media", post.media)
      .add("album", post.album)
      .add("poll", post.poll)
      .add("link_preview", post.link_preview)
      .add("buttons", post.buttons)
      .add("reactions", post.reactions)
      .add("views", post.views.value)
      .add("views_text", post.views.text);
}

void add_judgement(Object& object,
                   const Post& post,
                   const Record* record,
                   const utf8::OffsetMap& offsets) {
  const Stored stored{record};
  const auto probability =
      record != nullptr ? std::optional(rounded(record->verdict.ad_probability)) : std::nullopt;
  const auto removed =
      record != nullptr ? std::span(record->verdict.removed) : std::span<const Removed>();
  const auto provenance = [record](JsonWriter& out) {
    if (record != nullptr) {
      write_provenance(out, *record);
    } else {
      out.null();
    }
  };
  object.add("label", stored(&Record::verdict, &Verdict::label))
      .add("outcome", stored(&Record::verdict, &Verdict::outcome))
      .add("ad_probability", probability)
      .add("title", stored(&Record::normalized, &Normalized::title))
      .add("question", stored(&Record::normalized, &Normalized::question))
      .add("answer", stored(&Record::normalized, &Normalized::answer))
      .add("removed", [&](JsonWriter& out) { write_removed(out, removed, offsets); })
      .add("cluster", stored(&Record::cluster))
      .add("content_sha256", record != nullptr ? record->content_sha256 : content_sha256(post))
      .add("provenance", provenance);
}

/// Every key of the record, in its documented order. `record`: the post's own, or null.
auto whole_post(const Post& post, const Record* record) {
  return [&post, record](JsonWriter& out) {
    constexpr std::size_t kMembers = 41;
    const utf8::OffsetMap offsets(post.text);
    Object object(out, kMembers);
    add_head(object, post, {record});
    add_content(object, post, offsets);
    add_judgement(object, post, record, offsets);
  };
}

Json facts_json(const ChannelPage& page) {
  Json counters = Json::array();
  for (const Counter& counter : page.channel.counters) {
    counters.push_back({{"type", counter.type},
                        {"value", json_of(counter.count.value)},
                        {"text", counter.count.text}});
  }
  return {{"title", page.channel.title},
          {"username", page.channel.username},
          {"description", page.channel.description},
          {"photo_url", page.channel.photo_url},
          {"counters", std::move(counters)},
          {"verified", page.channel.verified},
          {"has_preview", page.channel.has_preview},
          {"numeric_id", json_of(page.channel.numeric_id)}};
}

}  // namespace

void write(JsonWriter& out, const Record& record) { whole_post(record.post, &record)(out); }

Json record_json(const Record& record) { return json_of(record); }

std::string record_line(const Record& record) {
  std::string line;
  LineWriter out(line);
  write(out, record);
  return line;
}

Json parsed_post_json(const Post& post) { return json_of(whole_post(post, nullptr)); }

Json page_json(const ChannelPage& page) {
  Json posts = Json::array();
  for (const Post& post : page.posts) posts.push_back(parsed_post_json(post));
  return {{"schema", kPageSchema},
          {"page_kind", name_of(page.kind)},
          {"channel", facts_json(page)},
          {"slug", page.slug},
          {"before", json_of(page.before)},
          {"after", json_of(page.after)},
          {"notice", page.notice},
          {"complete", page.complete},
          {"skipped", page.skipped},
          {"malformed", page.malformed},
          {"unknown_markup", page.unknown_markup},
          {"posts", std::move(posts)}};
}

}  // namespace qanat::record
