#include "parser/nesting.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace qanat::parser {

namespace {

bool is_one_of(std::string_view written, std::span<const std::string_view> names) {
  return std::ranges::any_of(names,
                             [written](std::string_view each) { return is_name(written, each); });
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
constexpr std::array<std::string_view, 18> kBlocks = {"div",
                                                      "section",
                                                      "article",
                                                      "aside",
                                                      "blockquote",
                                                      "center",
                                                      "dl",
                                                      "fieldset",
                                                      "figure",
                                                      "figcaption",
                                                      "footer",
                                                      "header",
                                                      "nav",
                                                      "ol",
                                                      "ul",
                                                      "pre",
                                                      "address",
                                                      "button"};

/// Further elements that end an open <p>.
constexpr std::array<std::string_view, 12> kEndParagraph = {
    "p", "li", "dd", "dt", "hr", "main", "details", "summary", "menu", "dir", "hgroup", "table"};

constexpr std::array<std::string_view, 3> kCells = {"td", "th", "caption"};
constexpr std::array<std::string_view, 6> kRows = {
    "tr", "tbody", "thead", "tfoot", "colgroup", "col"};

/// There is one of each, wherever its tags stand.
constexpr std::array<std::string_view, 3> kFrame = {"html", "head", "body"};

bool is_heading(std::string_view name) {
  return name.size() == 2 && (name[0] == 'h' || name[0] == 'H') && name[1] >= '1' && name[1] <= '6';
}

bool is_block(std::string_view name) { return is_one_of(name, kBlocks) || is_heading(name); }
bool is_cell(std::string_view name) { return is_one_of(name, kCells); }
bool is_table(std::string_view name) { return is_name(name, "table"); }
bool is_table_or_cell(std::string_view name) { return is_table(name) || is_cell(name); }

/// Whether </name> finds what it closes: the headings close each other.
bool is_same(std::string_view open, std::string_view name) {
  return (is_heading(open) && is_heading(name)) ||
         std::ranges::equal(open, name, [](char a, char b) { return (a | 0x20) == (b | 0x20); });
}

}  // namespace

template <class Matches, class Stops>
std::size_t Nesting::innermost(Matches matches, Stops stops) const {
  for (std::size_t at = open_.size(); at > 0; --at) {
    if (matches(open_[at - 1])) return at - 1;
    if (stops(open_[at - 1])) break;
  }
  return open_.size();
}

bool Nesting::open(std::string_view name, std::string& before) {
  if (is_one_of(name, kFrame)) return true;
  if (is_one_of(name, kFormatting)) return open_format(name);
  if (is_cell(name) || is_one_of(name, kRows)) return open_table_part(name, before);
  close_implied(name, before);
  if (is_one_of(name, kVoid)) return true;
  open_.push_back(name);
  if (is_table(name)) {
    ++tables_;
    formats_.push_back({.depth = open_.size()});
  }
  return true;
}

/// What HTML closes by itself when this element begins.
void Nesting::close_implied(std::string_view name, std::string& before) {
  const auto close_first = [&](auto matches, auto stops) {
    close_written(innermost(matches, stops), before);
  };
  if (is_block(name) || is_one_of(name, kEndParagraph))
    close_first([](auto each) { return is_name(each, "p"); },
                [](auto each) { return is_table_or_cell(each) || is_name(each, "button"); });
  if (is_name(name, "li"))
    close_first([](auto each) { return is_name(each, "li"); },
                [](auto each) {
                  return is_table_or_cell(each) || is_name(each, "ul") || is_name(each, "ol");
                });
  if (is_name(name, "dd") || is_name(name, "dt"))
    close_first([](auto each) { return is_name(each, "dd") || is_name(each, "dt"); },
                [](auto each) { return is_table_or_cell(each) || is_name(each, "dl"); });
  if (is_name(name, "button"))
    close_first([](auto each) { return is_name(each, "button"); }, is_table_or_cell);
  if (is_heading(name) && !open_.empty() && is_heading(open_.back()))
    close_written(open_.size() - 1, before);
  // A table cannot stand between another's cells.
  if (is_table(name)) close_first(is_table, is_cell);
}

bool Nesting::open_format(std::string_view name) {
  // HTML itself keeps no more than three alike.
  constexpr int kAlike = 3;
  if (is_name(name, "a") || is_name(name, "nobr")) close_format(name);
  int alike = 0;
  for (const Format& each : formats_) alike += is_same(each.name, name) ? 1 : 0;
  if (alike >= kAlike) return false;
  formats_.push_back({.name = name, .depth = open_.size()});
  ++format_;
  return true;
}

bool Nesting::open_table_part(std::string_view name, std::string& before) {
  if (tables_ == 0) return false;
  close_cell(before);
  const std::size_t table = innermost(is_table, [](auto) { return false; });
  pop_to(table + 1);
  if (!is_cell(name)) return true;
  open_.push_back(name);
  formats_.push_back({.depth = open_.size()});
  return true;
}

bool Nesting::close(std::string_view name, std::string& before) {
  if (is_one_of(name, kFormatting)) return close_format(name);
  if (is_cell(name) || is_one_of(name, kRows)) return close_table_part(name, before);
  if (is_one_of(name, kFrame) || is_name(name, "br")) return true;
  const auto same = [name](auto each) { return is_same(each, name); };
  const bool reaches_out = is_block(name);
  const std::size_t at = is_table(name) ? innermost(is_table, [](auto) { return false; })
                                        : innermost(same, [reaches_out](auto each) {
                                            return !reaches_out || is_table_or_cell(each);
                                          });
  if (at == open_.size()) return false;
  pop_to(at);
  return true;
}

bool Nesting::close_table_part(std::string_view name, std::string& before) {
  if (tables_ == 0) return false;
  if (!is_cell(name)) return close_cell(before) || is_table(open_.back());
  const std::size_t at =
      innermost([name](auto each) { return is_same(each, name); }, is_table_or_cell);
  if (at == open_.size()) return false;
  pop_to(at);
  return true;
}

/// Closes the innermost table's open cell, if there is one.
bool Nesting::close_cell(std::string& before) {
  const std::size_t cell = innermost(is_cell, is_table);
  if (cell == open_.size()) return false;
  close_written(cell, before);
  return true;
}

bool Nesting::close_format(std::string_view name) {
  // Past this many blocks inside it, the parser may leave formatting open behind its end tag (the
  // standard's "adoption agency" goes eight steps).
  constexpr std::size_t kSteps = 7;
  for (std::size_t at = formats_.size(); at > 0; --at) {
    const Format& each = formats_[at - 1];
    if (each.name.empty()) return false;
    if (!is_same(each.name, name)) continue;
    if (open_.size() - each.depth >= kSteps) return false;
    formats_.erase(formats_.begin() + static_cast<std::ptrdiff_t>(at - 1));
    --format_;
    return true;
  }
  return false;
}

void Nesting::close_written(std::size_t at, std::string& before) {
  if (at == open_.size()) return;
  before.append("</").append(open_[at]).append(">");
  pop_to(at);
}

void Nesting::pop_to(std::size_t size) {
  for (; open_.size() > size; open_.pop_back()) {
    if (!is_table_or_cell(open_.back())) continue;
    // A cell takes the formatting inside it along; what stood between the cells stays.
    std::size_t border = formats_.size();
    while (!formats_[border - 1].name.empty()) --border;
    const auto first = formats_.begin() + static_cast<std::ptrdiff_t>(border - 1);
    if (is_table(open_.back())) {
      --tables_;
      formats_.erase(first);
    } else {
      format_ -= formats_.size() - border;
      formats_.erase(first, formats_.end());
    }
  }
  for (auto each = formats_.rbegin(); each != formats_.rend() && each->depth > size; ++each)
    each->depth = size;
}

}  // namespace qanat::parser
