#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/channel_name.h"
#include "base/error.h"
#include "base/record.h"
#include "store/past_records.h"
#include "store/store.h"

namespace qanat::exporting {

/// What was taken out, by kind ("phone", "email", "card", "iban", "snils", "inn", "invite",
/// "handle"): each value once a post. Every kind is there, with 0 when there was none.
using RedactionCounts = std::map<std::string, std::int64_t>;

/// Takes what leads to a private person out of records on their way into an export: phone numbers,
/// e-mail addresses, bank cards, IBANs, SNILS and INN numbers, links into private chats, and
/// @handles. In their place stands [PHONE_1], [HANDLE_2] …: the same value has the same placeholder
/// everywhere in one post, and another number in another post. By shape and check digits, so some
/// is missed, and some is taken that was nobody's (docs/personal-data.md has the figures).
///
/// A handle stays when it is known to be no person's: the post's own channel, a channel of
/// which posts are stored, a bot, and whatever the post links to or forwards from by a message's
/// number.
class Redactor {
 public:
  /// `channels` keep their handles.
  explicit Redactor(const std::vector<ChannelName>& channels);

  /// Every text and address of the record redacted, every span moved along: entities and links
  /// cover what they covered, kept + removed is still the whole text. content_sha256 is then that
  /// of the redacted post, since the original's would let a reader find a number by trying them
  /// all. A record that holds nothing of the kind comes back as it was.
  [[nodiscard]] Record redacted(Record record);

  /// The latest record is not written after all: what it lost does not count.
  void take_back();

  /// Of all records so far.
  [[nodiscard]] const RedactionCounts& counts() const { return counts_; }

 private:
  std::set<std::string> channels_;
  RedactionCounts counts_;
  RedactionCounts latest_;  ///< of the latest record
};

/// Knows the channels of which the store has posts; those of `past`, when the records are from
/// there. A name that was followed may be a person's. Errors: those of channels_with_posts.
Result<Redactor> redactor_for(store::Store& store, store::PastRecords* past);

}  // namespace qanat::exporting
