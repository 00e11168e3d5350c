#pragma once

#include <optional>
#include <string_view>

#include "base/post.h"
#include "base/verdict.h"
#include "store/removal.h"
#include "store/sqlite.h"
#include "store/store.h"

/// What other posts show of a post: the quote in an answer, the preview of a link to it, the notice
/// that it was pinned.
namespace qanat::store {

/// Where other posts show words of what is removed.
struct Excerpts {
  bool quote = false;    ///< Reply::text
  bool preview = false;  ///< the words of LinkPreview

  [[nodiscard]] bool any() const { return quote || preview; }
};

/// The post or the channel that an address on one of Telegram's hosts leads to.
[[nodiscard]] std::optional<RemovalTarget> target_of(std::string_view url);

/// Whether the address leads to the target, or to a post of the channel that it names.
[[nodiscard]] bool leads_to(std::string_view url, const RemovalTarget& target);

/// Whether a notice that something was pinned quotes the beginning of this text.
[[nodiscard]] bool quotes_beginning(std::string_view notice, std::string_view text);

/// Takes away what rules found in these excerpts, word by word; that they found it stays. False
/// when there is nothing of that.
bool forget_words(Verdict& verdict, const Excerpts& excerpts);

/// The post without its excerpts of what was removed, `removals` of its own channel; nothing when
/// it has none.
Result<std::optional<JudgedPost>> without_removed_excerpts(Database& database,
                                                           const JudgedPost& judged,
                                                           const ChannelRemovals& removals);

/// Whether it is the notice that a removed post was pinned, as far as its link tells.
Result<bool> is_notice_of_removed(Database& database, const Post& post);

}  // namespace qanat::store
