#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "base/error.h"

namespace qanat::app {

/// The object that stands on one line of somebody's file. Invalid UTF-8 and halves of surrogate
/// pairs ("\ud800") are read as U+FFFD.
///
/// Errors: usage: not JSON, not an object, or nested deeper than 64 levels, which is found before a
/// tree is built, because the library copies trees by recursion.
Result<nlohmann::json> read_json_object(const std::string& line);

}  // namespace qanat::app
