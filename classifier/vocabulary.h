#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "classifier/lint.h"
#include "classifier/word_parts.h"

namespace qanat::classifier {

/// No single word decides: that is what rules are for. Milli-logits.
inline constexpr std::int32_t kMostOfOnePart = 5000;

/// Stands in a file for what every post has.
inline constexpr std::string_view kBaseText = "*";

/// A rarity, in thousandths: of some sixty usual parts.
inline constexpr std::int64_t kPassagePrior = 40'000;

/// A part of words that a vocabulary knows, milli-logits.
struct KnownPart {
  WordPart part;
  std::int32_t weight = 0;  ///< of a text that has nothing else the vocabulary knows
  std::int32_t rarity = 0;  ///< thousandths: the rarer, the more it counts beside others
};

/// Parts of one vocabulary, each once, in no order that means anything.
using KnownParts = std::vector<const KnownPart*>;

[[nodiscard]] std::int64_t squares_of(const KnownParts& parts);

/// What the known parts of a text say, before it is set against how many they are: so that what
/// several vocabularies know of it adds up.
struct WordSums {
  std::int64_t weights = 0;  ///< Σ weight × rarity, the base as a part of all their rarity
  std::int64_t squares = 0;  ///< Σ rarity²

  WordSums& operator+=(const WordSums& other);
  /// As WeighedText::sum.
  [[nodiscard]] std::int32_t sum() const;
};

/// A line of a vocabulary's file.
struct ListedPart {
  KnownPart known;
  std::string_view more;  ///< further columns, as written: they are for people
};

/// Calls `take` for each part that a file as "ru/vocabulary.tsv" lists: a part of words
/// (word_parts.h), a tab, whole milli-logits, a tab, its rarity; further columns and lines that
/// begin with '#' are for people. `take` says whether the part is new. Returns the weight behind
/// kBaseText, which has no rarity. One complaint ends it: a file of another kind has thousands.
[[nodiscard]] std::int32_t for_each_listed_part(
    std::string_view path,
    std::string_view text,
    Findings& findings,
    const std::function<bool(const ListedPart& part)>& take);

/// What a part weighs in a text, milli-logits.
struct PartWeight {
  WordPart part;
  std::int32_t weight = 0;
};

/// What the words of a text say, milli-logits.
struct WeighedText {
  std::int32_t base = 0;          ///< of any text
  std::int32_t sum = 0;           ///< the base and what the parts weigh
  std::vector<PartWeight> parts;  ///< in no order; none: the vocabulary knows no word of it
};

/// What the words of a vocabulary tell apart.
enum class VocabularySubject : std::uint8_t {
  advertising,  ///< advertising from other posts
  knowledge,    ///< of these, questions with answers, lessons and tips from news and talk
};

/// How much more often one kind of post uses a word than the other, for the words of one language:
/// evidence too weak for a rule each, telling when it adds up. Learned from labelled posts (`qanat
/// rules vocabulary`). Immutable after reading.
class Vocabulary {
 public:
  /// Reads a file as for_each_listed_part() does.
  static Vocabulary read(std::string_view path, std::string_view text, Findings& findings);

  /// What the learned weights take for granted of any post.
  [[nodiscard]] std::int32_t base() const { return base_; }
  /// Those of a text's parts that it knows. Valid as long as the vocabulary.
  [[nodiscard]] KnownParts look_up(std::span<const WordPart> parts) const;
  /// The parts count by weight × rarity, and all are divided by the root of their squared rarities:
  /// a long text says no more than a short one in the same words. `beside`: the squared rarities of
  /// what other vocabularies know of the text; of the base, the root of its own share counts.
  [[nodiscard]] WeighedText weigh(const KnownParts& parts, std::int64_t beside = 0) const;
  /// The same of a passage of a post, as if it had a part of no weight and rarity kPassagePrior,
  /// too: few words say little.
  [[nodiscard]] WeighedText weigh_passage(const KnownParts& parts) const {
    return weigh(parts, kPassagePrior * kPassagePrior);
  }
  /// What the first of the texts says, the first two, and so on.
  [[nodiscard]] std::vector<WordSums> sum_growing(std::span<const KnownParts* const> texts) const;
  /// All of it, in the order of its lines.
  [[nodiscard]] std::span<const KnownPart> parts() const { return parts_; }

 private:
  /// Places in `parts_`.
  using ByCode = std::unordered_map<std::uint64_t, std::size_t>;

  /// Whether it is new.
  bool add(const KnownPart& part);

  std::int32_t base_ = 0;
  std::vector<KnownPart> parts_;
  ByCode words_;
  ByCode pairs_;
};

}  // namespace qanat::classifier
