#pragma once

#include <functional>
#include <istream>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/instant.h"

/// WARC files (ISO 28500), versions 1.0 and 1.1, plain or with a gzip member for each record.
namespace qanat::importer {

/// A page that a WARC holds.
struct WarcPage {
  bool is_revisit = false;  ///< its body is that of an earlier page with the same digest
  std::string digest;       ///< of the body, as the file spells it; may be empty
  std::string url;
  Instant fetched_at;
  int status = 0;
  std::string headers;  ///< lines as sent
  std::string body;     ///< without chunks and compression; empty for a revisit
};

/// What a WARC holds besides pages.
struct WarcTally {
  int responses = 0;
  int revisits = 0;                     ///< the bytes of an earlier response again
  int others = 0;                       ///< requests, metadata, …
  std::vector<std::string> unreadable;  ///< responses and revisits: their address and why
};

/// Calls `page` for each response and revisit whose address `wants` accepts, in the file's order;
/// records are read one by one. A response that cannot be read, and a revisit of no page before it,
/// are in the tally; the rest of the file is read.
///
/// Errors: usage, naming the byte's record: no WARC, or cut; those of `page`, which stop the
/// reading.
Result<WarcTally> read_warc(std::istream& in,
                            const std::function<bool(const std::string& url)>& wants,
                            const std::function<Result<void>(WarcPage)>& page);

}  // namespace qanat::importer
