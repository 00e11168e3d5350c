#pragma once

#include <string>

#include "base/post.h"
#include "classifier/audit/examined_post.h"

/// Rules that look for one word each, and labelled posts for them.
namespace qanat::test {

/// An active rule that looks for a word: its id is "LABEL.WORD", its bounds 9 logits either way.
[[nodiscard]] std::string word_rule(const std::string& label, const std::string& word, int weight);

/// A post of `channel` with this text, examined by `judge`.
[[nodiscard]] classifier::ExaminedPost examined(const classifier::Classifier& judge,
                                                const std::string& channel,
                                                const std::string& text,
                                                Label label);

/// The rule's place among the judge's rules.
[[nodiscard]] std::size_t index_of(const classifier::Classifier& judge, const std::string& id);

}  // namespace qanat::test
