#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "classifier/rule_set.h"

/// The values of RuleInfo::kind that change a verdict, each for rules of one label. Any other is a
/// name for people.
namespace qanat::classifier {

/// Of `ad`: the law's own words. They make a post an ad, whatever else it holds.
inline constexpr std::string_view kDisclosureKind = "disclosure";
/// Of `ad`: by these words an author sets a promotion off from the text around it, which is then
/// easier to keep.
inline constexpr std::string_view kAsideKind = "aside";
/// Of `ad`: a story or a truth that leads up to an offer. Where it would remain and the promotion
/// closes the post, only an answer or ample explanation is kept.
inline constexpr std::string_view kLeadInKind = "lead_in";
/// Of `qa`: nothing is offered here, whatever it is instead. It lowers the ad score, but neither
/// makes a text worth keeping nor shields its block nor makes a post Q&A.
inline constexpr std::string_view kPlainKind = "plain";
/// Of `qa`: news, teasers, polls. Worth keeping, but half of its weight speaks against Q&A.
inline constexpr std::string_view kOtherKind = "other";
/// Of `qa`: something is asked. With an answer, which any further kind of `qa` is, it is worth
/// keeping.
inline constexpr std::string_view kQuestionKind = "question";
/// Of `signature` and `boilerplate`: knows them by their form alone (a name, a handle, a motto).
/// An answer may have the same form, so answer_guard.h asks where it stands.
inline constexpr std::string_view kFormKind = "form";

struct MeaningfulKind {
  std::string_view name;
  RuleLabel label = RuleLabel::ad;  ///< without which it is a name for people, as any other
  std::optional<RuleLabel> or_label = std::nullopt;
};

/// What a rule file may say.
inline constexpr std::array<MeaningfulKind, 7> kMeaningfulKinds{
    {{.name = kDisclosureKind, .label = RuleLabel::ad},
     {.name = kAsideKind, .label = RuleLabel::ad},
     {.name = kLeadInKind, .label = RuleLabel::ad},
     {.name = kPlainKind, .label = RuleLabel::qa},
     {.name = kOtherKind, .label = RuleLabel::qa},
     {.name = kQuestionKind, .label = RuleLabel::qa},
     {.name = kFormKind, .label = RuleLabel::signature, .or_label = RuleLabel::boilerplate}}};

/// Of the program's own rules of learned words (vocabulary_evidence.h): they are not counted once a
/// post, as rules are, but a block's for the block and the whole post's for the post, within
/// bounds.
inline constexpr std::string_view kVocabularyKind = "vocabulary";
/// Of the program's own rules of what a channel's posts share (profile_evidence.h): a footer that
/// recurs is one, whatever its form.
inline constexpr std::string_view kRecurringKind = "recurring";

/// What it may not.
inline constexpr std::array kReservedKinds{kVocabularyKind, kRecurringKind};

}  // namespace qanat::classifier
