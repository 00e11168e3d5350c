#pragma once

#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "app/terminal.h"

namespace qanat::app {

/// A table for people: columns as wide as their widest cell, the last one clipped at the terminal's
/// edge. Cells are plain text; what they hold from outside is made printable on one line.
class TextTable {
 public:
  struct Column {
    std::string title;
    bool right = false;  ///< numbers
  };

  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// `style` colours the whole row where colours are shown.
  void add(std::vector<std::string> cells, std::optional<Style> style = std::nullopt);
  /// A line of dashes before the next row: totals follow.
  void add_rule();

  /// `clip`: cut the last column at the terminal's width; only for a TTY, so that pipes get all.
  void print(std::ostream& out, const Terminal& terminal) const;

 private:
  struct Row {
    std::vector<std::string> cells;  ///< none: a rule
    std::optional<Style> style;
  };

  [[nodiscard]] std::vector<std::size_t> widths() const;
  [[nodiscard]] std::string line(const std::vector<std::string>& cells,
                                 const std::vector<std::size_t>& widths,
                                 const Terminal& terminal) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace qanat::app
