#pragma once

#include <string>
#include <string_view>

#include "base/instant.h"
#include "web/http_server.h"

/// What a request's headers ask of a page that clients may keep (RFC 9110).
namespace qanat::web {

/// One version of a page.
struct Version {
  std::string tag;  ///< no other version has it; letters and digits
  Instant modified;
};

/// The strong entity tag; the bytes of a compressed body are others, and so is their tag.
[[nodiscard]] std::string entity_tag(const Version& version, bool is_compressed);

/// Whether the client has this version already, compressed or not. If-None-Match decides, and only
/// where there is none If-Modified-Since.
[[nodiscard]] bool is_known(const Request& request, const Version& version);

/// Whether Accept-Encoding allows gzip.
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);

}  // namespace qanat::web
