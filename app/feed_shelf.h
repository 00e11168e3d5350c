#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/channel_name.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/instant.h"
#include "export/feed.h"
#include "store/store.h"
#include "web/conditional.h"

namespace qanat::app {

/// Which feed: "all.atom", "some_channel.rss".
struct FeedName {
  std::optional<ChannelName> channel;  ///< nothing: all posts
  exporting::FeedFormat format = exporting::FeedFormat::atom;

  [[nodiscard]] static std::optional<FeedName> parse(std::string_view file);
  [[nodiscard]] std::string str() const;
  bool operator==(const FeedName&) const = default;
};

/// A feed as it is served.
struct ReadyFeed {
  std::shared_ptr<const std::string> text;
  std::shared_ptr<const std::string> gzip;  ///< the same compressed
  web::Version version;                     ///< `modified`: when this program first saw it so
  std::optional<Instant> next_crawl;        ///< of what is in it; in the past: now
};

/// Writes feeds of the store's newest clean and stripped posts, without what leads to a person, and
/// keeps those that were asked for last: as long as nobody writes to the store, a feed that is
/// asked for again costs nothing. Reads over a connection of its own. One thread.
class FeedShelf {
 public:
  struct Options {
    std::string store_path;
    std::string url;         ///< of the folder that readers find the feeds in, with its slash
    std::int64_t posts = 0;  ///< of each feed
    std::size_t most_bytes = std::size_t{16} << 20U;  ///< of the kept ones; one is always kept
  };

  /// `clock` outlives the shelf.
  FeedShelf(Options options, Clock& clock) : options_(std::move(options)), clock_(clock) {}

  /// Valid until the next call. Errors: usage, when the channel is not followed; those of
  /// Store::open and of reading: the next call tries anew.
  Result<const ReadyFeed*> find(const FeedName& name);

 private:
  struct Kept {
    FeedName name;
    ReadyFeed feed;
    std::optional<std::int64_t> data_version;  ///< nothing: of an earlier connection
  };

  Result<const ReadyFeed*> look_up(const FeedName& name);
  Result<std::int64_t> connect();
  Result<ReadyFeed> write(const FeedName& name);
  Result<std::string> text_of(const FeedName& name);
  Result<std::optional<Instant>> next_crawl(const FeedName& name);
  Kept& in_front(const FeedName& name);
  void drop_surplus();

  Options options_;
  Clock& clock_;
  std::optional<store::Store> store_;
  std::list<Kept> kept_;  ///< what was asked for last comes first
};

}  // namespace qanat::app
