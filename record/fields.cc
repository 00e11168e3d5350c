#include "record/fields.h"

#include <cmath>

namespace qanat::record {

double rounded(double probability) {
  constexpr double kDigits = 1e6;
  return std::round(probability * kDigits) / kDigits;
}

void write(JsonWriter& out, Instant moment) { out.text(format_instant(moment)); }

void write(JsonWriter& out, const Link& link) {
  Object(out).add("url", link.url).add("text", link.text).add("masked", link.masked);
}

void write(JsonWriter& out, const Media& item) {
  Object(out)
      .add("type", item.type)
      .add("url", item.url)
      .add("width", item.width)
      .add("height", item.height)
      .add("duration_seconds", item.duration_seconds)
      .add("title", item.title)
      .add("extra", item.extra);
}

void write(JsonWriter& out, const PollOption& option) {
  Object(out).add("text", option.text).add("percent", option.percent);
}

void write(JsonWriter& out, const Poll& poll) {
  Object(out)
      .add("question", poll.question)
      .add("type", poll.type)
      .add("voters_text", poll.voters_text)
      .add("options", poll.options);
}

void write(JsonWriter& out, const LinkPreview& preview) {
  Object(out)
      .add("url", preview.url)
      .add("site_name", preview.site_name)
      .add("title", preview.title)
      .add("description", preview.description)
      .add("image_url", preview.image_url);
}

void write(JsonWriter& out, const Forward& forward) {
  Object(out).add("name", forward.name).add("url", forward.url).add("author", forward.author);
}

void write(JsonWriter& out, const Reply& reply) {
  Object(out).add("post", reply.post).add("url", reply.url).add("text", reply.text);
}

void write(JsonWriter& out, const Button& button) {
  Object(out).add("text", button.text).add("url", button.url);
}

void write(JsonWriter& out, const Reaction& reaction) {
  Object(out)
      .add("emoji", reaction.emoji)
      .add("custom_emoji_id", reaction.custom_emoji_id)
      .add("paid", reaction.paid)
      .add("count", reaction.count.value)
      .add("count_text", reaction.count.text);
}

void write_removed(JsonWriter& out,
                   std::span<const Removed> removed,
                   const utf8::OffsetMap& offsets) {
  out.begin_list();
  for (const Removed& part : removed) {
    Object(out)
        .add("start", offsets.to_code_points(part.span.begin))
        .add("end", offsets.to_code_points(part.span.end))
        .add("kind", part.kind)
        .add("rules", part.rules)
        .add("probability", rounded(part.probability));
  }
  out.end_list();
}

}  // namespace qanat::record
