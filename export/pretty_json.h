#pragma once

#include <string>

#include "record/json.h"

namespace qanat::exporting {

/// JSON for a file that people open too; invalid UTF-8 replaced.
[[nodiscard]] inline std::string pretty_json(const record::Json& json) {
  return json.dump(2, ' ', false, record::Json::error_handler_t::replace) + '\n';
}

}  // namespace qanat::exporting
