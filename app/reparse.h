#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/channel_name.h"
#include "base/error.h"
#include "base/instant.h"
#include "classifier/classifier.h"
#include "store/snapshot_archive.h"
#include "store/store.h"

/// The archive read anew: what this program's parser makes of the bytes, held against the stored
/// posts.
namespace qanat::app {

/// A stored post that the archived page gives otherwise.
struct ReparseDifference {
  std::string id;                   ///< "some_channel/1020"
  std::string parser;               ///< that read the stored one
  std::vector<std::string> fields;  ///< of the post's JSON that differ; none: the page lacks it now
};

struct ReparseReport {
  std::int64_t posts = 0;
  std::int64_t identical = 0;
  std::int64_t different = 0;
  std::int64_t not_archived = 0;  ///< their month was pruned
  std::int64_t without_page = 0;  ///< messages of Telegram Desktop's export
  std::int64_t written = 0;       ///< of the different ones

  /// The store now holds what the parser reads.
  [[nodiscard]] bool agrees() const { return different == written; }
};

struct ReparsePlan {
  std::optional<ChannelName> channel;  ///< of this one only
  /// Writes what differs: other content is a revision, judged by this. Nothing: changes nothing.
  const classifier::Classifier* apply = nullptr;
};

/// Parses the page that each stored post was last read from, and compares the post with what is
/// stored, field by field. Posts that were read from no page are only counted. A post that its page
/// lacks now stays as it is. What is written is written page by page, so that a run which is killed
/// leaves each post as it was or as it is read now, and the next run does the rest.
/// Errors: those of store and archive.
Result<ReparseReport> reparse(store::Store& store,
                              store::SnapshotArchive& archive,
                              const ReparsePlan& plan,
                              Instant now,
                              const std::function<void(const ReparseDifference&)>& differs);

}  // namespace qanat::app
