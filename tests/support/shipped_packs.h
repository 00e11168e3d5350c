#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "classifier/classifier.h"

namespace qanat::test {

/// The files of the packs in the project's own rules/ folder, by path.
[[nodiscard]] std::vector<classifier::PackFile> shipped_packs();

/// The golden posts of a language ("ru"), beside the packs.
[[nodiscard]] std::filesystem::path golden_posts(const std::string& language);

/// What judges by them; made once, for all that ask.
[[nodiscard]] const classifier::Classifier& shipped_classifier();

}  // namespace qanat::test
