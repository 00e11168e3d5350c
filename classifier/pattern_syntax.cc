#include "classifier/pattern_syntax.h"

#include <charconv>
#include <utility>

#include "base/utf8.h"
#include "classifier/characters.h"

namespace qanat::classifier {
namespace {

using NodeKind = PatternNode::Kind;

/// RE2's own limit of a repetition.
constexpr std::size_t kMostRepetitions = 1000;

PatternNode one_of(CharacterSet characters) {
  return {.kind = NodeKind::characters, .characters = std::move(characters)};
}

PatternNode one_character(char32_t character) { return one_of({character, character}); }

// NOLINTBEGIN(misc-no-recursion): as deep as the brackets, and those are counted
class PatternParser {
 public:
  explicit PatternParser(std::string_view pattern) : pattern_(pattern) {}

  std::optional<PatternNode> run() && {
    auto node = alternative();
    if (!node || at_ < pattern_.size()) return std::nullopt;
    return node;
  }

 private:
  using Parsed = std::optional<PatternNode>;

  Parsed alternative() {
    PatternNode node{.kind = NodeKind::alternative};
    do {
      auto part = sequence();
      if (!part) return std::nullopt;
      node.parts.push_back(*std::move(part));
    } while (take('|'));
    if (node.parts.size() > 1) return node;
    return std::move(node.parts.front());
  }

  Parsed sequence() {
    constexpr std::size_t kUsualLength = 8;
    PatternNode node{.kind = NodeKind::sequence};
    node.parts.reserve(kUsualLength);
    while (at_ < pattern_.size() && pattern_[at_] != '|' && pattern_[at_] != ')') {
      if (stands_for_itself()) {
        node.parts.push_back(one_character(next()));
        continue;
      }
      auto part = item();
      if (part) part = repeated(*std::move(part));
      if (!part) return std::nullopt;
      node.parts.push_back(*std::move(part));
    }
    return node;
  }

  /// Whether a letter follows that nothing repeats, as mostly.
  [[nodiscard]] bool stands_for_itself() const {
    constexpr std::string_view kSigns = R"(\[](){}.*+?^$|)";
    if (kSigns.contains(pattern_[at_])) return false;
    const std::size_t behind = at_ + character_at(pattern_, at_).length;
    return behind == pattern_.size() || !std::string_view("*+?{").contains(pattern_[behind]);
  }

  /// RE2 repeats no edge here, and rejects a repetition of a repetition.
  Parsed repeated(PatternNode part) {
    const auto times = repetition();
    if (!times) return part;
    take('?');  // as few as will do: the longest match does not care
    const bool edge = part.kind == NodeKind::text_begin || part.kind == NodeKind::text_end;
    if (edge || !is_allowed(*times) || repetition()) return std::nullopt;
    PatternNode node{.kind = NodeKind::repetition, .least = times->first, .most = times->second};
    node.parts.push_back(std::move(part));
    return node;
  }

  static bool is_allowed(std::pair<std::size_t, std::size_t> times) {
    const auto& [least, most] = times;
    const bool endless = most == PatternNode::kWithoutEnd;
    return least <= kMostRepetitions && (endless || (least <= most && most <= kMostRepetitions));
  }

  std::optional<std::pair<std::size_t, std::size_t>> repetition() {
    if (take('*')) return std::pair(std::size_t{0}, PatternNode::kWithoutEnd);
    if (take('+')) return std::pair(std::size_t{1}, PatternNode::kWithoutEnd);
    if (take('?')) return std::pair(std::size_t{0}, std::size_t{1});
    const std::size_t begin = at_;
    if (!take('{')) return std::nullopt;
    const auto least = whole_number();
    auto most = least;
    if (least && take(',')) {
      most = whole_number();
      if (!most) most = PatternNode::kWithoutEnd;
    }
    if (least && take('}')) return std::pair(*least, *most);
    at_ = begin;  // a bracket that stands for itself
    return std::nullopt;
  }

