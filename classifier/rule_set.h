#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/span.h"
#include "classifier/matching.h"

namespace qanat::classifier {

/// One file of a rule pack, read by the caller: this folder does no I/O.
struct PackFile {
  std::string path;  ///< as shown in messages, relative to the pack: "ru/20-cta.toml"
  std::string text;
};

/// What a rule speaks for. `knowledge` is no label of packs: learned words alone speak for it, and
/// say of what is no promotion whether it is Q&A.
enum class RuleLabel { ad, qa, signature, boilerplate, knowledge };
enum class RuleStatus { draft, shadow, active, retired };

/// As packs and reports write them, in the order of the enumeration.
inline constexpr std::array<std::string_view, 5> kRuleLabelNames{
    "ad", "qa", "signature", "boilerplate", "knowledge"};
inline constexpr std::array<std::string_view, 4> kRuleStatusNames{
    "draft", "shadow", "active", "retired"};

[[nodiscard]] constexpr std::string_view name_of(RuleLabel label) {
  return kRuleLabelNames.at(static_cast<std::size_t>(label));
}
[[nodiscard]] constexpr std::string_view name_of(RuleStatus status) {
  return kRuleStatusNames.at(static_cast<std::size_t>(status));
}

/// What scoring, explaining and auditing need to know of a rule or composite.
struct RuleInfo {
  std::string id;
  std::string title;
  std::string why;
  RuleLabel label = RuleLabel::ad;
  std::string kind;  ///< rule_kinds.h, or a name for people; may be empty
  RuleStatus status = RuleStatus::active;
  std::int32_t weight = 0;  ///< milli-logits in force: ≥ 0, but ≤ 0 for qa
  std::int32_t lowest = 0;  ///< bounds that no weight may leave
  std::int32_t highest = 0;
  bool composite = false;
  std::string where;  ///< "ru/20-cta.toml:14"
};

/// RuleMatch::note of a hit that the rule's own `when` held back.
inline constexpr std::string_view kHeldBackByWhen = "held back by when";

/// A rule that fired on one unit, or was held back there.
struct RuleMatch {
  std::size_t rule = 0;     ///< index into RuleSet::rules() and the program's own behind them
  std::int32_t weight = 0;  ///< after count, overrides of the channel, absorption
  std::int32_t alone = 0;  ///< before what other rules of the block tell was taken off; 0: the same
  Scope scope = Scope::text;
  std::optional<Span> span;  ///< in Post::text
  std::string text;          ///< what matched, as written
  std::string note;  ///< "from cta.subscribe, block.ext_links=2", "absorbed by …", "override: …"
  /// It matched and is held back: by `none`, `when`, an override, the answer's guard, the channel's
  /// profile. `note` says by which.
  bool vetoed = false;
};

/// Matches per block (same order as PostView::blocks) and of the post as a whole.
struct PostMatches {
  std::vector<std::vector<RuleMatch>> blocks;
  std::vector<RuleMatch> whole;
  /// By rule: how often a text was searched for one of its patterns, because it holds a key of it.
  std::vector<std::uint32_t> searches;
};

/// What the words above a place in a post say, and those below, as if each were a post of its own.
/// Milli-logits.
struct WordsAround {
  std::int32_t offer_above = 0;  ///< positive: an offer
  std::int32_t offer_below = 0;
  std::int32_t lesson_above = 0;  ///< positive: Q&A
  std::int32_t lesson_below = 0;
};

/// A complaint about a pack. `remedy` says how to mend it.
struct LintFinding {
  bool fatal = true;  ///< false: a warning
  std::string where;  ///< "ru/20-cta.toml:14:7"
  std::string rule;   ///< id, if it concerns one
  std::string problem;
  std::string remedy;
};

/// An inline example that does not hold.
struct ExampleFailure {
  std::string rule;
  std::string where;
  std::string promise;  ///< "match", "no_match" or "known_miss"
  std::string text;
  std::string reason;  ///< what of the rule matches, or keeps it from that: "vetoed by none[0]: x"
};

/// "does not match its `match` example", "matches its `no_match` example"
[[nodiscard]] std::string what_failed(const ExampleFailure& failure);

/// Whether the hit is part of a score: one in shadow, or held back, is only told.
[[nodiscard]] inline bool adds_up(const RuleMatch& match, std::span<const RuleInfo> rules) {
  return !match.vetoed && rules[match.rule].status == RuleStatus::active;
}

/// What is asked of a pack before it is taken. `reading` is for packs whose lint and examples are
/// known to hold, as those inside the program, which its tests run: loading them takes a third.
enum class PackChecks { all, reading };

class PostWords;  // vocabulary_evidence.h

/// Compiled rules. Immutable, cheap to copy, safe to share between threads; reload by compiling a
/// new set and assigning it.
class RuleSet {
 public:
  /// Compiles all or nothing. With all checks, a pack that fails lint or its own examples does not
  /// load.
  /// Errors: rule, with every fatal finding, one a line: "file:line:column: problem; remedy".
  static Result<RuleSet> compile(const std::vector<PackFile>& files,
                                 PackChecks checks = PackChecks::all);

  /// All findings, warnings too; empty when nothing is to be said. Never fails.
  [[nodiscard]] static std::vector<LintFinding> lint(const std::vector<PackFile>& files);

  /// Pure and total. Linear in the text for any text (RE2).
  [[nodiscard]] PostMatches match(const PostView& post) const;
  /// The same, where the words that vocabularies know are looked up.
  [[nodiscard]] PostMatches match(const PostView& post, const PostWords& words) const;
  /// Valid as long as the set.
  [[nodiscard]] PostWords look_up_words(const PostView& post) const;

  [[nodiscard]] const std::vector<RuleInfo>& rules() const;

  /// SHA-256 (hex) of the canonical form of everything that can change a verdict: patterns, lists,
  /// weights, engine version. Titles, comments and examples do not enter it.
  [[nodiscard]] const std::string& pack_hash() const;

 private:
  struct Compiled;
  explicit RuleSet(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

  std::shared_ptr<const Compiled> compiled_;
};

struct ExampleReport {
  std::size_t rules = 0;
  std::size_t examples = 0;
  std::vector<ExampleFailure> failures;
};
/// Runs the inline examples of a pack that compiles apart from them (`rules test`).
/// Errors: rule, when the pack does not compile.
[[nodiscard]] Result<ExampleReport> run_examples(const std::vector<PackFile>& files);

}  // namespace qanat::classifier
