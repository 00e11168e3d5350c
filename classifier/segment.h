#pragma once

#include <span>
#include <vector>

#include "base/post.h"
#include "base/span.h"
#include "base/verdict.h"
#include "classifier/lines.h"

namespace qanat::classifier {

/// A paragraph-like piece of a post: the unit of decision.
struct Block {
  Span span;  ///< blocks tile Post::text; blank lines belong to the block before them
  Span text;  ///< without blanks at both ends
  BlockKind kind = BlockKind::paragraph;
  bool follows_lead_in = false;  ///< the block before it ends with a colon or points down at it
  bool set_off = false;          ///< stands right behind the post's last drawn line
};

/// Raised whenever the same post would be cut differently: it enters the decision fingerprint.
inline constexpr int kSegmenterVersion = 6;

/// Cuts at blank lines; at a line break where the kind of line changes (code, quote, links only,
/// separator), before a list, a heading in capitals and a Q/A marker; and between the short loose
/// lines at the post's end, where signatures and counters stand; behind a line that ends with its
/// sentence; and between items of a list of which one has a link. A handle behind the last sentence
/// is a block of its own, and so is a drawn line. The list that a line with a colon introduces
/// stays with that line. Pure and total; linear in the text. An empty text has no blocks.
[[nodiscard]] std::vector<Block> segment(const Post& post);
/// The same, where the lines of the post's text are known.
[[nodiscard]] std::vector<Block> segment(const Post& post, std::span<const Line> lines);

}  // namespace qanat::classifier
