#pragma once

#include <string>

#include "base/error.h"
#include "classifier/learning/vocabulary_learning.h"

namespace qanat::app {

/// A pack's vocabulary.tsv or knowledge.tsv: what `qanat rules lint` reads, with what people want
/// to know of a word.
[[nodiscard]] std::string vocabulary_tsv(const classifier::LearnedVocabulary& learned);

/// Reads what vocabulary_tsv() wrote; the columns for people may be missing.
/// Errors: usage, naming the line and the remedy, or when the file says that it was learned for
/// another subject; those of read_file.
Result<classifier::WeighedParts> read_vocabulary(const std::string& path,
                                                 classifier::VocabularySubject subject);

}  // namespace qanat::app
