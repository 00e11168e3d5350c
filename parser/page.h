#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "base/channel_page.h"
#include "base/error.h"

namespace qanat::parser {

/// Raised when the same bytes may give other values than before; stored with each record.
inline constexpr std::string_view kParserVersion = "2";

/// Fences around the HTML library, checked by one linear scan before it sees a byte.
/// Telegram's own pages stay below 2 MB, depth 40 and 25 posts.
struct Limits {
  std::size_t max_bytes = std::size_t{8} * 1024 * 1024;
  int max_depth = 256;       ///< open elements
  int max_attributes = 256;  ///< in one tag
  int max_posts = 1000;
};

/// Reads one page of t.me. Pure: no clock, no network, no global state, so the same bytes give the
/// same page for ever. Copies what it keeps; `bytes` may go away. A few bytes that are no UTF-8 are
/// read as U+FFFD and counted as malformed.
///
/// What kind of page it is, is a value (ChannelPage::kind), also for a page that is none of
/// Telegram's (unknown). A malformed field stays empty and is counted; its post stays.
///
/// Takes no more memory than 20 times the page's size (and 2 MiB for small ones), and time in
/// proportion to it, whatever the bytes are.
///
/// Errors: markup, for input beyond the limits, without any markup, or in another encoding than
/// UTF-8, as the page says itself or as more than a few of its bytes do.
Result<ChannelPage> parse_page(std::string_view bytes, const Limits& limits = {});

/// The same for who reads many pages: keeps some memory (4 MiB) from one to the next, which makes
/// it a quarter faster. One thread at a time.
class PageReader {
 public:
  explicit PageReader(const Limits& limits = {});
  ~PageReader();
  PageReader(const PageReader&) = delete;
  PageReader& operator=(const PageReader&) = delete;
  PageReader(PageReader&&) noexcept;
  PageReader& operator=(PageReader&&) noexcept;

  /// As parse_page().
  Result<ChannelPage> parse(std::string_view bytes);

 private:
  struct Workspace;

  /// `bytes` are valid UTF-8.
  Result<ChannelPage> read(std::string_view bytes);

  Limits limits_;
  std::unique_ptr<Workspace> workspace_;
};

}  // namespace qanat::parser
