#include "parser/xhr.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "parser/words.h"

namespace qanat::parser {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view without_mark(std::string_view bytes) {
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  return trimmed(bytes);
}

/// The four hex digits of \uXXXX.
std::optional<std::uint32_t> hex4(std::string_view digits) {
  std::uint32_t value = 0;
  if (digits.size() < 4) return std::nullopt;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + 4, value, 16);
  if (error != std::errc{} || end != digits.data() + 4) return std::nullopt;
  return value;
}

/// The character of a one-letter escape; 0 for letters that are none.
char simple_escape(char letter) {
  switch (letter) {
    case '"':
    case '\\':
    case '/': return letter;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return 0;
  }
}

/// Decodes \uXXXX at the front of `rest` ("uXXXX…"), with its second half when it has one, into
/// `out`. Returns how many bytes it took, 0 for none.
std::size_t take_unicode(std::string_view rest, std::string& out) {
  const auto high = hex4(rest.substr(1));
  if (!high) return 0;
  const bool is_high = *high >= 0xD800 && *high < 0xDC00;
  if (is_high && rest.substr(5).starts_with("\\u")) {
    const auto low = hex4(rest.substr(7));
    if (low && *low >= 0xDC00 && *low < 0xE000) {
      utf8::append(out, 0x10000 + ((*high - 0xD800) << 10) + (*low - 0xDC00));
      return 11;
    }
  }
  utf8::append(out, *high);
  return 5;
}

/// Decodes the escape after a backslash into `out`. Returns how many bytes it took, 0 for none.
std::size_t take_escape(std::string_view rest, std::string& out) {
  if (rest.front() == 'u') return take_unicode(rest, out);
  const char character = simple_escape(rest.front());
  if (character == 0) return 0;
  out += character;
  return 1;
}

}  // namespace

bool is_xhr(std::string_view bytes) { return without_mark(bytes).starts_with('"'); }

Result<XhrPage> decode_xhr(std::string_view bytes) {
  const std::string_view json = without_mark(bytes);
  XhrPage page;
  std::size_t at = 1;
  while (at < json.size()) {
    const char c = json[at++];
    if (c == '"') {
      page.complete = true;
      return page;
    }
    if (c != '\\') {
      page.html += c;
      continue;
    }
    constexpr std::size_t kLongestEscape = 11;
    if (at == json.size()) return page;
    const std::size_t taken = take_escape(json.substr(at), page.html);
    const bool cut = json.size() - at < kLongestEscape;
    if (taken == 0 && cut && json[at] == 'u') return page;
    if (taken == 0)
      return fail(Errc::markup,
                  "a JSON string with an unknown escape at byte " + std::to_string(at - 1) +
                      ": not a page of t.me");
    at += taken;
  }
  return page;
}

}  // namespace qanat::parser
