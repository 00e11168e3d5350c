#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/span.h"
#include "classifier/key_index.h"
#include "classifier/pattern_keys.h"
#include "classifier/views.h"

namespace re2 {
class RE2;
}  // namespace re2

/// Regular expressions over one view, found by their keys. RE2 stays inside the .cc.
namespace qanat::classifier {

/// Which ends of a match must be the edge of a word (`words = …`).
enum class WordEdges : std::uint8_t { whole, start, end, part };

/// The plain string as a pattern. Edges are asked for only where the string begins or ends with a
/// letter or digit: "#реклама" needs none before the '#'.
[[nodiscard]] std::string quoted_pattern(std::string_view literal);
[[nodiscard]] WordEdges edges_for_literal(std::string_view literal, WordEdges wanted);

/// `pattern` with the edges of words around it; its group 1 is the match.
[[nodiscard]] std::string with_edges(std::string_view pattern, WordEdges edges, View view);

/// What is to be known of a pattern before it is used.
struct PatternFacts {
  std::string error;  ///< RE2's own words; empty when it compiles
  bool matches_empty = false;
  int program_size = 0;
};
[[nodiscard]] PatternFacts examine_pattern(const std::string& pattern);

/// A pattern that may match in a text: all that match are candidates.
struct PatternCandidate {
  std::size_t pattern = 0;
  /// Its part of PatternCandidates::places, where alone its matches may begin. None: anywhere.
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
  struct Hit {
    std::size_t pattern = 0;
    Span key;
  };
  std::vector<Span> places_;
  // Working memory, for one text.
  std::vector<Hit> hits_;
  std::vector<std::uint8_t> met_;  ///< by pattern: how often; zeros in between
};

/// Patterns of one view. Fill, compile() once, then share between threads: all const calls are
/// pure. Matching is leftmost-longest.
///
/// A text is read once for the keys of all patterns (pattern_keys.h). A pattern whose keys are all
/// that it matches needs nothing more; any other is matched where its keys stand, by an RE2 that
/// whoever needs it first compiles. A pattern that RE2 rejects never matches.
class PatternSet {
 public:
  /// Bytes that RE2 may take for one pattern: its program, and the states it keeps while matching.
  static constexpr std::int64_t kUsualMemory = std::int64_t{8} << 20;

  /// A pattern that needs more states than `memory` holds is matched all the same, slower: RE2 sees
  /// it and falls back from its DFA to its NFA, linear too.
  explicit PatternSet(View view, std::int64_t memory = kUsualMemory);
  ~PatternSet();
  PatternSet(PatternSet&&) noexcept;
  PatternSet& operator=(PatternSet&&) noexcept;
  PatternSet(const PatternSet&) = delete;
  PatternSet& operator=(const PatternSet&) = delete;

  /// The number of the pattern.
  std::size_t add(std::string pattern, WordEdges edges);
  void compile();
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

  /// Adds the candidates of `text`.
  void find_candidates(std::string_view text, PatternCandidates& found) const;

  /// Is the pattern a candidate in every text?
  [[nodiscard]] bool is_always_tried(std::size_t number) const;

  /// The first match of pattern `number` at or after `from`; nothing when there is none.
  [[nodiscard]] std::optional<Span> find(std::size_t number,
                                         std::string_view text,
                                         std::size_t from) const;

  /// The same of a candidate, where its keys stand.
  [[nodiscard]] std::optional<Span> find(const PatternCandidate& candidate,
                                         std::span<const Span> places,
                                         std::string_view text,
                                         std::size_t from) const;

 private:
  /// Compiled by whoever asks first.
  class Regex {
   public:
    Regex();
    ~Regex();
    Regex(const Regex&) = delete;
    Regex& operator=(const Regex&) = delete;
    const re2::RE2& get(const std::string& pattern, std::int64_t memory) const;

   private:
    mutable std::once_flag once_;
    mutable std::unique_ptr<re2::RE2> compiled_;
  };
  /// What is asked of a pattern wherever one of its keys stands.
  struct Traits {
    WordEdges edges = WordEdges::part;
    PatternKeys::Place place = PatternKeys::Place::unknown;
    bool complete = false;  ///< see PatternKeys
  };
  struct Entry {
    explicit Entry(std::string text, WordEdges ends) : pattern(std::move(text)), edges(ends) {}

    std::string pattern;
    WordEdges edges;
    Regex bare;
    Regex edged;  ///< with its edges: large, seldom asked
  };
  class KeySearch;

  /// Where one of the keys that begin a match stands.
  [[nodiscard]] std::optional<Span> find_at(const Span& key,
                                            std::size_t number,
                                            std::string_view text,
                                            std::size_t from) const;
  [[nodiscard]] std::optional<Span> longest_at(const Entry& entry,
                                               std::string_view text,
                                               std::size_t begin,
                                               std::size_t from) const;
  [[nodiscard]] std::optional<Span> find_edged(const Entry& entry,
                                               std::string_view text,
                                               std::size_t from) const;

  View view_;
  std::int64_t memory_;
  std::vector<Traits> traits_;       ///< by number
  std::deque<Entry> entries_;        ///< by number
  std::vector<std::size_t> always_;  ///< numbers of what has no keys
  KeyIndex word_keys_;               ///< that must begin a word
  KeyIndex other_keys_;
};

}  // namespace qanat::classifier
