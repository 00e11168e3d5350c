#pragma once

#include <string_view>
#include <utility>

#include "app/feed_shelf.h"
#include "base/clock.h"
#include "web/http_server.h"

namespace qanat::app {

/// The feeds of the daemon's web server: /feeds/all.atom, /feeds/some_channel.rss, ….json. Each has
/// an entity tag, and a lifetime that ends when its channel is crawled next. Lives in the server's
/// thread.
class FeedPages {
 public:
  static constexpr std::string_view kFolder = "/feeds/";

  /// `clock` outlives the object, and is asked from the server's thread.
  FeedPages(FeedShelf::Options options, Clock& clock)
      : shelf_(std::move(options), clock), clock_(clock) {}

  /// 200; 304; 404 for what is no feed, and for a channel that is not followed; 503 when the store
  /// cannot be read.
  [[nodiscard]] web::Response answer(const web::Request& request);

 private:
  [[nodiscard]] std::string cache_control(const ReadyFeed& feed);

  FeedShelf shelf_;
  Clock& clock_;
};

}  // namespace qanat::app
