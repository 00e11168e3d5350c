#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/evaluation.h"

/// Pieces of an HTML page. What comes from outside goes through escaped(), all of it.
namespace qanat::app::html {

/// Text for an element or an attribute in double quotes: markup characters as entities; control
/// characters but line breaks and tabs, marks that turn the writing direction and invalid UTF-8 as
/// U+FFFD.
[[nodiscard]] std::string escaped(std::string_view text);

/// A cell of a table, its content escaped or made here.
struct Cell {
  std::string content;  ///< HTML
  std::string sort;     ///< a number to sort by; empty: by its text
  std::string style;    ///< class names
  std::string shade;    ///< how dark, from "0" to "1"; empty: not shaded
};

[[nodiscard]] Cell text_cell(std::string_view text);
[[nodiscard]] Cell count_cell(std::size_t count);
/// `sort`: the number that `shown` stands for.
[[nodiscard]] Cell number_cell(std::string_view shown, std::string_view sort);
/// "0.912".
[[nodiscard]] Cell decimal_cell(double value);
/// The share with its interval, as digits and drawn; "–" when nothing was counted.
[[nodiscard]] Cell share_cell(double value, double low, double high, std::string_view of);
[[nodiscard]] Cell share_cell(const classifier::Proportion& share);
[[nodiscard]] Cell empty_cell();

struct Table {
  std::string name;  ///< said to who cannot see it
  std::vector<std::string> heads;
  std::vector<std::vector<Cell>> rows;  ///< the first cell of a row is its head
  bool sortable = false;
};

[[nodiscard]] std::string render(const Table& table);

/// `content` under a heading; `id` for links within the page.
[[nodiscard]] std::string section(std::string_view id,
                                  std::string_view title,
                                  std::string_view content);
/// A paragraph of our own words: not escaped.
[[nodiscard]] std::string paragraph(std::string_view text);

}  // namespace qanat::app::html
