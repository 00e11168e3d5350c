#pragma once

#include <string_view>
#include <vector>

#include "base/span.h"

namespace qanat::classifier {

enum class LineKind {
  blank,
  words,      ///< ordinary text
  item,       ///< begins with a bullet, a number or an emoji that serves as one
  links,      ///< URLs, handles, hashtags and ornaments only
  separator,  ///< ornaments only, or a drawn line
  code,       ///< looks like code, a command or a query
};

/// One line of a text. The lines tile the text.
struct Line {
  Span span;              ///< its line break included
  std::string_view text;  ///< without blanks at both ends; points into the text
  LineKind kind = LineKind::words;
};

[[nodiscard]] std::vector<Line> split_lines(std::string_view text);

/// "Вопрос:", "Ответ:", "Q:", "A:", "Question 3:" at the beginning of a line.
enum class Marker { none, question, answer };

struct MarkedLine {
  Marker marker = Marker::none;
  std::string_view rest;  ///< what follows the marker
};

/// The segmenter cuts there, too: a new mark raises kSegmenterVersion.
[[nodiscard]] MarkedLine read_marker(std::string_view line);

/// "____", "====", "* * *", "➖➖➖": strokes alone, three or more.
[[nodiscard]] bool is_drawn_line(std::string_view line);

/// Hashtags, and no other words: "#sql #вопрос", "🔥 #c++, #ci/cd". A tag may have signs that names
/// have, but does not end with one that ends a sentence: "#зачем?" asks.
[[nodiscard]] bool is_tags_only(std::string_view line);

/// "#вопрос Что такое …" without its tags. "#define" is none.
[[nodiscard]] std::string_view without_leading_tags(std::string_view line);

/// Nearly all letters of a line of some length are capitals.
[[nodiscard]] bool is_all_caps(std::string_view line);

}  // namespace qanat::classifier
