#include <algorithm>
#include <limits>
#include <utility>

#include "base/names.h"
#include "record/json.h"
#include "store/search_text.h"
#include "store/store.h"
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
constexpr std::string_view kLatestFirst =
    " WHERE (post.time_key, post.message_id, post.channel_id) < (?3, ?2, ?1)"
    " ORDER BY post.time_key DESC, post.message_id DESC, post.channel_id DESC LIMIT ?4";

struct Position {
  std::int64_t channel = 0;
  MessageId message = 0;
  std::int64_t time = 0;
};

/// A query for rows that read_record() takes. CROSS JOIN: posts are walked in the order asked for.
std::string record_query(std::string_view which) {
  std::string sql =
      "SELECT channel.name, post.message_id, post.channel_id, post.published_at, verdict.label,"
      " verdict.outcome, post.search_text, post.text, post.details, post.first_seen_at,"
      " post.last_seen_at, post.revision, post.content_sha256, verdict.verdict, verdict.lang,"
      " verdict.title, verdict.question, verdict.answer, fetch.snapshot, fetch.fetched_at,"
      " fetch.host, fetch.parser, post.time_key, first_channel.name, first.message_id,"
      " post.deleted_at"
      " FROM post CROSS JOIN channel ON channel.id = post.channel_id"
      " CROSS JOIN verdict ON verdict.post_id = post.id AND verdict.current = 1"
      " CROSS JOIN fetch ON fetch.id = post.revision_fetch_id"
      " LEFT JOIN near_duplicate ON near_duplicate.post_id = post.id"
      " CROSS JOIN post AS first ON first.id = ifnull(near_duplicate.cluster, post.id)"
      " CROSS JOIN channel AS first_channel ON first_channel.id = first.channel_id";
  sql += which;
  return sql;
}

Position position_of(const Rows& rows) {
  return {.channel = rows.get<std::int64_t>(2),
          .message = rows.get<MessageId>(1),
          .time = rows.get<std::int64_t>(22)};
}

Result<Record> read_record(const Database& database, const Rows& rows) {
  auto channel = ChannelName::parse(rows.view(0));
  if (!channel) return fail(unreadable(database, rows.view(0)));
  Post post{.id = {.channel = *std::move(channel), .message = rows.get<MessageId>(1)}};
  const std::string where = database.path() + ": " + post.id.str();
  post.text = rows.get<std::string>(7);
  if (auto read = record::read_post_details(rows.view(8), post); !read) {
    return fail(Error{read.error()}.within(where));
  }
  auto verdict = record::read_verdict(rows.view(13));
  if (!verdict) return fail(Error{verdict.error()}.within(where));
  std::string cluster = rows.get<std::string>(23) + "/" + std::to_string(rows.get<MessageId>(24));
  std::string ruleset = verdict->ruleset;
  return Record{.post = std::move(post),
                .verdict = *std::move(verdict),
                .normalized = {.lang = rows.get<std::string>(14),
                               .title = rows.get<std::string>(15),
                               .question = rows.get<std::string>(16),
                               .answer = rows.get<std::string>(17)},
                .first_seen_at = rows.get<Instant>(9),
                .last_seen_at = rows.get<Instant>(10),
                .deleted_at = rows.get<std::optional<Instant>>(25),
                .revision = rows.get<int>(11),
                .cluster = std::move(cluster),
                .content_sha256 = rows.get<std::string>(12),
                .provenance = {.snapshot = rows.get<std::string>(18),
                               .fetched_at = rows.get<Instant>(19),
                               .host = rows.get<std::string>(20),
                               .parser = rows.get<std::string>(21),
                               .ruleset = std::move(ruleset)}};
}

/// The part of a filter that is asked of each row.
class Selection {
 public:
  explicit Selection(const RecordFilter& filter)
      : filter_(&filter), words_(search_words(filter.words)) {}

