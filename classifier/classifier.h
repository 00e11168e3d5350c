#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/post.h"
#include "base/record.h"
#include "base/verdict.h"
#include "classifier/channel_profile.h"
#include "classifier/division.h"
#include "classifier/rule_set.h"
#include "classifier/score.h"
#include "classifier/segment.h"

namespace qanat::classifier {

/// Raised whenever the same blocks would give other evidence by the same rules, and no other
/// version or number in the fingerprint tells: for a change of features, of what a profile says, of
/// answers that are spared, of overlaps, of what words add up to, or of gather().
inline constexpr int kEvidenceVersion = 3;

/// Everything beside the rules that a verdict depends on, as it enters the fingerprint: the version
/// of each step and each number that one measures by.
[[nodiscard]] std::string decision_terms();

/// A post cut into blocks, and what the rules found in it: everything that a decision reads.
struct Examined {
  std::vector<Block> blocks;
  PostMatches matches;
  PostEvidence evidence;
};

/// Judges posts. Immutable and cheap to copy: share it between threads.
class Classifier {
 public:
  explicit Classifier(RuleSet rules);

  /// Pure and total: no clock, no I/O, no error; the same post and rules give the same bytes.
  [[nodiscard]] Verdict classify(const Post& post) const { return classify(post, {}); }
  /// `profile` is of the post's channel. Its lines speak for a signature alone; each hit names the
  /// profile, as the ruleset's fingerprint does not cover it.
  [[nodiscard]] Verdict classify(const Post& post, const ChannelProfile& profile) const;

  /// The two halves of classify(), for those who ask what other weights would decide. `evidence`
  /// may be that of `examined` reweighed.
  [[nodiscard]] Examined examine(const Post& post, const ChannelProfile& profile = {}) const;
  [[nodiscard]] Verdict judge(const Examined& examined, const PostEvidence& evidence) const;

  /// "sha256:…" over the packs' meaning and decision_terms().
  [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }
  [[nodiscard]] const RuleSet& rules() const { return rules_; }

 private:
  [[nodiscard]] Examined examine_blocks(const Post& post,
                                        const ChannelProfile& profile,
                                        std::span<const Line> lines,
                                        std::vector<Block> blocks) const;
  void add_words(const PostWords& words, Examined& examined) const;
  void add_division(std::span<const std::size_t> own,
                    const PostWords& words,
                    Examined& examined) const;

  RuleSet rules_;
  std::shared_ptr<const std::vector<RuleInfo>> known_rules_;  ///< rules_', then profile_rules()
  std::string fingerprint_;
};

/// Question, answer, title and language of a judged post.
[[nodiscard]] Normalized normalize(const Post& post, const Verdict& verdict);

}  // namespace qanat::classifier
