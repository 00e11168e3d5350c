#pragma once

#include "base/channel_name.h"
#include "base/error.h"
#include "base/shown_channel.h"
#include "store/sqlite.h"

namespace qanat::store {

/// Store::check_page_owner(), inside the caller's transaction.
Result<void> check_page_owner(Database& database,
                              const ChannelName& kept_as,
                              const ShownChannel& shown);

}  // namespace qanat::store
