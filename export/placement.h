#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/error.h"
#include "base/record.h"
#include "export/published_splits.h"
#include "export/selection.h"
#include "export/split.h"
#include "store/store.h"

namespace qanat::exporting {

/// Where one record goes.
struct Place {
  std::optional<std::size_t> part;  ///< in the plan; nothing: it is left out
  bool is_published = false;        ///< the part is that of the earlier export
  /// Left out, because posts that say the same were published in several parts: it would leak
  /// wherever it went. Else what is left out has no date.
  bool would_leak = false;
};

/// Says to which part each record belongs. A post of an earlier export keeps its part for ever. By
/// cluster a new post goes where the published ones of its cluster are; where clusters that were
/// published in different parts have become one, it is left out.
class Placement {
 public:
  /// `earlier`: an exported folder; empty: none. Memory grows with the clusters that became one.
  /// Errors: usage, when the earlier export was split by another plan; those of Splitter::make,
  /// PublishedSplits and Store::for_each.
  static Result<Placement> make(store::Store& store,
                                const Selection& selection,
                                const SplitPlan& plan,
                                const std::string& earlier);

  [[nodiscard]] const Splitter& splitter() const { return splitter_; }
  [[nodiscard]] bool has_earlier() const { return !earlier_.empty(); }

  /// One pass over the records, by channel, then message id. Must not outlive the Placement.
  class Pass {
   public:
    Result<Place> place(const Record& record);

   private:
    friend class Placement;
    Pass(const Placement& placement, std::optional<PublishedSplits> published)
        : placement_(&placement), published_(std::move(published)) {}

    Result<std::optional<std::size_t>> published_part(const PostId& id);

    const Placement* placement_;
    std::optional<PublishedSplits> published_;
  };
  Result<Pass> begin() const;

 private:
  Placement(Splitter splitter, std::string earlier)
      : splitter_(std::move(splitter)), earlier_(std::move(earlier)) {}

  Result<void> find_moved_clusters(store::Store& store, const Selection& selection);
  Result<void> note_published(const Record& record, Pass& pass, bool is_first);
  [[nodiscard]] Place place_of_new(const Record& record) const;

  Splitter splitter_;
  std::string earlier_;
  /// Clusters, as numbers, with published posts elsewhere than their name says: the parts of all
  /// their published posts, a bit each.
  std::unordered_map<std::size_t, std::uint32_t> moved_;
};

}  // namespace qanat::exporting
