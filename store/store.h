#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/channel_name.h"
#include "base/channel_page.h"
#include "base/error.h"
#include "base/instant.h"
#include "base/record.h"
#include "base/shown_channel.h"
#include "store/channel_row.h"
#include "store/label_row.h"
#include "store/removal.h"
#include "store/run_row.h"

namespace qanat::store {

/// A judged post on its way into the store.
struct JudgedPost {
  Post post;
  std::string content_sha256;
  Verdict verdict;
  Normalized normalized;
  std::optional<std::string> profile;  ///< the identity of its channel's, when judged by one
};

/// A stored post judged anew.
struct Rejudged {
  PostId id;
  int revision = 0;  ///< that was judged
  Verdict verdict;
  Normalized normalized;
  std::optional<std::string> profile;  ///< as in JudgedPost
};

/// What a verdict follows from beside the post itself.
struct JudgedUnder {
  std::string ruleset;  ///< its fingerprint
  std::string profile;  ///< the identity of its channel's
};

/// A stored post as another parser reads it from the same bytes.
struct Reread {
  JudgedPost judged;
  std::string snapshot;  ///< those bytes
  std::string parser;
};

/// Everything that one fetched page changes. Visible together or not at all.
struct PageCommit {
  ChannelName channel;    ///< of every post of the page, and known to the store
  std::int64_t run = 0;   ///< that fetched it; 0: others did
  Provenance provenance;  ///< of all posts of the page; the ruleset is each verdict's own
  ChannelState state = ChannelState::live;
  std::optional<ChannelFacts> facts;  ///< when the page showed them; but for the numeric id
  ShownChannel shown;                 ///< whose the page says that it is
  std::vector<JudgedPost> posts;
  std::optional<MessageId> settled;  ///< set by the page that ends a walk
  std::optional<Gap> gap;            ///< set by the page that ends a walk short
  std::optional<Gap> filled;         ///< a known gap that this page read into; `gap`: what is left
  std::optional<double> posts_per_day;  ///< set by the newest page of a visit
  std::optional<Instant> next_due_at;   ///< set by the page that ends a visit
  /// Whether a stored post that the page lacks between its own counts as missing.
  bool tells_absence = true;
};

/// What a walk leaves unread where no page can be kept that tells it.
struct Unread {
  ChannelName channel;
  std::int64_t run = 0;              ///< 0: outside a run
  std::optional<MessageId> settled;  ///< the newest post that the walk saw, when it ends with this
  std::optional<Gap> filled;         ///< a known gap in whose place `gaps` are
  std::vector<Gap> gaps;
};

/// A visit that brought no page, or not all of them.
struct FailedVisit {
  ChannelName channel;
  std::string cause;  ///< in a word, for sums: "network"
  std::string error;  ///< in words
  Instant next_due_at;
  std::optional<ChannelState> state;  ///< when the failure says something of it
  std::int64_t run = 0;               ///< 0: outside a run
};

/// Counted by post.
struct PageCounts {
  int fresh = 0;      ///< stored for the first time
  int edited = 0;     ///< with a new revision
  int unchanged = 0;  ///< seen again; counters and last_seen_at follow the page
  int deleted = 0;    ///< stored ones that are now known to be deleted
  int restored = 0;   ///< deleted ones that are there again; they count as edited or unchanged too
  int withheld = 0;   ///< unchanged ones whose body the page shows no more: what is stored stays

