#include "app/text_table.h"

#include <algorithm>
#include <numeric>

namespace qanat::app {
namespace {

constexpr std::size_t kGap = 2;

}  // namespace

void TextTable::add(std::vector<std::string> cells, std::optional<Style> style) {
  cells.resize(columns_.size());
  for (std::string& cell : cells) cell = one_line(cell);
  rows_.push_back({.cells = std::move(cells), .style = style});
}

void TextTable::add_rule() { rows_.push_back({}); }

std::vector<std::size_t> TextTable::widths() const {
  std::vector<std::size_t> out;
  out.reserve(columns_.size());
  for (const Column& column : columns_) out.push_back(display_width(column.title));
  for (const Row& row : rows_) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      out[i] = std::max(out[i], display_width(row.cells[i]));
    }
  }
  return out;
}

std::string TextTable::line(const std::vector<std::string>& cells,
                            const std::vector<std::size_t>& widths,
                            const Terminal& terminal) const {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out.append(kGap, ' ');
    const bool last = i + 1 == cells.size();
    out += last && !columns_[i].right ? cells[i] : padded(cells[i], widths[i], columns_[i].right);
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return terminal.is_tty ? clipped(out, terminal.width) : out;
}

void TextTable::print(std::ostream& out, const Terminal& terminal) const {
  const std::vector<std::size_t> all = widths();
  std::vector<std::string> titles;
  titles.reserve(columns_.size());
  for (const Column& column : columns_) titles.push_back(column.title);
  if (std::ranges::any_of(titles, [](const std::string& title) { return !title.empty(); })) {
    out << styled(terminal, Style::bold, line(titles, all, terminal)) << '\n';
  }
  const std::size_t width =
      std::accumulate(all.begin(), all.end(), std::size_t{0}) + (kGap * (all.size() - 1));
  for (const Row& row : rows_) {
    if (row.cells.empty()) {
      out << std::string(terminal.is_tty ? std::min(width, terminal.width) : width, '-') << '\n';
      continue;
    }
    const std::string text = line(row.cells, all, terminal);
    out << (row.style ? styled(terminal, *row.style, text) : text) << '\n';
  }
}

}  // namespace qanat::app
