#include "record/markdown.h"

#include <algorithm>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "record/markdown_line.h"

namespace qanat::record {
namespace {

bool is_quote(EntityKind kind) {
  return kind == EntityKind::quote || kind == EntityKind::collapsed_quote;
}

/// Stands on lines of its own.
bool is_block(EntityKind kind) { return kind == EntityKind::pre || is_quote(kind); }

/// Kinds that Markdown shows by an address.
bool needs_address(EntityKind kind) {
  return kind == EntityKind::link || kind == EntityKind::mention || kind == EntityKind::email ||
         kind == EntityKind::phone || kind == EntityKind::custom_emoji;
}

/// Kinds that are marks around words, and do not say more of two touching spans than of one.
bool is_mark(EntityKind kind) {
  return kind == EntityKind::bold || kind == EntityKind::italic || kind == EntityKind::underline ||
         kind == EntityKind::strike || kind == EntityKind::spoiler || kind == EntityKind::code;
}

/// Where the entity leads: its own address, or that of the link over the same words.
std::string address_of(const Entity& entity, const Post& post) {
  if (entity.kind == EntityKind::custom_emoji)
    return entity.value.empty() ? "" : "tg://emoji?id=" + entity.value;
  if (entity.kind == EntityKind::link) return entity.value;
  const auto same = std::ranges::lower_bound(
      post.links, entity.span.begin, {}, [](const Link& link) { return link.span.begin; });
  return same != post.links.end() && same->span == entity.span ? same->url : "";
}

Span clipped(Span span, Span whole) {
  const std::size_t begin = std::clamp(span.begin, whole.begin, whole.end);
  return {.begin = begin, .end = std::clamp(span.end, begin, whole.end)};
}

bool in_order(const Span& a, const Span& b) {
  return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
}

/// What lies over the lines, in order, touching spans of one mark made one.
std::vector<Formatting> inline_formatting(const Post& post) {
  const Span whole{.begin = 0, .end = post.text.size()};
  std::vector<Formatting> out;
  std::map<EntityKind, std::size_t> last;  // of a mark, its last span in `out`
  for (const Entity& entity : post.entities) {
    Formatting each{.kind = entity.kind, .span = clipped(entity.span, whole)};
    if (each.span.empty()) continue;
    if (needs_address(each.kind)) {
      each.address = address_of(entity, post);
      if (!each.address.empty()) out.push_back(std::move(each));
    } else if (is_mark(each.kind)) {
      const auto known = last.find(each.kind);
      if (known != last.end() && each.span.begin <= out[known->second].span.end) {
        Span& grown = out[known->second].span;
        grown.end = std::max(grown.end, each.span.end);
        continue;
      }
      last[each.kind] = out.size();
      out.push_back(std::move(each));
    }
  }
  std::ranges::stable_sort(out, in_order, &Formatting::span);
  return out;
}

class Writer {
 public:
  explicit Writer(const Post& post) : text_(post.text), formatting_(inline_formatting(post)) {
    for (const Entity& entity : post.entities)
      if (is_block(entity.kind)) blocks_.push_back(entity);
  }

  std::string write() {
    std::string out;
    write_blocks({.begin = 0, .end = text_.size()}, blocks_, out);
    return out;
  }

 private:
  /// Writes the text between `range`'s ends, the blocks in it apart from the rest.
  // NOLINTNEXTLINE(misc-no-recursion): as deep as entities nest, which the parser bounds
  void write_blocks(Span range, std::span<const Entity> blocks, std::string& out) {
    std::size_t at = range.begin;
    while (!blocks.empty()) {
      const Entity& block = blocks.front();
      blocks = blocks.subspan(1);
      const Span span = clipped(block.span, {.begin = at, .end = range.end});
      if (span.empty()) continue;
      add_block(out, paragraphs({.begin = at, .end = span.begin}));
      if (block.kind == EntityKind::pre) {
        add_block(out, fenced(block, span));
      } else {
        add_block(out, quoted(span, blocks));
      }
      at = span.end;
    }
    add_block(out, paragraphs({.begin = at, .end = range.end}));
  }

  static void add_block(std::string& out, const std::string& block) {
    if (block.empty()) return;
    if (!out.empty()) out += "\n\n";
    out += block;
  }

  [[nodiscard]] std::string fenced(const Entity& block, Span span) const {
    std::string_view code = std::string_view{text_}.substr(span.begin, span.size());
    if (code.starts_with('\n')) code.remove_prefix(1);
    const std::string fence = code_fence(code, 3);
    const bool named = block.value.find_first_of(" \t\r\n`") == std::string::npos;
    std::string out = fence + (named ? block.value : "") + "\n";
    out.append(code);
    if (!code.ends_with('\n')) out += '\n';
    return out + fence;
  }

  /// A quote, with the code blocks in it. A quote in a quote is the same quote.
  // NOLINTNEXTLINE(misc-no-recursion): as deep as entities nest, which the parser bounds
  std::string quoted(Span span, std::span<const Entity> blocks) {
    std::vector<Entity> inner;
    for (const Entity& each : blocks) {
      if (each.span.begin >= span.end) break;
      if (!is_quote(each.kind)) inner.push_back(each);
    }
    std::string plain;
    write_blocks(span, inner, plain);
    std::string out;
    std::string_view rest = plain;
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      out.append(out.empty() ? "" : "\n").append(line.empty() ? ">" : "> ").append(line);
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    }
    return out;
  }

  /// Lines without blank ones around them. A line break is "\", unless a paragraph ends there.
  std::string paragraphs(Span range) {
    std::string out;
    bool after_line = false;
    std::size_t at = range.begin;
    while (at < range.end) {
      const std::size_t end = std::min(text_.find('\n', at), range.end);
      const std::string line = write_line({.begin = at, .end = end});
      if (!line.empty()) {
        if (!out.empty()) out += after_line ? "\\\n" : "\n\n";
        out += line;
      }
      after_line = !line.empty();
      at = end + 1;
    }
    return out;
  }

  /// Empty for lines of white space. Lines come in their order: `next_` and `open_` go with them.
  std::string write_line(Span line) {
    std::erase_if(open_, [line](const Formatting& each) { return each.span.end <= line.begin; });
    for (; next_ < formatting_.size() && formatting_[next_].span.begin < line.end; ++next_)
      if (formatting_[next_].span.end > line.begin) open_.push_back(formatting_[next_]);
    const std::string_view words = std::string_view{text_}.substr(line.begin, line.size());
    if (words.find_first_not_of(" \t") == std::string_view::npos) return {};
    std::vector<Formatting> here;
    for (const Formatting& each : open_) {
      here.push_back(each);
      here.back().span = clipped(each.span, line);
    }
    std::ranges::stable_sort(here, in_order, &Formatting::span);
    return markdown_line(text_, line, here);
  }

  const std::string& text_;
  std::vector<Formatting> formatting_;
  std::vector<Entity> blocks_;
  std::size_t next_ = 0;
  std::vector<Formatting> open_;  ///< begun in an earlier line or in this one
};

}  // namespace

std::string markdown(const Post& post) { return Writer(post).write(); }

}  // namespace qanat::record
