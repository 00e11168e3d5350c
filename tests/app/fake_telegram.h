#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crawler/transport.h"

namespace qanat::test {

/// A Telegram of one's own: channels with posts, pages of the true structure by `?before=`, and
/// answers to give instead, once each.
class FakeTelegram final : public crawler::Transport {
 public:
  /// Posts of a channel, id → text, or the body's markup when it begins with a "<div" or with an
  /// "<a" of Telegram's; "Room pinned «…»" is a notice. A channel that is not here redirects to its
  /// landing page.
  std::map<std::string, std::map<std::int64_t, std::string>> channels;
  /// The number of a channel that has one on its page.
  std::map<std::string, std::int64_t> numeric_ids;
  std::size_t page_size = 5;
  bool break_ids = false;    ///< the markup changed: no post says its id where it used to
  bool break_dates = false;  ///< the same of the date
  bool break_texts = false;  ///< the same of the text
  bool links_older = false;  ///< pages link to the one before, where there is one
  std::string header;        ///< markup in the channel's header
  std::string views = "1";   ///< of each post, as shown

  /// Given instead of the next requests, first in first out; nothing: answer as usual.
  std::deque<std::optional<Result<crawler::Answer>>> instead;
  std::vector<std::string> asked;  ///< URLs in order, but those of robots.txt

  /// What each request for a robots.txt is answered.
  Result<crawler::Answer> robots = crawler::Answer{.status = 404};
  std::vector<std::string> robots_asked;  ///< URLs in order

  /// Pages have an ETag; one that is asked for with its own is not sent again.
  bool gives_etags = false;
  int not_sent = 0;

  Result<crawler::Answer> fetch(const crawler::Request& request) override;

 private:
  [[nodiscard]] std::string preview(const std::string& channel,
                                    std::optional<std::int64_t> before) const;
};

/// An answer without a body.
[[nodiscard]] crawler::Answer answer(int status);

/// The landing page of a channel without a preview.
[[nodiscard]] std::string landing_body();

}  // namespace qanat::test
