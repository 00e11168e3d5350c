#include "classifier/segment.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/utf8.h"
#include "classifier/characters.h"
#include "classifier/lines.h"
#include "classifier/visible_links.h"

namespace qanat::classifier {
namespace {

/// What a line is once the post's formatting is known too.
enum class Role { blank, words, item, links, separator, code, quote };

struct Row {
  Line line;
  Role role = Role::words;
  bool bold = false;
  bool linked = false;  ///< leads somewhere: an address, a handle
};

/// A line at the post's end that is short enough for a signature or a counter.
constexpr std::size_t kLooseLine = 60;
constexpr std::size_t kHeading = 120;

Role role_of(LineKind kind) {
  switch (kind) {
    case LineKind::blank: return Role::blank;
    case LineKind::item: return Role::item;
    case LineKind::links: return Role::links;
    case LineKind::separator: return Role::separator;
    case LineKind::code: return Role::code;
    case LineKind::words: break;
  }
  return Role::words;
}

Span text_span(std::string_view text, std::string_view part) {
  const auto begin = static_cast<std::size_t>(part.data() - text.data());
  return {begin, begin + part.size()};
}

Span inner_span(std::string_view text, Span span) {
  const std::string_view inner = trimmed(text.substr(span.begin, span.size()));
  return inner.empty() ? Span{span.begin, span.begin} : text_span(text, inner);
}

bool is_code(EntityKind kind) { return kind == EntityKind::pre || kind == EntityKind::code; }

bool is_citation(EntityKind kind) {
  return kind == EntityKind::quote || kind == EntityKind::collapsed_quote;
}

void apply_kind(Row& row, EntityKind kind) {
  if (kind == EntityKind::bold) row.bold = true;
  if (is_code(kind)) row.role = Role::code;
  if (is_citation(kind)) row.role = Role::quote;
}

/// The row of a place in the text.
std::vector<Row>::iterator row_at(std::vector<Row>& rows, std::size_t place) {
  return std::ranges::partition_point(
      rows, [place](const Row& row) { return row.line.span.end <= place; });
}

/// Formatting that covers all words of a line says what the line is.
void apply_entity(std::vector<Row>& rows, const Entity& entity, std::string_view text) {
  const EntityKind kind = entity.kind;
  if (!is_code(kind) && !is_citation(kind) && kind != EntityKind::bold) return;
  auto row = row_at(rows, entity.span.begin);
  for (; row != rows.end() && row->line.span.begin < entity.span.end; ++row) {
    const bool covered = entity.span.contains(text_span(text, row->line.text));
    if (row->role != Role::blank && covered) apply_kind(*row, kind);
  }
}

std::vector<Row> read_rows(const Post& post, std::span<const Line> lines) {
  std::vector<Row> rows;
  rows.reserve(lines.size());
  for (const Line& line : lines) {
    rows.push_back({.line = line, .role = role_of(line.kind)});
  }
  for (const Entity& entity : post.entities) apply_entity(rows, entity, post.text);
  for (const Link& link : post.links) {
    const auto row = row_at(rows, link.span.begin);
    if (row != rows.end()) row->linked = true;
  }
  return rows;
}

bool ends_sentence(std::string_view line) {
  const char32_t last = last_character(without_trailing_decoration(line));
  return std::u32string_view(U".!?…;:,").contains(last);
}

bool finishes_sentence(std::string_view line) {
  constexpr std::u32string_view kEnds = U".!?…)»\"";
  return kEnds.contains(last_character(line));
}

bool leads_in(std::string_view line) {
  constexpr std::array<std::string_view, 3> kPointing{"👇", "⬇", "⤵"};
  const std::string_view rest = trimmed(line);
  if (is_drawn_line(rest)) return false;
  const auto points = [rest](std::string_view sign) { return rest.contains(sign); };
  if (std::ranges::any_of(kPointing, points)) return true;
  const char32_t last = last_character(without_trailing_decoration(rest));
  return last == U':' || last_character(rest) == U'—' || last_character(rest) == U'–';
}

bool is_loose(const Row& row) {
  if (row.role == Role::code || row.role == Role::quote || row.role == Role::blank) return false;
  return utf8::length(row.line.text) <= kLooseLine && !ends_sentence(row.line.text) &&
         !leads_in(row.line.text);
}

/// An item of a list, not a counter ("👍74"), which begins with an ornament too.
bool is_item_of_text(const Row& row) {
  if (row.role != Role::item) return false;
  const std::string_view words = without_decoration(row.line.text);
  return std::ranges::any_of(words,
                             [](char c) { return !is_digit(static_cast<unsigned char>(c)); });
}

/// Index of the first row of the loose lines that end the post: within its last paragraph.
std::size_t loose_tail(const std::vector<Row>& rows) {
  std::size_t tail = rows.size();
  while (tail > 0 && rows[tail - 1].role == Role::blank) --tail;
  while (tail > 0 && is_loose(rows[tail - 1]) && !is_item_of_text(rows[tail - 1])) --tail;
  return tail;
}

bool stands_apart(Role role) {
  return role == Role::code || role == Role::quote || role == Role::separator ||
         role == Role::links;
}

bool cuts_at_change(const Row& before, const Row& row) {
  if (before.role == row.role) return false;
  if (leads_in(before.line.text) && row.role != Role::code && row.role != Role::quote) return false;
  if (stands_apart(before.role) || stands_apart(row.role)) return true;
  return row.role == Role::item && before.role == Role::words;
}

/// Whether a line is a paragraph of its own though no blank line says so: the one before it ends
/// with its sentence. "Хотите больше? Приходите: …" stands there.
bool follows_sentence(const Row& before, const Row& row) {
  return row.role == Role::words && before.role == Role::words &&
         finishes_sentence(without_trailing_decoration(before.line.text)) &&
         !leads_in(before.line.text);
}

/// Whether of two items one leads somewhere: among tips it may be an invitation.
bool parts_list(const Row& before, const Row& row) {
  return row.role == Role::item && before.role == Role::item && row.linked != before.linked;
}

/// Whether a block begins at rows[i]; `last` is the last row before it that is not blank.
bool begins_block(const std::vector<Row>& rows, std::size_t i, std::size_t last, std::size_t tail) {
  const Row& row = rows[i];
  const Row& before = rows[last];
  const bool same_code = row.role == before.role && row.role == Role::code;
  if (last + 1 < i) return !same_code;
  if (same_code) return false;
  if (read_marker(row.line.text).marker != Marker::none) return true;
  if (row.role == Role::words && is_all_caps(row.line.text)) return true;
  if (i >= tail && is_loose(row) && !leads_in(before.line.text)) return true;
  if (follows_sentence(before, row) || parts_list(before, row)) return true;
  return cuts_at_change(before, row);
}

/// Rows of one block.
struct Group {
  std::size_t first = 0;
  std::size_t end = 0;
};

std::vector<Group> group_rows(const std::vector<Row>& rows) {
  std::vector<Group> groups;
  const std::size_t tail = loose_tail(rows);
  std::size_t last = rows.size();  // none yet
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].role == Role::blank) continue;
    if (last == rows.size()) {
      groups.push_back({.first = 0, .end = 0});  // blank lines before it are its own
    } else if (begins_block(rows, i, last, tail)) {
      groups.back().end = i;
      groups.push_back({.first = i, .end = 0});
    }
    last = i;
  }
  if (groups.empty() && !rows.empty()) groups.push_back({});
  if (!groups.empty()) groups.back().end = rows.size();
  return groups;
}

