#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/polite_client.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/instant.h"
#include "crawler/robots.h"
#include "store/store.h"

namespace qanat::app {

/// The hosts' robots.txt, by RFC 9309: asked for when first needed, kept in the store, asked for
/// again after a day. One thread.
class RobotsCache {
 public:
  /// `hosts`: base URLs; a redirect to anywhere else is not followed. The references outlive it.
  RobotsCache(PoliteClient& client,
              Clock& clock,
              store::Store& store,
              std::vector<std::string> hosts);

  /// Whether `url`, which begins with the host's base URL, may be asked for. A host without a
  /// robots.txt (4xx) forbids nothing.
  /// Errors: host_trouble, when it answers 429 or 5xx: then nothing is known, and nothing may be
  /// asked; those of the client and the store.
  Result<bool> allows(const std::string& host, std::string_view url);

  static constexpr std::chrono::hours kKept{24};

 private:
  struct Known {
    Instant fetched_at;
    crawler::Robots robots;
  };

  [[nodiscard]] bool is_fresh(Instant fetched_at) const;
  /// The cached or kept one, if it is fresh.
  Result<const Known*> known(const std::string& host);
  Result<const Known*> ask(const std::string& host);
  Result<crawler::Answer> follow(std::string url);
  const Known* remember(const std::string& host, const store::SavedRobots& saved);

  PoliteClient& client_;
  Clock& clock_;
  store::Store& store_;
  std::vector<std::string> hosts_;
  std::map<std::string, Known, std::less<>> known_;
};

}  // namespace qanat::app
