#include "classifier/answer_guard.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "classifier/kept_lines.h"
#include "classifier/own_name.h"
#include "classifier/profile_evidence.h"
#include "classifier/question.h"
#include "classifier/rule_kinds.h"
#include "classifier/score.h"
#include "classifier/visible_links.h"

namespace qanat::classifier {
namespace {

/// What takes a block for a footer or the page's words.
enum class Chrome { none, by_form, surely };

bool speaks_of_chrome(const RuleInfo& rule) {
  return rule.label == RuleLabel::signature || rule.label == RuleLabel::boilerplate;
}

/// What active rules of this label say, those that know a form alone or not.
std::int32_t sum_of(const std::vector<RuleMatch>& matches,
                    std::span<const RuleInfo> rules,
                    RuleLabel label,
                    bool with_forms) {
  std::int32_t sum = 0;
  for (const RuleMatch& match : matches) {
    const RuleInfo& rule = rules[match.rule];
    const bool counted = adds_up(match, rules) && rule.label == label;
    if (counted && (with_forms || rule.kind != kFormKind)) sum += match.weight;
  }
  return sum;
}

bool is_chrome_by(const std::vector<RuleMatch>& matches,
                  std::span<const RuleInfo> rules,
                  bool with_forms) {
  return sum_of(matches, rules, RuleLabel::signature, with_forms) >= kThresholds.signature_bias ||
         sum_of(matches, rules, RuleLabel::boilerplate, with_forms) >= kThresholds.boilerplate_bias;
}

std::string_view text_of(const Post& post, const Block& block) {
  return std::string_view(post.text).substr(block.text.begin, block.text.size());
}

bool leads_to_own_channel(const Post& post, const Block& block) {
  if (holds_address(text_of(post, block), post.id.channel.str())) return true;
  return std::ranges::any_of(post.links, [&](const Link& link) {
    return block.text.overlaps(link.span) && telegram_name_of(link.url) == post.id.channel.str();
  });
}

/// Code, or under a spoiler as a whole.
bool is_shown_as_is(const Post& post, const Block& block) {
  if (block.kind == BlockKind::code) return true;
  return std::ranges::any_of(post.entities, [&](const Entity& entity) {
    const bool hides = entity.kind == EntityKind::spoiler || entity.kind == EntityKind::code ||
                       entity.kind == EntityKind::pre;
    return hides && entity.span.contains(block.text);
  });
}

class Guard {
 public:
  Guard(const Post& post,
        const std::vector<Block>& blocks,
        std::span<const RuleInfo> rules,
        PostMatches& matches)
      : post_(post), blocks_(blocks), rules_(rules), matches_(matches) {}

  void run() {
    for (std::size_t i = 0; i < blocks_.size(); ++i) chrome_.push_back(chrome_of(i));
    spare_what_is_shown();
    if (std::ranges::find(chrome_, Chrome::by_form) == chrome_.end()) return;
    spare_what_is_followed();
    if (!post_.poll) spare_lone_answer();
  }

 private:
  [[nodiscard]] Chrome chrome_of(std::size_t block) const {
    const std::vector<RuleMatch>& matches = matches_.blocks[block];
    if (!is_chrome_by(matches, rules_, true)) return Chrome::none;
    if (is_chrome_by(matches, rules_, false)) return Chrome::surely;
    return leads_to_own_channel(post_, blocks_[block]) ? Chrome::surely : Chrome::by_form;
  }

  void spare(std::size_t block, std::string_view reason) {
    chrome_[block] = Chrome::none;
    for (RuleMatch& match : matches_.blocks[block]) {
      if (match.vetoed || !speaks_of_chrome(rules_[match.rule])) continue;
      match.vetoed = true;
      match.note = "held back: " + std::string(reason);
    }
  }

  [[nodiscard]] bool is_known_to_recur(std::size_t block) const {
    return std::ranges::any_of(matches_.blocks[block], [this](const RuleMatch& match) {
      return !match.vetoed && rules_[match.rule].kind == kRecurringKind;
    });
  }

  void spare_what_is_shown() {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (chrome_[i] == Chrome::none || !is_shown_as_is(post_, blocks_[i])) continue;
      if (is_known_to_recur(i) || leads_to_own_channel(post_, blocks_[i])) continue;
      spare(i, "code, or hidden by a spoiler");
    }
  }

  /// From the end on: below a footer stand footers, promotions, addresses and ornaments alone.
  void spare_what_is_followed() {
    bool followed = false;
    for (std::size_t i = blocks_.size(); i-- > 0;) {
      if (chrome_[i] == Chrome::by_form && followed) spare(i, "the post's own words follow");
      followed = followed || (chrome_[i] == Chrome::none && holds_own_words(i));
    }
  }

  [[nodiscard]] bool holds_own_words(std::size_t block) const {
    const BlockKind kind = blocks_[block].kind;
    return kind != BlockKind::link_line && kind != BlockKind::separator &&
           ad_evidence(matches_.blocks[block], rules_) < kThresholds.touching;
  }

  void spare_lone_answer() {
    std::vector<Removed> removed;
    std::size_t first = blocks_.size();
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (chrome_[i] == Chrome::none) continue;
      removed.push_back({.span = blocks_[i].text, .rules = {}});
      if (chrome_[i] == Chrome::by_form) first = std::min(first, i);
    }
    if (first == blocks_.size()) return;
    const QuestionAndAnswer parts = split_question(keep_lines(post_, removed));
    if (!parts.question.empty() && parts.answer.empty()) {
      spare(first, "the only text below a question");
    }
  }

  const Post& post_;
  const std::vector<Block>& blocks_;
  std::span<const RuleInfo> rules_;
  PostMatches& matches_;
  std::vector<Chrome> chrome_;
};

}  // namespace

void spare_answers(const Post& post,
                   const std::vector<Block>& blocks,
                   std::span<const RuleInfo> rules,
                   PostMatches& matches) {
  Guard(post, blocks, rules, matches).run();
}

}  // namespace qanat::classifier
