#include "parser/css.h"

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "parser/words.h"

namespace qanat::parser {

namespace {

/// What follows "property:", where a declaration begins.
std::string_view after_property(std::string_view style, std::string_view property) {
  for (std::size_t at = style.find(property); at != std::string_view::npos;
       at = style.find(property, at + 1)) {
    const bool starts = at == 0 || style[at - 1] == ';' || style[at - 1] == ' ';
    const std::string_view rest = trimmed(style.substr(at + property.size()));
    if (starts && rest.starts_with(':')) return trimmed(rest.substr(1));
  }
  return {};
}

std::string_view without_quotes(std::string_view text) {
  const bool quoted = text.size() >= 2 && (text.front() == '\'' || text.front() == '"') &&
                      text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

/// The text between "url(" and its ")"; inside quotes a ")" is part of the address.
std::string_view argument_of_url(std::string_view rest) {
  rest = trimmed(rest);
  const bool quoted = rest.starts_with('\'') || rest.starts_with('"');
  const std::size_t end = quoted ? rest.find(rest.front(), 1) : rest.find(')');
  if (end == std::string_view::npos) return {};
  return trimmed(quoted ? rest.substr(0, end + 1) : rest.substr(0, end));
}

}  // namespace

std::optional<double> css_number(std::string_view style,
                                 std::string_view property,
                                 std::string_view unit) {
  const std::string_view rest = after_property(style, property);
  double value = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  if (error != std::errc{}) return std::nullopt;
  const std::string_view tail = rest.substr(static_cast<std::size_t>(end - rest.data()));
  if (!tail.starts_with(unit)) return std::nullopt;
  return value;
}

std::string css_url(std::string_view style) {
  constexpr std::string_view kUrl = "url(";
  for (std::size_t at = style.find(kUrl); at != std::string_view::npos;
       at = style.find(kUrl, at + 1)) {
    const std::string_view url = without_quotes(argument_of_url(style.substr(at + kUrl.size())));
    if (!url.empty() && !url.starts_with("data:")) return std::string{url};
  }
  return {};
}

}  // namespace qanat::parser
