#include "base/names.h"
#include "store/record_scan.h"
#include "store/store.h"
#include "store/store_impl.h"

namespace qanat::store {

Result<void> Store::for_each(const RecordFilter& filter,
                             const std::function<bool(const Record&)>& row) {
  return scan_records(impl_->database, filter, std::nullopt, row);
}

Result<std::optional<Record>> Store::find(const PostId& id) {
  return find_record(impl_->database, id);
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

Result<std::int64_t> Store::data_version() {
  const auto version = impl_->database.value<std::int64_t>("PRAGMA data_version");
  if (!version) return fail(version.error());
  return version->value_or(0);
}

}  // namespace qanat::store
