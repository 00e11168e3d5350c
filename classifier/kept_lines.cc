#include "classifier/kept_lines.h"

#include <algorithm>

#include "classifier/characters.h"

namespace qanat::classifier {
namespace {

/// Where a byte of the post's text is once the removed parts are gone.
std::size_t offset_in_kept(const std::vector<Removed>& removed, std::size_t at) {
  std::size_t gone = 0;
  for (const Removed& part : removed) {
    if (part.span.begin >= at) break;
    gone += std::min(part.span.end, at) - part.span.begin;
  }
  return at - gone;
}

Span words_span(std::string_view text, Span whole) {
  const std::string_view words = trimmed(text.substr(whole.begin, whole.size()));
  if (words.empty()) return {whole.begin, whole.begin};
  const auto begin = static_cast<std::size_t>(words.data() - text.data());
  return {begin, begin + words.size()};
}

/// "Столица Франции? ||Париж||": what is hidden behind a question is a line of its own.
void split_before_spoiler(KeptText& kept, std::size_t at) {
  const auto line = std::ranges::find_if(
      kept.lines, [at](const KeptLine& one) { return one.words.begin < at && at < one.words.end; });
  if (line == kept.lines.end()) return;
  const char32_t last = last_character(
      trimmed(std::string_view(kept.text).substr(line->words.begin, at - line->words.begin)));
  if (last == U'?' || last == U':')
    split_line(kept, static_cast<std::size_t>(line - kept.lines.begin()), at);
}

bool formats_code(EntityKind kind) { return kind == EntityKind::pre || kind == EntityKind::code; }

void apply(KeptLine& line, EntityKind kind, Span span) {
  if (kind == EntityKind::pre && span.overlaps(line.whole)) line.exact = true;
  if (line.words.empty() || !span.contains(line.words)) return;
  if (kind == EntityKind::bold) line.bold = true;
  if (kind == EntityKind::spoiler) line.hidden = true;
  if (formats_code(kind)) line.kind = LineKind::code;
}

bool tells_of_a_line(EntityKind kind) {
  return kind == EntityKind::bold || kind == EntityKind::spoiler || formats_code(kind);
}

void apply_entity(KeptText& kept, EntityKind kind, Span span) {
  auto line = std::ranges::partition_point(
      kept.lines, [&](const KeptLine& one) { return one.whole.end < span.begin; });
  for (; line != kept.lines.end() && line->whole.begin < span.end; ++line) apply(*line, kind, span);
}

bool is_exact(const KeptLine& line) { return line.exact || line.kind == LineKind::code; }

/// What parts a line from the one before it: within code as it was written, else a line break or
/// one blank line.
std::string_view between(const KeptText& kept, std::size_t before, std::size_t line) {
  const std::size_t begin = kept.lines[before].whole.end;
  const std::size_t end = kept.lines[line].whole.begin;
  const bool code = is_exact(kept.lines[before]) && is_exact(kept.lines[line]);
  if (code) return std::string_view(kept.text).substr(begin, end - begin);
  return before + 1 == line ? "\n" : "\n\n";
}

/// A single blank before prose is an accident; more are an author's indentation.
Span shown(const KeptLine& line) {
  const bool indented = line.words.begin - line.whole.begin > 1 || is_exact(line);
  return {indented ? line.whole.begin : line.words.begin,
          is_exact(line) ? line.whole.end : line.words.end};
}

}  // namespace

KeptText keep_lines(const Post& post, const std::vector<Removed>& removed) {
  KeptText kept;
  kept.text = kept_text(post.text, removed);
  for (const Line& line : split_lines(kept.text)) {
    Span whole = line.span;
    if (kept.text[whole.end - 1] == '\n') --whole.end;
    kept.lines.push_back(
        {.whole = whole, .words = words_span(kept.text, whole), .kind = line.kind});
  }
  for (const Removed& part : removed) {
    kept.cuts.push_back(offset_in_kept(removed, part.span.begin));
  }
  for (const Entity& entity : post.entities) {
    if (!tells_of_a_line(entity.kind)) continue;
    const Span span{offset_in_kept(removed, entity.span.begin),
                    offset_in_kept(removed, entity.span.end)};
    if (entity.kind == EntityKind::spoiler) split_before_spoiler(kept, span.begin);
    if (span.empty()) continue;
    apply_entity(kept, entity.kind, span);
    if (formats_code(entity.kind)) kept.code.push_back(span);
  }
  return kept;
}

std::size_t bytes_before_code(const KeptText& kept, std::size_t line) {
  const Span words = shown(kept.lines[line]);
  if (kept.lines[line].kind == LineKind::code) return 0;
  const auto code =
      std::ranges::find_if(kept.code, [words](Span span) { return span.overlaps(words); });
  if (code == kept.code.end()) return std::string::npos;
  return std::max(code->begin, words.begin) - words.begin;
}

bool ends_in_code(const KeptText& kept, std::size_t line) {
  const KeptLine& last = kept.lines[line];
  if (last.kind == LineKind::code) return true;
  return std::ranges::any_of(kept.code, [&last](Span span) {
    return span.begin < last.words.end && last.words.end <= span.end;
  });
}

void split_line(KeptText& kept, std::size_t line, std::size_t at) {
  KeptLine& before = kept.lines[line];
  KeptLine after = before;
  before.whole.end = at;
  before.words = words_span(kept.text, before.whole);
  after.words = words_span(kept.text, {at, after.words.end});
  after.whole.begin = after.words.begin;
  kept.lines.insert(kept.lines.begin() + static_cast<std::ptrdiff_t>(line) + 1, after);
}

std::string join_lines(const KeptText& kept, std::size_t first, std::size_t end) {
  while (first < end && kept.is_blank(first)) ++first;
  while (first < end && kept.is_blank(end - 1)) --end;
  std::string result;
  std::size_t before = first;
  for (std::size_t i = first; i < end; ++i) {
    if (kept.is_blank(i)) continue;
    if (i > first) result.append(between(kept, before, i));
    const Span line = shown(kept.lines[i]);
    result.append(kept.text, line.begin, line.size());
    before = i;
  }
  return result;
}

}  // namespace qanat::classifier
