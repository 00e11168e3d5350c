#pragma once

#include <cstdint>
#include <optional>

#include "base/channel_name.h"
#include "base/channel_page.h"

namespace qanat {

/// What a page, or an export, tells of whose it is.
struct ShownChannel {
  std::optional<ChannelName> name;  ///< by which it calls the channel
  std::optional<std::int64_t> numeric_id;

  bool operator==(const ShownChannel&) const = default;
};

[[nodiscard]] inline ShownChannel shown_channel(const ChannelPage& page) {
  return {.name = ChannelName::parse(page.slug), .numeric_id = page.channel.numeric_id};
}

/// Whether the numbers are surely those of two channels. A channel's number stays, whatever its
/// name; a name goes to another channel now and then.
[[nodiscard]] constexpr bool is_other_channel(std::optional<std::int64_t> known,
                                              std::optional<std::int64_t> shown) {
  return known && shown && *known != *shown;
}

}  // namespace qanat
