#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "base/post.h"

/// One message of Telegram Desktop's export. These throw nlohmann's exceptions on a foreign shape.
namespace qanat::importer {

[[nodiscard]] Post read_message(const nlohmann::json& message, const PostId& id);

/// Text, entities, links, hashtags and mentions.
void read_text(const nlohmann::json& message, Post& post);

/// Media, the poll, and the kind of the post.
void read_media(const nlohmann::json& message, Post& post);

/// The text under `key`; empty when it is absent or null.
[[nodiscard]] std::string text_of(const nlohmann::json& in, const char* key);

/// The whole number under `key`; nothing when it is absent or no MessageId can hold it.
[[nodiscard]] std::optional<MessageId> id_of(const nlohmann::json& in, const char* key);

/// The number of something under `key`, which Telegram keeps in 31 bits; nothing when it is absent
/// or outside of them.
[[nodiscard]] std::optional<int> count_of(const nlohmann::json& in, const char* key);

}  // namespace qanat::importer
