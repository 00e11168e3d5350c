#pragma once

#include <optional>

#include "app/visit.h"
#include "base/channel_name.h"
#include "base/channel_page.h"
#include "base/error.h"
#include "base/post.h"
#include "base/record.h"

namespace qanat::app {

/// A page that was fetched, archived and parsed.
struct ReadPage {
  ChannelPage page;
  Provenance provenance;
};

/// Fetches the channel's newest page, or the one before a cursor, or its landing page where the
/// preview leads to that; archives the bytes before they are parsed.
/// Errors: those of the fetcher, the parser and the store, with the step that failed; markup also
/// when the page ends early, http_status when it leads elsewhere.
Result<ReadPage> read_page(World& world,
                           const ChannelName& channel,
                           std::optional<MessageId> before);

}  // namespace qanat::app
