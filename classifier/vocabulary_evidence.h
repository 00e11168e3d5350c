#pragma once

#include <array>
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

/// The words of a post's blocks that vocabularies know: of each block, by the vocabularies that
/// speak its language. Looked up once; valid as long as the vocabularies. `rules` end with
/// vocabulary_rules().
class PostWords {
 public:
  PostWords(const std::vector<PackVocabulary>& vocabularies, const PostView& post);

  /// Adds to each block's matches what its words weigh, less for advertising where hardly a rule
  /// agrees (Thresholds::words_alone).
  void add_matches(std::span<const RuleInfo> rules, PostMatches& matches) const;

  /// What the words of `blocks`, all that are the post's own, weigh for the post as a whole, by
  /// subject; nothing where they are unknown. Of knowledge, positive: the post is Q&A.
  [[nodiscard]] std::vector<RuleMatch> of_post(std::span<const std::size_t> blocks,
                                               std::span<const RuleInfo> rules) const;

  /// What words say around the beginning of each of `blocks`, which are the post's own.
  [[nodiscard]] std::vector<WordsAround> around(std::span<const std::size_t> blocks) const;

 private:
  struct Known {
    const PackVocabulary* by = nullptr;
    std::vector<KnownParts> blocks;
  };
  [[nodiscard]] std::array<std::vector<std::int32_t>, 2> growing(
      std::span<const std::size_t> blocks) const;

  std::vector<Known> known_;
};

}  // namespace qanat::classifier
