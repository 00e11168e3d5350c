#include "fuzz/promise.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "parser/words.h"
#include "record/json.h"

namespace qanat::fuzz {

namespace {

bool is_boundary(std::string_view text, std::size_t at) {
  return utf8::start_of_character(text, at) == at;
}

void check_span(std::string_view text, Span span) {
  promise(span.begin <= span.end && span.end <= text.size(), "a span lies within its text");
  promise(is_boundary(text, span.begin) && is_boundary(text, span.end),
          "a span begins and ends between characters");
}

void check_order(const Entity& earlier, const Entity& later) {
  const Span a = earlier.span;
  const Span b = later.span;
  promise(a.begin < b.begin || (a.begin == b.begin && a.end >= b.end),
          "entities are ordered by begin, then by descending end");
}

void check_text(const Post& post) {
  promise(utf8::is_valid(post.text), "a post's text is valid UTF-8");
  promise(post.text.find('\r') == std::string::npos, "lines end with a line feed");
  promise(parser::trimmed(post.text) == post.text, "a text has no white space at its ends");
}

/// `open`: ends of the entities that the next one may stand in, innermost last.
void check_nesting(std::vector<std::size_t>& open, Span span) {
  while (!open.empty() && open.back() <= span.begin) open.pop_back();
  promise(open.empty() || span.end <= open.back(), "entities nest or stand apart");
  open.push_back(span.end);
}

void check_entities(const Post& post) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < post.entities.size(); ++i) {
    const Entity& entity = post.entities[i];
    check_span(post.text, entity.span);
    promise(!entity.span.empty(), "an entity covers something");
    promise(entity.kind != EntityKind::link || !entity.value.empty(), "a link has an address");
    if (i > 0) check_order(post.entities[i - 1], entity);
    check_nesting(open, entity.span);
  }
}

void check_links(const Post& post) {
  for (std::size_t i = 0; i < post.links.size(); ++i) {
    const Link& link = post.links[i];
    check_span(post.text, link.span);
    promise(post.text.substr(link.span.begin, link.span.size()) == link.text,
            "a link's span covers the words it shows");
    promise(!link.url.empty(), "a link has an address");
    promise(i == 0 || post.links[i - 1].span.begin <= link.span.begin, "links are in text order");
  }
  for (const std::string& tag : post.hashtags)
    promise(tag.starts_with('#'), "a hashtag starts with '#'");
  for (const std::string& name : post.mentions)
    promise(name.starts_with('@'), "a mention starts with '@'");
}

template <class Number>
void check_range(const std::optional<Number>& value, Number least, Number most) {
  promise(!value || (*value >= least && *value <= most), "a number lies within its range");
}

void check_parts(const Post& post) {
  constexpr int kLargest = 100'000;  // pixels
  for (const Media& medium : post.media) {
    check_range(medium.width, 0, kLargest);
    check_range(medium.height, 0, kLargest);
    promise(medium.duration_seconds.value_or(0) >= 0, "a duration is not negative");
  }
  if (post.poll)
    for (const PollOption& option : post.poll->options) check_range(option.percent, 0, 100);
  for (const Reaction& reaction : post.reactions)
    promise(reaction.count.value.value_or(0) >= 0, "a count is not negative");
  promise(post.views.value.value_or(0) >= 0, "a count is not negative");
}

void check_numbers(const Post& post) {
  promise(post.id.message >= 1, "a post's number is positive");
  promise(ChannelName::parse(post.id.channel.str()) == post.id.channel, "a post names its channel");
  promise(post.url.ends_with("/" + std::to_string(post.id.message)),
          "a post's address ends with its number");
  promise(std::ranges::all_of(post.album, [](MessageId id) { return id >= 1; }),
          "an album's numbers are positive");
  promise(!post.reply_to || post.reply_to->post.value_or(1) >= 1,
          "the number of an answered post is positive");
}

/// The store keeps a post as its id, its text and one text for the rest.
void check_storing(const Post& post) {
  Post read{.id = post.id, .text = post.text};
  promise(record::read_post_details(record::write_post_details(post), read).has_value(),
          "what the store keeps of a post can be read");
  promise(read == post, "what the store keeps of a post is the whole post");
}

void check_post(const Post& post) {
  check_numbers(post);
  check_text(post);
  check_entities(post);
  check_links(post);
  check_parts(post);
  check_storing(post);
}

void check_json(const ChannelPage& page) {
  const record::Json json = record::page_json(page);
  // Strict: throws where a string of the page is not valid UTF-8.
  const std::string line = json.dump();
  promise(line == record::dump_line(json), "nothing in a page has to be replaced for JSON");
  promise(line.find('\n') == std::string::npos, "JSON is one line");
  promise(record::Json::parse(line) == json, "JSON reads back as what was written");
  for (std::size_t i = 0; i < page.posts.size(); ++i)
    for (const record::Json& entity : json["posts"][i]["entities"])
      promise(entity["start"] < entity["end"] && entity["end"] <= utf8::length(page.posts[i].text),
              "JSON counts characters");
}

template <class Counts>
void check_counts(const Counts& counts) {
  for (const auto& [name, count] : counts)
    promise(!name.empty() && count > 0, "what is counted has a name, and was there");
}

}  // namespace

void check_page(const ChannelPage& page) {
  promise(page.skipped >= 0, "a count is not negative");
  promise(page.before.value_or(0) >= 0 && page.after.value_or(0) >= 0, "a cursor is not negative");
  promise(page.posts.empty() || !page.slug.empty(), "a page with posts names its channel");
  check_counts(page.malformed);
  check_counts(page.unknown_markup);
  for (const Counter& counter : page.channel.counters)
    promise(counter.count.value.value_or(0) >= 0, "a count is not negative");
  for (const Post& post : page.posts) check_post(post);
  check_json(page);
}

}  // namespace qanat::fuzz
