#include "store/page_owner.h"

#include <algorithm>
#include <string>

#include "store/removals.h"
#include "store/store_impl.h"

// Whose a page is, as far as the store knows: the same channel whatever its name, or another one
// whose name it is now.
namespace qanat::store {
namespace {

Result<void> check_removed_owner(Database& database,
                                 const ChannelName& kept_as,
                                 const ShownChannel& shown) {
  const auto removals = read_removals(database, kept_as, shown);
  if (!removals) return fail(removals.error());
  if (!removals->whole) return {};
  const auto& [name, removed_at] = *removals->whole;
  return fail(Errc::removed_channel,
              kept_as.str() + " leads to the channel that was removed for good as " + name.str() +
                  " on " + format_instant(removed_at) +
                  ": nothing of it is kept; `qanat channels remove " + kept_as.str() +
                  "` stops following, `qanat redact --undo " + name.str() + "` allows it again");
}

Result<bool> has_posts(Database& database, const ChannelName& name) {
  const auto any = database.value<bool>(
      "SELECT EXISTS (SELECT 1 FROM post WHERE channel_id ="
      " (SELECT id FROM channel WHERE name = ?1))",
      name.str());
  if (!any) return fail(any.error());
  return any->value_or(false);
}

/// What has posts under both names goes on under both: none of them is given up.
Result<void> check_new_name(Database& database, const ChannelName& kept_as, std::int64_t number) {
  const auto names = names_with_number(database, number);
  if (!names) return fail(names.error());
  if (names->empty() || std::ranges::find(*names, kept_as) != names->end()) return {};
  const auto doubled = has_posts(database, kept_as);
  if (!doubled) return fail(doubled.error());
  if (*doubled) return {};
  const std::string& known_as = names->front().str();
  return fail(Errc::known_channel,
              kept_as.str() + " is another name of " + known_as + ", number " +
                  std::to_string(number) + ": nothing is kept twice; `qanat channels rename " +
                  known_as + " " + kept_as.str() + "` goes on under this name");
}

}  // namespace

Result<void> check_page_owner(Database& database,
                              const ChannelName& kept_as,
                              const ShownChannel& shown) {
  const auto stored = stored_number(database, kept_as);
  if (!stored) return fail(stored.error());
  if (is_other_channel(*stored, shown.numeric_id)) {
    return fail(Errc::other_channel,
                kept_as.str() + " shows another channel than the stored one, number " +
                    std::to_string(shown.numeric_id.value()) + " instead of " +
                    std::to_string(stored->value()));
  }
  if (auto allowed = check_removed_owner(database, kept_as, shown); !allowed) return allowed;
  return shown.numeric_id ? check_new_name(database, kept_as, *shown.numeric_id) : Result<void>();
}

Result<void> Store::check_page_owner(const ChannelName& kept_as, const ShownChannel& shown) {
  return store::check_page_owner(impl_->database, kept_as, shown);
}

}  // namespace qanat::store
