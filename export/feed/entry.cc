#include "export/feed/entry.h"

#include "base/names.h"
#include "export/feed/plain_text.h"
#include "export/feed/post_html.h"

namespace qanat::exporting {
namespace {

constexpr std::size_t kLongestTitle = 100;  // code points

Instant published_at(const Record& record) {
  return record.post.published_at.value_or(record.first_seen_at);
}

std::string title_of(const Record& record, const std::string& text) {
  for (const std::string& candidate :
       {record.normalized.title,
        record.normalized.question,
        text,
        record.post.poll ? record.post.poll->question : std::string()}) {
    std::string heading = without_controls(heading_of(candidate, kLongestTitle));
    if (!heading.empty()) return heading;
  }
  return std::string(name_of(record.post.kind)) + " " + record.post.id.str();
}

std::vector<std::string> tags_of(const Post& post) {
  std::vector<std::string> tags;
  tags.reserve(post.hashtags.size());
  for (const std::string& tag : post.hashtags) {
    tags.push_back(without_controls(tag.starts_with('#') ? tag.substr(1) : tag));
  }
  return tags;
}

std::string poll_text(const Poll& poll) {
  std::string out = poll.question;
  for (const PollOption& option : poll.options) out += "\n• " + option.text;
  return out;
}

/// The text, and the poll below it.
std::string whole_text(const Post& post, const std::string& text) {
  if (!post.poll) return text;
  const std::string poll = without_controls(poll_text(*post.poll));
  return text.empty() ? poll : text + "\n\n" + poll;
}

}  // namespace

Instant updated_at(const Record& record) {
  return record.revision > 1 ? record.provenance.fetched_at : published_at(record);
}

FeedEntry feed_entry(const Record& record) {
  const Post& post = record.post;
  const std::string text = without_controls(kept_text(post.text, record.verdict.removed));
  return {.id = "https://t.me/" + post.id.str(),
          .url = without_controls(post.url),
          .title = title_of(record, text),
          .html = without_controls(post_html(post, record.verdict.removed)),
          .text = whole_text(post, text),
          .published = published_at(record),
          .updated = updated_at(record),
          .author = without_controls(post.author),
          .lang = record.normalized.lang == "other" ? "" : record.normalized.lang,
          .tags = tags_of(post)};
}

}  // namespace qanat::exporting
