#pragma once

#include <string>

#include "export/dataset/data_set.h"

/// The card's sections on where the posts come from and how far they can be trusted.
namespace qanat::exporting {

[[nodiscard]] std::string collection_section(const DataSet& set);
[[nodiscard]] std::string judging_section(const DataSet& set);
[[nodiscard]] std::string gaps_section(const DataSet& set);
[[nodiscard]] std::string removal_section(const DataSet& set);

}  // namespace qanat::exporting
