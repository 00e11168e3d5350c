#include "export/feed/post_html.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>

#include "base/html.h"

namespace qanat::exporting {
namespace {

/// An element over a span of the text.
struct Tag {
  Span span;
  std::string open;
  std::string_view close;
};

bool is_web_link(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://") || url.starts_with("mailto:");
}

std::optional<Tag> tag_of(const Entity& entity) {
  switch (entity.kind) {
    case EntityKind::bold: return Tag{entity.span, "<b>", "</b>"};
    case EntityKind::italic: return Tag{entity.span, "<i>", "</i>"};
    case EntityKind::underline: return Tag{entity.span, "<u>", "</u>"};
    case EntityKind::strike: return Tag{entity.span, "<s>", "</s>"};
    case EntityKind::code: return Tag{entity.span, "<code>", "</code>"};
    case EntityKind::pre: return Tag{entity.span, "<pre>", "</pre>"};
    case EntityKind::quote:
    case EntityKind::collapsed_quote: return Tag{entity.span, "<blockquote>", "</blockquote>"};
    default: return std::nullopt;
  }
}

/// Outer ones first.
std::vector<Tag> html_tags(const Post& post) {
  std::vector<Tag> tags;
  for (const Entity& entity : post.entities) {
    if (auto tag = tag_of(entity); tag && !entity.span.empty()) tags.push_back(*std::move(tag));
  }
  for (const Link& link : post.links) {
    if (!is_web_link(link.url) || link.span.empty()) continue;
    tags.push_back({link.span, "<a href=\"" + escaped_html(link.url) + "\">", "</a>"});
  }
  std::ranges::stable_sort(tags, [](const Tag& a, const Tag& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  return tags;
}

/// Writes pieces of the text so that elements always nest, also where spans overlap.
class HtmlWriter {
 public:
  HtmlWriter(const std::string& text, const std::vector<Tag>& tags) : text_(text), tags_(tags) {}

  void write(Span piece) {
    std::vector<const Tag*> wanted;
    for (const Tag& tag : tags_) {
      if (tag.span.contains(piece)) wanted.push_back(&tag);
    }
    const auto [keep, rest] = std::ranges::mismatch(open_, wanted);
    close_down_to(static_cast<std::size_t>(keep - open_.begin()));
    for (auto tag = rest; tag != wanted.end(); ++tag) {
      out_ += (*tag)->open;
      open_.push_back(*tag);
    }
    write_text(piece);
  }

  std::string finish() {
    close_down_to(0);
    return std::move(out_);
  }

 private:
  void close_down_to(std::size_t depth) {
    for (; open_.size() > depth; open_.pop_back()) out_ += open_.back()->close;
  }

  void write_text(Span piece) {
    const bool verbatim =
        std::ranges::any_of(open_, [](const Tag* tag) { return tag->open == "<pre>"; });
    const std::string_view text = std::string_view(text_).substr(piece.begin, piece.size());
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = verbatim ? text.size() : std::min(text.find('\n', at), text.size());
      out_ += escaped_html(text.substr(at, end - at));
      if (end < text.size()) out_ += "<br>\n";
      at = end + 1;
    }
  }

  const std::string& text_;
  const std::vector<Tag>& tags_;
  std::vector<const Tag*> open_;
  std::string out_;
};

std::string text_html(const Post& post, const std::vector<Removed>& removed) {
  const std::vector<Tag> tags = html_tags(post);
  std::set<std::size_t> borders = {0, post.text.size()};
  for (const Tag& tag : tags) borders.insert({tag.span.begin, tag.span.end});
  for (const Removed& part : removed) borders.insert({part.span.begin, part.span.end});
  HtmlWriter html(post.text, tags);
  for (auto at = borders.begin(); std::next(at) != borders.end(); ++at) {
    const Span piece{*at, *std::next(at)};
    const bool gone = std::ranges::any_of(
        removed, [&](const Removed& part) { return part.span.contains(piece); });
    if (!gone) html.write(piece);
  }
  return html.finish();
}

std::string poll_html(const Poll& poll) {
  std::string out = "<p>" + escaped_html(poll.question) + "</p><ul>";
  for (const PollOption& option : poll.options) out += "<li>" + escaped_html(option.text) + "</li>";
  return out + "</ul>";
}

}  // namespace

std::string post_html(const Post& post, const std::vector<Removed>& removed) {
  std::string out = text_html(post, removed);
  if (post.poll) out += poll_html(*post.poll);
  return out;
}

}  // namespace qanat::exporting
