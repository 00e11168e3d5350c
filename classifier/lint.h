#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "classifier/rule_set.h"

namespace qanat::classifier {

struct Pack;

/// Complaints, in the order in which they were met.
class Findings {
 public:
  void error(std::string where, std::string problem, std::string remedy, std::string rule = {}) {
    add(true, std::move(where), std::move(rule), {std::move(problem), std::move(remedy)});
  }
  void warning(std::string where, std::string problem, std::string remedy, std::string rule = {}) {
    add(false, std::move(where), std::move(rule), {std::move(problem), std::move(remedy)});
  }
  [[nodiscard]] bool fatal() const { return fatal_; }
  [[nodiscard]] const std::vector<LintFinding>& all() const { return all_; }
  /// The fatal ones, one a line: "file:line:column: problem; remedy".
  [[nodiscard]] std::string message() const;

 private:
  void add(bool fatal,
           std::string where,
           std::string rule,
           std::pair<std::string, std::string> words);

  std::vector<LintFinding> all_;
  bool fatal_ = false;
};

/// " (did you mean \"literals\"?)" when one of `known` is close to `word`; else nothing.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       const std::vector<std::string_view>& known);
/// The same, where `edits` letters may differ.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       const std::vector<std::string_view>& known,
                                       std::size_t edits);

/// What is wrong with the rules of a pack that could be read.
void lint_pack(const Pack& pack, Findings& findings);

}  // namespace qanat::classifier
