#pragma once

#include <string_view>

#include "base/error.h"
#include "base/span.h"

namespace qanat::app {

/// Where `words` stand in a post: "Join our chat", or from first to last words, "Join … @chat". Any
/// blanks and line breaks between words are alike.
/// Errors: usage: they are nowhere, or in several places.
Result<Span> find_marked_words(std::string_view text, std::string_view words);

}  // namespace qanat::app
