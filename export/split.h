#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/instant.h"
#include "base/record.h"
#include "export/selection.h"
#include "store/store.h"

namespace qanat::exporting {

/// What decides to which part of a data set a post belongs.
enum class SplitBy {
  cluster,  ///< posts that say the same stay together
  channel,  ///< a channel's posts stay together
  time,     ///< what is published later comes in a later part
};

inline constexpr std::array kSplitChoices = {SplitBy::cluster, SplitBy::channel, SplitBy::time};

/// "cluster", "channel", "time".
[[nodiscard]] std::string_view name_of(SplitBy by);

/// A part of a data set.
struct SplitPart {
  std::string name;  ///< "train", "validation", "test"
  int share = 1;     ///< of the sum of all shares

  bool operator==(const SplitPart&) const = default;
};

struct SplitPlan {
  std::vector<SplitPart> parts = {{.name = "train", .share = 1}};
  SplitBy by = SplitBy::cluster;
};

/// Reads "90/5/5" as train/validation/test, "80/20" as train/test, "1" as train.
/// Errors: usage, for anything but one to three whole numbers, 1 to 1000000.
Result<std::vector<SplitPart>> read_split(std::string_view text);

/// Says to which part each record belongs. By cluster and by channel a record's part depends on
/// the name of that, the plan and nothing else: it is the same in every export.
class Splitter {
 public:
  /// By time it reads the dates of the records of `selection`, and cuts between two days.
  /// Errors: those of Store::for_each.
  static Result<Splitter> make(store::Store& store, const Selection& selection, SplitPlan plan);

  /// By time with these cuts, those of another export.
  static Splitter with_cuts(SplitPlan plan, std::vector<Instant> cuts);

  [[nodiscard]] const SplitPlan& plan() const { return plan_; }
  /// By time: the first moment of each part but the first.
  [[nodiscard]] const std::vector<Instant>& cuts() const { return cuts_; }

  /// The part's place in the plan. Nothing by time for a post without a date.
  [[nodiscard]] std::optional<std::size_t> part_of(const Record& record) const;

 private:
  explicit Splitter(SplitPlan plan) : plan_(std::move(plan)) {}

  [[nodiscard]] std::size_t part_by_name(std::string_view name) const;

  SplitPlan plan_;
  std::vector<Instant> cuts_;
};

}  // namespace qanat::exporting
