#include "crawler/robots.h"

#include <algorithm>
#include <optional>

#include "base/ascii.h"

namespace qanat::crawler {
namespace {

constexpr std::size_t kLongestFile = std::size_t{512} * 1024;

/// "Disallow: /s/  # not for robots"
struct Line {
  std::string_view key;
  std::string_view value;
};

std::optional<Line> read_line(std::string_view text) {
  text = text.substr(0, text.find('#'));
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  return Line{.key = trimmed_ascii(text.substr(0, colon)),
              .value = trimmed_ascii(text.substr(colon + 1))};
}

/// "qanat" of "qanat/1.0 (…)".
std::string_view product_of(std::string_view agent) {
  return agent.substr(0, agent.find_first_of("/ \t"));
}

/// Whether the pattern fits a beginning of `path`. Linear steps per `*`, no recursion.
bool fits(std::string_view pattern, std::string_view path) {
  const bool to_end = pattern.ends_with('$');
  if (to_end) pattern.remove_suffix(1);
  const std::string_view head = pattern.substr(0, pattern.find('*'));
  if (!path.starts_with(head)) return false;
  path.remove_prefix(head.size());
  pattern.remove_prefix(head.size());
  while (!pattern.empty()) {
    pattern.remove_prefix(1);  // the star
    const std::string_view piece = pattern.substr(0, pattern.find('*'));
    pattern.remove_prefix(piece.size());
    if (to_end && pattern.empty()) return path.ends_with(piece);
    const std::size_t found = path.find(piece);
    if (found == std::string_view::npos) return false;
    path.remove_prefix(found + piece.size());
  }
  return !to_end || path.empty();
}

}  // namespace

/// Sorts rules into those for us and those for everybody.
class Robots::Reader {
 public:
  explicit Reader(std::string_view product) : product_(product) {}

  void take(const Line& line) {
    if (equal_without_case(line.key, "user-agent")) {
      name(line.value);
      return;
    }
    const bool allow = equal_without_case(line.key, "allow");
    if (!allow && !equal_without_case(line.key, "disallow")) return;
    in_names_ = false;
    if (line.value.empty()) return;  // "Disallow:" forbids nothing
    const Rule rule{.allow = allow, .pattern = std::string(line.value)};
    if (for_us_) ours_.push_back(rule);
    if (for_everybody_) everybodys_.push_back(rule);
  }

  /// Groups for us, wherever they stand, take the place of those for everybody.
  [[nodiscard]] std::vector<Rule> rules() const { return named_ ? ours_ : everybodys_; }

 private:
  /// Several names in a row begin one group.
  void name(std::string_view agent) {
    if (!in_names_) for_us_ = for_everybody_ = false;
    in_names_ = true;
    for_us_ = for_us_ || equal_without_case(product_of(agent), product_);
    for_everybody_ = for_everybody_ || agent == "*";
    named_ = named_ || for_us_;
  }

  std::string_view product_;
  std::vector<Rule> ours_;
  std::vector<Rule> everybodys_;
  bool named_ = false;
  bool for_us_ = false;  ///< the group being read
  bool for_everybody_ = false;
  bool in_names_ = false;
};

Robots Robots::parse(std::string_view text, std::string_view product) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  text = text.substr(0, kLongestFile);
  Reader reader(product);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\n\r"), text.size());
    if (const auto line = read_line(text.substr(0, end))) reader.take(*line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  Robots robots;
  robots.rules_ = reader.rules();
  return robots;
}

bool Robots::allows(std::string_view path) const {
  if (path == "/robots.txt") return true;
  const Rule* best = nullptr;
  for (const Rule& rule : rules_) {
    if (!fits(rule.pattern, path)) continue;
    const bool longer = best == nullptr || rule.pattern.size() > best->pattern.size();
    const bool kinder =
        best != nullptr && rule.pattern.size() == best->pattern.size() && rule.allow;
    if (longer || kinder) best = &rule;
  }
  return best == nullptr || best->allow;
}

}  // namespace qanat::crawler
