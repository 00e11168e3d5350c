#pragma once

#include <cstddef>
#include <string_view>

#include "base/channel_page.h"
#include "base/error.h"

namespace qanat::parser {

/// Raised when the same bytes may give other values than before; stored with each record.
inline constexpr std::string_view kParserVersion = "1";

/// Fences around the HTML library, checked by one linear scan before it sees a byte.
/// Telegram's own pages stay below 2 MB, depth 40 and 25 posts.
struct Limits {
  std::size_t max_bytes = std::size_t{8} * 1024 * 1024;
  int max_depth = 256;         ///< open elements
  int max_attributes = 256;    ///< in one tag: the library compares each with each
  int max_elements = 200'000;  ///< they cost memory
};

/// Reads one page of t.me. Pure: no clock, no network, no global state, so the same bytes give the
/// same page for ever. Copies what it keeps; `bytes` may go away. Invalid UTF-8 is read as U+FFFD.
///
/// What kind of page it is, is a value (ChannelPage::kind), also for a page that is none of
/// Telegram's (unknown). A malformed field stays empty and is counted; its post stays.
///
/// Errors: markup, for input beyond the limits or without any markup.
Result<ChannelPage> parse_page(std::string_view bytes, const Limits& limits = {});

}  // namespace qanat::parser
