#pragma once

#include "app/visit.h"
#include "base/channel_page.h"
#include "base/error.h"

namespace qanat::app {

/// Refuses a page that must not end or feed a walk. A walk that moved on over posts which it could
/// not read would lose them without a word, so it stays where it is until the parser can.
/// `is_newest`: it is the first page of its visit.
///
/// Errors: markup, for a page that is not the one that we read; other_channel, for another
/// channel's; those of the store.
Result<void> check_page(const ChannelPage& page, const VisitPlan& plan, bool is_newest);

}  // namespace qanat::app
