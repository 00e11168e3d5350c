#include "app/judged_post.h"

#include <utility>

namespace qanat::app {

store::JudgedPost judge_post(const classifier::Classifier& classifier,
                             const classifier::ChannelProfile& profile,
                             Post post) {
  Verdict verdict = classifier.classify(post, profile);
  Normalized normalized = classifier::normalize(post, verdict);
  std::string hash = content_sha256(post);
  return {.post = std::move(post),
          .content_sha256 = std::move(hash),
          .verdict = std::move(verdict),
          .normalized = std::move(normalized),
          .profile = profile.identity()};
}

}  // namespace qanat::app
