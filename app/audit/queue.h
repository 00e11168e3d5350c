#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "base/post.h"
#include "classifier/audit/review_queue.h"
#include "store/store.h"

namespace qanat::app {

/// Which queue, as typed.
struct QueueRequest {
  std::size_t size = 50;
  std::int64_t seed = 1;  ///< the round
};

/// Declares --seed; `request` outlives `command`.
void add_seed_option(CLI::App& command, QueueRequest& request);

/// A post that a person should label.
struct QueuedPost {
  PostId id;
  int revision = 1;
  classifier::Candidate candidate;
  classifier::Asked asked;
  std::vector<std::string> annotators;  ///< who have labelled it in this round already
};

/// The queue of a round: drawn from the stored posts with a text that nobody labelled in another
/// round. Who resumes a round gets the same posts again, and so does a second person.
/// Errors: those of the store.
Result<std::vector<QueuedPost>> read_queue(store::Store& store, const QueueRequest& request);

}  // namespace qanat::app
