#include "classifier/pattern_keys.h"

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <deque>
#include <iterator>
#include <span>
#include <utility>

#include "base/utf8.h"
#include "classifier/views.h"

namespace qanat::classifier {
namespace {

using NodeKind = PatternNode::Kind;

/// How a match may begin. Its text lies within: many thousands of them are made for each pack.
class Beginning {
 public:
  Beginning() = default;
  explicit Beginning(std::string_view text) { append(text); }

  [[nodiscard]] std::string_view text() const { return {text_.data(), size_}; }
  /// Whether nothing stands between the text and what follows in the pattern.
  [[nodiscard]] bool open() const { return open_; }
  void close() { open_ = false; }

  /// As much of it as there is room for, whole characters.
  void append(std::string_view more) {
    const std::size_t room = kLongestKey - size_;
    if (more.size() > room) {
      more = more.substr(0, utf8::start_of_character(more, room));
      close();
    }
    std::ranges::copy(more, text_.begin() + size_);
    size_ = static_cast<std::uint8_t>(size_ + more.size());
  }

  /// Leaves at most `size` bytes of it, whole characters.
  void shorten(std::size_t size) {
    if (size_ <= size) return;
    size_ = static_cast<std::uint8_t>(utf8::start_of_character(text(), size));
    close();
  }

  friend std::strong_ordering operator<=>(const Beginning& a, const Beginning& b) {
    return std::pair(a.text(), a.open_) <=> std::pair(b.text(), b.open_);
  }
  friend bool operator==(const Beginning& a, const Beginning& b) { return (a <=> b) == 0; }

 private:
  std::array<char, kLongestKey> text_{};
  std::uint8_t size_ = 0;
  bool open_ = true;
};
using Beginnings = std::vector<Beginning>;

void drop_repeated(Beginnings& all) {
  const bool ascend = std::ranges::adjacent_find(all, std::ranges::greater_equal{}) == all.end();
  if (ascend) return;
  std::ranges::sort(all);
  const auto rest = std::ranges::unique(all);
  all.erase(rest.begin(), rest.end());
}

Beginnings closed(Beginnings all) {
  for (Beginning& each : all) each.close();
  return all;
}

/// Of more than `most`, less is said of each.
Beginnings few(Beginnings all, std::size_t most = kMostKeys) {
  drop_repeated(all);
  for (std::size_t size = kLongestKey; all.size() > most; size /= 2) {
    if (size == 0) return closed(Beginnings(1));
    for (Beginning& each : all) each.shorten(size);
    drop_repeated(all);
  }
  return all;
}

Beginnings with_nothing(Beginnings all) {
  all.emplace_back();
  return few(std::move(all));
}

/// `next` follows wherever `all` is open; as much of it as does not make too many.
Beginnings followed(Beginnings all, Beginnings next) {
  const auto open = static_cast<std::size_t>(std::ranges::count_if(all, &Beginning::open));
  const std::size_t room = (kMostKeys - (all.size() - open)) / open;
  next = few(std::move(next), room);
  Beginnings longer;
  longer.reserve(all.size() - open + open * next.size());
  for (const Beginning& each : all) {
    if (!each.open()) {
      longer.push_back(each);
      continue;
    }
    for (const Beginning& rest : next) {
      Beginning& joined = longer.emplace_back(each);
      joined.append(rest.text());
      if (!rest.open()) joined.close();
    }
  }
  drop_repeated(longer);
  return longer;
}

std::string utf8_of(char32_t character) {
  std::string text;
  utf8::append(text, character);
  return text;
}

/// The same for one character, which patterns are full of.
void follow(Beginnings& all, char32_t character) {
  const std::string text = utf8_of(character);
  for (Beginning& each : all) {
    if (each.open()) each.append(text);
  }
}

/// A class of more characters than these says nothing.
constexpr std::size_t kFewCharacters = 12;

Beginnings beginnings_of_characters(const CharacterSet& characters) {
  if (characters.size() > kFewCharacters) return closed(Beginnings(1));
  Beginnings all;
  for (const auto& [first, last] : characters.ranges()) {
    for (char32_t each = first; each <= last; ++each) all.emplace_back(utf8_of(each));
  }
  return all;
}

/// Finds how matches of a pattern's parts may begin. The search for keys asks for the same part
/// many times: what it said of one with parts is kept. The pattern must live as long.
class BeginningsFinder {
 public:
  // NOLINTBEGIN(misc-no-recursion): as deep as the pattern's brackets, which parse_pattern() counts
  const Beginnings& of(const PatternNode& node) {
    for (const auto& [known, beginnings] : known_) {
      if (known == &node) return beginnings;
    }
    Beginnings found = find(node);
    return known_.emplace_back(&node, std::move(found)).second;
  }

