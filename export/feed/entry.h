#pragma once

#include <string>
#include <vector>

#include "base/instant.h"
#include "base/record.h"

namespace qanat::exporting {

/// What every kind of feed says of itself.
struct FeedFacts {
  std::string id;  ///< an IRI
  std::string title;
  std::string home;  ///< the page that it is a feed of
  std::string url;   ///< where it is served; may be empty
  Instant updated;   ///< of the entry that changed last
};

/// A post as every kind of feed shows it. Texts hold no control characters.
struct FeedEntry {
  std::string id;  ///< an address that no host, spelling, edit or verdict changes
  std::string url;
  std::string title;
  std::string html;
  std::string text;  ///< the same without formatting
  Instant published;
  Instant updated;  ///< when the text that is shown was first seen; counters do not move it
  std::string author;
  std::string lang;  ///< "ru"; empty when it is not known
  std::vector<std::string> tags;
};

[[nodiscard]] FeedEntry feed_entry(const Record& record);

/// When the record's text last changed, as far as we saw.
[[nodiscard]] Instant updated_at(const Record& record);

}  // namespace qanat::exporting
