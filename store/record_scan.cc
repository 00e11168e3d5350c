#include "store/record_scan.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include "base/names.h"
#include "record/decision.h"
#include "record/json.h"
#include "store/search_text.h"
#include "store/store_impl.h"

namespace qanat::store {
namespace {

/// Posts that one read transaction looks at, whatever the filter: some milliseconds.
constexpr int kPostsPerRead = 256;

// Where a scan is. Each order uses the members that it needs.
constexpr std::string_view kUpwards =
    " WHERE post.channel_id = ?1 AND post.message_id > ?2 ORDER BY post.message_id LIMIT ?4";
constexpr std::string_view kDownwards =
    " WHERE post.channel_id = ?1 AND post.message_id < ?2 ORDER BY post.message_id DESC LIMIT ?4";
constexpr std::string_view kEarlier =
    " WHERE (post.time_key, post.message_id, post.channel_id) < (?3, ?2, ?1)";
constexpr std::string_view kLatestFirst =
    " ORDER BY post.time_key DESC, post.message_id DESC, post.channel_id DESC LIMIT ?4";

struct Position {
  std::int64_t channel = 0;
  MessageId message = 0;
  std::int64_t time = 0;
};

// The text of a post, its judgement, the page it was first seen on and the one that it was read
// from last, as columns and joins. Of one page read twice the later parser is the one that counts.
constexpr std::string_view kColumnsNow =
    " post.text, post.details, post.last_seen_at, post.revision, post.content_sha256,"
    " post.deleted_at";
constexpr std::string_view kClusterNow = "ifnull(near_duplicate.cluster, post.id)";
constexpr std::string_view kJoinsNow =
    " CROSS JOIN verdict ON verdict.post_id = post.id AND verdict.current = 1"
    " CROSS JOIN fetch ON fetch.id = post.revision_fetch_id"
    " CROSS JOIN fetch AS latest ON latest.id = post.last_fetch_id";

// The same as of the moment ?5: by the verdict that was in force, which names its revision. What a
// later commit overwrote is in the first row that notes it; of a database from before such notes
// the rest is the best guess. Details are put together member by member.
constexpr std::string_view kColumnsAsOf =
    " ifnull(earlier.text, post.text),"
    " (SELECT json_group_object(key, json(value)) FROM (SELECT key, value, min(place) FROM"
    " (SELECT later.id AS place, member.key AS key, later.details -> member.key AS value"
    " FROM post_before AS later, json_each(later.details) AS member"
    " WHERE later.post_id = post.id AND later.until > ?5 AND later.revision = verdict.revision"
    " UNION ALL SELECT 9223372036854775807, key, ifnull(earlier.details, post.details) -> key"
    " FROM json_each(ifnull(earlier.details, post.details))) GROUP BY key) WHERE value <> 'null'),"
    " min(coalesce(next.last_seen_at, earlier.last_seen_at, post.last_seen_at), ?5),"
    " verdict.revision, ifnull(earlier.content_sha256, post.content_sha256),"
    " CASE WHEN next.id IS NOT NULL THEN next.deleted_at"
    " WHEN post.deleted_at <= ?5 THEN post.deleted_at END";
constexpr std::string_view kClusterAsOf =
    "ifnull(iif(moved.id IS NULL, near_duplicate.cluster, moved.cluster), post.id)";
constexpr std::string_view kJoinsAsOf =
    " CROSS JOIN verdict ON verdict.id = (SELECT event.verdict_id FROM"
    " (SELECT id AS verdict_id, judged_at AS at, 0 AS return_id FROM verdict AS judged"
    " WHERE judged.post_id = post.id AND judged_at <= ?5"
    " UNION ALL SELECT verdict_id, returned_at, id FROM verdict_return"
    " WHERE verdict_return.post_id = post.id AND returned_at <= ?5) AS event"
    " ORDER BY event.at DESC, event.return_id DESC, event.verdict_id DESC LIMIT 1)"
    " LEFT JOIN post_revision AS earlier ON earlier.post_id = post.id"
    " AND earlier.revision = verdict.revision"
    " LEFT JOIN post_before AS next ON next.id = (SELECT min(id) FROM post_before"
    " WHERE post_before.post_id = post.id AND until > ?5)"
    " LEFT JOIN cluster_before AS moved ON moved.id = (SELECT min(id) FROM cluster_before"
    " WHERE cluster_before.post_id = post.id AND until > ?5)"
    " CROSS JOIN fetch ON fetch.id = ifnull(earlier.revision_fetch_id, post.revision_fetch_id)"
    " CROSS JOIN fetch AS latest ON latest.id ="
    " iif(next.id IS NULL, post.last_fetch_id, ifnull(next.last_fetch_id, fetch.id))";

constexpr std::string_view kNotJudgedUnder =
    " AND NOT EXISTS (SELECT 1 FROM judged_under WHERE judged_under.post_id = post.id"
    " AND ruleset_id = (SELECT id FROM ruleset WHERE fingerprint = ?5) AND profile = ?6)";

/// A query for rows that read_record() takes. CROSS JOIN: posts are walked in the order asked for.
/// `only`: what is asked of a post before anything of it is read; has no meaning as of a moment.
std::string record_query(std::string_view which, bool is_as_of, std::string_view only = {}) {
  std::string sql =
      "SELECT channel.name, post.message_id, post.channel_id, post.published_at, verdict.label,"
      " verdict.outcome, post.search_text, post.first_seen_at, verdict.verdict, verdict.lang,"
      " verdict.title, verdict.question, verdict.answer, fetch.snapshot, fetch.fetched_at,"
      " fetch.host, iif(latest.snapshot = fetch.snapshot, latest.parser, fetch.parser),"
      " post.time_key, first_channel.name, first.message_id,";
  sql += is_as_of ? kColumnsAsOf : kColumnsNow;
  sql +=
      ", latest.snapshot, latest.fetched_at, latest.host, latest.parser,"
      " fetch.run_id IS NULL OR latest.run_id IS NULL";
  sql += " FROM post CROSS JOIN channel ON channel.id = post.channel_id";
  sql += only;
  sql += is_as_of ? kJoinsAsOf : kJoinsNow;
  sql +=
      " LEFT JOIN near_duplicate ON near_duplicate.post_id = post.id"
      " CROSS JOIN post AS first ON first.id = ";
  sql += is_as_of ? kClusterAsOf : kClusterNow;
  sql += " CROSS JOIN channel AS first_channel ON first_channel.id = first.channel_id";
  sql += which;
  return sql;
}

Position position_of(const Rows& rows) {
  return {.channel = rows.get<std::int64_t>(2),
          .message = rows.get<MessageId>(1),
          .time = rows.get<std::int64_t>(17)};
}

Result<Record> read_record(const Database& database, const Rows& rows, bool without_evidence) {
  auto channel = ChannelName::parse(rows.view(0));
  if (!channel) return fail(unreadable(database, rows.view(0)));
  Post post{.id = {.channel = *std::move(channel), .message = rows.get<MessageId>(1)}};
  const std::string where = database.path() + ": " + post.id.str();
  post.text = rows.get<std::string>(20);
  if (auto read = record::read_post_details(rows.view(21), post); !read) {
    return fail(Error{read.error()}.within(where));
  }
  auto verdict =
      without_evidence ? record::read_decision(rows.view(8)) : record::read_verdict(rows.view(8));
  if (!verdict) return fail(Error{verdict.error()}.within(where));
  std::string cluster = rows.get<std::string>(18) + "/" + std::to_string(rows.get<MessageId>(19));
  std::string ruleset = verdict->ruleset;
  return Record{.post = std::move(post),
                .verdict = *std::move(verdict),
                .normalized = {.lang = rows.get<std::string>(9),
                               .title = rows.get<std::string>(10),
                               .question = rows.get<std::string>(11),
                               .answer = rows.get<std::string>(12)},
                .first_seen_at = rows.get<Instant>(7),
                .last_seen_at = rows.get<Instant>(22),
                .deleted_at = rows.get<std::optional<Instant>>(25),
                .revision = rows.get<int>(23),
                .cluster = std::move(cluster),
                .content_sha256 = rows.get<std::string>(24),
                .provenance = {.snapshot = rows.get<std::string>(13),
                               .fetched_at = rows.get<Instant>(14),
                               .host = rows.get<std::string>(15),
                               .parser = rows.get<std::string>(16),
                               .ruleset = std::move(ruleset)},
                .latest = {.snapshot = rows.get<std::string>(26),
                           .fetched_at = rows.get<Instant>(27),
                           .host = rows.get<std::string>(28),
                           .parser = rows.get<std::string>(29)},
                .imported = rows.get<bool>(30)};
}

/// The part of a filter that is asked of each row.
class Selection {
 public:
  Selection(const RecordFilter& filter, bool is_as_of)
      : filter_(&filter), words_(search_words(filter.words)), is_as_of_(is_as_of) {}

