#pragma once

#include <map>
#include <string>

namespace qanat::parser {

/// Field → how often it was there and could not be read.
using Malformed = std::map<std::string, int>;

}  // namespace qanat::parser
