#include "classifier/idle_strokes.h"

#include <algorithm>

#include "classifier/characters.h"
#include "classifier/lines.h"

namespace qanat::classifier {
namespace {

/// Dots and squares in a row part a text too, but for segment() they are mere ornaments. Other
/// emoji may be an answer.
bool is_row_of_dots(std::string_view line) {
  constexpr std::u32string_view kDots = U"•·∙●○◦▪▫◾◽■□◆◇⎯〰🔹🔸🔷🔶";
  constexpr char32_t kThreeDashes = U'⸻';
  constexpr char32_t kEmojiStyle = 0xFE0F;
  constexpr std::size_t kLeastDots = 3;
  std::size_t dots = 0;
  for (std::size_t at = 0; at < line.size();) {
    const utf8::CodePoint point = character_at(line, at);
    at += point.length;
    if (is_blank(point.value) || point.value == kEmojiStyle) continue;
    if (point.value != kThreeDashes && !kDots.contains(point.value)) return false;
    dots += point.value == kThreeDashes ? kLeastDots : 1;
  }
  return dots >= kLeastDots;
}

class IdleStrokes {
 public:
  explicit IdleStrokes(KeptText& kept) : kept_(kept) {
    for (std::size_t i = 0; i < kept.lines.size(); ++i) {
      if (!kept.is_blank(i)) shown_.push_back(i);
    }
    end_ = shown_.size();
    while (begin_ < end_ && is_tags(begin_)) ++begin_;
    while (begin_ < end_ && is_tags(end_ - 1)) --end_;
  }

  void drop() {
    for (std::size_t first = begin_; first < end_; ++first) {
      std::size_t end = first;
      while (end < end_ && is_drawn(end)) ++end;
      if (end == first) continue;
      drop_of_run(first, end);
      first = end - 1;
    }
  }

 private:
  void drop_of_run(std::size_t first, std::size_t end) {
    const bool opens = first == begin_;
    const bool closes = end == end_;
    if (!opens && !closes) {
      if (is_cut(words(first).end, words(end - 1).begin)) empty(first + 1, end);
      return;
    }
    const bool at_tags = (opens && begin_ > 0) || (closes && end_ < shown_.size());
    const std::size_t from = opens ? 0 : words(first - 1).end;
    const std::size_t to = closes ? kept_.text.size() : words(end).begin;
    if (at_tags || is_cut(from, to)) empty(first, end);
  }

  void empty(std::size_t first, std::size_t end) {
    for (; first < end; ++first) {
      Span& words = kept_.lines[shown_[first]].words;
      words.end = words.begin;
    }
  }

  [[nodiscard]] Span words(std::size_t at) const { return kept_.lines[shown_[at]].words; }

  [[nodiscard]] bool is_code(std::size_t at) const {
    const KeptLine& line = kept_.lines[shown_[at]];
    return line.exact || line.kind == LineKind::code;
  }

  [[nodiscard]] bool is_drawn(std::size_t at) const {
    const std::string_view line = kept_.words(shown_[at]);
    return !is_code(at) && (is_drawn_line(line) || is_row_of_dots(line));
  }

  [[nodiscard]] bool is_tags(std::size_t at) const {
    return !is_code(at) && is_tags_only(kept_.words(shown_[at]));
  }

  [[nodiscard]] bool is_cut(std::size_t from, std::size_t to) const {
    const auto cut = std::ranges::lower_bound(kept_.cuts, from);
    return cut != kept_.cuts.end() && *cut <= to;
  }

  KeptText& kept_;
  std::vector<std::size_t> shown_;  ///< the lines that are not blank
  std::size_t begin_ = 0;           ///< of shown_, without the tags at both ends
  std::size_t end_ = 0;
};

}  // namespace

void drop_idle_strokes(KeptText& kept) { IdleStrokes(kept).drop(); }

}  // namespace qanat::classifier
