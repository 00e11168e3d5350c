#pragma once

#include <cstddef>
#include <filesystem>
#include <system_error>
#include <vector>

#include "app/input.h"
#include "base/error.h"
#include "classifier/classifier.h"
#include "classifier/rule_set.h"

namespace qanat::app {

/// What one file of a pack may have.
inline constexpr InputCap kPackFileCap = {.bytes = std::size_t{4} << 20,
                                          .remedy = "cut the pack into smaller files"};

/// All files below a folder, in path order; linked folders are entered like others, each once.
/// `error` is set when one cannot be read.
[[nodiscard]] std::vector<std::filesystem::path> files_below(const std::filesystem::path& dir,
                                                             std::error_code& error);

/// Is it golden/NAME.jsonl, in whatever folder?
[[nodiscard]] bool is_golden_file(const std::filesystem::path& path);

/// The files of a rule pack folder (*.toml; *.txt: its lists; *.tsv: its learned words), in path
/// order; of the packs inside the program when `dir` is empty.
/// Errors: rule, naming the folder or the file that cannot be read.
Result<std::vector<classifier::PackFile>> read_rule_packs(const std::filesystem::path& dir);

/// The files of a rule pack folder that nothing reads, relative to it, in path order: neither packs
/// nor golden posts, and not what a folder may well hold besides them (README.md, LICENSE, .git).
/// Errors: rule, as above.
Result<std::vector<std::string>> unread_files(const std::filesystem::path& dir);

/// Reads and compiles. Errors: rule, as above and as RuleSet::compile.
Result<classifier::Classifier> load_classifier(const std::filesystem::path& dir);

}  // namespace qanat::app
