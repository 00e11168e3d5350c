#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/channel_profiles.h"
#include "app/keeper.h"
#include "base/channel_page.h"
#include "base/error.h"
#include "base/record.h"
#include "base/shown_channel.h"
#include "classifier/classifier.h"
#include "importer/telegram_desktop.h"
#include "parser/page.h"
#include "store/store.h"

namespace qanat::app {

/// A page that somebody else fetched or saved.
struct ForeignPage {
  std::string url;  ///< "https://t.me/s/…", or "file:…" when only the file's name is known
  std::string host;
  Instant fetched_at;
  int status = 0;
  std::string headers;
  std::string body;
};

/// A page that was read and has nothing to import.
struct PageWithoutPosts {
  std::string url;
  std::string channel;  ///< as it names it; may be empty
  PageKind kind = PageKind::unknown;
  bool has_preview = false;  ///< it links to its channel's posts
};

/// What an import did.
struct ImportReport {
  int pages = 0;  ///< with posts: pages, or batches of messages
  /// Pages without posts, channels whose preview is off among them: where, and what kind of page.
  std::vector<PageWithoutPosts> without_posts;
  store::PageCounts posts;         ///< that were kept
  std::int64_t known = 0;          ///< posts that the store had from this moment or a later one
  std::optional<Instant> oldest;   ///< page that was archived, by when it was fetched
  std::int64_t removed = 0;        ///< posts that were removed for good, and so not kept
  std::set<std::string> followed;  ///< channels that the store did not follow before
  /// A page's name for its channel → the name under which its posts are kept, if it is another.
  std::map<std::string, std::string> kept_as;
  /// What could not be read, a part of a page that was imported among them: where, and why.
  std::vector<std::string> refused;
};

/// Brings foreign pages and messages into the store the way that a visit's pages go: archived,
/// judged, one commit. What the store has seen at the same moment or later stays as it is, so the
/// same import again adds nothing, and an older copy never replaces a newer one. Channels become
/// followed; their cursor stays.
///
/// A page is its channel's whatever name it had then: posts are kept under the name by which the
/// store knows the channel's number, else under the name by which the page was asked for, as a
/// visit does, else under the page's own. A page of another channel that had the same name is
/// refused.
///
/// Errors of every call: those of store and archive. What cannot be read is in the report.
class Importer {
 public:
  /// Everything outlives it.
  Importer(store::Store& store,
           store::SnapshotArchive& archive,
           const classifier::Classifier& classifier,
           Instant now);

  Result<void> add_page(const ForeignPage& page);
  /// `url` names the file, `written_at` is when the export was made. A post that was once read from
  /// a page stays as the page had it: the export knows less of it.
  Result<void> add_messages(const std::string& url,
                            Instant written_at,
                            importer::DesktopBatch batch);
  /// The bytes of a page that was imported; nothing when the store knew all of its posts before.
  Result<std::optional<std::string>> archived(const std::string& snapshot);
  void refuse(std::string what) { report_.refused.push_back(std::move(what)); }

  [[nodiscard]] const ImportReport& report() const { return report_; }

  /// Why what shows this is none of the channel that its posts would be kept as, or has another
  /// name there; empty when it is, or nobody knows.
  Result<std::string> mistaken(const ShownChannel& shown, const ChannelName& kept);

 private:
  /// The name under which the page's posts are kept; `own` is the page's.
  Result<ChannelName> kept_name(const ChannelName& own,
                                const ShownChannel& shown,
                                const std::string& url);
  /// Those that the store is to keep, judged.
  Result<std::vector<store::JudgedPost>> unknown_posts(const ChannelName& channel,
                                                       const ShownChannel& shown,
                                                       std::vector<Post> posts,
                                                       const Provenance& provenance);
  Result<bool> is_known(const PostId& id, const Provenance& provenance);
  Result<void> keep(const ChannelName& channel,
                    std::vector<store::JudgedPost> posts,
                    const store::Snapshot& snapshot,
                    Provenance provenance,
                    const ChannelFacts& facts);
  Result<store::ChannelRow> follow(const ChannelName& channel, const ShownChannel& shown);

  store::Store& store_;
  store::SnapshotArchive& archive_;
  StoreKeeper keeper_;
  const classifier::Classifier& classifier_;
  Instant now_;
  StoredProfiles profiles_;
  parser::PageReader reader_;
  ImportReport report_;
};

}  // namespace qanat::app
