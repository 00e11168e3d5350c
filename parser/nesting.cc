#include "parser/nesting.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace qanat::parser {

namespace {

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
  return std::ranges::any_of(names, [name](std::string_view each) { return is_name(name, each); });
}

constexpr std::array<std::string_view, 17> kVoid = {"br",
                                                    "img",
                                                    "meta",
                                                    "link",
                                                    "input",
                                                    "hr",
                                                    "wbr",
                                                    "area",
                                                    "base",
                                                    "col",
                                                    "embed",
                                                    "param",
                                                    "source",
                                                    "track",
                                                    "image",
                                                    "basefont",
                                                    "bgsound"};

constexpr std::array<std::string_view, 14> kFormatting = {"a",
                                                          "b",
                                                          "i",
                                                          "u",
                                                          "s",
                                                          "em",
                                                          "strong",
                                                          "code",
                                                          "small",
                                                          "big",
                                                          "font",
                                                          "tt",
                                                          "strike",
                                                          "nobr"};

/// Elements whose end tag closes all that is open inside them.
constexpr std::array<std::string_view, 22> kBlocks = {
    "div",     "section",    "article", "aside",  "blockquote", "center", "dl", "fieldset",
    "figure",  "figcaption", "footer",  "header", "nav",        "ol",     "ul", "pre",
    "address", "p",          "li",      "dd",     "dt",         "button"};

constexpr std::array<std::string_view, 8> kTableParts = {
    "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup"};

/// Cells keep the formatting outside from what is inside.
constexpr std::array<std::string_view, 3> kCells = {"td", "th", "caption"};

/// There is one of each, wherever its tags stand.
constexpr std::array<std::string_view, 3> kFrame = {"html", "head", "body"};

bool is_heading(std::string_view name) {
  return name.size() == 2 && (name[0] == 'h' || name[0] == 'H') && name[1] >= '1' && name[1] <= '6';
}

/// Whether </name> finds what it closes: the headings close each other.
bool is_same(std::string_view open, std::string_view name) {
  return (is_heading(open) && is_heading(name)) ||
         std::ranges::equal(open, name, [](char a, char b) { return (a | 0x20) == (b | 0x20); });
}

/// Whether the search for what </name> closes stops at `open`.
bool is_border(std::string_view open, std::string_view name) {
  if (is_name(open, "table")) return true;
  if (is_name(name, "p")) return is_name(open, "button");
  return is_name(name, "li") && (is_name(open, "ul") || is_name(open, "ol"));
}

}  // namespace

void Nesting::open(std::string_view name) {
  if (is_one_of(name, kVoid) || is_one_of(name, kFrame)) return;
  if (is_one_of(name, kTableParts)) {
    if (is_one_of(name, kCells)) mark_border();
    return;
  }
  if (is_one_of(name, kFormatting)) {
    if (is_name(name, "a") || is_name(name, "nobr")) close_format(name);
    formats_.push_back({.name = name, .depth = open_.size()});
    ++format_;
    return;
  }
  close_sibling(name);
  open_.push_back(name);
  if (is_name(name, "table")) {
    ++tables_;
    mark_border();
  }
}

/// <p>, <li>, <dd> and <dt> end where the next one of their kind begins.
void Nesting::close_sibling(std::string_view name) {
  constexpr std::array<std::string_view, 4> kOptionalEnd = {"p", "li", "dd", "dt"};
  if (!open_.empty() && is_same(open_.back(), name) && is_one_of(name, kOptionalEnd))
    pop_to(open_.size() - 1);
}

void Nesting::close(std::string_view name) {
  if (is_one_of(name, kFormatting)) {
    close_format(name);
    return;
  }
  if (is_name(name, "table")) {
    close_table();
    return;
  }
  const bool reaches_out = is_one_of(name, kBlocks) || is_heading(name);
  for (std::size_t at = open_.size(); at > 0; --at) {
    if (is_same(open_[at - 1], name)) {
      pop_to(at - 1);
      return;
    }
    if (!reaches_out || is_border(open_[at - 1], name)) return;
  }
}

void Nesting::close_table() {
  if (tables_ == 0) return;
  while (!is_name(open_.back(), "table")) open_.pop_back();
  --tables_;
  pop_to(open_.size() - 1);
  // Formatting that stood between the cells stays open behind the table.
  if (tables_ == 0) std::erase_if(formats_, [](const Format& each) { return each.name.empty(); });
}

void Nesting::close_format(std::string_view name) {
  // Below this many blocks inside it, the parser takes a formatting element off for good
  // (the standard's "adoption agency" goes eight steps).
  constexpr std::size_t kSteps = 7;
  for (std::size_t at = formats_.size(); at > 0; --at) {
    const Format& each = formats_[at - 1];
    if (each.name.empty()) return;
    if (!is_same(each.name, name)) continue;
    if (open_.size() - each.depth >= kSteps) return;
    formats_.erase(formats_.begin() + static_cast<std::ptrdiff_t>(at - 1));
    --format_;
    return;
  }
}

void Nesting::pop_to(std::size_t size) {
  open_.resize(size);
  for (auto each = formats_.rbegin(); each != formats_.rend() && each->depth > size; ++each)
    each->depth = size;
}

void Nesting::mark_border() {
  if (tables_ == 0 || (!formats_.empty() && formats_.back().name.empty())) return;
  formats_.push_back({.depth = open_.size()});
}

}  // namespace qanat::parser
