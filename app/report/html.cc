#include "app/report/html.h"

#include <spdlog/fmt/fmt.h>

#include "app/number_text.h"
#include "base/html.h"
#include "base/utf8.h"

namespace qanat::app::html {
namespace {

/// Controls, and bidi embeddings, overrides and isolates: a page must not change what stands after
/// a post's text.
bool is_unsafe(char32_t value) {
  return value < 0x20 || (value >= 0x7F && value < 0xA0) || (value >= 0x202A && value <= 0x202E) ||
         (value >= 0x2066 && value <= 0x2069);
}

/// A bar from `low` to `high` with a tick at `value`, on a scale from 0 to 1.
std::string interval_drawing(double value, double low, double high) {
  return fmt::format(
      R"(<svg class="interval" viewBox="0 0 100 10" aria-hidden="true"><path d="M0 5H100"/>)"
      R"(<rect x="{:.1f}" y="2" width="{:.1f}" height="6"/>)"
      R"(<path class="tick" d="M{:.1f} 0V10"/></svg>)",
      low * 100,
      (high - low) * 100,
      value * 100);
}

std::string render_cell(const Cell& cell, bool head) {
  const std::string tag = head ? "th" : "td";
  std::string out = "<" + tag;
  if (head) out += R"( scope="row")";
  if (!cell.style.empty()) out += " class=\"" + cell.style + "\"";
  if (!cell.shade.empty()) out += " style=\"--shade: " + cell.shade + "\"";
  if (!cell.sort.empty()) out += " data-sort=\"" + cell.sort + "\"";
  return out + ">" + cell.content + "</" + tag + ">";
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const utf8::CodePoint point = utf8::decode(text, at);
    at += point.length;
    const bool is_space = point.value == '\n' || point.value == '\t';
    const bool is_harmless = is_space || !is_unsafe(point.value);
    utf8::append(safe, is_harmless ? point.value : char32_t{0xFFFD});
  }
  return escaped_html(safe);
}

Cell text_cell(std::string_view text) {
  Cell cell;
  cell.content = escaped(text);
  return cell;
}

Cell count_cell(std::size_t count) {
  const std::string digits = std::to_string(count);
  return number_cell(digits, digits);
}

Cell decimal_cell(double value) { return number_cell(fixed(value, 3), fixed(value, 3)); }

Cell number_cell(std::string_view shown, std::string_view sort) {
  Cell cell = text_cell(shown);
  cell.sort = sort;
  cell.style = "number";
  return cell;
}

Cell share_cell(double value, double low, double high, std::string_view of) {
  std::string content = fmt::format("{:.3f} <small>{:.2f}–{:.2f}", value, low, high);
  if (!of.empty()) content += " · " + escaped(of);
  Cell cell;
  cell.content = content + "</small>" + interval_drawing(value, low, high);
  cell.sort = fixed(value, 3);
  cell.style = "share";
  return cell;
}

Cell share_cell(const classifier::Proportion& share) {
  if (share.total == 0) return empty_cell();
  return share_cell(share.value,
                    share.low,
                    share.high,
                    std::to_string(share.hits) + "/" + std::to_string(share.total));
}

Cell empty_cell() { return number_cell("–", "-1"); }

std::string render(const Table& table) {
  std::string out = "<div class=\"scroll\"><table";
  if (table.sortable) out += " class=\"sortable\"";
  out += "><caption>" + escaped(table.name) + "</caption><thead><tr>";
  for (const std::string& head : table.heads) {
    out += "<th scope=\"col\">" + escaped(head) + "</th>";
  }
  out += "</tr></thead><tbody>\n";
  for (const auto& row : table.rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) out += render_cell(row[i], i == 0);
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string section(std::string_view id, std::string_view title, std::string_view content) {
  std::string out = "<section id=\"" + escaped(id) + "\">\n<h2>" + escaped(title) + "</h2>\n";
  out += content;
  return out + "</section>\n";
}

std::string paragraph(std::string_view text) { return "<p>" + std::string(text) + "</p>\n"; }

}  // namespace qanat::app::html
