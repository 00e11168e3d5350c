#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "record/json.h"

namespace qanat::record {
namespace {

bool is_plain(char character) {
  return static_cast<unsigned char>(character) >= 0x20 && character != '"' && character != '\\';
}

void append_escaped(std::string& out, char character) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  switch (character) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  const auto code = static_cast<unsigned char>(character);
  out += "\\u00";
  out += kDigits[code >> 4U];
  out += kDigits[code & 0xFU];
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Nearly all text is copied as it stands.
void append_text(std::string& out, const std::string& text) {
  if (!utf8::is_valid(text)) {
    out += dump(text);
    return;
  }
  out += '"';
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t begin = at;
    while (at < text.size() && is_plain(text[at])) ++at;
    out.append(text, begin, at - begin);
    if (at < text.size()) append_escaped(out, text[at]);
  }
  out += '"';
}

template <class Integer>
void append_integer(std::string& out, Integer value) {
  std::array<char, 20> digits{};  // of -2^63, and of 2^64 - 1
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

void append(std::string& out, const Json& json);

// NOLINTNEXTLINE(misc-no-recursion): as deep as the value.
void append_object(std::string& out, const Json::object_t& object) {
  out += '{';
  for (const auto& [key, value] : object) {
    if (out.back() != '{') out += ',';
    append_text(out, key);
    out += ':';
    append(out, value);
  }
  out += '}';
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the value.
void append_list(std::string& out, const Json::array_t& list) {
  out += '[';
  for (const Json& value : list) {
    if (out.back() != '[') out += ',';
    append(out, value);
  }
  out += ']';
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the value.
void append(std::string& out, const Json& json) {
  switch (json.type()) {
    case Json::value_t::object: append_object(out, json.get_ref<const Json::object_t&>()); break;
    case Json::value_t::array: append_list(out, json.get_ref<const Json::array_t&>()); break;
    case Json::value_t::string: append_text(out, json.get_ref<const std::string&>()); break;
    case Json::value_t::number_integer: append_integer(out, json.get<std::int64_t>()); break;
    case Json::value_t::number_unsigned: append_integer(out, json.get<std::uint64_t>()); break;
    default: out += dump(json); break;
  }
}

}  // namespace

std::string dump_line(const Json& json) {
  std::string out;
  append(out, json);
  return out;
}

}  // namespace qanat::record
