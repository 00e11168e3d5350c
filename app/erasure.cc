#include "app/erasure.h"

#include <algorithm>
#include <map>
#include <string>

#include "base/ascii.h"

namespace qanat::app {
namespace {

/// A channel, and what of it is to go.
struct Erasable {
  store::ArchivedChannel channel;
  store::ChannelRemovals removals;
};

/// By number, and by name where none is known.
using ByChannel = std::map<std::string, Erasable>;

void add(ByChannel& channels, const store::RemovalTarget& target, Instant removed_at) {
  const std::string key =
      target.numeric_id ? std::to_string(*target.numeric_id) : target.channel.str();
  auto& [channel, removals] = channels[key];
  channel.names.insert(target.channel);
  channel.numeric_id = target.numeric_id;
  if (target.post) {
    removals.posts.insert(*target.post);
  } else {
    removals.whole = {.name = target.channel, .removed_at = removed_at};
  }
}

/// "…channel/7" before `digits`; in JSON the slash may be escaped.
bool follows_a_name(std::string_view before) {
  if (!before.ends_with('/')) return false;
  before.remove_suffix(1);
  if (before.ends_with('\\')) before.remove_suffix(1);
  return !before.empty() && is_ascii_word(before.back());
}

/// A number of Telegram Desktop's export.
bool follows_a_key(std::string_view before) {
  return before.ends_with("\"id\":") || before.ends_with("\"reply_to_message_id\":");
}

/// A folder or the name of a media file begins with digits too.
bool ends_a_number(std::string_view rest) {
  return rest.empty() ||
         (!is_ascii_word(rest.front()) && rest.front() != '/' && rest.front() != '-');
}

}  // namespace

bool may_show(std::string_view bytes, MessageId post) {
  const std::string digits = std::to_string(post);
  for (std::size_t at = 0; (at = bytes.find(digits, at)) != std::string_view::npos; ++at) {
    const std::string_view before = bytes.substr(0, at);
    if (!follows_a_name(before) && !follows_a_key(before)) continue;
    if (ends_a_number(bytes.substr(at + digits.size()))) return true;
  }
  return false;
}

bool may_show(std::string_view bytes, const store::ChannelRemovals& removals) {
  return removals.whole ||
         std::ranges::any_of(removals.posts, [&](MessageId post) { return may_show(bytes, post); });
}

Result<std::int64_t> count_pages(store::SnapshotArchive& archive,
                                 std::span<const store::RemovalTarget> targets) {
  ByChannel channels;
  for (const store::RemovalTarget& target : targets) add(channels, target, {});
  std::int64_t count = 0;
  for (const auto& [key, one] : channels) {
    const auto pages = archive.count_showing(
        one.channel, [&](std::string_view page) { return may_show(page, one.removals); });
    if (!pages) return pages;
    count += *pages;
  }
  return count;
}

Result<void> finish_removals(store::Erasure& erasure,
                             store::SnapshotArchive& archive,
                             Instant now) {
  if (auto reached = erasure.reach_new_names(now); !reached) return reached;
  const auto unfinished = erasure.unfinished();
  if (!unfinished) return fail(unfinished.error());
  if (unfinished->empty()) return {};
  ByChannel channels;
  Instant since = Instant::max();
  for (const store::Removal& removal : *unfinished) {
    add(channels, removal.target, removal.removed_at);
    since = std::min(since, removal.removed_at);
  }
  for (const auto& [key, one] : channels) {
    auto erased = archive.erase(
        one.channel, [&](std::string_view page) { return may_show(page, one.removals); }, since);
    if (!erased) return erased;
  }
  return erasure.finish(now);
}

}  // namespace qanat::app
