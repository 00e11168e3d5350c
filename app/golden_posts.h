#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "classifier/classifier.h"

/// Whole posts with the verdict that a rule folder must give them: golden/*.jsonl. An inline
/// example says what one rule sees; a golden post says what all of them together come to.
namespace qanat::app {

/// A golden post that is judged otherwise than its line says, or as it says, though a known miss.
struct GoldenFailure {
  std::string file;  ///< "golden/ru.jsonl"
  std::string id;
  std::string problem;  ///< "label is other, not ad"
};

struct GoldenReport {
  std::size_t posts = 0;
  std::size_t known_misses = 0;
  std::vector<GoldenFailure> failures;
};

/// Judges the posts of every golden/*.jsonl in `dir` and the folders of its packs, in path order.
/// A line is a labelled post (see read_labelled_post) and may name its "outcome"; where it has
/// "spans", exactly their characters must be removed, blanks aside. No such file: no posts.
///
/// Errors: usage, naming file and line that cannot be read.
Result<GoldenReport> judge_golden_posts(const std::filesystem::path& dir,
                                        const classifier::Classifier& judge);

}  // namespace qanat::app
