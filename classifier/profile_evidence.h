#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/post.h"
#include "classifier/channel_profile.h"
#include "classifier/rule_set.h"
#include "classifier/segment.h"

/// What a channel's profile says of one post: a rule that no file holds.
namespace qanat::classifier {

/// What a profile's evidence is measured by; milli-logits unless said otherwise.
struct ProfileThresholds {
  std::int32_t well_known = 30;  ///< posts that show what is a channel's signature, and what is not
  std::int32_t least_weight = 1000;     ///< of a recurring line …
  std::int32_t weight_of_share = 2000;  ///< … and what it weighs more if all posts have it
  std::int32_t usual = 50;     ///< per cent of the posts, from which on a line is the channel's own
  std::int32_t expected = 80;  ///< and from which on it is odd to lack the footer …
  std::int32_t unsigned_weight = 1200;  ///< … and what that says for an ad
};

inline constexpr ProfileThresholds kProfileThresholds{};

/// The pseudo-rules "profile.footer", "profile.header" and "profile.unsigned", in this order, all
/// of kRecurringKind.
[[nodiscard]] std::vector<RuleInfo> profile_rules();

/// What a block's rules say for advertising.
[[nodiscard]] std::int32_t ad_evidence(const std::vector<RuleMatch>& matches,
                                       std::span<const RuleInfo> rules);

/// What a recurring line adds to the signature's score, in milli-logits: the more, the more of the
/// posts have it.
[[nodiscard]] std::int32_t profile_weight(const RecurringLine& line);

/// A block that consists of recurring lines.
struct ProfileMark {
  std::size_t block = 0;
  Span span;                            ///< of its lines
  const RecurringLine* line = nullptr;  ///< the rarest of them; lives as long as the profile
};

/// Finds the post's header and footer, and cuts the blocks so that each is apart. Something always
/// remains: a post is never all signature.
[[nodiscard]] std::vector<ProfileMark> mark_profile(const Post& post,
                                                    const ChannelProfile& profile,
                                                    std::vector<Block>& blocks);

/// Adds the marks to what the rules matched. `first` is the index of profile_rules() in `rules`. A
/// block that the law's words or its own ad evidence make an ad is not taken for a signature,
/// unless half of the channel's posts carry it and no law speaks: the match is there, vetoed.
void add_profile_matches(const std::vector<ProfileMark>& marks,
                         const ChannelProfile& profile,
                         std::span<const RuleInfo> rules,
                         std::size_t first,
                         PostMatches& matches);

/// A post without the footer that four fifths of the channel's posts have, whatever other recurring
/// line it ends with: who pays for a post brings its text. Of channels with thirty known posts;
/// `marks` are the post's, `first` as above.
void add_missing_footer(const Post& post,
                        const std::vector<ProfileMark>& marks,
                        const ChannelProfile& profile,
                        std::size_t first,
                        PostMatches& matches);

/// What rules take for a signature because of its form, but no other of the channel's posts has, is
/// this post's own promotion if it leads somewhere: those matches become vetoed. Of channels with
/// thirty known posts.
void hold_back_strangers(const Post& post,
                         const std::vector<Block>& blocks,
                         const ChannelProfile& profile,
                         std::span<const RuleInfo> rules,
                         PostMatches& matches);

}  // namespace qanat::classifier
