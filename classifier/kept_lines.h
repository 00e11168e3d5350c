#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/post.h"
#include "base/span.h"
#include "base/verdict.h"
#include "classifier/lines.h"

/// What a post offers, line by line, with the formatting that says what a line is for.
namespace qanat::classifier {

struct KeptLine {
  Span whole;  ///< its line break not included
  Span words;  ///< without blanks at both ends, and without a marker that was read
  LineKind kind = LineKind::words;
  bool exact = false;   ///< inside preformatted text: every blank of it counts
  bool bold = false;    ///< all its words are
  bool hidden = false;  ///< under a spoiler, all its words
};

/// Spans are bytes of `text`.
struct KeptText {
  std::string text;  ///< without the removed parts
  std::vector<KeptLine> lines;
  std::vector<Span> code;         ///< formatted as code, within lines too; ordered by begin
  std::vector<std::size_t> cuts;  ///< bytes of `text` where something was removed, ascending

  [[nodiscard]] std::string_view words(std::size_t line) const {
    return std::string_view(text).substr(lines[line].words.begin, lines[line].words.size());
  }
  [[nodiscard]] bool is_blank(std::size_t line) const { return lines[line].words.empty(); }
};

[[nodiscard]] KeptText keep_lines(const Post& post, const std::vector<Removed>& removed);

/// Bytes of what join_lines() shows of the line before its first code; npos when it holds none.
[[nodiscard]] std::size_t bytes_before_code(const KeptText& kept, std::size_t line);

[[nodiscard]] bool ends_in_code(const KeptText& kept, std::size_t line);

/// Makes what stands from byte `at` on, inside the line's words, a line of its own.
void split_line(KeptText& kept, std::size_t line, std::size_t at);

/// The lines [first, end) as one text: no blanks at its ends, one blank line where prose has
/// several, code as it was written.
[[nodiscard]] std::string join_lines(const KeptText& kept, std::size_t first, std::size_t end);

}  // namespace qanat::classifier
