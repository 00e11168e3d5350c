#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "store/archive_impl.h"

// Pages of the archive that are taken out for good: their bytes go, what was fetched when stays.
namespace qanat::store {
namespace {

using Shows = std::function<bool(std::string_view page)>;

/// The pages of a channel in a month whose bytes it still has.
Result<std::vector<std::string>> pages_of(Database& month, const ChannelName& channel) {
  return month.list(
      "SELECT DISTINCT sha256 FROM fetch JOIN body USING (sha256)"
      " WHERE channel = ?1 AND erased_at IS NULL",
      [](const Rows& rows) -> Result<std::string> { return rows.get<std::string>(0); },
      channel.str());
}

/// Of those the ones that `shows` takes, and those that cannot be read: who knows what they show.
Result<std::vector<std::string>> pages_that_show(Database& month,
                                                 const ChannelName& channel,
                                                 const Shows& shows) {
  const auto pages = pages_of(month, channel);
  if (!pages) return pages;
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

Result<std::int64_t> SnapshotArchive::count_showing(const ChannelName& channel,
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

Result<void> SnapshotArchive::erase(const ChannelName& channel, const Shows& shows, Instant since) {
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
