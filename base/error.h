#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace qanat {

/// What kind of failure it is. A code exists where a caller branches on it: the exit code of the
/// program, whether a visit may be tried again, whether a run goes on.
enum class Errc {
  network,           ///< no answer: DNS, connect, TLS, time-out, a body that was cut
  http_status,       ///< an answer that is not the page
  throttled,         ///< the host asked for a pause
  markup,            ///< bytes that the parser refuses, or too many of them
  other_channel,     ///< a page of another channel than the one that had its name
  known_channel,     ///< a page of a channel that is stored under another name
  removed_channel,   ///< a page of a channel that was removed for good
  rule,              ///< a rule pack that does not load
  config,            ///< a configuration that does not load
  usage,             ///< arguments or an input file that the caller gave
  storage,           ///< the disk or the database failed; what was acknowledged is safe
  storage_unusable,  ///< damaged, of another program, or of a newer version
  storage_busy,      ///< held by another process, or not there yet: try later
  storage_replaced,  ///< the file that is open is not ours to use any more: open anew
  host_trouble,      ///< an answer that tells of its host alone: 429, 5xx
};

/// A failure from outside, as a value that gathers context on its way up.
struct Error {
  Errc code = Errc::storage;
  std::string
      message;  ///< one line for people, no final period; says the remedy where there is one

  /// Prefixes where it happened: "visit some_channel: fetch page: connection reset".
  [[nodiscard]] Error within(std::string_view where) && {
    message.insert(0, ": ");
    message.insert(0, where);
    return std::move(*this);
  }
};

template <class T>
using Result = std::expected<T, Error>;

/// Short for the unexpected side of a Result.
[[nodiscard]] inline std::unexpected<Error> fail(Error error) {
  return std::unexpected<Error>(std::move(error));
}
[[nodiscard]] inline std::unexpected<Error> fail(Errc code, std::string message) {
  return fail(Error{.code = code, .message = std::move(message)});
}

}  // namespace qanat
