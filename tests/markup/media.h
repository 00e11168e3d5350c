#pragma once

#include <string>

#include "markup/message.h"

namespace qanat::markup {

/// A post's media, with the texts between documents. Not here: the photo of a service post, and
/// what the page withholds.
[[nodiscard]] std::string media(const Shown& shown, const Manner& manner);

/// The element of a post's words.
[[nodiscard]] std::string text_element(const std::string& markup);

/// What stands in place of something that the page withholds.
[[nodiscard]] std::string withheld_label(const std::string& label);

}  // namespace qanat::markup