  bool operator==(const PageCounts&) const = default;
  PageCounts& operator+=(const PageCounts& other);
};

/// Which records to read: those that meet every field that is set. Posts without a readable date
/// meet neither `since` nor `until`.
struct RecordFilter {
  std::vector<ChannelName> channels;  ///< none: all
  std::vector<Label> labels;
  std::vector<Outcome> outcomes;
  std::optional<Instant> since;  ///< published at or after
  std::optional<Instant> until;  ///< published before
  /// Parted by white space; each occurs in the text, inside of a word too. Case, ё/е and invisible
  /// characters do not matter.
  std::string words;
  std::int64_t limit = 0;  ///< 0: all
  /// By time of publication, the latest first, posts without a date last; in a single channel by
  /// descending message id. Default: by channel, then message id.
  bool newest_first = false;
  /// Only posts that were not judged under these: the verdict in force may be another there.
  std::optional<JudgedUnder> not_judged_under;
  /// Verdicts come with what they decided, without the blocks and hits that tell why: these are
  /// most of what reading a record costs.
  bool without_evidence = false;
};

/// A stored post, and the page whose bytes it was read from last.
struct PostOrigin {
  Post post;
  std::string snapshot;  ///< "sha256:…"
  std::string parser;    ///< that read it
};

/// What the host gate remembers; the store keeps it for the crawler.
struct SavedGate {
  std::int64_t next_at_ms = 0;
  double rate = 0.0;
  int breaker_trips = 0;  ///< openings of the circuit breaker that are not forgotten yet
};

/// A host's robots.txt as it was read last.
struct SavedRobots {
  Instant fetched_at;
  int status = 0;    ///< of the last answer
  std::string body;  ///< any bytes; empty unless the answer was a file
};

/// The version of a page that the archive has, by the names that its host gave to it.
struct PageVersion {
  std::string etag;
  std::string last_modified;
  std::string snapshot;
};

enum class Access { read_only, read_write };

/// How long a call waits for another process's write before it says storage_busy.
inline constexpr std::chrono::milliseconds kPatience{5000};

/// The database of one qanat: SQLite, WAL, synchronous=FULL (docs/store.md). One thread at a time
/// per object. Several processes may read while one writes; writes of several wait for each other.
///
/// Errors of every call: storage (the disk; also each write when opened read_only), storage_busy,
/// storage_unusable (damaged). The message has the path, SQLite's words and the remedy. After an
/// error nothing of that call is in the database, and the object can be used again.
class Store {
 public:
  /// Creates the file and its schema, and opens it. What a killed create() left is taken over.
  /// Errors: also usage, when `path` exists: it is then not touched.
  static Result<Store> create(const std::string& path,
                              std::chrono::milliseconds patience = kPatience);

  /// Upgrades a file of an older version (user_version) when `access` is read_write, in one
  /// transaction, holding the run lock (store/run_lock.h): nobody crawls with what an older qanat
  /// knows of it.
  /// Errors: also usage when the file is missing; storage when it, or its folder, is read-only and
  /// `access` is not; storage_busy when it would be upgraded and somebody crawls; storage_unusable
  /// when it is no database, another program's (application_id), of a newer version, or of an older
  /// one and `access` is read_only: it is then not touched.
  static Result<Store> open(const std::string& path,
                            Access access,
                            std::chrono::milliseconds patience = kPatience);

  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  /// As it was opened.
  [[nodiscard]] const std::string& path() const;

  /// Whether its name still leads to the file that is open: what is written to another one is lost
  /// with this process. Errors: storage, when the name leads nowhere; storage_replaced, also when
  /// another qanat has made it a newer version since.
  [[nodiscard]] Result<void> check_in_place() const;

