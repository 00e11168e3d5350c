#include "support/shipped_packs.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace qanat::test {

std::vector<classifier::PackFile> shipped_packs() {
  const std::filesystem::path root = QANAT_RULES_FOLDER;
  std::vector<classifier::PackFile> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const bool golden = entry.path().parent_path().filename() == "golden";  // no part of a pack
    if (!entry.is_regular_file() || golden) continue;
    std::ifstream file{entry.path(), std::ios::binary};
    files.push_back({.path = std::filesystem::relative(entry.path(), root).string(),
                     .text = {std::istreambuf_iterator<char>{file}, {}}});
  }
  std::ranges::sort(files, {}, &classifier::PackFile::path);
  return files;
}

std::filesystem::path golden_posts(const std::string& language) {
  return std::filesystem::path(QANAT_RULES_FOLDER) / "golden" / (language + ".jsonl");
}

const classifier::Classifier& shipped_classifier() {
  static const classifier::Classifier kShipped(
      classifier::RuleSet::compile(shipped_packs(), classifier::PackChecks::reading).value());
  return kShipped;
}

}  // namespace qanat::test
