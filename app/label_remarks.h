#pragma once

#include <map>
#include <ostream>
#include <string>
#include <vector>

namespace qanat::app {

/// What a reader of labelled posts has to say about them beside its figures, gathered over a file.
class LabelRemarks {
 public:
  /// GivenLabel::doubts of a post.
  void doubt(const std::vector<std::string>& doubts);
  /// GivenLabel::other_spans of a post.
  void leave_out(const std::vector<std::string>& kinds);

  /// A line each; of a file that errs throughout the first doubts, which shall not hide the
  /// figures.
  void tell(std::ostream& err) const;

 private:
  std::vector<std::string> doubts_;
  std::map<std::string, int> left_out_;
};

}  // namespace qanat::app