  Beginnings of(std::span<const PatternNode> sequence) {
    Beginnings all(1);
    for (const PatternNode& part : sequence) {
      if (std::ranges::none_of(all, &Beginning::open)) break;
      if (part.kind != NodeKind::characters)
        all = followed(std::move(all), of(part));
      else if (part.characters.size() == 1)
        follow(all, part.characters.ranges().front().first);
      else
        all = followed(std::move(all), beginnings_of_characters(part.characters));
    }
    return all;
  }

 private:
  Beginnings find(const PatternNode& node) {
    switch (node.kind) {
      case NodeKind::text_begin:
      case NodeKind::text_end: return Beginnings(1);
      case NodeKind::characters: return beginnings_of_characters(node.characters);
      case NodeKind::sequence: return of(std::span(node.parts));
      case NodeKind::repetition: return of_repetition(node);
      case NodeKind::alternative: break;
    }
    Beginnings all;
    for (const PatternNode& part : node.parts) {
      const Beginnings& of_part = of(part);
      all.insert(all.end(), of_part.begin(), of_part.end());
    }
    return few(std::move(all));
  }

  Beginnings of_repetition(const PatternNode& node) {
    const Beginnings& once = of(node.parts.front());
    if (node.most == 1) return node.least == 1 ? once : with_nothing(once);
    return node.least == 0 ? with_nothing(closed(once)) : closed(once);
  }
  // NOLINTEND(misc-no-recursion)

  std::deque<std::pair<const PatternNode*, Beginnings>> known_;
};

/// It stands at so few places that all may be looked at.
bool marks_a_place(std::string_view key) {
  const utf8::CodePoint first = utf8::decode(key, 0);
  return first.length < key.size() || is_rare_sign(first.value);
}

/// How much it says that a text holds the key.
std::size_t worth(std::string_view key) {
  if (key.empty()) return 0;
  const utf8::CodePoint first = utf8::decode(key, 0);
  if (first.length < key.size()) return 1 + key.size();
  return is_rare_sign(first.value) ? 2 : 1;
}

/// Of the one that says least.
std::size_t worth(const Beginnings& all) {
  std::size_t least = all.empty() ? 0 : worth(all.front().text());
  for (const Beginning& each : all) least = std::min(least, worth(each.text()));
  return least;
}

/// Of a key that is worth less, not even the place is worth more than another key that says more.
constexpr std::size_t kTelling = 6;

/// One of the strings is in each match, with `before` in front of it.
struct Held {
  Beginnings strings;
  MatchPart before;
};

/// Tells whether `other` is the better one.
bool take_better(Held& best, Held other) {
  const std::size_t of_best = worth(best.strings);
  const std::size_t of_other = worth(other.strings);
  const bool fewer = of_other == of_best && other.strings.size() < best.strings.size();
  const bool better = of_other > of_best || fewer;
  if (better) best = std::move(other);
  return better;
}

std::size_t sum(std::size_t a, std::size_t b) {
  return a > PatternNode::kWithoutEnd - b ? PatternNode::kWithoutEnd : a + b;
}

std::size_t product(std::size_t a, std::size_t b) {
  if (a == 0 || b == 0) return 0;
  return a > PatternNode::kWithoutEnd / b ? PatternNode::kWithoutEnd : a * b;
}

MatchPart followed(MatchPart part, const MatchPart& next) {
  part.characters.add(next.characters);
  part.most = sum(part.most, next.most);
  return part;
}

MatchPart either(MatchPart part, const MatchPart& other) {
  part.characters.add(other.characters);
  part.most = std::max(part.most, other.most);
  return part;
}

// NOLINTBEGIN(misc-no-recursion): as deep as the pattern's brackets, which parse_pattern() counts
/// What the node may match.
MatchPart whole(const PatternNode& node) {
  MatchPart all;
  switch (node.kind) {
    case NodeKind::text_begin:
    case NodeKind::text_end: return all;
    case NodeKind::characters: return {.characters = node.characters, .most = 1};
    case NodeKind::repetition:
      all = whole(node.parts.front());
      all.most = product(all.most, node.most);
      return all;
    case NodeKind::sequence:
      for (const PatternNode& part : node.parts) all = followed(std::move(all), whole(part));
      return all;
    case NodeKind::alternative: break;
  }
  for (const PatternNode& part : node.parts) all = either(std::move(all), whole(part));
  return all;
}

/// Strings one of which each match holds: those that say most.
Held inside(const PatternNode& node, BeginningsFinder& finder);

bool goes_on(const PatternNode& node) {
  return node.kind == NodeKind::characters && node.characters.size() <= kFewCharacters;
}

Held inside_sequence(const PatternNode& node, BeginningsFinder& finder) {
  const std::span parts(node.parts);
  Held best;
  std::size_t place = 0;
  const auto take = [&](std::size_t at, Held other) {
    if (take_better(best, std::move(other))) place = at;
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].kind != NodeKind::characters) take(i, inside(parts[i], finder));
    // Behind a character the same strings go on.
    const bool fresh = i == 0 || !goes_on(parts[i - 1]);
    if (fresh)
      take(i, {.strings = i == 0 ? finder.of(node) : finder.of(parts.subspan(i)), .before = {}});
  }
  MatchPart before;
  for (const PatternNode& part : parts.first(place)) before = followed(before, whole(part));
  best.before = followed(before, best.before);
  return best;
}

