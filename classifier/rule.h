#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/post.h"
#include "classifier/lists.h"
#include "classifier/matching.h"
#include "classifier/rule_set.h"
#include "classifier/views.h"
#include "classifier/vocabulary_evidence.h"
#include "classifier/word_edges.h"

/// Rules as their files say them: read, not yet checked, not yet compiled.
namespace qanat::classifier {

/// A string of a file, and where it stands: "ru/20-cta.toml:14:7".
struct Sourced {
  std::string value;
  std::string where;
};

/// The most that a rule weighs, either way: what no sum of evidence should come near. Milli-logits.
inline constexpr std::int32_t kLargestWeight = 10'000;

struct WeightRange {
  std::int32_t init = 0;
  std::int32_t min = 0;
  std::int32_t max = 0;
  std::string where;
};

enum class Promise : std::uint8_t { match, no_match, known_miss };

/// A small post that a rule must match, or must not. See docs/rules.md for the two forms.
struct Example {
  Promise promise = Promise::match;
  std::string text;
  std::vector<std::string> links;  ///< addresses that the text does not show
  std::vector<Button> buttons;
  std::string forward;             ///< name of the channel it is forwarded from
  std::string forward_url;         ///< its address
  std::string reply;               ///< the quoted excerpt
  std::string preview;             ///< title of the link preview
  std::string signature;           ///< author beside the date
  std::vector<std::string> media;  ///< names of kinds
  std::string channel;
  std::string lang;
  std::vector<std::pair<Feature, double>> features;  ///< set over what the text itself gives
  std::string where;
};

/// What rules and composites have in common.
struct RuleHead {
  std::string id;
  std::string title;
  std::string why;
  RuleLabel label = RuleLabel::ad;
  std::string kind;
  RuleStatus status = RuleStatus::active;
  std::optional<WeightRange> weight;
  std::vector<Example> examples;
  std::vector<Sourced> supersedes;
  std::vector<std::string> only;  ///< channels, lower case; empty: all
  std::vector<std::string> except;
  std::size_t pack = 0;  ///< index into Pack::parts
  std::string where;
};

struct NearSource {
  std::vector<Sourced> a;
  std::vector<Sourced> b;
  std::int64_t chars = 0;
  bool ordered = false;
  std::string where;
};

struct RuleSource {
  RuleHead head;
  std::vector<Scope> scopes;
  View view = View::fold;
  std::vector<Sourced> any;
  std::vector<Sourced> all;
  std::vector<Sourced> literals;
  std::vector<Sourced> none;
  std::optional<Sourced> list;
  std::optional<NearSource> near;
  std::optional<Sourced> when;
  WordEdges words = WordEdges::whole;
  bool per_hit = false;
};

struct CompositeSource {
  RuleHead head;
  Sourced expr;
  std::vector<Sourced> absorbs;
  bool on_post = false;  ///< judged once for the whole post, not for each block
};

struct OverrideSource {
  std::string channel;
  Sourced rule;
  bool disable = false;
  std::optional<std::int32_t> weight;
  std::string reason;
  std::string where;
};

/// A folder with a pack.toml of its own.
struct PackPart {
  std::string folder;                  ///< "" for the root, else "ru/"
  std::vector<std::string> languages;  ///< empty: every post
};

/// Everything that was read, in the order of the files' paths.
struct Pack {
  std::vector<PackPart> parts;
  std::vector<RuleSource> rules;
  std::vector<CompositeSource> composites;
  std::vector<OverrideSource> overrides;
  std::vector<PackVocabulary> vocabularies;
  std::map<std::string, WordList> lists;                                ///< by name
  std::map<std::string, std::pair<std::int32_t, std::string>> weights;  ///< by id, with its place
};

}  // namespace qanat::classifier
