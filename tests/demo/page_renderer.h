#pragma once

#include <optional>
#include <string>

#include "demo/channel.h"

namespace qanat::demo {

/// Which part of a channel's history is asked for. At most one of them is set.
struct Cursor {
  std::optional<MessageId> before;  ///< strictly older; 0 means the newest, as on Telegram
  std::optional<MessageId> after;   ///< strictly newer
  std::optional<MessageId> around;  ///< t.me/s/name/123
};

/// t.me/s/<channel>: markup of the true structure (2026), of our own words.
[[nodiscard]] std::string render_channel_page(const Channel& channel, const Cursor& cursor);

/// t.me/<channel>: what the name is, with a link to the preview if there is one.
[[nodiscard]] std::string render_landing_page(const Channel& channel);

/// t.me/<name> when nobody owns the name.
[[nodiscard]] std::string render_free_name_page(const std::string& name);

}  // namespace qanat::demo
