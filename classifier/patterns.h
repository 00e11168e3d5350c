#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "classifier/patterns_literals.h"
#include "classifier/views.h"

namespace re2 {
class FilteredRE2;
class RE2;
}  // namespace re2

/// Regular expressions over one view, behind a prefilter. RE2 stays inside the .cc.
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

/// Working memory of one caller, kept between texts.
struct PatternScratch {
  std::vector<char> seen;
  std::vector<int> literals;
  std::vector<int> regexes;
};

/// Patterns of one view. Fill, compile() once, then share between threads: all const calls are
/// pure. Matching is leftmost-longest. A pattern that is a plain string is searched as one.
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

  /// The number of the pattern; nothing when RE2 rejects it.
  std::optional<std::size_t> add(const std::string& pattern, WordEdges edges);
  void compile();
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

  /// Numbers of the patterns that may match, ascending: all that do are among them.
  void candidates(std::string_view text, PatternScratch& scratch, std::vector<int>& found) const;

  /// Is the pattern a candidate in every text?
  [[nodiscard]] bool is_always_tried(std::size_t number) const;

  /// The first match of pattern `number` at or after `from`; nothing when there is none.
  [[nodiscard]] std::optional<Span> find(std::size_t number,
                                         std::string_view text,
                                         std::size_t from) const;

 private:
  struct Entry {
    std::string plain;  ///< the string that is the pattern; empty when `regex` is
    int regex = -1;     ///< number in filtered_
    WordEdges edges = WordEdges::part;
    /// The pattern with its edges: large, seldom asked, so compiled by whoever asks first.
    std::unique_ptr<std::once_flag> once = std::make_unique<std::once_flag>();
    std::unique_ptr<re2::RE2> edged;
  };
  void add_plain_strings(std::vector<std::string>& atoms);
  [[nodiscard]] static std::optional<Span> find_plain(const Entry& entry,
                                                      std::string_view text,
                                                      std::size_t from);
  std::optional<Span> find_edged(Entry& entry, std::string_view text, std::size_t from) const;

  View view_;
  std::int64_t memory_;
  mutable std::deque<Entry> entries_;           ///< by number
  std::vector<int> always_;                     ///< numbers of what no literal can rule out
  std::unique_ptr<re2::FilteredRE2> filtered_;  ///< the regular expressions, without edges
  std::vector<int> number_of_regex_;
  LiteralMatcher literals_;
  std::size_t filter_atoms_ = 0;              ///< the first of the literals: those of filtered_
  std::vector<std::vector<int>> plain_uses_;  ///< by literal: the plain patterns that are it
};

}  // namespace qanat::classifier
