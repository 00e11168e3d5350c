#pragma once

#include "crawler/transport.h"

namespace qanat::crawler {

/// What an answer says of the host that gave it, whatever was asked.
enum class HostSign {
  fine,       ///< a page, a redirect, "not modified"
  unrelated,  ///< the channel's own affair: 404, 410, …
  refused,    ///< 401, 403: of one channel its own affair, of many a ban
  empty,      ///< 200 without a word: once a mishap, often a ban
  busy,       ///< 429, 5xx: the host asks to be asked less
  challenge,  ///< a page on which a browser is to prove that it is one: a ban
};

/// Pure. A Telegram page is never a challenge, whatever its posts speak of.
[[nodiscard]] HostSign sign_of(const Answer& answer);

}  // namespace qanat::crawler
