#include "app/json_line.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/json_depth.h"
#include "base/utf8.h"

namespace qanat::app {
namespace {

constexpr std::size_t kEscapeBytes = 6;  // \ud83d

/// The code unit of an escape such as \ud83d at `at`; nothing when none is there.
std::optional<unsigned> escape_at(std::string_view json, std::size_t at) {
  const std::string_view escape = json.substr(std::min(at, json.size()), kEscapeBytes);
  if (escape.size() < kEscapeBytes || !escape.starts_with("\\u")) return std::nullopt;
  unsigned unit = 0;
  const char* const end = escape.data() + escape.size();
  const auto [stop, error] = std::from_chars(escape.data() + 2, end, unit, 16);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return unit;
}

bool is_high(std::optional<unsigned> unit) { return unit && *unit >= 0xD800 && *unit <= 0xDBFF; }
bool is_low(std::optional<unsigned> unit) { return unit && *unit >= 0xDC00 && *unit <= 0xDFFF; }

/// Python writes half an emoji as an escape of its own; no other reader takes that.
std::string without_lone_surrogates(std::string json) {
  for (std::size_t at = json.find('\\'); at != std::string::npos; at = json.find('\\', at)) {
    const auto unit = escape_at(json, at);
    if (is_high(unit) && is_low(escape_at(json, at + kEscapeBytes))) {
      at += 2 * kEscapeBytes;
      continue;
    }
    if (is_high(unit) || is_low(unit)) json.replace(at, kEscapeBytes, "\\ufffd");
    at += 2;
  }
  return json;
}

}  // namespace

Result<nlohmann::json> read_json_object(const std::string& line) {
  if (is_too_deep(line)) {
    return fail(Errc::usage,
                "JSON nested deeper than " + std::to_string(kMaxJsonDepth) +
                    R"( levels; a post is {"id":"…","text":"…","links":["…"]})");
  }
  auto object =
      nlohmann::json::parse(without_lone_surrogates(utf8::repaired(line)), nullptr, false);
  if (object.is_discarded()) {
    return fail(Errc::usage, R"(not JSON; write one object a line: {"id":"…","text":"…"})");
  }
  if (!object.is_object()) {
    return fail(Errc::usage, R"(not a JSON object; write {"id":"…","text":"…"} on each line)");
  }
  return object;
}

}  // namespace qanat::app
