#pragma once

#include <deque>
#include <string>
#include <vector>

#include "base/post.h"
#include "classifier/language.h"
#include "classifier/matching.h"
#include "classifier/segment.h"

namespace qanat::classifier {

/// A post as the rules see it, with the strings that the view points into. The post must outlive
/// it; moving it would leave the view dangling, so it stays where it was made.
class Description {
 public:
  Description(const Post& post, const std::vector<Block>& blocks, PostLanguages languages);
  Description(const Description&) = delete;
  Description& operator=(const Description&) = delete;
  ~Description() = default;

  [[nodiscard]] const PostView& view() const { return view_; }

 private:
  std::string_view keep(std::string text);
  void describe_block(const Post& post, const Block& block);
  void describe_whole(const Post& post);
  void add_link(Unit& unit, const Link& link);

  PostLanguages languages_;
  std::vector<const Link*> links_;   ///< those with a place, in text order
  std::vector<const Entity*> tags_;  ///< hashtags and mentions, in text order
  std::deque<std::string> strings_;
  PostView view_;
};

}  // namespace qanat::classifier
