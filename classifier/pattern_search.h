#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/span.h"
#include "classifier/engine.h"
#include "classifier/matching.h"
#include "classifier/numbered_text.h"
#include "classifier/views.h"

/// Where the patterns of rules match the texts of one unit.
namespace qanat::classifier {

/// A post's text, folded once: its blocks are parts of it.
class FoldedPost {
 public:
  explicit FoldedPost(const PostView& post);
  FoldedPost(const FoldedPost&) = delete;
  FoldedPost& operator=(const FoldedPost&) = delete;
  ~FoldedPost() = default;

  struct Part {
    MappedText text;
    NumberedText numbered;  ///< the same, inside the post's
  };
  /// As fold_view() does; nothing of what is no part of the post, or folds otherwise there.
  [[nodiscard]] std::optional<Part> fold(const Evidence& evidence) const;

 private:
  std::string_view text_;  ///< empty: nobody looks at it as a whole
  MappedText folded_;
  NumberedText numbered_;
};

/// One piece of evidence in the forms that were asked for.
class Texts {
 public:
  /// `post` outlives it.
  Texts(const Evidence& evidence, const FoldedPost& post) : evidence_(&evidence), post_(&post) {}

  const MappedText& in(View view);
  const NumberedText& numbered(View view);
  [[nodiscard]] const Evidence& evidence() const { return *evidence_; }

 private:
  const MappedText& folded();

  const Evidence* evidence_;
  const FoldedPost* post_;
  std::array<std::optional<MappedText>, kViewCount> views_;
  std::array<std::optional<NumberedText>, kViewCount> numbered_;
};

struct Hit {
  std::size_t rule = 0;
  PatternRole role = PatternRole::any;
  std::size_t slot = 0;
  std::size_t text = 0;  ///< index into the unit's texts
  Span span;             ///< in the view
  bool whole = false;    ///< the whole evidence, whatever the view (lists of hosts and handles)
};

/// Hits of a rule are looked for only while it may still fire: when each of its parts (any, every
/// one of all, both sides of near) has a candidate, and until one of them turns out to have no hit.
class PatternSearch {
 public:
  PatternSearch(const Engine& engine, Prefilter prefilter)
      : engine_(engine), prefilter_(prefilter), searches_(engine.rules.size()) {}

  /// Adds the hits of the rules that speak to `hits`; of a rule that cannot fire, not all.
  void find(std::vector<Texts>& texts, const std::vector<bool>& speaks, std::vector<Hit>& hits);

  /// A hit of what speaks against the rule, in the texts of the last find(); the first of its
  /// patterns that has one, in the first text.
  [[nodiscard]] std::optional<Hit> find_veto(std::size_t rule, std::vector<Texts>& texts);

  /// By rule: how often a text was searched for one of its patterns, from the beginning.
  [[nodiscard]] const std::vector<std::uint32_t>& searches() const { return searches_; }

 private:
  /// A pattern that may match.
  struct Try {
    PatternOwner owner;
    PatternCandidate candidate;
    std::size_t text = 0;
    const PatternGroup* group = nullptr;
  };
  /// The tries for what one part of a rule needs.
  struct Part {
    std::span<const Try> tries;
    bool blind = false;  ///< one of them has no literal that speaks for it
    bool needed = true;
  };

  void gather(Texts& texts, std::size_t number, const std::vector<bool>& speaks);
  void find_candidates(const PatternGroup& group, Texts& texts);
  [[nodiscard]] const std::vector<Part>& parts_of(std::span<const Try> tries);
  void search_rule(std::span<const Try> tries, std::vector<Texts>& texts, std::vector<Hit>& hits);
  bool search_part(const Part& part, std::vector<Texts>& texts, std::vector<Hit>& hits);
  void locate(const Try& each, std::vector<Texts>& texts, std::vector<Hit>& hits);
  [[nodiscard]] std::optional<Hit> next_hit(const Try& each,
                                            std::vector<Texts>& texts,
                                            std::size_t from);

  const Engine& engine_;
  Prefilter prefilter_;
  std::vector<std::uint32_t> searches_;
  PatternCandidates candidates_;
  std::vector<Try> tries_;
  std::vector<Try> vetoes_;  ///< of what speaks against rules: most of them never fire
  std::vector<Part> parts_;
};

}  // namespace qanat::classifier