  [[nodiscard]] bool wants(const Rows& rows) const {
    return is_among(filter_->labels, rows.view(4)) && is_among(filter_->outcomes, rows.view(5)) &&
           is_in_time(rows.get<std::optional<Instant>>(3)) && has_words(rows);
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
  [[nodiscard]] bool has_words(const Rows& rows) const {
    if (words_.empty()) return true;
    const std::string_view text = rows.view(6);
    return std::ranges::all_of(words_,
                               [&](const std::string& word) { return text.contains(word); });
  }

  const RecordFilter* filter_;
  std::vector<std::string> words_;
};

/// One for_each().
class Scan {
 public:
  Scan(Database& database,
       const RecordFilter& filter,
       const std::function<bool(const Record&)>& row)
      : database_(&database),
        row_(&row),
        selection_(filter),
        left_(filter.limit > 0 ? filter.limit : std::numeric_limits<std::int64_t>::max()) {}

  [[nodiscard]] bool stopped() const { return stopped_; }

  /// Delivers all posts behind `position`, in the order of `which`.
  Result<void> run(std::string_view which, Position position) {
    const std::string sql = record_query(which);
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
    auto rows = database_->query(sql, after.channel, after.message, after.time, kPostsPerRead);
    if (!rows) return fail(rows.error());
    Batch batch;
    while (std::cmp_less(batch.records.size(), left_)) {
      const auto more = rows->next();
      if (!more) return fail(more.error());
      if (!*more) break;
      ++batch.seen;
      batch.last = position_of(*rows);
      if (!selection_.wants(*rows)) continue;
      auto record = read_record(*database_, *rows);
      if (!record) return fail(record.error());
      batch.records.push_back(*std::move(record));
    }
    return batch;
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
  std::int64_t left_;
  bool stopped_ = false;
};

Result<std::vector<std::int64_t>> channel_ids(Database& database,
                                              const std::optional<ChannelName>& only) {
  const auto name = only ? std::optional(only->str()) : std::nullopt;
  return database.list(
      "SELECT id FROM channel WHERE ?1 IS NULL OR name = ?1 ORDER BY name",
      [](const Rows& rows) -> Result<std::int64_t> { return rows.get<std::int64_t>(0); },
      name);
}

}  // namespace

Result<void> Store::for_each(const RecordFilter& filter,
                             const std::function<bool(const Record&)>& row) {
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  Scan scan(impl_->database, filter, row);
  if (filter.newest_first && !filter.channel) {
    return scan.run(kLatestFirst, {.channel = kMost, .message = kMost, .time = kMost});
  }
  const auto channels = channel_ids(impl_->database, filter.channel);
  if (!channels) return fail(channels.error());
  const auto which = filter.newest_first ? kDownwards : kUpwards;
  const MessageId from = filter.newest_first ? kMost : std::numeric_limits<MessageId>::min();
  for (const std::int64_t channel : *channels) {
    auto read = scan.run(which, {.channel = channel, .message = from});
    if (!read || scan.stopped()) return read;
  }
  return {};
}

Result<std::optional<Record>> Store::find(const PostId& id) {
  const std::string sql = record_query(
      " WHERE post.channel_id = (SELECT id FROM channel WHERE name = ?1) AND post.message_id = ?2");
  auto rows = impl_->database.query(sql, id.channel.str(), id.message);
  if (!rows) return fail(rows.error());
  const auto found = rows->next();
  if (!found) return fail(found.error());
  if (!*found) return std::nullopt;
  auto record = read_record(impl_->database, *rows);
  if (!record) return fail(record.error());
  return *std::move(record);
}

Result<std::vector<Store::OutcomeCount>> Store::outcome_counts() {
  return impl_->database.list(
      "SELECT channel.name, verdict.label, verdict.outcome, count(*)"
      " FROM verdict INDEXED BY verdict_by_label JOIN post ON post.id = verdict.post_id"
      " JOIN channel ON channel.id = post.channel_id"
      " WHERE verdict.current = 1 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
      [this](const Rows& rows) -> Result<OutcomeCount> {
        auto channel = ChannelName::parse(rows.view(0));
        const auto label = from_name<Label>(rows.view(1));
        const auto outcome = from_name<Outcome>(rows.view(2));
        if (!channel || !label || !outcome) {
          return fail(unreadable(impl_->database, rows.view(0)));
        }
        return OutcomeCount{.channel = *std::move(channel),
                            .label = *label,
                            .outcome = *outcome,
                            .posts = rows.get<std::int64_t>(3)};
      });
}

}  // namespace qanat::store
