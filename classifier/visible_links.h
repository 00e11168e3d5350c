#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace qanat::classifier {

/// What a reader sees as a link in plain text.
struct VisibleLink {
  enum class Kind { url, mention, hashtag, email };

  Kind kind = Kind::url;
  Span span;
};

/// URLs (with scheme, or a bare host with a known ending), @handles, #tags and e-mails, in order,
/// disjoint.
[[nodiscard]] std::vector<VisibleLink> find_visible_links(std::string_view text);

/// The line holds links and ornaments, and no other words.
[[nodiscard]] bool is_links_only(std::string_view line);

/// "https://t.me/name" for "t.me/name" and "@name"; a URL with a scheme as it is.
[[nodiscard]] std::string address_of(std::string_view visible);

/// The username that a link to Telegram or an @handle names, lower case; empty for invites and
/// others.
[[nodiscard]] std::string telegram_name_of(std::string_view url);

}  // namespace qanat::classifier
