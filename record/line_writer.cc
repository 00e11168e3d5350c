#include "record/line_writer.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>

#include "base/utf8.h"
#include "record/json.h"

namespace qanat::record {
namespace {

constexpr std::uint64_t each_byte(unsigned char value) { return 0x0101010101010101U * value; }

/// Whether one of eight bytes is below `limit`, which is at most 128.
constexpr bool has_less(std::uint64_t eight, unsigned char limit) {
  return ((eight - each_byte(limit)) & ~eight & each_byte(0x80)) != 0;
}

constexpr bool has(std::uint64_t eight, char character) {
  return has_less(eight ^ each_byte(static_cast<unsigned char>(character)), 1);
}

bool is_plain(char character) {
  return static_cast<unsigned char>(character) >= 0x20 && character != '"' && character != '\\';
}

/// How many characters at the front stand for themselves.
std::size_t plain_prefix(std::string_view text) {
  std::size_t at = 0;
  for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if (has_less(eight, 0x20) || has(eight, '"') || has(eight, '\\')) break;
  }
  while (at < text.size() && is_plain(text[at])) ++at;
  return at;
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

/// Nearly all text is copied as it stands.
void append_valid(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const std::size_t plain = plain_prefix(text);
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    append_escaped(out, text.front());
    text.remove_prefix(1);
  }
  out += '"';
}

}  // namespace

std::string dump_line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void LineWriter::begin_object(std::size_t /*members*/) { begin('{'); }

void LineWriter::key(std::string_view name) {
  separate();
  append_valid(*out_, name);
  *out_ += ':';
  follows_ = false;
}

void LineWriter::integer(std::int64_t value) {
  std::array<char, 20> digits{};  // of -2^63
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  plain({digits.data(), end});
}

void LineWriter::number(double value) { plain(dump_line(value)); }

void LineWriter::text(std::string_view value) {
  separate();
  if (utf8::is_valid(value)) {
    append_valid(*out_, value);
  } else {
    *out_ += dump_line(value);
  }
}

void LineWriter::begin(char bracket) {
  separate();
  *out_ += bracket;
  follows_ = false;
}

void LineWriter::end(char bracket) {
  *out_ += bracket;
  follows_ = true;
}

void LineWriter::plain(std::string_view value) {
  separate();
  *out_ += value;
}

/// From what comes before.
void LineWriter::separate() {
  if (follows_) *out_ += ',';
  follows_ = true;
}

}  // namespace qanat::record