  [[nodiscard]] bool wants(const Rows& rows) const {
    return is_among(filter_->labels, rows.view(4)) && is_among(filter_->outcomes, rows.view(5)) &&
           (is_as_of_ ||
            (is_in_time(rows.get<std::optional<Instant>>(3)) && has_words(rows.view(6))));
  }
  /// What the columns tell of another moment only.
  [[nodiscard]] bool wants(const Record& record) const {
    return !is_as_of_ || (is_in_time(record.post.published_at) &&
                          (words_.empty() || has_words(normalise_for_search(record.post.text))));
  }

 private:
  template <class Enum>
  static bool is_among(const std::vector<Enum>& wanted, std::string_view name) {
    return wanted.empty() ||
           std::ranges::any_of(wanted, [&](Enum value) { return name_of(value) == name; });
  }
  [[nodiscard]] bool is_in_time(std::optional<Instant> time) const {
    if (!filter_->since && !filter_->until) return true;
    return time && (!filter_->since || *time >= *filter_->since) &&
           (!filter_->until || *time < *filter_->until);
  }
  [[nodiscard]] bool has_words(std::string_view text) const {
    return std::ranges::all_of(words_,
                               [&](const std::string& word) { return text.contains(word); });
  }

  const RecordFilter* filter_;
  std::vector<std::string> words_;
  bool is_as_of_;
};

/// One scan_records().
class Scan {
 public:
  Scan(Database& database,
       const RecordFilter& filter,
       std::optional<Instant> as_of,
       const std::function<bool(const Record&)>& row)
      : database_(&database),
        row_(&row),
        selection_(filter, as_of.has_value()),
        as_of_(as_of),
        not_judged_under_(as_of ? std::nullopt : filter.not_judged_under),
        without_evidence_(filter.without_evidence),
        left_(filter.limit > 0 ? filter.limit : std::numeric_limits<std::int64_t>::max()) {}

