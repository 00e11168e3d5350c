#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/post.h"

namespace qanat {

/// What a URL of t.me returned. A value, not an error: each one says what to do next.
enum class PageKind {
  channel,          ///< t.me/s/<name>: posts, or the empty list of an empty channel
  landing_channel,  ///< a channel; without a preview link there is no public preview
  landing_group,
  landing_user,
  landing_bot,
  free_name,       ///< nobody owns the name
  private_invite,  ///< t.me/+hash
  post,            ///< t.me/<name>/<number>
  home,            ///< telegram.org's front page, served with 200 for some invalid names
  unknown,
};

/// One of the header's counters: {"subscribers", 4310, "4.31K"}.
struct Counter {
  std::string type;  ///< as shown, in the page's language
  Count count;

  bool operator==(const Counter&) const = default;
};

struct ChannelFacts {
  std::string title;
  std::string username;  ///< as shown, without '@'
  std::string description;
  std::string photo_url;
  std::vector<Counter> counters;  ///< the first is the audience
  bool verified = false;
  bool has_preview = false;  ///< the page is a preview, or links to one
  std::optional<std::int64_t> numeric_id;

  bool operator==(const ChannelFacts&) const = default;
};

/// One fetched page as plain values.
struct ChannelPage {
  PageKind kind = PageKind::unknown;
  ChannelFacts channel;
  std::string slug;                 ///< the canonical spelling in data-post; empty without posts
  std::optional<MessageId> before;  ///< cursor to the next older page, if the page links one
  std::optional<MessageId> after;   ///< cursor to the next newer page
  std::vector<Post> posts;          ///< oldest first, as on the page
  int skipped = 0;                  ///< posts that have no readable id: counted, never guessed
  std::string notice;               ///< why there is no post, as shown: "Post not found"
  bool says_empty = false;          ///< in words: "No posts found"
  bool complete = false;            ///< the page's end was seen: not a download cut short
  std::map<std::string, int> malformed;       ///< field → how often it could not be read
  std::map<std::string, int> unknown_markup;  ///< class → how often, in messages and the header

  bool operator==(const ChannelPage&) const = default;
};

}  // namespace qanat
