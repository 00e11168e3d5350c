#pragma once

#include "export/dataset/data_set.h"
#include "record/json.h"

namespace qanat::exporting {

/// The data set as a Frictionless Data Package (datapackage.json).
[[nodiscard]] record::Json data_package(const DataSet& set);

}  // namespace qanat::exporting