bool is_heading(const std::vector<Row>& rows, Group group) {
  std::size_t lines = 0;
  const Row* only = nullptr;
  for (std::size_t i = group.first; i < group.end; ++i) {
    if (rows[i].role == Role::blank) continue;
    ++lines;
    only = &rows[i];
  }
  if (lines != 1 || group.end == rows.size()) return false;
  const std::string_view text = only->line.text;
  if (utf8::length(text) > kHeading || only->role == Role::links) return false;
  const char32_t last = last_character(without_trailing_decoration(text));
  return only->bold || is_all_caps(text) || (group.first == 0 && last != U'.' && last != U':');
}

BlockKind kind_of(const std::vector<Row>& rows, Group group) {
  std::size_t items = 0;
  std::size_t lines = 0;
  Role first = Role::blank;
  for (std::size_t i = group.first; i < group.end; ++i) {
    if (rows[i].role == Role::blank) continue;
    if (first == Role::blank) first = rows[i].role;
    ++lines;
    items += rows[i].role == Role::item ? 1 : 0;
  }
  if (first == Role::code) return BlockKind::code;
  if (first == Role::quote) return BlockKind::quote;
  if (first == Role::separator && lines == 1) return BlockKind::separator;
  if (first == Role::links) return BlockKind::link_line;
  if (items >= 2 && items * 2 >= lines) return BlockKind::list;
  return is_heading(rows, group) ? BlockKind::heading : BlockKind::paragraph;
}

/// Marks what stands right behind the post's last drawn line, where text stands above that line.
void mark_set_off(std::vector<Block>& blocks, std::string_view text) {
  for (std::size_t i = blocks.size(); i-- > 2;) {
    const Block& line = blocks[i - 1];
    const bool drawn = line.kind == BlockKind::separator &&
                       is_drawn_line(text.substr(line.text.begin, line.text.size()));
    if (!drawn) continue;
    blocks[i].set_off = true;
    return;
  }
}

/// Cuts "…last sentence. @handle" before the handle.
void cut_trailing_handle(std::vector<Block>& blocks, std::string_view text) {
  if (blocks.empty() || blocks.back().kind == BlockKind::code) return;
  Block& last = blocks.back();
  const std::string_view words = text.substr(last.text.begin, last.text.size());
  const std::size_t blank = words.find_last_of(" \n");
  if (blank == std::string_view::npos || !is_links_only(words.substr(blank + 1))) return;
  const std::string_view sentence = trimmed(words.substr(0, blank));
  if (!words.substr(blank + 1).starts_with('@')) return;
  if (!finishes_sentence(sentence)) return;
  const std::size_t cut = last.text.begin + blank + 1;
  const Block handle{
      .span = {cut, last.span.end}, .text = {cut, last.text.end}, .kind = BlockKind::link_line};
  last.span.end = cut;
  last.text = text_span(text, sentence);
  blocks.push_back(handle);
}

}  // namespace

std::vector<Block> segment(const Post& post) { return segment(post, split_lines(post.text)); }

std::vector<Block> segment(const Post& post, std::span<const Line> lines) {
  const std::string_view text = post.text;
  const std::vector<Row> rows = read_rows(post, lines);
  std::vector<Block> blocks;
  for (const Group group : group_rows(rows)) {
    const Span span{rows[group.first].line.span.begin, rows[group.end - 1].line.span.end};
    Block block{.span = span, .text = inner_span(text, span), .kind = kind_of(rows, group)};
    if (!blocks.empty()) {
      const Span before = blocks.back().text;
      const std::string_view lead = text.substr(before.begin, before.size());
      block.follows_lead_in = leads_in(lead.substr(lead.rfind('\n') + 1));
    }
    blocks.push_back(block);
  }
  mark_set_off(blocks, text);
  cut_trailing_handle(blocks, text);
  return blocks;
}

}  // namespace qanat::classifier
