#include "classifier/profile_evidence.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "classifier/characters.h"
#include "classifier/lines.h"
#include "classifier/rule_kinds.h"
#include "classifier/score.h"

namespace qanat::classifier {
namespace {

constexpr std::string_view kWhyRecurring =
    "A line that many posts of the channel share says nothing of this one";
constexpr std::string_view kWhyUnsigned =
    "Who writes for the channel signs by habit or by machine; who pays for a post brings its text";

RuleInfo pseudo_rule(std::string id, std::string title, RuleLabel label, std::string_view why) {
  return {.id = std::move(id),
          .title = std::move(title),
          .why = std::string(why),
          .label = label,
          .kind = std::string(kRecurringKind),
          .where = "the channel's own posts"};
}

/// A line of the post and what the profile knows of it.
struct Known {
  Line line;
  const RecurringLine* recurs = nullptr;
  bool idle = false;  ///< blank, or counters and ornaments alone
};

std::vector<Known> read_lines(const Post& post, const std::vector<Block>& blocks) {
  std::vector<Known> lines;
  for (const Line& line : block_lines(post, blocks)) {
    lines.push_back({.line = line, .idle = line_key(line.text).empty()});
  }
  return lines;
}

/// Marks the run of recurring lines from one end on.
template <class Iterator>
void mark_run(Iterator line, Iterator end, Edge edge, const ChannelProfile& profile) {
  for (; line != end; ++line) {
    if (line->idle) continue;
    const RecurringLine* known = profile.find(edge, line_key(line->line.text));
    if (known == nullptr || !known->recurs()) return;
    line->recurs = known;
  }
}

/// A stretch of the blocks' text that goes apart.
struct Stretch {
  Span span;  ///< whole lines
  const RecurringLine* rarest = nullptr;
};

std::vector<Stretch> stretches_of(const std::vector<Known>& lines) {
  std::vector<Stretch> stretches;
  bool open = false;
  for (const Known& known : lines) {
    if (known.line.kind == LineKind::blank) open = false;
    if (known.recurs == nullptr) {
      open = open && known.idle;
      continue;
    }
    if (!open) stretches.push_back({.span = known.line.span, .rarest = known.recurs});
    open = true;
    Stretch& stretch = stretches.back();
    stretch.span.end = known.line.span.end;
    if (known.recurs->posts < stretch.rarest->posts) stretch.rarest = known.recurs;
  }
  return stretches;
}

Span without_blanks(std::string_view text, Span span) {
  const std::string_view inner = trimmed(text.substr(span.begin, span.size()));
  if (inner.empty()) return {.begin = span.begin, .end = span.begin};
  const auto begin = static_cast<std::size_t>(inner.data() - text.data());
  return {.begin = begin, .end = begin + inner.size()};
}

/// Makes `at` the beginning of a block.
void cut_blocks(std::vector<Block>& blocks, std::size_t at, std::string_view text) {
  const auto block = std::ranges::find_if(
      blocks, [at](const Block& one) { return one.span.begin < at && at < one.span.end; });
  if (block == blocks.end()) return;
  Block after = *block;
  after.span.begin = at;
  after.follows_lead_in = false;
  after.set_off = false;
  block->span.end = at;
  for (Block* part : {&*block, &after}) part->text = without_blanks(text, part->span);
  if (!after.text.empty()) blocks.insert(block + 1, after);
}

bool is_disclosed(const std::vector<RuleMatch>& matches, std::span<const RuleInfo> rules) {
  return std::ranges::any_of(matches, [&](const RuleMatch& match) {
    return adds_up(match, rules) && rules[match.rule].kind == kDisclosureKind;
  });
}

bool has_link(const Post& post, Span span) {
  return std::ranges::any_of(post.links,
                             [span](const Link& link) { return span.overlaps(link.span); });
}

/// No other post of a channel that we know well has one of its lines.
bool is_stranger(const Post& post, const Block& block, const ChannelProfile& profile) {
  return std::ranges::none_of(block_lines(post, {block}), [&](const Line& line) {
    const std::string key = line_key(line.text);
    return profile.find(Edge::footer, key) != nullptr || profile.find(Edge::header, key) != nullptr;
  });
}

bool is_well_known(const ChannelProfile& profile) {
  return std::cmp_greater_equal(profile.posts(), kProfileThresholds.well_known);
}

bool has_share(const RecurringLine& line, std::int32_t per_cent) {
  return line.share() >= per_cent / 100.0;
}

/// A footer that it is odd to lack.
bool is_expected(const RecurringLine& line) {
  return line.edge == Edge::footer && has_share(line, kProfileThresholds.expected);
}

bool is_signed(const Post& post, Span part, const ChannelProfile& profile) {
  return std::ranges::any_of(block_lines(post, {Block{.span = part}}), [&](const Line& line) {
    const RecurringLine* known = profile.find(Edge::footer, line_key(line.text));
    return known != nullptr && is_expected(*known);
  });
}

std::string seen_in(const RecurringLine& line, const ChannelProfile& profile) {
  return "in " + std::to_string(line.posts) + " of " + std::to_string(line.of) +
         " posts, profile " + profile.identity();
}

}  // namespace

std::vector<RuleInfo> profile_rules() {
  const auto recurring = [](std::string id, std::string title) {
    return pseudo_rule(std::move(id), std::move(title), RuleLabel::signature, kWhyRecurring);
  };
  return {recurring("profile.footer", "Footer of many posts of the channel"),
          recurring("profile.header", "Header of many posts of the channel"),
          pseudo_rule("profile.unsigned",
                      "Without the footer of nearly all posts of the channel",
                      RuleLabel::ad,
                      kWhyUnsigned)};
}

std::int32_t ad_evidence(const std::vector<RuleMatch>& matches, std::span<const RuleInfo> rules) {
  std::int32_t sum = 0;
  for (const RuleMatch& match : matches) {
    if (adds_up(match, rules) && rules[match.rule].label == RuleLabel::ad) sum += match.weight;
  }
  return sum;
}

std::int32_t profile_weight(const RecurringLine& line) {
  return static_cast<std::int32_t>(std::lround(
      kProfileThresholds.least_weight + (kProfileThresholds.weight_of_share * line.share())));
}

std::vector<ProfileMark> mark_profile(const Post& post,
                                      const ChannelProfile& profile,
                                      std::vector<Block>& blocks) {
  if (profile.empty() || post.kind == PostKind::service) return {};
  std::vector<Known> lines = read_lines(post, blocks);
  mark_run(lines.begin(), lines.end(), Edge::header, profile);
  mark_run(lines.rbegin(), lines.rend(), Edge::footer, profile);
  const bool something_remains = std::ranges::any_of(
      lines, [](const Known& known) { return !known.idle && known.recurs == nullptr; });
  if (!something_remains) return {};
  std::vector<ProfileMark> marks;
  for (const Stretch& stretch : stretches_of(lines)) {
    cut_blocks(blocks, stretch.span.begin, post.text);
    cut_blocks(blocks, stretch.span.end, post.text);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (!stretch.span.overlaps(blocks[i].text)) continue;
      marks.push_back({.block = i, .span = blocks[i].text, .line = stretch.rarest});
    }
  }
  return marks;
}

