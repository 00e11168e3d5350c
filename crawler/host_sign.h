#pragma once

#include "crawler/transport.h"

namespace qanat::crawler {

/// What an answer tells about its host, whatever was requested.
enum class HostSign {
  fine,       ///< a page, a redirect, "not modified"
  unrelated,  ///< concerns only the channel: 404, 410, …
  refused,    ///< 401, 403: of one channel its own matter, of many a ban
  empty,      ///< 200 without text: once a mishap, often a ban
  busy,       ///< 429, 5xx: the host wants fewer requests
  challenge,  ///< a page that makes a browser prove that it is one: a ban
};

/// Pure. A Telegram page is never a challenge, whatever its posts are about.
[[nodiscard]] HostSign sign_of(const Answer& answer);

}  // namespace qanat::crawler
