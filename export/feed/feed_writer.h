#pragma once

#include <memory>
#include <string>

#include "export/feed/entry.h"

namespace qanat::exporting {

/// One kind of feed. What the calls give, one after the other, is the feed.
class FeedWriter {
 public:
  FeedWriter() = default;
  FeedWriter(const FeedWriter&) = delete;
  FeedWriter& operator=(const FeedWriter&) = delete;
  virtual ~FeedWriter() = default;

  [[nodiscard]] virtual std::string begin(const FeedFacts& facts) = 0;
  [[nodiscard]] virtual std::string entry(const FeedEntry& entry) = 0;
  [[nodiscard]] virtual std::string end() = 0;
};

/// RSS 2.0.
[[nodiscard]] std::unique_ptr<FeedWriter> rss_writer();
/// Atom (RFC 4287).
[[nodiscard]] std::unique_ptr<FeedWriter> atom_writer();
/// JSON Feed 1.1.
[[nodiscard]] std::unique_ptr<FeedWriter> json_feed_writer();

}  // namespace qanat::exporting