  // Seeds and their frontier.
  /// False when it is there already. A removed seed comes back with its posts.
  /// Errors: also those of check_not_removed().
  Result<bool> add_channel(const ChannelName& name, Instant now, const ShownChannel& shown = {});
  /// One transaction: all of them or none. Gives those that were there already, in their order.
  Result<std::vector<ChannelName>> add_channels(std::span<const ChannelName> names, Instant now);
  /// Stops following; posts stay. False when it is not followed.
  Result<bool> remove_channel(const ChannelName& name);
  /// One transaction: all of them or none.
  Result<void> remove_channels(std::span<const ChannelName> names);
  /// The followed ones, by name.
  Result<std::vector<ChannelRow>> channels();
  /// Nothing when it is not followed.
  Result<std::optional<ChannelRow>> channel(const ChannelName& name);
  /// Every channel that it was ever told to follow, by name: the removed ones too.
  Result<std::vector<ChannelName>> met_channels();
  /// Those of which posts are stored, by name: no name of a person is among them.
  Result<std::vector<ChannelName>> channels_with_posts();
  /// The names that channels had before rename_channel(), sorted.
  Result<std::vector<ChannelName>> former_names();
  /// Nothing when no page has told it. Also of channels that are not followed any more.
  Result<std::optional<std::int64_t>> numeric_id(const ChannelName& name);
  /// Every name under which the store knows the channel, the first one first; also of channels that
  /// are not followed any more.
  Result<std::vector<ChannelName>> names_of_channel(std::int64_t numeric_id);
  /// One transaction. The channel, with all that is stored of it, is called `next` from now on, is
  /// due now, and is followed if it, or `next`, was. A channel `next` that has no posts goes.
  /// Errors: also usage: the store does not know the channel, or its number; `next` is another one
  /// or has posts of its own; check_not_removed(next).
  Result<void> rename_channel(const ChannelName& name, const ChannelName& next, Instant now);
  /// Whether what a page shows may be kept under the name.
  /// Errors: other_channel, when its number is another than the one that was stored first;
  /// known_channel, when the store has the channel under another name, and no post under this one;
  /// removed_channel, when the channel was taken out for good, under whatever name.
  Result<void> check_page_owner(const ChannelName& kept_as, const ShownChannel& shown);
  Result<std::vector<Gap>> gaps(const ChannelName& name);
  /// Followed channels that are due at `now`, the longest waiting first.
  Result<std::vector<ChannelName>> due(Instant now);
  /// The followed channel that is due first, if one is before `end`; never visited ones lead.
  struct Due {
    ChannelName channel;
    std::optional<Instant> at;  ///< nothing: now
  };
  Result<std::optional<Due>> next_due(Instant end);
  /// How many followed channels are due before `end`.
  Result<std::int64_t> count_due(Instant end);
  /// Whether a followed channel has been due since before `moment`: one that was never visited,
  /// since it was added.
  Result<bool> waits_since(Instant moment);
  /// Channels that wait longer than they may, a day aside, are due when they should be, or now:
  /// `ceiling` after the last success while they live. Such waits come of a longer ceiling before,
  /// or of a clock that was wrong. Gives how many they are.
  Result<std::int64_t> bring_forward(std::chrono::seconds ceiling, Instant now);
  /// The channel keeps its cursor. Errors: also usage, when the store does not know the channel.
  Result<void> keep_failure(const FailedVisit& visit, Instant now);

  // Runs.
  Result<std::int64_t> begin_run(Instant now, bool robots_ignored = false);
  /// So far: a run that is killed then still has the sums of its finished visits, and of the pages
  /// that were kept since.
  Result<void> keep_totals(std::int64_t run, const RunTotals& totals);
  /// `count` visits that were due and not made, for a cause in a few words.
  Result<void> keep_deferral(std::int64_t run, const std::string& cause, std::int64_t count);
  Result<void> end_run(std::int64_t run, Instant now, const RunTotals& totals, bool degraded);
  /// The latest first. `limit` 0: all.
  Result<std::vector<RunRow>> runs(std::int64_t limit);
  Result<std::optional<RunRow>> run(std::int64_t id);
  Result<RunTroubles> troubles(std::int64_t run);

  // Pages.
  /// One transaction. A post whose content hash differs from the stored one gets a new revision and
  /// this verdict; the earlier ones stay in post_revision and verdict. Of an unchanged post the
  /// counters, media addresses and last_seen_at follow the page, and the stored verdict stays,
  /// whatever the ruleset. Of a post whose body the page withholds (PostKind::withheld) and the
  /// store has, nothing but the sight is kept. Of a stored post that the page lacks see
  /// docs/store.md, Deletions. Posts that were taken out for good are passed over. What the page
  /// brought is added to its run's totals.
  ///
  /// Errors: also usage, when the store does not know the channel or a post is of another one;
  /// those of check_page_owner().
  Result<PageCounts> keep_page(const PageCommit& commit, Instant now);

  /// One transaction. Errors: also usage, when the store does not know the channel.
  Result<void> keep_unread(const Unread& unread, Instant now);

  /// One transaction. What keep_page does to known posts, for pages of earlier visits: other
  /// content is a new revision with this verdict, all else follows the page as it is read now,
  /// as of the same page by the new parser. Nothing of it is a sight: deletions and
  /// moments stay. Leaves alone posts that the store does not know, or has read from another page
  /// since. Gives how many it wrote.
  Result<std::size_t> keep_reread(std::span<const Reread> posts, Instant now);

