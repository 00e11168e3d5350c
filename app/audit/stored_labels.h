#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/record.h"
#include "classifier/audit/sample_weights.h"
#include "classifier/evaluation.h"
#include "store/store.h"

/// What people said of the stored posts.
namespace qanat::app {

/// A post and what people say of its present text; one row a person, in the order of the answers.
struct LabelledRecord {
  Record record;
  std::vector<store::LabelRow> labels;
};

struct StoredLabels {
  std::vector<LabelledRecord> posts;
  std::size_t outdated = 0;  ///< answers on a text that was edited since: left out
};

/// By channel and message id. `annotator`: only that person's; empty for all.
/// Errors: those of the store.
Result<StoredLabels> read_stored_labels(store::Store& store, const std::string& annotator = "");

/// The label that counts: the last one, by whomever; nothing when nobody could tell. It is
/// ambiguous where another person gives another one.
[[nodiscard]] std::optional<classifier::LabelledPost> deciding_label(const LabelledRecord& post);

/// One person's label as a labelled post.
[[nodiscard]] classifier::LabelledPost labelled_post(const Record& record,
                                                     const store::LabelRow& label);

/// How the post came to be asked, by the first answer that knows.
[[nodiscard]] classifier::Sampling sampling_of(const LabelledRecord& post);

}  // namespace qanat::app