  [[nodiscard]] bool stopped() const { return stopped_; }

  /// Delivers all posts behind `position`, in the order of `which`.
  Result<void> run(std::string_view which, Position position) {
    const std::string sql =
        record_query(which, as_of_.has_value(), not_judged_under_ ? kNotJudgedUnder : "");
    while (!stopped_) {
      auto batch = read(sql, position);
      if (!batch) return fail(batch.error());
      deliver(batch->records);
      if (batch->seen < kPostsPerRead) return {};
      position = batch->last;
    }
    return {};
  }

 private:
  struct Batch {
    std::vector<Record> records;
    int seen = 0;
    Position last;
  };

  Result<Batch> read(const std::string& sql, const Position& after) {
    auto rows = query(sql, after);
    if (!rows) return fail(rows.error());
    Batch batch;
    batch.records.reserve(kPostsPerRead);
    while (std::cmp_less(batch.records.size(), left_)) {
      const auto more = rows->next();
      if (!more) return fail(more.error());
      if (!*more) break;
      ++batch.seen;
      batch.last = position_of(*rows);
      if (!selection_.wants(*rows)) continue;
      auto record = read_record(*database_, *rows, without_evidence_);
      if (!record) return fail(record.error());
      if (selection_.wants(*record)) batch.records.push_back(*std::move(record));
    }
    return batch;
  }