Held inside_alternative(const PatternNode& node, BeginningsFinder& finder) {
  Held all;
  for (const PatternNode& part : node.parts) {
    Held of_part = inside(part, finder);
    if (worth(of_part.strings) == 0) return {};
    std::ranges::move(of_part.strings, std::back_inserter(all.strings));
    all.before = either(std::move(all.before), of_part.before);
  }
  all.strings = few(std::move(all.strings));
  return all;
}

Held inside(const PatternNode& node, BeginningsFinder& finder) {
  switch (node.kind) {
    case NodeKind::text_begin:
    case NodeKind::text_end: return {};
    case NodeKind::characters: return {.strings = finder.of(node), .before = {}};
    case NodeKind::sequence: return inside_sequence(node, finder);
    // The first time, nothing stands in front of it.
    case NodeKind::repetition: return node.least == 0 ? Held{} : inside(node.parts.front(), finder);
    case NodeKind::alternative: return inside_alternative(node, finder);
  }
  return {};
}

bool has_edge(const PatternNode& node) {
  return node.kind == NodeKind::text_begin || node.kind == NodeKind::text_end ||
         std::ranges::any_of(node.parts, has_edge);
}
// NOLINTEND(misc-no-recursion)

std::vector<std::string> strings_of(const Beginnings& all) {
  std::vector<std::string> strings;
  for (const Beginning& each : all) strings.emplace_back(each.text());
  std::ranges::sort(strings);
  const auto repeated = std::ranges::unique(strings);
  strings.erase(repeated.begin(), repeated.end());
  return strings;
}

/// In a sorted list, what begins with another string is met wherever that one is.
std::vector<std::string> without_longer(std::vector<std::string> strings) {
  std::vector<std::string> needed;
  for (std::string& each : strings) {
    if (needed.empty() || !each.starts_with(needed.back())) needed.push_back(std::move(each));
  }
  return needed;
}

}  // namespace

bool is_rare_sign(char32_t character) {
  return !is_word_character(character) && !std::u32string_view(U" \n.,").contains(character);
}

PatternKeys keys_of(const PatternNode& pattern, bool begins_word) {
  using Place = PatternKeys::Place;
  BeginningsFinder finder;
  const Beginnings& beginnings = finder.of(pattern);
  const bool complete = std::ranges::all_of(beginnings, &Beginning::open) && !has_edge(pattern);
  const std::size_t start_worth = worth(beginnings);
  const auto strings = strings_of(beginnings);
  const auto marks_start = [begins_word](const std::string& key) {
    if (key.empty()) return false;
    return marks_a_place(key) || (begins_word && is_word_character(utf8::decode(key, 0).value));
  };
  PatternKeys start{.place = Place::near,
                    .strings = complete ? strings : without_longer(strings),
                    .complete = complete,
                    .before = {}};
  const bool placed = std::ranges::all_of(strings, marks_start);
  if (placed && (complete || start_worth >= kTelling)) return start;
  Held held = inside(pattern, finder);
  const std::size_t held_worth = worth(held.strings);
  if (placed && start_worth >= held_worth) return start;
  if (held_worth == 0) return {};
  PatternKeys keys{.place = Place::near,
                   .strings = without_longer(strings_of(held.strings)),
                   .complete = false,
                   .before = std::move(held.before)};
  if (!std::ranges::all_of(keys.strings, marks_a_place)) keys.place = Place::somewhere;
  return keys;
}

}  // namespace qanat::classifier
