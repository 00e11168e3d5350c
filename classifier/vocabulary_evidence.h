#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/matching.h"
#include "classifier/rule_set.h"
#include "classifier/vocabulary.h"

/// Vocabularies as evidence: pseudo-rules, whose weight is what the words of a text add up to.
namespace qanat::classifier {

struct PackVocabulary {
  std::vector<std::string> languages;  ///< as the pack's
  VocabularySubject subject = VocabularySubject::advertising;
  Vocabulary vocabulary;
};

inline constexpr std::size_t kVocabularyRules = 3;
/// "vocabulary.ad", "vocabulary.plain" and "vocabulary.knowledge", in this order, all of
/// kVocabularyKind.
[[nodiscard]] std::vector<RuleInfo> vocabulary_rules();

/// What words that add up to `sum` weigh in a block, of whose advertising rules say `by_rules`.
[[nodiscard]] std::int32_t weight_of_words(std::int32_t sum, std::int32_t by_rules);

/// Adds to each block's matches what its words weigh, less for advertising where hardly a rule
/// agrees (Thresholds::words_alone). `rules` ends with vocabulary_rules().
void add_vocabulary_matches(const std::vector<PackVocabulary>& vocabularies,
                            const PostView& post,
                            std::span<const RuleInfo> rules,
                            PostMatches& matches);

/// What words say around the beginning of each of `texts`, which are the post's own.
[[nodiscard]] std::vector<WordsAround> words_around(const std::vector<PackVocabulary>& vocabularies,
                                                    const PostView& post,
                                                    std::span<const std::string_view> texts);

/// What the words of `texts` weigh for the post as a whole, by subject; nothing where they are
/// unknown. Of knowledge, positive: the post is Q&A. `rules` as above.
[[nodiscard]] std::vector<RuleMatch> words_of_post(const std::vector<PackVocabulary>& vocabularies,
                                                   const PostView& post,
                                                   std::span<const std::string_view> texts,
                                                   std::span<const RuleInfo> rules);

}  // namespace qanat::classifier
