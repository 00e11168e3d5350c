#include "classifier/patterns.h"

#include <algorithm>
#include <bitset>
#include <utility>

#include "base/utf8.h"
#include "classifier/characters.h"
#include "classifier/pattern_syntax.h"

namespace qanat::classifier {
namespace {

/// Places of its keys that are noted for a pattern. Where they do not suffice, the text is searched
/// as a whole.
constexpr std::size_t kMostPlaces = 16;

PatternKeys read_keys(const std::string& pattern, WordEdges edges) {
  const auto tree = parse_pattern(pattern);
  return tree ? keys_of(*tree, asks_start(edges)) : PatternKeys{};
}

}  // namespace

std::size_t PatternSet::add(std::string text, WordEdges edges) {
  const std::size_t number = patterns_.size();
  PatternKeys keys = read_keys(text, edges);
  traits_.push_back({.edges = edges, .place = keys.place, .complete = keys.complete});
  if (keys.place == PatternKeys::Place::unknown) always_.push_back(number);
  const bool words = asks_start(edges) && keys.before.most == 0;
  for (const std::string& key : std::exchange(keys.strings, {})) {
    const bool word = words && is_word_character(utf8::decode(key, 0).value);
    (word ? word_keys_ : other_keys_).add(key, number);
  }
  patterns_.emplace_back(std::move(text), edges, view_, memory_, std::move(keys));
  return number;
}

void PatternSet::compile() {
  word_keys_.compile();
  other_keys_.compile();
  for (char32_t each = 0; each < kTableSize; ++each) {
    if (number_of(each) != 0) hints_.at(number_of(each)) = hint_of(each);
  }
}

PatternSet::Hint PatternSet::hint_of(char32_t character) const {
  const std::uint8_t number = number_of(character);
  return {.word = is_word_character(character),
          .sign = is_rare_sign(character),
          .word_key = word_keys_.tree().may_be(number),
          .key = other_keys_.tree().may_be(number)};
}

/// Reads one text for the keys of all patterns.
class PatternSet::KeySearch {
 public:
  KeySearch(const PatternSet& set, const NumberedText& text, PatternCandidates& found)
      : set_(set), text_(text), found_(found) {
    found.met_.resize(std::max(found.met_.size(), set.size()), 0);
    found.keys_.clear();
    found.order_.clear();
  }

  void run() {
    const auto noting = [this](std::size_t at) {
      return [this, at](std::size_t pattern, std::size_t end) {
        note(pattern, {.begin = at, .end = end});
      };
    };
    bool in_word = false;
    for (std::size_t at = 0; at < text_.size(); ++at) {
      const std::uint8_t number = text_.number(at);
      const Hint hint = number != 0 ? set_.hints_[number] : set_.hint_of(text_.character(at));
      if (hint.word && !in_word) {
        if (hint.word_key) set_.word_keys_.visit_single(text_, at, noting(at));
        set_.word_keys_.visit_longer(text_, at, noting(at));
      }
      // What looks for one letter does not ask where it stands.
      if (hint.key && (is_new(number) || hint.sign))
        set_.other_keys_.visit_single(text_, at, noting(at));
      set_.other_keys_.visit_longer(text_, at, noting(at));
      in_word = hint.word;
    }
    gather();
  }

 private:
  bool is_new(std::uint8_t number) {
    if (number == 0) return true;
    const bool before = seen_[number];
    seen_[number] = true;
    return !before;
  }

  void note(std::size_t pattern, Span key) {
    const Traits& traits = set_.traits_[pattern];
    std::uint8_t& met = found_.met_[pattern];
    const bool placed = traits.place == PatternKeys::Place::near;
    if (met == (placed ? kMostPlaces : 1)) return;
    if (traits.complete && !stands_apart(key, traits.edges)) return;
    ++met;
    add(pattern, key);
  }

  void add(std::size_t pattern, Span key) {
    found_.order_.push_back((std::uint64_t{pattern} << 32U) | found_.keys_.size());
    found_.keys_.push_back(key);
  }

  [[nodiscard]] bool stands_apart(Span key, WordEdges edges) const {
    return begins_apart(text_, key.begin, text_.size(), edges) && ends_apart(text_, key.end, edges);
  }

  void gather() {
    for (const std::size_t pattern : set_.always_) add(pattern, {});
    std::ranges::sort(found_.order_);
    for (const std::uint64_t each : found_.order_) {
      const std::size_t pattern = each >> 32U;
      if (std::exchange(found_.met_[pattern], 0) != 0 || set_.is_always_tried(pattern)) {
        found_.patterns.push_back({.pattern = pattern, .first_place = found_.places_.size()});
      }
      if (set_.traits_[pattern].place != PatternKeys::Place::near) continue;
      ++found_.patterns.back().places;
      found_.places_.push_back(found_.keys_[each & 0xFFFFFFFF]);
    }
  }

  const PatternSet& set_;
  const NumberedText& text_;
  PatternCandidates& found_;
  std::bitset<kNumbers> seen_;  ///< characters, by their numbers
};

void PatternSet::find_candidates(const NumberedText& text, PatternCandidates& found) const {
  KeySearch(*this, text, found).run();
}

bool PatternSet::is_always_tried(std::size_t number) const {
  return traits_[number].place == PatternKeys::Place::unknown;
}

std::optional<Span> PatternSet::find(const PatternCandidate& candidate,
                                     std::span<const Span> places,
                                     const NumberedText& text,
                                     std::size_t from) const {
  const Pattern& pattern = patterns_[candidate.pattern];
  if (places.empty()) return pattern.find_anywhere(text, from);
  return pattern.find_near(places, places.size() == kMostPlaces, text, from);
}

}  // namespace qanat::classifier
