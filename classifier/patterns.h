#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "classifier/characters.h"
#include "classifier/key_index.h"
#include "classifier/numbered_text.h"
#include "classifier/pattern.h"
#include "classifier/views.h"

/// Many patterns over one view, found by their keys.
namespace qanat::classifier {

/// A pattern that may match in a text: all that match are candidates.
struct PatternCandidate {
  std::size_t pattern = 0;
  /// Its part of PatternCandidates::places: the keys that its matches hold. None: nobody knows.
  std::size_t first_place = 0;
  std::size_t places = 0;
};

/// PatternCandidates of one text or of several.
class PatternCandidates {
 public:
  std::vector<PatternCandidate> patterns;  ///< ascending, for each text

  [[nodiscard]] std::span<const Span> places_of(const PatternCandidate& candidate) const {
    return std::span(places_).subspan(candidate.first_place, candidate.places);
  }
  void clear() {
    patterns.clear();
    places_.clear();
  }

 private:
  friend class PatternSet;
  std::vector<Span> places_;  ///< characters of the text
  // Working memory, for one text.
  std::vector<Span> keys_;            ///< as they were met
  std::vector<std::uint64_t> order_;  ///< of keys: the pattern above the number, so that they sort
  std::vector<std::uint8_t> met_;     ///< by pattern: how often; zeros in between
};

/// Patterns of one view. Fill, compile() once, then share between threads: all const calls are
/// pure.
///
/// A text is read once for the keys of all patterns (pattern_keys.h). A pattern whose keys are all
/// that it matches needs nothing more; any other is tried around its keys (pattern_automaton.h).
/// What keys and automaton leave open, RE2 decides.
class PatternSet {
 public:
  /// `memory`: see Pattern.
  explicit PatternSet(View view, std::int64_t memory = kUsualPatternMemory)
      : view_(view), memory_(memory) {}
  ~PatternSet() = default;
  PatternSet(PatternSet&&) noexcept = default;
  PatternSet& operator=(PatternSet&&) noexcept = default;
  PatternSet(const PatternSet&) = delete;
  PatternSet& operator=(const PatternSet&) = delete;

  /// The number of the pattern.
  std::size_t add(std::string text, WordEdges edges);
  void compile();
  [[nodiscard]] std::size_t size() const { return patterns_.size(); }

  /// Adds the candidates of `text`, valid UTF-8.
  void find_candidates(const NumberedText& text, PatternCandidates& found) const;

  /// Is the pattern a candidate in every text?
  [[nodiscard]] bool is_always_tried(std::size_t number) const;

  /// The first match of pattern `number` at or after the byte `from`; nothing when there is none.
  /// RE2 searches the text: what the rest is held against.
  [[nodiscard]] std::optional<Span> find(std::size_t number,
                                         std::string_view text,
                                         std::size_t from) const {
    return patterns_[number].find(text, from);
  }

  /// The same of a candidate, where its keys stand.
  [[nodiscard]] std::optional<Span> find(const PatternCandidate& candidate,
                                         std::span<const Span> places,
                                         const NumberedText& text,
                                         std::size_t from) const;

 private:
  /// What is asked of a pattern wherever one of its keys stands.
  struct Traits {
    WordEdges edges = WordEdges::part;
    PatternKeys::Place place = PatternKeys::Place::unknown;
    bool complete = false;  ///< see PatternKeys
  };
  /// What keys may have to do with a character.
  struct Hint {
    bool word = false;
    bool sign = false;      ///< one that is looked at wherever it stands
    bool word_key = false;  ///< it may be a key that begins a word
    bool key = false;       ///< the same of the other keys
  };
  class KeySearch;

  [[nodiscard]] Hint hint_of(char32_t character) const;

  View view_;
  std::int64_t memory_;
  std::vector<Traits> traits_;       ///< by number
  std::deque<Pattern> patterns_;     ///< by number
  std::vector<std::size_t> always_;  ///< numbers of what has no keys
  KeyIndex word_keys_;               ///< that must begin a word
  KeyIndex other_keys_;
  std::array<Hint, kNumbers> hints_{};  ///< by the numbers of characters
};

}  // namespace qanat::classifier
