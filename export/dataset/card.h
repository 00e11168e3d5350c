#pragma once

#include <string>

#include "export/dataset/data_set.h"

namespace qanat::exporting {

/// The data set's README.md as the Hugging Face Hub reads it: YAML with the files of each split and
/// the type of each column, then Markdown for people. Nothing in it is typed by hand.
[[nodiscard]] std::string data_set_card(const DataSet& set);

}  // namespace qanat::exporting
