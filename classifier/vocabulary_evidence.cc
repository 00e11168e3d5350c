#include "classifier/vocabulary_evidence.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ranges>
#include <utility>

#include "classifier/engine.h"
#include "classifier/profile_evidence.h"
#include "classifier/rule_kinds.h"
#include "classifier/score.h"

namespace qanat::classifier {
namespace {

constexpr std::size_t kShownWords = 6;

constexpr std::string_view kWhyAdvertising =
    "Words that advertising uses more often than other posts, and those that it uses less often: "
    "each is weak evidence, but many together count.";
constexpr std::string_view kWhyKnowledge =
    "Words that lessons, tips and answers use more often than news and talk, and those that they "
    "use less often: who explains speaks of what is always so, whatever the trade.";

RuleInfo pseudo_rule(std::string id, RuleLabel label, std::string title, std::string_view why) {
  return {.id = std::move(id),
          .title = std::move(title),
          .why = std::string(why),
          .label = label,
          .kind = std::string(kVocabularyKind),
          .where = label == RuleLabel::knowledge ? "knowledge.tsv" : "vocabulary.tsv"};
}

bool heavier(const PartWeight& a, const PartWeight& b) {
  return std::pair(-std::abs(a.weight), a.part) < std::pair(-std::abs(b.weight), b.part);
}

/// "курс +310, пиши в +220, код -150 … of 42 words; of any post -300"
std::string told(const WeighedText& weighed) {
  std::vector<PartWeight> heaviest = weighed.parts;
  const std::size_t shown = std::min(heaviest.size(), kShownWords);
  std::ranges::partial_sort(
      heaviest, heaviest.begin() + static_cast<std::ptrdiff_t>(shown), heavier);
  std::string note;
  for (const PartWeight& each : heaviest | std::views::take(shown)) {
    if (!note.empty()) note += ", ";
    note.append(each.part.text()).append(each.weight < 0 ? " " : " +");
    note += std::to_string(each.weight);
  }
  const std::size_t all = weighed.parts.size();
  if (all > kShownWords) note += " … of " + std::to_string(all) + " words";
  return weighed.base == 0 ? note : note + "; of any post " + std::to_string(weighed.base);
}

RuleMatch match_of(std::size_t rule, std::int32_t weight, std::string note) {
  return {.rule = rule,
          .weight = weight,
          .scope = Scope::text,
          .span = std::nullopt,
          .text = {},
          .note = std::move(note)};
}

WeighedText per_cent_of(std::int32_t share, WeighedText weighed) {
  weighed.base = weighed.base * share / 100;
  weighed.sum = weighed.base;
  for (PartWeight& part : weighed.parts) {
    part.weight = part.weight * share / 100;
    weighed.sum += part.weight;
  }
  return weighed;
}

/// "vocabulary.ad" or "vocabulary.plain".
std::size_t rule_of(std::int32_t weight, std::span<const RuleInfo> rules) {
  const std::size_t ad = rules.size() - kVocabularyRules;
  return weight < 0 ? ad + 1 : ad;
}

/// Per cent of what words say that a whole post takes from them.
std::int32_t share_of(VocabularySubject subject) {
  return subject == VocabularySubject::knowledge ? kThresholds.knowledge_words
                                                 : kThresholds.post_words;
}

constexpr std::size_t number_of(VocabularySubject subject) {
  return static_cast<std::size_t>(subject);
}

std::string_view text_of(const Unit& unit) {
  for (const Evidence& evidence : unit.evidence) {
    if (evidence.scope == Scope::text) return evidence.text;
  }
  return {};
}

/// Those of all `blocks`, each once.
KnownParts together(const std::vector<KnownParts>& parts, std::span<const std::size_t> blocks) {
  KnownParts all;
  for (const std::size_t block : blocks) {
    all.insert(all.end(), parts[block].begin(), parts[block].end());
  }
  std::ranges::sort(all);
  const auto again = std::ranges::unique(all);
  all.erase(again.begin(), again.end());
  return all;
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

PostWords::PostWords(const std::vector<PackVocabulary>& vocabularies, const PostView& post) {
  known_.reserve(vocabularies.size());
  for (const PackVocabulary& each : vocabularies) {
    known_.push_back({.by = &each, .blocks = std::vector<KnownParts>(post.blocks.size())});
  }
  for (std::size_t i = 0; i < post.blocks.size(); ++i) {
    const std::string_view text = text_of(post.blocks[i]);
    const std::vector<WordPart> parts = parts_of({&text, 1});
    for (Known& known : known_) {
      if (!speaks_language(known.by->languages, post.lang_of(post.blocks[i]))) continue;
      known.blocks[i] = known.by->vocabulary.look_up(parts);
    }
  }
}

void PostWords::add_matches(std::span<const RuleInfo> rules, PostMatches& matches) const {
  for (const Known& known : known_) {
    if (known.by->subject != VocabularySubject::advertising) continue;
    for (std::size_t i = 0; i < known.blocks.size(); ++i) {
      if (known.blocks[i].empty()) continue;
      const WeighedText words = known.by->vocabulary.weigh_passage(known.blocks[i]);
      const std::int32_t weight = weight_of_words(words.sum, ad_evidence(matches.blocks[i], rules));
      if (weight == 0) continue;
      matches.blocks[i].push_back(match_of(rule_of(words.sum, rules), weight, told(words)));
      matches.blocks[i].back().alone = words.sum;
    }
  }
}

std::vector<RuleMatch> PostWords::of_post(std::span<const std::size_t> blocks,
                                          std::span<const RuleInfo> rules) const {
  std::vector<KnownParts> parts;
  std::array<std::int64_t, 2> squares{};  // by subject: in two languages it is still one post
  for (const Known& known : known_) {
    parts.push_back(together(known.blocks, blocks));
    squares.at(number_of(known.by->subject)) += squares_of(parts.back());
  }
  std::vector<RuleMatch> matches;
  for (std::size_t i = 0; i < known_.size(); ++i) {
    const VocabularySubject subject = known_[i].by->subject;
    const std::int64_t beside = squares.at(number_of(subject)) - squares_of(parts[i]);
    const WeighedText words =
        per_cent_of(share_of(subject), known_[i].by->vocabulary.weigh(parts[i], beside));
    if (words.parts.empty() || words.sum == 0) continue;
    const bool knowledge = subject == VocabularySubject::knowledge;
    const std::size_t rule = knowledge ? rules.size() - 1 : rule_of(words.sum, rules);
    matches.push_back(match_of(rule, words.sum, told(words)));
  }
  return matches;
}

std::vector<WordsAround> PostWords::around(std::span<const std::size_t> blocks) const {
  const std::vector<std::size_t> upwards(blocks.rbegin(), blocks.rend());
  const auto [offers_above, lessons_above] = growing(blocks);
  const auto [offers_below, lessons_below] = growing(upwards);
  std::vector<WordsAround> around(blocks.size());
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const std::size_t below = blocks.size() - 1 - i;
    around[i].offer_below = offers_below[below];
    around[i].lesson_below = lessons_below[below];
    if (i == 0) continue;
    around[i].offer_above = offers_above[i - 1];
    around[i].lesson_above = lessons_above[i - 1];
  }
  return around;
}

/// What the first of the blocks say, the first two, and so on, by subject.
std::array<std::vector<std::int32_t>, 2> PostWords::growing(
    std::span<const std::size_t> blocks) const {
  std::array<std::vector<WordSums>, 2> sums;
  for (auto& each : sums) each.resize(blocks.size());
  for (const Known& known : known_) {
    std::vector<const KnownParts*> texts;
    texts.reserve(blocks.size());
    for (const std::size_t block : blocks) texts.push_back(&known.blocks[block]);
    const std::vector<WordSums> grown = known.by->vocabulary.sum_growing(texts);
    std::vector<WordSums>& all = sums.at(number_of(known.by->subject));
    for (std::size_t i = 0; i < grown.size(); ++i) all[i] += grown[i];
  }
  std::array<std::vector<std::int32_t>, 2> out;
  for (const auto subject : {VocabularySubject::advertising, VocabularySubject::knowledge}) {
    for (const WordSums& each : sums.at(number_of(subject))) {
      out.at(number_of(subject)).push_back(each.sum() * share_of(subject) / 100);
    }
  }
  return out;
}

}  // namespace qanat::classifier
