#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/post.h"
#include "classifier/lines.h"
#include "classifier/segment.h"

namespace qanat::classifier {

enum class Edge { header, footer };

/// A line that several posts of a channel end or begin with.
struct RecurringLine {
  Edge edge = Edge::footer;
  std::string key;   ///< its words, folded; numbers are "0", marks and emoji do not count
  std::string text;  ///< as its latest post writes it
  std::size_t posts = 0;
  std::size_t of = 0;  ///< posts looked at

  [[nodiscard]] double share() const {
    return of == 0 ? 0.0 : static_cast<double>(posts) / static_cast<double>(of);
  }
  /// A fifth of the posts have it: it is part of the signature.
  [[nodiscard]] bool recurs() const { return posts * 5 >= of; }
};

/// What recurs in a channel: its signature, found in its own posts. A value; the classifier takes
/// it beside a post. Empty: nothing is known of the channel.
class ChannelProfile {
 public:
  /// Of one channel's posts, the latest first; posts without text do not count. A line is known
  /// when three posts have it among their last four lines (or first two) and it is not their only
  /// one. Code, tags, what ends with a colon and what leads elsewhere each time ("Read the
  /// article") are no signature, nor are questions ("Что нового в Python 3.14?") and answers
  /// ("Результат: 911 мс"). Numbers that vary must count: readers, days, issues. docs/classifier.md
  /// has all of it.
  /// Pure; linear.
  [[nodiscard]] static ChannelProfile of(std::span<const Post> posts);

  [[nodiscard]] const std::vector<RecurringLine>& lines() const { return lines_; }
  /// Posts with text that were looked at.
  [[nodiscard]] std::size_t posts() const { return posts_; }
  /// Of no post, and so without any effect.
  [[nodiscard]] bool empty() const { return posts_ == 0; }
  /// Twelve hex digits over everything that it can change in a verdict; "" when empty.
  [[nodiscard]] const std::string& identity() const { return identity_; }
  /// The known line with this key at this edge; nothing when there is none.
  [[nodiscard]] const RecurringLine* find(Edge edge, std::string_view key) const;

 private:
  std::vector<RecurringLine> lines_;  ///< by edge, then key
  std::size_t posts_ = 0;
  std::string identity_;
};

/// How many of a channel's latest posts its profile is made of.
inline constexpr std::size_t kProfilePosts = 50;

/// The lines of a post, none across a block's edge: a handle behind the last sentence is one.
[[nodiscard]] std::vector<Line> block_lines(const Post& post, const std::vector<Block>& blocks);

/// A line's words as RecurringLine::key has them.
[[nodiscard]] std::string line_key(std::string_view line);

}  // namespace qanat::classifier
