#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace qanat {

/// The number that the whole of `text` is, whatever the locale. Nothing for what has a blank, a '+'
/// or anything else in it, and for what does not fit.
template <class Number>
[[nodiscard]] std::optional<Number> read_number(std::string_view text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

}  // namespace qanat
