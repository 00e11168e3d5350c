#pragma once

#include <string>

#include "export/dataset/data_set.h"

namespace qanat::exporting {

/// The YAML that a card begins with, between two lines of dashes.
[[nodiscard]] std::string card_header(const DataSet& set);

}  // namespace qanat::exporting
