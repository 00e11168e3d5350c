#pragma once

#include "base/post.h"
#include "parser/html_tree.h"

namespace qanat::parser {

/// What the service message tells, by its sentence in English or Russian. Names and quotes inside
/// the sentence are other people's words and say nothing.
[[nodiscard]] ServiceKind read_service_kind(Node message);

}  // namespace qanat::parser
