#pragma once

#include <string>

#include "classifier/rule.h"

namespace qanat::classifier {

/// SHA-256 (hex) of all that can change a verdict, in an order of its own: neither the order of
/// files and rules nor titles, comments and examples enter it.
[[nodiscard]] std::string pack_hash(const Pack& pack);

}  // namespace qanat::classifier
