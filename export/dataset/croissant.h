#pragma once

#include "export/dataset/data_set.h"
#include "record/json.h"

namespace qanat::exporting {

/// The data set in the words of MLCommons' Croissant 1.0 (croissant.json, JSON-LD over schema.org).
[[nodiscard]] record::Json croissant(const DataSet& set);

}  // namespace qanat::exporting
