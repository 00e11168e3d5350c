#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/shown_channel.h"
#include "store/archive_impl.h"

// Pages of the archive that are taken out for good: their bytes go, what was fetched when stays.
namespace qanat::store {
namespace {

using Shows = std::function<bool(std::string_view page)>;

/// The pages with a name whose bytes the month still has, but those that tell another number.
Result<void> add_named(Database& month,
                       const ChannelName& name,
                       std::optional<std::int64_t> number,
                       std::set<std::string>& pages) {
  auto rows = month.query(
      "SELECT DISTINCT sha256, numeric_id FROM fetch JOIN body USING (sha256)"
      " WHERE channel = ?1 AND erased_at IS NULL",
      name.str());
  if (!rows) return fail(rows.error());
  for (;;) {
    const auto more = rows->next();
    if (!more) return fail(more.error());
    if (!*more) return {};
    if (is_other_channel(number, rows->get<std::optional<std::int64_t>>(1))) continue;
    pages.insert(rows->get<std::string>(0));
  }
}

/// The pages of a channel in a month whose bytes it still has.
Result<std::set<std::string>> pages_of(Database& month, const ArchivedChannel& channel) {
  const auto numbered = month.list(
      "SELECT DISTINCT sha256 FROM fetch JOIN body USING (sha256)"
      " WHERE numeric_id = ?1 AND erased_at IS NULL",
      [](const Rows& rows) -> Result<std::string> { return rows.get<std::string>(0); },
      channel.numeric_id);
  if (!numbered) return fail(numbered.error());
  std::set<std::string> pages(numbered->begin(), numbered->end());
  for (const ChannelName& name : channel.names) {
    if (auto added = add_named(month, name, channel.numeric_id, pages); !added) {
      return fail(added.error());
    }
  }
  return pages;
}

/// Of those the ones that `shows` takes, and those that cannot be read: who knows what they show.
Result<std::vector<std::string>> pages_that_show(Database& month,
                                                 const ArchivedChannel& channel,
                                                 const Shows& shows) {
  const auto pages = pages_of(month, channel);
  if (!pages) return fail(pages.error());
  std::vector<std::string> out;
  for (const std::string& sha256 : *pages) {
    const auto body = read_body(month, sha256);
    if (!body && body.error().code != Errc::storage_unusable) return fail(body.error());
    if (!body || (*body && shows(**body))) out.push_back(sha256);
  }
  return out;
}

Result<void> erase_pages(Database& month, const std::vector<std::string>& pages, Instant when) {
  auto transaction = Transaction::begin(month);
  if (!transaction) return fail(transaction.error());
  for (const std::string& sha256 : pages) {
    auto erased =
        month.run("UPDATE body SET frame = x'', erased_at = ?2 WHERE sha256 = ?1", sha256, when);
    if (!erased) return erased;
  }
  return transaction->commit();
}

/// The log too, also of an erasure that died before it came to that.
Result<void> empty_log_after_erasure(Database& month, Instant since) {
  const auto any =
      month.value<bool>("SELECT EXISTS (SELECT 1 FROM body WHERE erased_at >= ?1)", since);
  if (!any) return fail(any.error());
  return any->value_or(false) ? month.empty_log() : Result<void>();
}

}  // namespace

Result<std::int64_t> SnapshotArchive::count_showing(const ArchivedChannel& channel,
                                                    const Shows& shows) {
  const auto files = impl_->files();
  if (!files) return fail(files.error());
  std::int64_t count = 0;
  for (const std::string& name : *files) {
    auto month = impl_->file(name, Database::Mode::read_write);
    if (!month) return fail(month.error());
    const auto pages = pages_that_show(**month, channel, shows);
    if (!pages) return fail(pages.error());
    count += std::ssize(*pages);
  }
  return count;
}

Result<void> SnapshotArchive::erase(const ArchivedChannel& channel,
                                    const Shows& shows,
                                    Instant since) {
  const auto files = impl_->files();
  if (!files) return fail(files.error());
  for (const std::string& name : *files) {
    auto month = impl_->file(name, Database::Mode::read_write);
    if (!month) return fail(month.error());
    const auto pages = pages_that_show(**month, channel, shows);
    if (!pages) return fail(pages.error());
    if (!pages->empty()) {
      if (auto erased = erase_pages(**month, *pages, since); !erased) return erased;
    }
    if (auto emptied = empty_log_after_erasure(**month, since); !emptied) return emptied;
  }
  return {};
}

}  // namespace qanat::store
