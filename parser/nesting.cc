#include "parser/nesting.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace qanat::parser {

namespace {

/// Elements whose end tag closes all that is open inside them.
constexpr std::uint32_t kBlock = role::block | role::heading;

/// A test for elements with one of the roles.
auto with(std::uint32_t roles) {
  return [roles](const TagName& each) { return each.is(roles); };
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

bool Nesting::open(const TagName& name, std::string& before) {
  if (name.is(role::frame)) return true;
  if (name.is(role::formatting)) return open_format(name);
  if (name.is(role::cell | role::row)) return open_table_part(name, before);
  close_implied(name, before);
  if (name.is(role::empty)) return true;
  open_.push_back(name);
  if (name.is(role::table)) {
    ++tables_;
    formats_.push_back({.depth = open_.size()});
  }
  return true;
}

/// What HTML closes by itself when this element begins.
void Nesting::close_implied(const TagName& name, std::string& before) {
  const auto close_first = [&](std::uint32_t roles, std::uint32_t stops) {
    close_written(innermost(with(roles), with(stops)), before);
  };
  constexpr std::uint32_t kCells = role::table | role::cell;
  if (name.is(kBlock | role::ends_paragraph)) close_first(role::paragraph, kCells | role::button);
  if (name.is(role::list_item)) close_first(role::list_item, kCells | role::list);
  if (name.is(role::definition)) close_first(role::definition, kCells | role::definition_list);
  if (name.is(role::button)) close_first(role::button, kCells);
  if (name.is(role::heading) && !open_.empty() && open_.back().is(role::heading))
    close_written(open_.size() - 1, before);
  // A table cannot stand between another's cells.
  if (name.is(role::table)) close_first(role::table, role::cell);
}

bool Nesting::open_format(const TagName& name) {
  // HTML itself keeps no more than three alike.
  constexpr int kAlike = 3;
  if (name.is(role::alone)) close_format(name);
  int alike = 0;
  for (const Format& each : formats_) alike += each.name.same_element(name) ? 1 : 0;
  if (alike >= kAlike) return false;
  formats_.push_back({.name = name, .depth = open_.size()});
  ++format_;
  return true;
}

bool Nesting::open_table_part(const TagName& name, std::string& before) {
  if (tables_ == 0) return false;
  close_cell(before);
  const std::size_t table = innermost(with(role::table), with(role::none));
  pop_to(table + 1);
  if (!name.is(role::cell)) return true;
  open_.push_back(name);
  formats_.push_back({.depth = open_.size()});
  return true;
}

bool Nesting::close(const TagName& name, std::string& before) {
  if (name.is(role::formatting)) return close_format(name);
  if (name.is(role::cell | role::row)) return close_table_part(name, before);
  if (name.is(role::frame) || name.known() == "br") return true;
  const auto same = [&name](const TagName& each) { return each.same_element(name); };
  const bool reaches_out = name.is(kBlock);
  const std::size_t at = name.is(role::table)
                             ? innermost(with(role::table), with(role::none))
                             : innermost(same, [reaches_out](const TagName& each) {
                                 return !reaches_out || each.is(role::table | role::cell);
                               });
  if (at == open_.size()) return false;
  pop_to(at);
  return true;
}

bool Nesting::close_table_part(const TagName& name, std::string& before) {
  if (tables_ == 0) return false;
  if (!name.is(role::cell)) return close_cell(before) || open_.back().is(role::table);
  const std::size_t at = innermost([&name](const TagName& each) { return each.same_element(name); },
                                   with(role::table | role::cell));
  if (at == open_.size()) return false;
  pop_to(at);
  return true;
}

/// Closes the innermost table's open cell, if there is one.
bool Nesting::close_cell(std::string& before) {
  const std::size_t cell = innermost(with(role::cell), with(role::table));
  if (cell == open_.size()) return false;
  close_written(cell, before);
  return true;
}

bool Nesting::close_format(const TagName& name) {
  // Past this many blocks inside it, the parser may leave formatting open behind its end tag (the
  // standard's "adoption agency" goes eight steps).
  constexpr std::size_t kSteps = 7;
  for (std::size_t at = formats_.size(); at > 0; --at) {
    const Format& each = formats_[at - 1];
    if (each.is_border()) return false;
    if (!each.name.same_element(name)) continue;
    if (open_.size() - each.depth >= kSteps) return false;
    formats_.erase(formats_.begin() + static_cast<std::ptrdiff_t>(at - 1));
    --format_;
    return true;
  }
  return false;
}

void Nesting::close_written(std::size_t at, std::string& before) {
  if (at == open_.size()) return;
  before.append("</").append(open_[at].written()).append(">");
  pop_to(at);
}

void Nesting::pop_to(std::size_t size) {
  for (; open_.size() > size; open_.pop_back()) {
    if (!open_.back().is(role::table | role::cell)) continue;
    // A cell takes the formatting inside it along; what stood between the cells stays.
    std::size_t border = formats_.size();
    while (!formats_[border - 1].is_border()) --border;
    const auto first = formats_.begin() + static_cast<std::ptrdiff_t>(border - 1);
    if (open_.back().is(role::table)) {
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
