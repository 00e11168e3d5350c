#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/composite.h"
#include "classifier/lists.h"
#include "classifier/matching.h"
#include "classifier/patterns.h"
#include "classifier/rule.h"
#include "classifier/rule_set.h"
#include "classifier/views.h"

/// Compiled rules and how they are matched. Immutable once built; every const call is pure.
namespace qanat::classifier {

inline constexpr std::size_t kViewCount = kViewNames.size();
/// Hits that count of a rule with count = "per_hit".
inline constexpr std::size_t kMostCounted = 3;

/// What a pattern is to its rule.
enum class PatternRole : std::uint8_t { any, all, near_a, near_b, none };

struct PatternOwner {
  std::size_t rule = 0;
  PatternRole role = PatternRole::any;
  std::size_t slot = 0;  ///< which of the rule's patterns of this role
  bool blind = false;    ///< no literal says when it may match
};

struct ChannelOverride {
  bool disable = false;
  std::int32_t weight = 0;
  std::string note;  ///< "override: some_channel: reason"
};

/// A pack speaks on texts of its languages, and on those whose language nobody knows.
[[nodiscard]] bool speaks_language(const std::vector<std::string>& languages,
                                   std::string_view lang);

/// Who has a say on a post, beside what the rules themselves ask for.
struct Audience {
  const PostView& post;
  /// By language of the post or of a block in it: which packs speak it, by number.
  std::map<std::string_view, std::vector<bool>> packs;
  bool drafts = false;  ///< drafts speak too
};

/// Whether a rule has a say at all.
struct Reach {
  RuleStatus status = RuleStatus::active;
  std::size_t pack = 0;  ///< index into Engine::languages
  std::vector<std::string> only;
  std::vector<std::string> except;
  std::map<std::string, ChannelOverride, std::less<>> overrides;  ///< by channel

  /// `packs`: those of Audience::packs that speak the language of the post or of a block in it.
  [[nodiscard]] bool covers(const Audience& audience, const std::vector<bool>& packs) const;
  [[nodiscard]] const ChannelOverride* override_for(const PostView& post) const;
};

struct CompiledNear {
  std::size_t chars = 0;
  bool ordered = false;
};

struct CompiledRule {
  std::uint32_t scopes = 0;  ///< a bit for each Scope
  View view = View::fold;
  bool has_any = false;  ///< one of any, literals or list must hit
  std::size_t all_count = 0;
  std::optional<CompiledNear> near;
  const WordList* list = nullptr;
  std::optional<Expression> when;
  bool per_hit = false;
  std::int32_t weight = 0;
  Reach reach;

  [[nodiscard]] bool looks_in(Scope scope) const {
    return ((scopes >> static_cast<unsigned>(scope)) & 1U) != 0;
  }
  /// No pattern at all: `when` alone decides.
  [[nodiscard]] bool is_bare() const { return !has_any && all_count == 0 && !near; }
};

struct CompiledComposite {
  std::size_t head = 0;  ///< index into RuleSet::rules()
  Expression expression;
  std::vector<std::vector<std::size_t>> names;  ///< heads, for each of Expression::names
  std::size_t first_mention = 0;  ///< number of names[0] among the mentions of all composites
  /// Indexes into `names`: of each, a rule must have fired somewhere in the post.
  std::vector<std::size_t> required;
  std::vector<std::size_t> absorbs;  ///< heads
  bool on_post = false;
  std::int32_t weight = 0;
  Reach reach;
};

/// The patterns of one view, whatever rules and languages they are for: a text is searched once.
/// The text of blocks has a group of its own, as most patterns are for it, and so has that of
/// posts, as few are.
struct PatternGroup {
  View view = View::fold;
  std::uint32_t scopes = 0;  ///< a bit for each Scope that one of them looks in
  PatternSet patterns;
  std::vector<PatternOwner> owners;  ///< by number in `patterns`

  [[nodiscard]] bool looks_in(Scope scope) const {
    return ((scopes >> static_cast<unsigned>(scope)) & 1U) != 0;
  }
};

struct Engine {
  std::vector<std::vector<std::string>> languages;  ///< by pack; none: it speaks on any
  std::vector<CompiledRule> rules;                  ///< same order as RuleSet::rules()
  std::vector<CompiledComposite> composites;        ///< each behind those it reads
  /// By head: which mentions in composites mean it.
  std::vector<std::vector<std::uint32_t>> mentions;
  std::size_t mention_count = 0;
  std::vector<PatternGroup> groups;
  std::vector<std::size_t> list_rules;
  std::vector<std::size_t> bare_rules;
  std::map<std::string, WordList> lists;  ///< nodes do not move: rules point at them

  std::vector<std::string> ids;  ///< of rules, then composites in file order
};

/// Rules, then composites, in file order.
[[nodiscard]] std::vector<RuleInfo> infos_of(const Pack& pack);

/// Compiles what lint_pack() had nothing fatal to say about.
[[nodiscard]] Engine build_engine(const Pack& pack);

enum class Prefilter : std::uint8_t { on, off };

struct MatchOptions {
  bool drafts = false;                  ///< drafts speak too: for their examples
  Prefilter prefilter = Prefilter::on;  ///< off: every pattern is tried, for tests of the prefilter
};

[[nodiscard]] Audience audience_of(const Engine& engine, const PostView& post, bool drafts);

[[nodiscard]] PostMatches match_post(const Engine& engine,
                                     const PostView& post,
                                     MatchOptions options = {});

/// The second half of match_post(): composites speak over what rules said, then absorb.
void match_composites(const Engine& engine, const Audience& audience, PostMatches& matches);

}  // namespace qanat::classifier
