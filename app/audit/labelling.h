#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/audit/answer.h"
#include "app/session.h"
#include "base/record.h"
#include "store/store.h"

namespace qanat::app {

/// A post that waits for a label, and why it is asked.
struct LabelTask {
  PostId post;
  std::string reason;                 ///< LabelRow::reason
  std::optional<std::int64_t> round;  ///< LabelRow::round
  std::optional<double> p_sample;     ///< LabelRow::p_sample
};

struct LabellingCounts {
  std::size_t labelled = 0;  ///< that stand at the end, "cannot tell" included
  std::size_t skipped = 0;
};

/// A conversation: shows a post, reads an answer a line from `session.in`, keeps the label at once,
/// so that what was answered survives whatever comes. What the program thinks of a post is told
/// after the answer, never before: it would lead the reader.
class Labelling {
 public:
  /// All outlive the object.
  Labelling(const Session& session, store::Store& store, std::string annotator)
      : session_(session), store_(store), annotator_(std::move(annotator)) {}

  /// Until the tasks, or the answers, end, or the person stops.
  /// Errors: those of the store; usage, when a task's post is not in it.
  Result<LabellingCounts> run(const std::vector<LabelTask>& tasks);

 private:
  enum class Next { post, same_post, post_before, stop };

  Result<Next> ask(const LabelTask& task, std::size_t number, std::size_t of);
  Result<Next> act(const Answer& answer, const LabelTask& task, const Record& record);
  Result<Next> keep(const Answer& answer, const LabelTask& task, const Record& record);
  Result<Next> undo();
  void tell(std::string_view problem) const;

  const Session& session_;
  store::Store& store_;
  std::string annotator_;
  LabellingCounts counts_;
  std::vector<store::LabelRow> given_;  ///< of this conversation, the last at the end
};

/// The guideline, as shown, and its version.
[[nodiscard]] std::string_view labelling_guideline();
[[nodiscard]] std::string labelling_guideline_version();

}  // namespace qanat::app
