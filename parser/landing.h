#pragma once

#include "base/channel_page.h"
#include "parser/html_tree.h"
#include "parser/malformed.h"

namespace qanat::parser {

/// What a t.me/<name> page is about. By content: its HTTP status is 200 whatever it says.
struct Landing {
  PageKind kind = PageKind::unknown;
  ChannelFacts facts;
};

/// Reads a page that is not a list of posts: the landing pages of channels, groups, users, bots and
/// names nobody owns, invitations, post pages, telegram.org's front page. Kind unknown for others.
[[nodiscard]] Landing read_landing(Node document, Malformed& malformed);

}  // namespace qanat::parser
