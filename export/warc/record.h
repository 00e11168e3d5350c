#pragma once

#include <string>

#include "base/instant.h"

/// The pieces of a WARC 1.1 file (ISO 28500:2017), as bytes.
namespace qanat::exporting::warc {

/// A page as it was fetched.
struct FetchedPage {
  std::string url;
  Instant fetched_at;
  int status = 0;
  std::string headers;   ///< as received, the status line first; may be empty
  std::string body;      ///< unpacked
  std::string snapshot;  ///< "sha256:…" of the body, in hex
};

/// The record that a revisit leads back to.
struct FirstFetch {
  std::string record_id;
  std::string url;
  Instant fetched_at;
};

/// The head of an HTTP answer as it goes into a WARC: what we have of it, and what describes the
/// packing that we took off renamed, since the body that follows is unpacked.
[[nodiscard]] std::string http_head(const FetchedPage& page);

/// Who made the file. `date` is that of its first page: no clock enters the bytes.
[[nodiscard]] std::string info_record(const std::string& file_name,
                                      Instant date,
                                      const std::string& software);

[[nodiscard]] std::string response_record(const FetchedPage& page, const std::string& record_id);

/// The same bytes as an earlier response of the file: head alone.
[[nodiscard]] std::string revisit_record(const FetchedPage& page,
                                         const std::string& record_id,
                                         const FirstFetch& first);

/// "sha256:" and Base32: the digest of a body as WARC tools write it.
[[nodiscard]] std::string payload_digest(const FetchedPage& page);

}  // namespace qanat::exporting::warc