  std::optional<std::size_t> whole_number() {
    std::size_t number = 0;
    const char* begin = pattern_.data() + at_;
    const auto [end, error] = std::from_chars(begin, pattern_.data() + pattern_.size(), number);
    if (error != std::errc{}) return std::nullopt;
    at_ += static_cast<std::size_t>(end - begin);
    return number;
  }

  Parsed item() {
    if (take('(')) return group();
    if (take('[')) return character_class();
    if (take('.')) return one_of(CharacterSet(U'\n', U'\n').complement());
    if (take('^')) return PatternNode{.kind = NodeKind::text_begin};
    if (take('$')) return PatternNode{.kind = NodeKind::text_end};
    if (take('\\')) return escaped();
    if (pattern_[at_] == '*' || pattern_[at_] == '+' || pattern_[at_] == '?') return std::nullopt;
    return one_character(next());
  }

  Parsed group() {
    if (++depth_ > kDeepest) return std::nullopt;
    if (take('?') && !take(':')) return std::nullopt;  // a name or a flag
    auto inside = alternative();
    if (!inside || !take(')')) return std::nullopt;
    --depth_;
    return inside;
  }

  Parsed escaped() {
    const auto value = escaped_character();
    if (!value) return std::nullopt;
    if (*value == kDigits) return one_of({U'0', U'9'});
    return one_character(*value);
  }

  /// Stands for "\d"; no character.
  static constexpr char32_t kDigits = 0xFFFFFFFF;

  /// What stands behind a backslash, if it is known here.
  std::optional<char32_t> escaped_character() {
    if (at_ == pattern_.size()) return std::nullopt;
    const char letter = pattern_[at_++];
    if (letter == 'n') return U'\n';
    if (letter == 't') return U'\t';
    if (letter == 'd') return kDigits;
    constexpr std::string_view kSigns = R"(!"#$%&'()*+,-./:;<=>?@[\]^`{|}~ )";
    if (!kSigns.contains(letter)) return std::nullopt;
    return static_cast<char32_t>(static_cast<unsigned char>(letter));
  }

  Parsed character_class() {
    CharacterSet all;
    const bool others = take('^');
    for (bool first = true; first || !take(']'); first = false) {
      const auto range = class_range();
      if (!range || range->second < range->first) return std::nullopt;
      all.add(range->first, range->second);
    }
    return one_of(others ? all.complement() : std::move(all));
  }

  /// "а-я", one character as well, or "\d".
  std::optional<std::pair<char32_t, char32_t>> class_range() {
    if (pattern_.substr(at_).starts_with("[:")) return std::nullopt;
    const auto from = class_member();
    if (!from) return std::nullopt;
    if (*from == kDigits) return std::pair(U'0', U'9');
    const std::string_view rest = pattern_.substr(at_);
    const bool wide = rest.size() > 1 && rest[0] == '-' && rest[1] != ']';
    if (wide) ++at_;
    const auto to = wide ? class_member() : from;
    if (!to || *to == kDigits) return std::nullopt;
    return std::pair(*from, *to);
  }

  std::optional<char32_t> class_member() {
    if (at_ == pattern_.size()) return std::nullopt;
    if (take('\\')) return escaped_character();
    const auto point = character_at(pattern_, at_);
    at_ += point.length;
    return point.value;
  }

  bool take(char sign) {
    if (at_ == pattern_.size() || pattern_[at_] != sign) return false;
    ++at_;
    return true;
  }

  char32_t next() {
    const utf8::CodePoint point = character_at(pattern_, at_);
    at_ += point.length;
    return point.value;
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
};
// NOLINTEND(misc-no-recursion)

}  // namespace

std::optional<PatternNode> parse_pattern(std::string_view pattern) {
  if (!utf8::is_valid(pattern)) return std::nullopt;
  return PatternParser(pattern).run();
}

}  // namespace qanat::classifier
