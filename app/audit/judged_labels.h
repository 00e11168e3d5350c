#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/channel_profiles.h"
#include "app/session.h"
#include "base/post.h"
#include "base/verdict.h"
#include "classifier/audit/sample_weights.h"
#include "classifier/classifier.h"
#include "classifier/evaluation.h"

namespace qanat::app {

/// Where labels come from, as typed.
struct LabelSource {
  std::string file;    ///< empty: the store
  bool store = false;  ///< --store was given
  std::string annotator;
  std::string lang;
  ProfileOptions profile;  ///< of a file; stored posts are judged by their channels' own
};

/// Declares FILE, --store, --annotator, --lang and those of the profile; `source` outlives
/// `command`.
void add_label_source(CLI::App& command, Session& session, LabelSource& source);

/// Labelled posts with the verdicts on them, in the order of the source.
struct JudgedLabels {
  std::vector<Post> posts;
  std::vector<classifier::LabelledPost> labels;
  std::vector<Verdict> verdicts;
  std::vector<classifier::Sampling> sampling;  ///< of a file: unknown
};

/// Reads the labels and judges their posts; tells on `session.err` what was left out.
/// Errors: usage: a wrong line, nothing labelled, a file and a store at once; those of the store.
Result<JudgedLabels> judge_labels(const Session& session,
                                  const LabelSource& source,
                                  const classifier::Classifier& judge);

}  // namespace qanat::app
