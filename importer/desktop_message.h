#pragma once

#include <nlohmann/json.hpp>

#include "base/channel_name.h"
#include "base/post.h"

/// One message of Telegram Desktop's export. These throw nlohmann's exceptions on a foreign shape.
namespace qanat::importer {

/// Its id is not positive when it came with a group that became this channel: no page shows it.
[[nodiscard]] Post read_message(const nlohmann::json& message, const ChannelName& channel);

/// Text, entities, links, hashtags and mentions.
void read_text(const nlohmann::json& message, Post& post);

/// Media, the poll, and the kind of the post.
void read_media(const nlohmann::json& message, Post& post);

/// The text under `key`; empty when it is absent or null.
[[nodiscard]] std::string text_of(const nlohmann::json& in, const char* key);

}  // namespace qanat::importer
