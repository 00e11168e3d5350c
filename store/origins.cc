#include <limits>
#include <utility>

#include "record/json.h"
#include "store/store.h"
#include "store/store_impl.h"

// From the posts back to the bytes that they were read from.
namespace qanat::store {
namespace {

constexpr int kOriginsPerRead = 256;

struct OriginRow {
  std::int64_t id = 0;
  PostOrigin origin;
};

Result<OriginRow> read_origin(const Database& database, const Rows& rows) {
  auto channel = ChannelName::parse(rows.view(1));
  if (!channel) return fail(unreadable(database, rows.view(1)));
  Post post{.id = {.channel = *std::move(channel), .message = rows.get<MessageId>(2)}};
  post.text = rows.get<std::string>(3);
  if (auto read = record::read_post_details(rows.view(4), post); !read) {
    return fail(Error{read.error()}.within(database.path() + ": " + post.id.str()));
  }
  return OriginRow{.id = rows.get<std::int64_t>(0),
                   .origin = {.post = std::move(post),
                              .snapshot = rows.get<std::string>(5),
                              .parser = rows.get<std::string>(6)}};
}

}  // namespace

Result<void> Store::for_each_origin(const std::optional<ChannelName>& channel,
                                    const std::function<bool(const PostOrigin&)>& row) {
  Database& database = impl_->database;
  const auto name = channel ? std::optional(channel->str()) : std::nullopt;
  std::int64_t after = std::numeric_limits<std::int64_t>::min();
  for (;;) {
    const auto batch = database.list(
        "SELECT post.id, channel.name, post.message_id, post.text, post.details, fetch.snapshot,"
        " fetch.parser FROM post CROSS JOIN channel ON channel.id = post.channel_id"
        " CROSS JOIN fetch ON fetch.id = post.last_fetch_id"
        " WHERE post.id > ?1 AND (?2 IS NULL OR channel.name = ?2) ORDER BY post.id LIMIT ?3",
        [&](const Rows& rows) { return read_origin(database, rows); },
        after,
        name,
        kOriginsPerRead);
    if (!batch) return fail(batch.error());
    for (const OriginRow& read : *batch) {
      after = read.id;
      if (!row(read.origin)) return {};
    }
    if (std::cmp_less(batch->size(), kOriginsPerRead)) return {};
  }
}

Result<std::vector<std::string>> Store::snapshots() {
  return impl_->database.list(
      "SELECT DISTINCT snapshot FROM fetch ORDER BY snapshot",
      [](const Rows& rows) -> Result<std::string> { return rows.get<std::string>(0); });
}

}  // namespace qanat::store
