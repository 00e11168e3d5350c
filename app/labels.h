#pragma once

#include <istream>
#include <map>
#include <optional>
#include <string>

#include "base/error.h"
#include "base/verdict.h"

/// What people say of posts.
namespace qanat::app {

using Labels = std::map<std::string, Label, std::less<>>;  ///< by the post's id, as written

/// The label that a person gave the post on this line; nothing when it has none, or is one of our
/// records, whose label is a verdict.
/// Errors: usage: no JSON object, or a label that is none.
Result<std::optional<Label>> read_truth(const std::string& line);

/// A file of lines {"id", "label"}, or standard input for "-".
/// Errors: usage, naming the line that has no id or no label of a person.
Result<Labels> read_labels(const std::string& path, std::istream& in);

}  // namespace qanat::app
