#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "classifier/lint.h"

namespace qanat::classifier {

/// A word of a vocabulary that a text has.
struct WordWeight {
  std::string_view stem;  ///< lives as long as the vocabulary
  std::int32_t weight = 0;
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
  /// Reads "ru/vocabulary.tsv": a stem (stems.h), a tab, whole milli-logits a line; "*" is what
  /// every post has. Further columns and lines that begin with '#' are for people.
  static Vocabulary read(std::string_view path, std::string_view text, Findings& findings);

  /// What the learned weights take for granted of any post.
  [[nodiscard]] std::int32_t base() const { return base_; }
  /// The words of `texts` that it knows, each once, the heaviest first.
  [[nodiscard]] std::vector<WordWeight> words_of(std::span<const std::string_view> texts) const;
  [[nodiscard]] std::vector<WordWeight> words_of(std::string_view text) const;
  /// All of it, by stem, for the hash of the pack.
  [[nodiscard]] std::vector<WordWeight> words() const;

 private:
  void add_line(std::string_view line, const std::string& where, Findings& findings);

  struct Known {
    std::string stem;
    std::int32_t weight = 0;
  };

  std::int32_t base_ = 0;
  std::unordered_map<std::uint64_t, Known> known_;  ///< by the code of the stem
};

}  // namespace qanat::classifier