  Result<Rows> query(const std::string& sql, const Position& after) {
    const auto [channel, message, time] = after;
    if (as_of_) return database_->query(sql, channel, message, time, kPostsPerRead, *as_of_);
    if (!not_judged_under_) return database_->query(sql, channel, message, time, kPostsPerRead);
    const auto& [ruleset, profile] = *not_judged_under_;
    return database_->query(sql, channel, message, time, kPostsPerRead, ruleset, profile);
  }

  void deliver(const std::vector<Record>& records) {
    for (const Record& record : records) {
      --left_;
      stopped_ = !(*row_)(record) || left_ == 0;
      if (stopped_) return;
    }
  }

  Database* database_;
  const std::function<bool(const Record&)>* row_;
  Selection selection_;
  std::optional<Instant> as_of_;
  std::optional<JudgedUnder> not_judged_under_;
  bool without_evidence_;
  std::int64_t left_;
  bool stopped_ = false;
};

/// Of all channels, when none is named.
Result<std::vector<std::int64_t>> channel_ids(Database& database,
                                              const std::vector<ChannelName>& only) {
  record::Json names = record::Json::array();
  for (const ChannelName& name : only) names.push_back(name.str());
  return database.list(
      "SELECT id FROM channel WHERE ?1 = '[]' OR name IN (SELECT value FROM json_each(?1))"
      " ORDER BY name",
      [](const Rows& rows) -> Result<std::int64_t> { return rows.get<std::int64_t>(0); },
      names.dump());
}

/// The latest posts first; of these channels only, unless there are none.
std::string latest_first(const std::vector<std::int64_t>& channels) {
  std::string which(kEarlier);
  for (const std::int64_t id : channels) {
    // The sign keeps to the index by time, which is the order that is asked for.
    which += which.size() == kEarlier.size() ? " AND +post.channel_id IN (" : ", ";
    which += std::to_string(id);
  }
  if (!channels.empty()) which += ")";
  which += kLatestFirst;
  return which;
}

}  // namespace

Result<void> scan_records(Database& database,
                          const RecordFilter& filter,
                          std::optional<Instant> as_of,
                          const std::function<bool(const Record&)>& row) {
  Scan scan(database, filter, as_of, row);
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  constexpr Position kLatest{.channel = kMost, .message = kMost, .time = kMost};
  if (filter.newest_first && filter.channels.empty()) return scan.run(latest_first({}), kLatest);
  const auto channels = channel_ids(database, filter.channels);
  if (!channels) return fail(channels.error());
  if (filter.newest_first && channels->size() > 1) {
    return scan.run(latest_first(*channels), kLatest);
  }
  const auto which = filter.newest_first ? kDownwards : kUpwards;
  const MessageId from = filter.newest_first ? kMost : std::numeric_limits<MessageId>::min();
  for (const std::int64_t channel : *channels) {
    auto read = scan.run(which, {.channel = channel, .message = from});
    if (!read || scan.stopped()) return read;
  }
  return {};
}

Result<std::optional<Record>> find_record(Database& database, const PostId& id) {
  const std::string sql = record_query(
      " WHERE post.channel_id = (SELECT id FROM channel WHERE name = ?1) AND post.message_id = ?2",
      false);
  auto rows = database.query(sql, id.channel.str(), id.message);
  if (!rows) return fail(rows.error());
  const auto found = rows->next();
  if (!found) return fail(found.error());
  if (!*found) return std::nullopt;
  auto record = read_record(database, *rows, false);
  if (!record) return fail(record.error());
  return *std::move(record);
}

}  // namespace qanat::store
