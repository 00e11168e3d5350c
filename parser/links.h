#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/post.h"
#include "parser/html_tree.h"
#include "parser/malformed.h"

namespace qanat::parser {

/// The absolute address of a page's href: "//host/…" and "/path" and "?q=…" are completed as a
/// browser on https://t.me/s/<slug> would. Empty for what is no address, such as "javascript:…".
[[nodiscard]] std::string resolve(std::string_view href, std::string_view slug);

/// The absolute address that an <a> leads to. Links that ask "Open this link?" (onclick) are
/// escaped once more than HTML asks for; that layer is taken off here.
[[nodiscard]] std::string target_of(Node anchor, std::string_view slug);

/// The same; an href that is no address is counted under `field`.
[[nodiscard]] std::string target_of(Node anchor,
                                    std::string_view slug,
                                    const char* field,
                                    Malformed& malformed);

/// Whether a reader who sees `shown` knows that he goes to `url`: the same address, give or take
/// the scheme, "www.", a final slash, percent signs; "@name" for t.me/name.
[[nodiscard]] bool shows_address(std::string_view shown, std::string_view url);

/// Whether the text of an <a> hides where it leads. The channel's own name over a link to the
/// channel, which service posts have, hides nothing.
[[nodiscard]] bool is_masked(Node anchor,
                             std::string_view shown,
                             std::string_view url,
                             std::string_view slug);

/// What the link is in Telegram's terms: mention, hashtag, cashtag, e-mail, phone, bot command,
/// or just a link.
[[nodiscard]] EntityKind link_kind(std::string_view href,
                                   std::string_view url,
                                   std::string_view shown);

/// Whether it is t.me/<slug>/<number>: an address of that channel's own.
[[nodiscard]] bool is_message_of(std::string_view slug, std::string_view url);

/// The number in t.me/<channel>/<number>; nothing for any other address.
[[nodiscard]] std::optional<MessageId> message_in(std::string_view url);

}  // namespace qanat::parser
