#include "app/labelled_corpus.h"

#include <utility>

#include "app/open_input.h"
#include "app/post_input.h"

namespace qanat::app {

Result<std::vector<classifier::ExaminedPost>> examine_corpus(const std::string& path,
                                                             std::istream& in,
                                                             const classifier::Classifier& judge) {
  auto input = open_input(path, in);
  if (!input) return fail(input.error());
  std::vector<classifier::ExaminedPost> posts;
  const auto row = [&](GivenLabel given) -> Result<void> {
    posts.push_back(classifier::examine_labelled(judge, given.post, std::move(given.labelled)));
    return {};
  };
  if (auto read = for_each_labelled_post(input->stream(), input->name(), row); !read) {
    return fail(read.error());
  }
  if (posts.empty()) return fail(Errc::usage, input->name() + ": no labelled post");
  return posts;
}

}  // namespace qanat::app
