#include "generate/difference.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/names.h"

namespace qanat::generate {
namespace {

/// A value as lines of field and text: two values are equal when all their lines are.
using Fields = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view kNothing = "(nothing)";

std::string shown(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const bool no_break = text.starts_with("\u00a0");
    if (no_break)
      out += "\\u00a0";
    else if (text.front() == '\n')
      out += "\\n";
    else if (text.front() == '\t')
      out += "\\t";
    else
      out += text.front();
    text.remove_prefix(no_break ? 2 : 1);
  }
  return out + "\"";
}

std::string shown(Span span) {
  return std::to_string(span.begin) + ".." + std::to_string(span.end);
}

template <class Integer>
std::string shown(const std::optional<Integer>& number) {
  return number ? std::to_string(*number) : std::string{kNothing};
}

std::string shown(const Count& count) { return shown(count.text) + " = " + shown(count.value); }
std::string shown(const Entity& each) {
  return std::string{name_of(each.kind)} + " " + shown(each.span) + " " + shown(each.value);
}
std::string shown(const Link& each) {
  return shown(each.url) + (each.masked ? " masked by " : " shown as ") + shown(each.text) + " " +
         shown(each.span);
}
std::string shown(const Media& each) {
  return std::string{name_of(each.type)} + " " + shown(each.url) + " " + shown(each.width) + "×" +
         shown(each.height) + " " + shown(each.duration_seconds) + " s " + shown(each.title) + " " +
         shown(each.extra);
}
std::string shown(const PollOption& each) { return shown(each.text) + " " + shown(each.percent); }
std::string shown(const Button& each) { return shown(each.text) + " to " + shown(each.url); }
std::string shown(const Reaction& each) {
  return shown(each.emoji) + " " + shown(each.custom_emoji_id) + (each.paid ? " paid " : " ") +
         shown(each.count);
}
std::string shown(const Counter& each) { return shown(each.type) + " " + shown(each.count); }
std::string shown(const Poll& each) {
  return shown(each.question) + " " + shown(each.type) + " " + shown(each.voters_text);
}
std::string shown(const LinkPreview& each) {
  return shown(each.url) + " " + shown(each.site_name) + " " + shown(each.title) + " " +
         shown(each.description) + " " + shown(each.image_url);
}
std::string shown(const Forward& each) {
  return shown(each.name) + " " + shown(each.url) + " " + shown(each.author);
}
std::string shown(const Reply& each) {
  return shown(each.post) + " " + shown(each.url) + " " + shown(each.text);
}
std::string shown(MessageId id) { return std::to_string(id); }

template <class List>
void add_list(Fields& fields, const std::string& name, const List& list) {
  fields.emplace_back(name + ".size", std::to_string(list.size()));
  for (std::size_t i = 0; i < list.size(); ++i)
    fields.emplace_back(name + "[" + std::to_string(i) + "]", shown(list[i]));
}

template <class Value>
void add_optional(Fields& fields, const std::string& name, const std::optional<Value>& value) {
  fields.emplace_back(name, value ? shown(*value) : std::string{kNothing});
}

void add_counts(Fields& fields, const std::string& name, const std::map<std::string, int>& counts) {
  for (const auto& [key, count] : counts)
    fields.emplace_back(name + "." + key, std::to_string(count));
  fields.emplace_back(name + ".size", std::to_string(counts.size()));
}

Fields fields_of(const Post& post) {
  Fields fields{
      {"id", post.id.str()},
      {"url", shown(post.url)},
      {"published_at",
       post.published_at ? format_instant(*post.published_at) : std::string{kNothing}},
      {"edited", post.edited ? "yes" : "no"},
      {"text", shown(post.text)},
  };
  add_list(fields, "media", post.media);
  add_list(fields, "entities", post.entities);
  add_list(fields, "links", post.links);
  add_list(fields, "hashtags", post.hashtags);
  add_list(fields, "mentions", post.mentions);
  add_list(fields, "album", post.album);
  add_optional(fields, "poll", post.poll);
  if (post.poll) add_list(fields, "poll.options", post.poll->options);
  add_optional(fields, "link_preview", post.link_preview);
  add_optional(fields, "forwarded_from", post.forwarded_from);
  add_optional(fields, "reply_to", post.reply_to);
  add_list(fields, "buttons", post.buttons);
  add_list(fields, "reactions", post.reactions);
  fields.emplace_back("kind", name_of(post.kind));
  fields.emplace_back("author", shown(post.author));
  fields.emplace_back("via_bot", shown(post.via_bot));
  fields.emplace_back("views", shown(post.views));
  return fields;
}

Fields fields_of(const ChannelPage& page) {
  Fields fields{
      {"kind", std::string{name_of(page.kind)}},
      {"posts", std::to_string(page.posts.size())},
      {"skipped", std::to_string(page.skipped)},
      {"complete", page.complete ? "yes" : "no"},
      {"slug", shown(page.slug)},
      {"before", shown(page.before)},
      {"after", shown(page.after)},
      {"title", shown(page.channel.title)},
      {"username", shown(page.channel.username)},
      {"description", shown(page.channel.description)},
      {"photo_url", shown(page.channel.photo_url)},
      {"verified", page.channel.verified ? "yes" : "no"},
      {"has_preview", page.channel.has_preview ? "yes" : "no"},
      {"numeric_id", shown(page.channel.numeric_id)},
  };
  add_list(fields, "counters", page.channel.counters);
  add_counts(fields, "malformed", page.malformed);
  add_counts(fields, "unknown_markup", page.unknown_markup);
  return fields;
}

std::optional<Difference> parting(const Fields& expected, const Fields& actual) {
  for (std::size_t i = 0; i < std::min(expected.size(), actual.size()); ++i) {
    if (expected[i] == actual[i]) continue;
    return Difference{expected[i].first, expected[i].second, actual[i].second};
  }
  if (expected.size() == actual.size()) return std::nullopt;
  return Difference{
      "number of fields", std::to_string(expected.size()), std::to_string(actual.size())};
}

}  // namespace

std::optional<Difference> first_difference(const Post& expected, const Post& actual) {
  if (expected == actual) return std::nullopt;
  auto found = parting(fields_of(expected), fields_of(actual));
  return found ? found : Difference{"a field that is not printed", "", ""};
}

std::optional<Difference> first_difference_around(const ChannelPage& expected,
                                                  const ChannelPage& actual) {
  return parting(fields_of(expected), fields_of(actual));
}

}  // namespace qanat::generate
