#include "classifier/host_letters.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "base/utf8.h"

namespace qanat::classifier {
namespace {

constexpr std::string_view kPrefix = "xn--";

// The numbers of RFC 3492, section 5.
constexpr std::uint32_t kBase = 36;
constexpr std::uint32_t kLeastThreshold = 1;
constexpr std::uint32_t kMostThreshold = 26;
constexpr std::uint32_t kSkew = 38;
constexpr std::uint32_t kDamp = 700;
constexpr std::uint32_t kFirstBias = 72;
constexpr std::uint32_t kFirstPoint = 128;
constexpr std::uint32_t kLastPoint = 0x10FFFF;
/// A host's label has at most 63 bytes.
constexpr std::size_t kLongestLabel = 63;

std::optional<std::uint32_t> digit_of(char value) {
  if (value >= 'a' && value <= 'z') return static_cast<std::uint32_t>(value - 'a');
  if (value >= '0' && value <= '9') return static_cast<std::uint32_t>(value - '0') + 26;
  return std::nullopt;
}

std::uint32_t adapted(std::uint32_t delta, std::uint32_t points, bool first) {
  delta = first ? delta / kDamp : delta / 2;
  delta += delta / points;
  std::uint32_t steps = 0;
  for (; delta > ((kBase - kLeastThreshold) * kMostThreshold) / 2; steps += kBase) {
    delta /= kBase - kLeastThreshold;
  }
  return steps + ((kBase - kLeastThreshold + 1) * delta / (delta + kSkew));
}

/// Reads one generalized number; nothing when it is cut or too large.
std::optional<std::uint32_t> read_delta(std::string_view& rest, std::uint32_t bias) {
  std::uint64_t number = 0;
  std::uint64_t weight = 1;
  for (std::uint32_t k = kBase;; k += kBase) {
    if (rest.empty()) return std::nullopt;
    const auto digit = digit_of(rest.front());
    rest.remove_prefix(1);
    if (!digit) return std::nullopt;
    number += *digit * weight;
    if (number > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
    const std::uint32_t above = k <= bias ? 0 : k - bias;
    const std::uint32_t threshold = std::clamp(above, kLeastThreshold, kMostThreshold);
    if (*digit < threshold) return static_cast<std::uint32_t>(number);
    weight *= kBase - threshold;
    if (weight > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  }
}

std::optional<std::string> decoded(std::string_view label) {
  std::vector<char32_t> points;
  if (const std::size_t hyphen = label.rfind('-'); hyphen != std::string_view::npos) {
    points.assign(label.begin(), label.begin() + static_cast<std::ptrdiff_t>(hyphen));
    label.remove_prefix(hyphen + 1);
  }
  std::uint32_t point = kFirstPoint;
  std::uint32_t bias = kFirstBias;
  std::uint32_t at = 0;
  while (!label.empty()) {
    const auto step = read_delta(label, bias);
    if (!step) return std::nullopt;
    const auto length = static_cast<std::uint32_t>(points.size()) + 1;
    bias = adapted(*step, length, at == 0);
    at += *step;
    point += at / length;
    at %= length;
    if (point > kLastPoint) return std::nullopt;
    points.insert(points.begin() + static_cast<std::ptrdiff_t>(at), char32_t{point});
    ++at;
  }
  std::string out;
  for (const char32_t each : points) utf8::append(out, each);
  return out;
}

}  // namespace

std::string in_own_letters(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  if (!host.contains(kPrefix)) return std::string(host);
  std::string out;
  while (true) {
    const std::string_view label = host.substr(0, host.find('.'));
    const bool encoded = label.starts_with(kPrefix) && label.size() <= kLongestLabel;
    const auto letters = encoded ? decoded(label.substr(kPrefix.size())) : std::nullopt;
    out += letters ? *letters : std::string(label);
    if (label.size() == host.size()) return out;
    out += '.';
    host.remove_prefix(label.size() + 1);
  }
}

}  // namespace qanat::classifier
