#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "app/environment.h"

namespace qanat::app {

/// What stands at the other end of a stream.
struct Terminal {
  bool is_tty = false;
  bool colour = false;     ///< a TTY that did not ask for plain text (NO_COLOR, TERM=dumb)
  std::size_t width = 80;  ///< columns
};

/// `descriptor`: 1 for standard output, 2 for standard error. $COLUMNS overrules the TTY's width.
[[nodiscard]] Terminal terminal_of(int descriptor, const Environment& environment);

/// Columns that UTF-8 text takes: Cyrillic 1, CJK and emoji 2, combining marks 0.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// At most `width` columns of it, the cut shown by "…".
[[nodiscard]] std::string clipped(std::string_view text, std::size_t width);

/// `text` with spaces after it up to `width` columns; before it when `right`.
[[nodiscard]] std::string padded(std::string_view text, std::size_t width, bool right = false);

/// Safe to print: control characters but '\n' and '\t' become "\x1b"-like escapes, invalid UTF-8
/// becomes U+FFFD. What comes from the network could otherwise drive the terminal.
[[nodiscard]] std::string printable(std::string_view text);

/// The same on one line: runs of white space become one space.
[[nodiscard]] std::string one_line(std::string_view text);

enum class Style { bold, dim, red, green, yellow, cyan };

/// `text` in the style where the terminal shows colours, else as it is.
[[nodiscard]] std::string styled(const Terminal& terminal, Style style, std::string_view text);

}  // namespace qanat::app
