#include "app/labelled_corpus.h"

#include <utility>

#include "app/label_remarks.h"
#include "app/open_input.h"
#include "app/post_input.h"

namespace qanat::app {

Result<std::vector<classifier::ExaminedPost>> examine_corpus(const Session& session,
                                                             const std::string& path,
                                                             const classifier::Classifier& judge) {
  auto input = open_input(path, session.in);
  if (!input) return fail(input.error());
  std::vector<classifier::ExaminedPost> posts;
  LabelRemarks remarks;
  const auto row = [&](GivenLabel given) -> Result<void> {
    remarks.doubt(given.doubts);
    remarks.leave_out(given.other_spans);
    posts.push_back(classifier::examine_labelled(judge, given.post, std::move(given.labelled)));
    return {};
  };
  if (auto read = for_each_labelled_post(input->stream(), input->name(), row); !read) {
    return fail(read.error());
  }
  remarks.tell(session.err);
  if (posts.empty()) return fail(Errc::usage, input->name() + ": no labelled post");
  return posts;
}

}  // namespace qanat::app
