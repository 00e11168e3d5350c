#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace qanat::parser {

/// The page's script fetches older posts as one JSON string that holds a piece of HTML.
struct XhrPage {
  std::string html;
  bool complete = false;  ///< the string's closing quote was there
};

/// Whether the bytes are of that form: their first character is a quote.
[[nodiscard]] bool is_xhr(std::string_view bytes);

/// Decodes the string. A string cut short gives what there is; unpaired surrogates become U+FFFD.
///
/// Errors: markup, with the byte, for an escape that JSON does not have.
[[nodiscard]] Result<XhrPage> decode_xhr(std::string_view bytes);

}  // namespace qanat::parser
