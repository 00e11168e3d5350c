#include "record/fields.h"

#include <cmath>

namespace qanat::record {

double rounded(double probability) {
  constexpr double kDigits = 1e6;
  return std::round(probability * kDigits) / kDigits;
}

Json links_json(const std::vector<Link>& links) {
  Json out = Json::array();
  for (const Link& link : links) {
    out.push_back(
        Object().add("url", link.url).add("text", link.text).add("masked", link.masked).take());
  }
  return out;
}

Json media_json(const std::vector<Media>& media) {
  Json out = Json::array();
  for (const Media& item : media) {
    out.push_back(Object()
                      .add("type", name_of(item.type))
                      .add("url", item.url)
                      .add("width", or_null(item.width))
                      .add("height", or_null(item.height))
                      .add("duration_seconds", or_null(item.duration_seconds))
                      .add("title", item.title)
                      .add("extra", item.extra)
                      .take());
  }
  return out;
}

Json poll_json(const std::optional<Poll>& poll) {
  if (!poll) return nullptr;
  Json options = Json::array();
  for (const PollOption& option : poll->options) {
    options.push_back({{"text", option.text}, {"percent", or_null(option.percent)}});
  }
  return {{"question", poll->question},
          {"type", poll->type},
          {"voters_text", poll->voters_text},
          {"options", std::move(options)}};
}

Json link_preview_json(const std::optional<LinkPreview>& preview) {
  if (!preview) return nullptr;
  return {{"url", preview->url},
          {"site_name", preview->site_name},
          {"title", preview->title},
          {"description", preview->description},
          {"image_url", preview->image_url}};
}

Json forward_json(const std::optional<Forward>& forward) {
  if (!forward) return nullptr;
  return {{"name", forward->name}, {"url", forward->url}, {"author", forward->author}};
}

Json reply_json(const std::optional<Reply>& reply) {
  if (!reply) return nullptr;
  return {{"post", or_null(reply->post)}, {"url", reply->url}, {"text", reply->text}};
}

Json buttons_json(const std::vector<Button>& buttons) {
  Json out = Json::array();
  for (const Button& button : buttons) {
    out.push_back({{"text", button.text}, {"url", button.url}});
  }
  return out;
}

Json reactions_json(const std::vector<Reaction>& reactions) {
  Json out = Json::array();
  for (const Reaction& reaction : reactions) {
    out.push_back(Object()
                      .add("emoji", reaction.emoji)
                      .add("custom_emoji_id", reaction.custom_emoji_id)
                      .add("paid", reaction.paid)
                      .add("count", or_null(reaction.count.value))
                      .add("count_text", reaction.count.text)
                      .take());
  }
  return out;
}

Json removed_json(const std::vector<Removed>& removed, const utf8::OffsetMap& offsets) {
  Json out = Json::array();
  for (const Removed& part : removed) {
    out.push_back(Object()
                      .add("start", offsets.to_code_points(part.span.begin))
                      .add("end", offsets.to_code_points(part.span.end))
                      .add("kind", name_of(part.kind))
                      .add("rules", part.rules)
                      .add("probability", rounded(part.probability))
                      .take());
  }
  return out;
}

}  // namespace qanat::record
