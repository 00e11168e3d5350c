#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/channel_name.h"
#include "base/post.h"

namespace qanat::crawler {

/// "https://t.me/s/some_channel", with "?before=N" when a cursor is given. `base` is scheme and
/// authority, without a slash at its end: "https://t.me", "http://127.0.0.1:8080". A cursor below
/// 1 is left out: the host answers "before=0" with its newest page.
[[nodiscard]] std::string preview_url(std::string_view base,
                                      const ChannelName& channel,
                                      std::optional<MessageId> before);

/// "https://t.me/some_channel": the page that says what a name without a preview is.
[[nodiscard]] std::string landing_url(std::string_view base, const ChannelName& channel);

/// The host of a URL, for records and the gate, lower case, without user and port ("[::1]" keeps
/// its brackets); empty when there is none.
[[nodiscard]] std::string host_of(std::string_view url);

/// Whether a redirect of a preview URL leads to the channel's landing page: its preview is off, or
/// it is a group, a user, a bot. The target's host does not count: nobody follows it, the landing
/// page is asked of the host we chose.
[[nodiscard]] bool leads_to_landing(std::string_view location, const ChannelName& channel);

}  // namespace qanat::crawler