void add_profile_matches(const std::vector<ProfileMark>& marks,
                         const ChannelProfile& profile,
                         std::span<const RuleInfo> rules,
                         std::size_t first,
                         PostMatches& matches) {
  for (const ProfileMark& mark : marks) {
    const RecurringLine& line = *mark.line;
    std::vector<RuleMatch>& block = matches.blocks[mark.block];
    const bool an_ad = ad_evidence(block, rules) >= kThresholds.paragraph_bias &&
                       !has_share(line, kProfileThresholds.usual);
    const bool vetoed = an_ad || is_disclosed(block, rules);
    block.push_back(
        {.rule = first + (line.edge == Edge::header ? 1 : 0),
         .weight = profile_weight(line),
         .scope = Scope::text,
         .span = mark.span,
         .text = line.text,
         .note = vetoed ? "held back: the block is an ad by its own words" : seen_in(line, profile),
         .vetoed = vetoed});
  }
}

void add_missing_footer(const Post& post,
                        const std::vector<ProfileMark>& marks,
                        const ChannelProfile& profile,
                        std::size_t first,
                        PostMatches& matches) {
  if (!is_well_known(profile) || post.kind == PostKind::service || post.text.empty()) return;
  const auto expected = std::ranges::find_if(profile.lines(), is_expected);
  if (expected == profile.lines().end()) return;
  const auto signs = [&](const ProfileMark& mark) {
    return mark.line->edge == Edge::footer && is_signed(post, mark.span, profile);
  };
  if (std::ranges::any_of(marks, signs)) return;
  matches.whole.push_back({.rule = first + 2,
                           .weight = kProfileThresholds.unsigned_weight,
                           .scope = Scope::post,
                           .span = std::nullopt,
                           .text = expected->text,
                           .note = "missing; " + seen_in(*expected, profile)});
}

void hold_back_strangers(const Post& post,
                         const std::vector<Block>& blocks,
                         const ChannelProfile& profile,
                         std::span<const RuleInfo> rules,
                         PostMatches& matches) {
  if (!is_well_known(profile)) return;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    for (RuleMatch& match : matches.blocks[i]) {
      if (match.vetoed || rules[match.rule].label != RuleLabel::signature) continue;
      if (!has_link(post, blocks[i].text) || !is_stranger(post, blocks[i], profile)) break;
      match.vetoed = true;
      match.note = "held back: no signature of this channel, profile " + profile.identity();
    }
  }
}

}  // namespace qanat::classifier
