#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/span.h"
#include "classifier/characters.h"
#include "classifier/numbered_text.h"
#include "classifier/pattern_automaton.h"
#include "classifier/pattern_keys.h"
#include "classifier/views.h"
#include "classifier/word_edges.h"

namespace re2 {
class RE2;
}  // namespace re2

/// One regular expression over one view. RE2 stays inside the .cc.
namespace qanat::classifier {

/// The plain string as a pattern.
[[nodiscard]] std::string quoted_pattern(std::string_view literal);

/// What is to be known of a pattern before it is used.
struct PatternFacts {
  std::string error;  ///< RE2's own words; empty when it compiles
  bool matches_empty = false;
  int program_size = 0;
};
[[nodiscard]] PatternFacts examine_pattern(const std::string& pattern);

/// Bytes that RE2 may take for one pattern: its program, and the states it keeps while matching.
inline constexpr std::int64_t kUsualPatternMemory = std::int64_t{8} << 20;

/// A pattern between the edges of words that it asks for. Its match is the leftmost that has them,
/// and the longest of those.
///
/// Compiled by whoever needs it first; safe to share between threads. One that RE2 rejects never
/// matches.
class Pattern {
 public:
  /// `keys` are its own; of them, the strings are not needed. One that needs more states than
  /// `memory` holds is matched all the same, slower: RE2 sees it and falls back from its DFA to its
  /// NFA, linear too.
  Pattern(std::string text, WordEdges edges, View view, std::int64_t memory, PatternKeys keys);
  ~Pattern();
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;

  [[nodiscard]] WordEdges edges() const { return edges_; }

  /// The first match at or after the byte `from`; nothing when there is none. RE2 searches the
  /// text.
  [[nodiscard]] std::optional<Span> find(std::string_view text, std::size_t from) const;

  /// The same, by the automaton where it is quick: RE2 reads a long text faster.
  [[nodiscard]] std::optional<Span> find_anywhere(const NumberedText& text, std::size_t from) const;

  /// The same, where `places`, in characters, are those of its keys that the text holds, ascending:
  /// all of them, or the first when there are `more`. For keys that are near.
  [[nodiscard]] std::optional<Span> find_near(std::span<const Span> places,
                                              bool more,
                                              const NumberedText& text,
                                              std::size_t from) const;

 private:
  /// Made by whoever asks first.
  template <class Value>
  class Lazy {
   public:
    template <class Make>
    const Value& get(Make make) const {
      std::call_once(once_, [&] { value_ = make(); });
      return value_;
    }

   private:
    mutable std::once_flag once_;
    mutable Value value_{};
  };
  using Regex = std::unique_ptr<re2::RE2>;
  /// The automaton, and what may stand in front of a key, by the numbers of characters.
  struct Matcher {
    PatternAutomaton automaton;
    std::bitset<kNumbers> before;
  };
  class Windows;
  class Trial;

  [[nodiscard]] std::optional<Span> find_edged(std::string_view text, std::size_t from) const;
  /// All in characters.
  [[nodiscard]] std::optional<Span> first_key(std::span<const Span> places,
                                              const NumberedText& text,
                                              std::size_t from) const;
  static std::optional<Span> first_around(std::span<const Span> places,
                                          Windows& windows,
                                          Trial& trial);
  [[nodiscard]] std::unique_ptr<const Matcher> make_matcher() const;
  /// Null: it has none.
  [[nodiscard]] const Matcher* matcher() const;

  std::string text_;
  WordEdges edges_;
  View view_;
  std::int64_t memory_;
  PatternKeys keys_;
  Lazy<std::unique_ptr<const Matcher>> matcher_;
  Lazy<Regex> bare_;
  Lazy<Regex> edged_;  ///< with its edges: large, seldom asked
};

}  // namespace qanat::classifier
