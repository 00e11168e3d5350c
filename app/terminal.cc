#include "app/terminal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include <sys/ioctl.h>
#include <unistd.h>

#include "base/utf8.h"

namespace qanat::app {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Marks that join the character before them, and format characters.
constexpr std::array<Range, 12> kZeroWidth = {{{.first = 0x0300, .last = 0x036F},
                                               {.first = 0x0483, .last = 0x0489},
                                               {.first = 0x0591, .last = 0x05BD},
                                               {.first = 0x0610, .last = 0x061A},
                                               {.first = 0x064B, .last = 0x065F},
                                               {.first = 0x200B, .last = 0x200F},
                                               {.first = 0x202A, .last = 0x202E},
                                               {.first = 0x2060, .last = 0x2064},
                                               {.first = 0x20D0, .last = 0x20FF},
                                               {.first = 0xFE00, .last = 0xFE0F},
                                               {.first = 0x1F3FB, .last = 0x1F3FF},
                                               {.first = 0xE0020, .last = 0xE01EF}}};

// East Asian wide, and what terminals draw as emoji without being asked (UAX #11, emoji-data).
constexpr std::array<Range, 37> kWide = {
    {{.first = 0x1100, .last = 0x115F},  {.first = 0x231A, .last = 0x231B},
     {.first = 0x23E9, .last = 0x23EC},  {.first = 0x23F0, .last = 0x23F0},
     {.first = 0x23F3, .last = 0x23F3},  {.first = 0x25FD, .last = 0x25FE},
     {.first = 0x2614, .last = 0x2615},  {.first = 0x2648, .last = 0x2653},
     {.first = 0x267F, .last = 0x267F},  {.first = 0x2693, .last = 0x2693},
     {.first = 0x26A1, .last = 0x26A1},  {.first = 0x26AA, .last = 0x26AB},
     {.first = 0x26BD, .last = 0x26BE},  {.first = 0x26C4, .last = 0x26C5},
     {.first = 0x26CE, .last = 0x26CE},  {.first = 0x26D4, .last = 0x26D4},
     {.first = 0x26EA, .last = 0x26EA},  {.first = 0x26F2, .last = 0x26F5},
     {.first = 0x26FA, .last = 0x26FD},  {.first = 0x2705, .last = 0x2705},
     {.first = 0x270A, .last = 0x270B},  {.first = 0x2728, .last = 0x2728},
     {.first = 0x274C, .last = 0x274E},  {.first = 0x2753, .last = 0x2757},
     {.first = 0x2795, .last = 0x2797},  {.first = 0x27B0, .last = 0x27B0},
     {.first = 0x27BF, .last = 0x27BF},  {.first = 0x2B1B, .last = 0x2B1C},
     {.first = 0x2B50, .last = 0x2B55},  {.first = 0x2E80, .last = 0xA4CF},
     {.first = 0xAC00, .last = 0xD7A3},  {.first = 0xF900, .last = 0xFAFF},
     {.first = 0xFE30, .last = 0xFE6F},  {.first = 0xFF00, .last = 0xFF60},
     {.first = 0xFFE0, .last = 0xFFE6},  {.first = 0x1F000, .last = 0x1FAFF},
     {.first = 0x20000, .last = 0x3FFFD}}};

bool is_in(std::span<const Range> ranges, char32_t value) {
  const auto after = std::ranges::upper_bound(ranges, value, {}, &Range::first);
  return after != ranges.begin() && value <= std::prev(after)->last;
}

std::size_t width_of(char32_t value) {
  if (value < 0x300) return 1;
  if (is_in(kZeroWidth, value)) return 0;
  return is_in(kWide, value) ? 2 : 1;
}

std::size_t columns_of(int descriptor, const Environment& environment) {
  std::size_t columns = 0;
  if (const auto text = variable(environment, "COLUMNS")) {
    std::from_chars(text->data(), text->data() + text->size(), columns);
  }
  winsize size{};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): the system call is declared so.
  if (columns == 0 && ioctl(descriptor, TIOCGWINSZ, &size) == 0) columns = size.ws_col;
  constexpr std::size_t kUsual = 80;
  constexpr std::size_t kNarrowest = 40;
  return columns == 0 ? kUsual : std::max(columns, kNarrowest);
}

void append_escape(std::string& out, char32_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += "\\x";
  out += kDigits[(value >> 4U) & 0x0FU];
  out += kDigits[value & 0x0FU];
}

bool is_control(char32_t value) { return value < 0x20 || (value >= 0x7F && value < 0xA0); }

/// Embeddings, overrides and isolates: they turn the rest of a line around.
bool is_bidi_control(char32_t value) {
  return (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
}

std::string_view code_of(Style style) {
  switch (style) {
    case Style::bold: return "1";
    case Style::dim: return "2";
    case Style::red: return "31";
    case Style::green: return "32";
    case Style::yellow: return "33";
    case Style::cyan: return "36";
  }
  return "0";
}

}  // namespace

Terminal terminal_of(int descriptor, const Environment& environment) {
  const bool tty = isatty(descriptor) == 1;
  const bool plain = variable(environment, "NO_COLOR").has_value() ||
                     variable(environment, "TERM").value_or("dumb") == "dumb";
  return {.is_tty = tty, .colour = tty && !plain, .width = columns_of(descriptor, environment)};
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const utf8::CodePoint point = utf8::decode(text, at);
    width += width_of(point.value);
    at += point.length;
  }
  return width;
}

std::string clipped(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::size_t used = 1;  // the ellipsis
  std::size_t at = 0;
  while (at < text.size()) {
    const utf8::CodePoint point = utf8::decode(text, at);
    used += width_of(point.value);
    if (used > width) break;
    at += point.length;
  }
  return std::string(text.substr(0, at)) + "…";
}

std::string padded(std::string_view text, std::size_t width, bool right) {
  const std::size_t used = display_width(text);
  const std::string spaces(width > used ? width - used : 0, ' ');
  return right ? spaces + std::string(text) : std::string(text) + spaces;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const utf8::CodePoint point = utf8::decode(text, at);
    at += point.length;
    if (point.value == '\n' || point.value == '\t') {
      out += static_cast<char>(point.value);
    } else if (is_control(point.value)) {
      append_escape(out, point.value);
    } else if (!is_bidi_control(point.value)) {
      utf8::append(out, point.value);
    }
  }
  return out;
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    const bool space = c == ' ' || c == '\n' || c == '\t';
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

std::string styled(const Terminal& terminal, Style style, std::string_view text) {
  if (!terminal.colour) return std::string(text);
  return "\x1b[" + std::string(code_of(style)) + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace qanat::app
