#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "base/channel_name.h"
#include "base/error.h"
#include "base/post.h"

/// What Telegram Desktop writes when a channel's history is exported as JSON (result.json).
namespace qanat::importer {

/// Stored with each record read by this reader; raised when the same bytes may give other values.
inline constexpr std::string_view kDesktopReader = "telegram-desktop/1";

/// Some messages in the file's order, and the bytes that they were read from: a JSON array.
struct DesktopBatch {
  std::string json;
  std::vector<Post> posts;
  // Of the channel, where they stand before the messages.
  std::string title;
  std::optional<std::int64_t> numeric_id;  ///< not of old exports, whose numbers hold more
};

/// Reads the export of one chat, batch by batch; memory is bounded by a batch, whatever the file's
/// size. The export has no address of its channel, so the caller says whose posts these are.
///
/// A message becomes a post as the channel's page would show it: its text with formatting, links,
/// dates (UTC; exports without date_unixtime have local dates, which are taken for UTC), forwards,
/// replies, reactions, polls and kinds of media. Views, link previews and which messages form an
/// album are not in the export.
///
/// Of messages with the same id the first is taken from a batch.
///
/// Errors: usage, naming what is wrong with the file: no JSON, nested deeper than 64 levels, not
/// the export of one chat, one of another type than a channel (what says no type is taken for one),
/// without any post, a message that cannot be read; those of `batch`. Batches may have been
/// delivered before: the type may stand after the messages.
Result<void> read_desktop_export(std::istream& in,
                                 const ChannelName& channel,
                                 const std::function<Result<void>(DesktopBatch)>& batch);

}  // namespace qanat::importer