  // Judgements.
  /// One transaction. Puts these verdicts in force; those that they replace stay in the store.
  /// Leaves alone posts that this ruleset has judged so already, that have another revision by now,
  /// or that the store does not know. Gives how many it put in force.
  Result<std::size_t> keep_verdicts(std::span<const Rejudged> verdicts, Instant now);

  /// One transaction. These posts, at these revisions, were judged anew under `under`, which
  /// decides what their verdicts in force do. Leaves alone posts that have another revision or
  /// other rules' verdict by now.
  struct Confirmed {
    PostId id;
    int revision = 0;
  };
  Result<void> confirm_verdicts(std::span<const Confirmed> posts, const JudgedUnder& under);

  /// How many posts of a channel RecordFilter::not_judged_under leaves out. Reads no post.
  Result<std::int64_t> count_judged_under(const ChannelName& channel, const JudgedUnder& under);

  /// Tells near-duplicates apart anew, for all posts, by their verdicts in force (store/clusters.h
  /// has the rules); what a cluster is called then depends on the posts alone. One transaction.
  /// Opening a store whose posts were never compared does it.
  Result<void> rebuild_clusters(Instant now);
  /// The same, if keep_verdicts() put verdicts in force since it was done, or may have.
  Result<void> update_clusters(Instant now);

  // Politeness.
  Result<std::optional<SavedGate>> gate();
  Result<void> keep_gate(const SavedGate& gate);
  /// `host`: its base URL. Nothing when it was never read.
  Result<std::optional<SavedRobots>> robots(const std::string& host);
  Result<void> keep_robots(const std::string& host, const SavedRobots& robots);
  /// Nothing when the host never named a version of the page.
  Result<std::optional<PageVersion>> page_version(const std::string& url);
  Result<void> keep_page_version(const std::string& url, const PageVersion& version);

  // Reading.
  /// Calls `row` for each record; it returns false to stop. Reads in short transactions, none of
  /// them open while `row` runs, so a slow reader never holds the database, and `row` may use the
  /// store. Rows come in the filter's order; each is whole, as of the moment it was read.
  Result<void> for_each(const RecordFilter& filter, const std::function<bool(const Record&)>& row);
  Result<std::optional<Record>> find(const PostId& id);
  /// Calls `row` for each post, in the order in which they were first stored, with the page that it
  /// was read from last; it returns false to stop. Reads as for_each().
  Result<void> for_each_origin(const std::optional<ChannelName>& channel,
                               const std::function<bool(const PostOrigin&)>& row);
  /// The names of all pages that were kept, whether the archive still has them or not; sorted.
  Result<std::vector<std::string>> snapshots();
  /// Another number whenever another connection has committed since; to be compared with those of
  /// the same object only.
  Result<std::int64_t> data_version();

  // What was taken out for good (store/erasure.h).
  /// By channel, the channel itself first, then by post.
  Result<std::vector<Removal>> removals();
  /// Of the channel that is kept under a name and shows itself so. It is the one that was taken
  /// out when its number is, or, while one of the numbers is not known, one of its names.
  Result<ChannelRemovals> removals_of(const ChannelName& kept_as, const ShownChannel& shown = {});
  /// What was taken out under these names while no page had told a number has the shown one.
  Result<void> note_number(const ChannelName& kept_as, const ShownChannel& shown);
  /// Errors: usage, when the channel itself was taken out, saying how to allow it again.
  Result<void> check_not_removed(const ChannelName& channel, const ShownChannel& shown = {});

  // Labels of people.
  /// Adds it; none is ever changed, or deleted but with its post. Errors: also usage, when the
  /// store does not have the post or its revision, or nobody is named.
  Result<void> keep_label(const LabelRow& label);
  /// The current ones: of each post and annotator the latest, unless it is withdrawn. By channel
  /// and message id, then in the order in which they were given.
  Result<std::vector<LabelRow>> labels();

 private:
  struct Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  Result<void> compare_first_time();

  std::unique_ptr<Impl> impl_;
};

}  // namespace qanat::store
