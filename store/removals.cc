#include "store/removals.h"

#include <string>
#include <utility>

#include "store/store_impl.h"

// What was taken out for good, as the rest of the store asks for it.
namespace qanat::store {

Result<ChannelRemovals> read_removals(Database& database, const ChannelName& channel) {
  auto rows = database.query("SELECT message_id, removed_at FROM removal WHERE channel = ?1",
                             channel.str());
  if (!rows) return fail(rows.error());
  ChannelRemovals removals;
  for (;;) {
    const auto more = rows->next();
    if (!more) return fail(more.error());
    if (!*more) return removals;
    if (const auto post = rows->get<std::optional<MessageId>>(0)) {
      removals.posts.insert(*post);
    } else {
      removals.whole = rows->get<Instant>(1);
    }
  }
}

std::optional<JudgedPost> without_removed_excerpt(const JudgedPost& judged,
                                                  const ChannelRemovals& removals) {
  const auto& reply = judged.post.reply_to;
  if (!reply || !reply->post || !removals.posts.contains(*reply->post)) return std::nullopt;
  JudgedPost out = judged;
  out.post.reply_to->text.clear();
  return out;
}

Result<std::vector<Removal>> list_removals(Database& database, std::string_view condition) {
  std::string sql = "SELECT channel, message_id, removed_at, reason FROM removal";
  sql += condition;
  sql += " ORDER BY channel, ifnull(message_id, 0)";
  return database.list(sql, [&](const Rows& rows) -> Result<Removal> {
    auto channel = ChannelName::parse(rows.view(0));
    if (!channel) return fail(unreadable(database, rows.view(0)));
    return Removal{
        .target = {.channel = *std::move(channel), .post = rows.get<std::optional<MessageId>>(1)},
        .removed_at = rows.get<Instant>(2),
        .reason = rows.get<std::string>(3)};
  });
}

Result<std::vector<Removal>> Store::removals() { return list_removals(impl_->database); }

Result<ChannelRemovals> Store::removals_of(const ChannelName& channel) {
  return read_removals(impl_->database, channel);
}

Result<void> Store::check_not_removed(const ChannelName& channel) {
  const auto removals = removals_of(channel);
  if (!removals) return fail(removals.error());
  if (!removals->whole) return {};
  return fail(Errc::usage,
              channel.str() + ": removed for good on " + format_instant(*removals->whole) +
                  ", so it is not followed; `qanat redact --undo " + channel.str() +
                  "` allows it again");
}

}  // namespace qanat::store
