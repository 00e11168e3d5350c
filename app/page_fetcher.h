#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/polite_client.h"
#include "app/robots_cache.h"
#include "base/channel_name.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/post.h"
#include "crawler/transport.h"
#include "store/snapshot_archive.h"
#include "store/store.h"

namespace qanat::app {

/// Asks Telegram's hosts for pages: keeps to their robots.txt, asks again when refused, turns to
/// the next host when one cannot be reached or sends it there, and has a page that did not change
/// since it was archived sent only once. One thread.
class PageFetcher {
 public:
  struct Options {
    std::vector<std::string> hosts;  ///< base URLs in order of preference, at least one
    bool ignore_robots = false;
  };

  /// All references outlive the object.
  PageFetcher(PoliteClient& client,
              Clock& clock,
              store::Store& store,
              store::SnapshotArchive& archive,
              Options options);

  /// The channel's preview page: the newest, or the one before a cursor. An answer of 200; of 304
  /// with the archived bytes as its body; or another 3xx.
  /// Errors: network (no host answered); markup (the answer is too large); host_trouble (429 and
  /// 5xx, after kAttempts, or once for the host's robots.txt); http_status (any other answer, or
  /// robots.txt forbids it); throttled, as the client; those of the store.
  Result<crawler::Answer> preview(const ChannelName& channel, std::optional<MessageId> before);

  /// The page that a preview redirects to when there is none. Errors: as above.
  Result<crawler::Answer> landing(const ChannelName& channel);

  /// Earlier failures do not count any more: neither those in a row nor those of the first host.
  void try_anew();

  /// Requests sent so far.
  [[nodiscard]] int requests() const { return client_.requests(); }

  /// How often one page is asked for, at the gate's falling rate.
  static constexpr std::size_t kAttempts = 3;

 private:
  struct Page {
    std::function<std::string(const std::string& host)> url_on;
    bool may_be_known = false;  ///< an earlier version of it may be in the archive
  };
  struct KnownVersion {
    crawler::Validators validators;
    std::string body;
  };

  Result<crawler::Answer> fetch_from_any_host(const Page& page);
  /// The other host of ours to which the answer redirects for the same page.
  [[nodiscard]] std::optional<std::size_t> moved_to(const Page& page,
                                                    const crawler::Answer& answer) const;
  Result<crawler::Answer> fetch(const Page& page, const std::string& host);
  Result<crawler::Answer> fetch_if_changed(const std::string& url);
  Result<std::optional<KnownVersion>> known_version(const std::string& url);

  PoliteClient& client_;
  store::Store& store_;
  store::SnapshotArchive& archive_;
  Options options_;
  RobotsCache robots_;
  std::size_t preferred_ = 0;  ///< the host that answered last
};

}  // namespace qanat::app
