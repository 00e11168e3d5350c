#include "classifier/vocabulary_evidence.h"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

#include "classifier/engine.h"
#include "classifier/profile_evidence.h"
#include "classifier/score.h"

namespace qanat::classifier {
namespace {

constexpr std::size_t kShownWords = 6;

constexpr std::string_view kWhyAdvertising =
    "Words that advertising uses more often than other posts, and those that it uses less often: "
    "each"
    " is weak evidence, but many together count.";
constexpr std::string_view kWhyKnowledge =
    "Words that lessons, tips and answers use more often than news and talk, and those that they "
    "use"
    " less often: who explains speaks of what is always so, whatever the trade.";

RuleInfo pseudo_rule(std::string id, RuleLabel label, std::string title, std::string_view why) {
  return {.id = std::move(id),
          .title = std::move(title),
          .why = std::string(why),
          .label = label,
          .kind = std::string(kVocabularyKind),
          .where = label == RuleLabel::knowledge ? "knowledge.tsv" : "vocabulary.tsv"};
}

/// "курс +310, вебина +220, код -150 … of 42 words"
std::string told(const std::vector<WordWeight>& words) {
  std::string note;
  for (const WordWeight& word : words | std::views::take(kShownWords)) {
    if (!note.empty()) note += ", ";
    note.append(word.stem).append(word.weight < 0 ? " " : " +");
    note += std::to_string(word.weight);
  }
  if (words.size() > kShownWords) note += " … of " + std::to_string(words.size()) + " words";
  return note;
}

RuleMatch match_of(std::size_t rule, std::int32_t weight, std::string note) {
  return {.rule = rule,
          .weight = weight,
          .scope = Scope::text,
          .span = std::nullopt,
          .text = {},
          .note = std::move(note)};
}

std::int32_t sum_of_words(const std::vector<WordWeight>& words) {
  std::int32_t sum = 0;
  for (const WordWeight& word : words) sum += word.weight;
  return sum;
}

bool speaks_of(VocabularySubject subject, const PackVocabulary& each, const PostView& post) {
  return each.subject == subject && speaks_language(each.languages, post);
}

std::string_view text_of(const Unit& unit) {
  for (const Evidence& evidence : unit.evidence) {
    if (evidence.scope == Scope::text) return evidence.text;
  }
  return {};
}

}  // namespace

std::int32_t weight_of_words(std::int32_t sum, std::int32_t by_rules) {
  const bool agreed = by_rules >= kThresholds.touching;
  if (sum > 0 && !agreed) sum = std::max(0, sum - kThresholds.words_alone);
  return std::clamp(sum, -kThresholds.most_block_words, kThresholds.most_block_words);
}

std::vector<RuleInfo> vocabulary_rules() {
  return {
      pseudo_rule("vocabulary.ad", RuleLabel::ad, "Words of advertising", kWhyAdvertising),
      pseudo_rule("vocabulary.plain", RuleLabel::qa, "Words of other posts", kWhyAdvertising),
      pseudo_rule(
          "vocabulary.knowledge", RuleLabel::knowledge, "Words of lessons or news", kWhyKnowledge)};
}

void add_vocabulary_matches(const std::vector<PackVocabulary>& vocabularies,
                            const PostView& post,
                            std::span<const RuleInfo> rules,
                            PostMatches& matches) {
  const std::size_t ad = rules.size() - kVocabularyRules;
  const auto match_of_words = [ad](std::int32_t weight, std::string note) {
    return match_of(weight < 0 ? ad + 1 : ad, weight, std::move(note));
  };
  for (const PackVocabulary& each : vocabularies) {
    if (!speaks_of(VocabularySubject::advertising, each, post)) continue;
    for (std::size_t i = 0; i < post.blocks.size(); ++i) {
      const auto words = each.vocabulary.words_of(text_of(post.blocks[i]));
      const std::int32_t sum = sum_of_words(words);
      const std::int32_t weight = weight_of_words(sum, ad_evidence(matches.blocks[i], rules));
      if (weight == 0) continue;
      matches.blocks[i].push_back(match_of_words(weight, told(words)));
      matches.blocks[i].back().alone = sum;
    }
    if (each.vocabulary.base() != 0) {
      matches.whole.push_back(match_of_words(each.vocabulary.base(), "of any post"));
    }
  }
}

std::optional<RuleMatch> knowledge_match(const std::vector<PackVocabulary>& vocabularies,
                                         const PostView& post,
                                         std::span<const std::string_view> texts,
                                         std::span<const RuleInfo> rules) {
  std::vector<WordWeight> words;
  std::int32_t base = 0;
  for (const PackVocabulary& each : vocabularies) {
    if (!speaks_of(VocabularySubject::knowledge, each, post)) continue;
    std::ranges::copy(each.vocabulary.words_of(texts), std::back_inserter(words));
    base += each.vocabulary.base();
  }
  if (words.empty()) return std::nullopt;
  const std::int32_t sum = base + sum_of_words(words);
  const std::int32_t weight =
      std::clamp(sum, -kThresholds.most_knowledge, kThresholds.most_knowledge);
  return match_of(rules.size() - 1, weight, told(words) + "; of any post " + std::to_string(base));
}

}  // namespace qanat::classifier
