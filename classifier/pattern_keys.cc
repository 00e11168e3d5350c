#include "classifier/pattern_keys.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

#include "base/utf8.h"
#include "classifier/pattern_syntax.h"
#include "classifier/views.h"

namespace qanat::classifier {
namespace {

using NodeKind = PatternNode::Kind;

/// How a match may begin.
struct Beginning {
  std::string text;
  bool open = true;  ///< nothing stands between the text and what follows in the pattern

  auto operator<=>(const Beginning&) const = default;
};
using Beginnings = std::vector<Beginning>;

/// At most `size` bytes of it, whole characters.
Beginning shortened(Beginning beginning, std::size_t size) {
  std::string& text = beginning.text;
  if (text.size() <= size) return beginning;
  while ((static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  text.resize(size);
  beginning.open = false;
  return beginning;
}

void drop_repeated(Beginnings& all) {
  std::ranges::sort(all);
  const auto rest = std::ranges::unique(all);
  all.erase(rest.begin(), rest.end());
}

/// Of more than `most`, less is said of each.
Beginnings few(Beginnings all, std::size_t most = kMostKeys) {
  drop_repeated(all);
  for (std::size_t size = kLongestKey; all.size() > most; size /= 2) {
    for (Beginning& each : all) each = shortened(std::move(each), size);
    drop_repeated(all);
    if (size == 0) break;
  }
  return all;
}

Beginnings closed(Beginnings all) {
  for (Beginning& each : all) each.open = false;
  return all;
}

Beginnings with_nothing(Beginnings all) {
  all.emplace_back();
  return all;
}

/// `next` follows wherever `all` is open; as much of it as does not make too many.
Beginnings followed(Beginnings all, Beginnings next) {
  const auto open = static_cast<std::size_t>(std::ranges::count(all, true, &Beginning::open));
  const std::size_t room = (kMostKeys - (all.size() - open)) / open;
  next = few(std::move(next), room);
  Beginnings longer;
  for (Beginning& each : all) {
    if (!each.open) {
      longer.push_back(std::move(each));
      continue;
    }
    for (const Beginning& rest : next) {
      longer.push_back(shortened({.text = each.text + rest.text, .open = rest.open}, kLongestKey));
    }
  }
  drop_repeated(longer);
  return longer;
}

// NOLINTBEGIN(misc-no-recursion): as deep as the pattern's brackets, which parse_pattern() counts
Beginnings beginnings_of(const PatternNode& node);

Beginnings beginnings_of(std::span<const PatternNode> sequence) {
  Beginnings all(1);
  for (const PatternNode& part : sequence) {
    if (std::ranges::none_of(all, &Beginning::open)) break;
    all = followed(std::move(all), beginnings_of(part));
  }
  return all;
}

Beginnings beginnings_of_repetition(const PatternNode& node) {
  const Beginnings once = beginnings_of(node.parts.front());
  if (node.most == 1) return node.least == 1 ? once : with_nothing(once);
  return node.least == 0 ? with_nothing(closed(once)) : closed(once);
}

Beginnings beginnings_of(const PatternNode& node) {
  switch (node.kind) {
    case NodeKind::edge: return Beginnings(1);
    case NodeKind::some: return closed(Beginnings(1));
    case NodeKind::sequence: return beginnings_of(std::span(node.parts));
    case NodeKind::repetition: return beginnings_of_repetition(node);
    case NodeKind::characters: {
      Beginnings all;
      for (const std::string& each : node.characters) all.push_back({.text = each});
      return all;
    }
    case NodeKind::alternative: break;
  }
  Beginnings all;
  for (const PatternNode& part : node.parts)
    std::ranges::move(beginnings_of(part), std::back_inserter(all));
  return few(std::move(all));
}

/// How much it says that a text holds the key.
std::size_t worth(const std::string& key) {
  if (key.empty()) return 0;
  constexpr std::string_view kEverywhere = " \n.,";
  const bool one = utf8::decode(key, 0).length == key.size();
  if (!one) return 1 + key.size();
  const bool usual =
      kEverywhere.contains(key.front()) || is_word_character(utf8::decode(key, 0).value);
  return usual ? 1 : 2;
}

/// Of the one that says least.
std::size_t worth(const Beginnings& all) {
  std::size_t least = all.empty() ? 0 : worth(all.front().text);
  for (const Beginning& each : all) least = std::min(least, worth(each.text));
  return least;
}

/// Of a key that is worth less, not even the place is worth more than another key that says more.
constexpr std::size_t kTelling = 6;

void take_better(Beginnings& best, Beginnings other) {
  const bool better = worth(other) > worth(best);
  const bool fewer = worth(other) == worth(best) && other.size() < best.size();
  if (better || fewer) best = std::move(other);
}

/// Strings one of which each match holds: those that say most.
Beginnings inside(const PatternNode& node);

Beginnings inside_sequence(const PatternNode& node) {
  Beginnings best;
  for (std::size_t i = 0; i < node.parts.size(); ++i) {
    take_better(best, inside(node.parts[i]));
    // Behind a character the same strings go on.
    const bool fresh = i == 0 || node.parts[i - 1].kind != NodeKind::characters;
    if (fresh) take_better(best, beginnings_of(std::span(node.parts).subspan(i)));
  }
  return best;
}

Beginnings inside(const PatternNode& node) {
  switch (node.kind) {
    case NodeKind::edge:
    case NodeKind::some: return {};
    case NodeKind::characters: return beginnings_of(node);
    case NodeKind::sequence: return inside_sequence(node);
    case NodeKind::repetition: return node.least == 0 ? Beginnings{} : inside(node.parts.front());
    case NodeKind::alternative: break;
  }
  Beginnings all;
  for (const PatternNode& part : node.parts) {
    Beginnings of_part = inside(part);
    if (worth(of_part) == 0) return {};
    std::ranges::move(of_part, std::back_inserter(all));
  }
  return few(std::move(all));
}

bool has_edge(const PatternNode& node) {
  return node.kind == NodeKind::edge || std::ranges::any_of(node.parts, has_edge);
}
// NOLINTEND(misc-no-recursion)

std::vector<std::string> strings_of(Beginnings all) {
  std::vector<std::string> strings;
  for (Beginning& each : all) strings.push_back(std::move(each.text));
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

/// Enough to look at each place where it stands.
bool marks_a_place(const std::string& key, bool begins_word) {
  if (key.empty()) return false;
  const utf8::CodePoint first = utf8::decode(key, 0);
  return first.length < key.size() || (begins_word && is_word_character(first.value));
}

}  // namespace

PatternKeys keys_of(std::string_view pattern, bool begins_word) {
  const auto tree = parse_pattern(pattern);
  if (!tree) return {};
  Beginnings beginnings = beginnings_of(*tree);
  const bool complete = std::ranges::all_of(beginnings, &Beginning::open) && !has_edge(*tree);
  const std::size_t start_worth = worth(beginnings);
  const auto strings = strings_of(std::move(beginnings));
  const auto marks = [begins_word](const std::string& key) {
    return marks_a_place(key, begins_word);
  };
  PatternKeys start{.place = PatternKeys::Place::start,
                    .strings = complete ? strings : without_longer(strings),
                    .complete = complete};
  const bool placed = std::ranges::all_of(strings, marks);
  if (placed && (complete || start_worth >= kTelling)) return start;
  Beginnings held = inside(*tree);
  if (placed && start_worth >= worth(held)) return start;
  if (worth(held) == 0) return {};
  return {.place = PatternKeys::Place::inside,
          .strings = without_longer(strings_of(std::move(held)))};
}

}  // namespace qanat::classifier
