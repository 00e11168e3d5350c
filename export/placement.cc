#include "export/placement.h"

#include <algorithm>
#include <bit>
#include <functional>

#include "export/rows.h"

namespace qanat::exporting {
namespace {

std::size_t number_of_cluster(const std::string& name) { return std::hash<std::string>{}(name); }

Error other_plan(const std::string& folder) {
  return {.code = Errc::usage,
          .message = folder + ": was split otherwise: give --split and --split-by as it was made"};
}

}  // namespace

Result<Placement> Placement::make(store::Store& store,
                                  const Selection& selection,
                                  const SplitPlan& plan,
                                  const std::string& earlier) {
  if (earlier.empty()) {
    auto splitter = Splitter::make(store, selection, plan);
    if (!splitter) return fail(splitter.error());
    return Placement(*std::move(splitter), earlier);
  }
  auto published = read_published_plan(earlier);
  if (!published) return fail(published.error());
  if (published->plan.parts != plan.parts || published->plan.by != plan.by) {
    return fail(other_plan(earlier));
  }
  Placement placement(Splitter::with_cuts(plan, published->cuts), earlier);
  if (plan.by == SplitBy::cluster) {
    auto found = placement.find_moved_clusters(store, selection);
    if (!found) return fail(found.error());
  }
  return placement;
}

Result<Placement::Pass> Placement::begin() const {
  if (earlier_.empty()) return Pass(*this, std::nullopt);
  auto published = PublishedSplits::open(earlier_);
  if (!published) return fail(published.error());
  return Pass(*this, *std::move(published));
}

/// In two passes, so that only clusters that moved are kept in memory.
Result<void> Placement::find_moved_clusters(store::Store& store, const Selection& selection) {
  for (const bool is_first : {true, false}) {
    auto pass = begin();
    if (!pass) return fail(pass.error());
    auto read = for_each_row(store, selection, [&](const Record& record) {
      return note_published(record, *pass, is_first);
    });
    if (!read || moved_.empty()) return read;
  }
  return {};
}

/// In the first pass a post makes its cluster a moved one, in the second it adds its part to one.
Result<void> Placement::note_published(const Record& record, Pass& pass, bool is_first) {
  const auto part = pass.published_part(record.post.id);
  if (!part) return fail(part.error());
  if (!*part) return {};
  const std::size_t cluster = number_of_cluster(record.cluster);
  const bool is_noted = is_first ? *part != splitter_.part_of(record) : moved_.contains(cluster);
  if (is_noted) moved_[cluster] |= 1U << **part;
  return {};
}

Place Placement::place_of_new(const Record& record) const {
  const auto moved = splitter_.plan().by == SplitBy::cluster
                         ? moved_.find(number_of_cluster(record.cluster))
                         : moved_.end();
  if (moved == moved_.end()) return {.part = splitter_.part_of(record)};
  if (!std::has_single_bit(moved->second)) return {.would_leak = true};
  return {.part = static_cast<std::size_t>(std::countr_zero(moved->second))};
}

Result<Place> Placement::Pass::place(const Record& record) {
  const auto part = published_part(record.post.id);
  if (!part) return fail(part.error());
  if (*part) return Place{.part = *part, .is_published = true};
  return placement_->place_of_new(record);
}

Result<std::optional<std::size_t>> Placement::Pass::published_part(const PostId& id) {
  while (published_ && published_->current() && published_->current()->id < id) {
    if (auto moved = published_->advance(); !moved) return fail(moved.error());
  }
  if (!published_ || !published_->current() || published_->current()->id != id) {
    return std::nullopt;
  }
  const std::string& name = published_->current()->part;
  const auto& parts = placement_->splitter_.plan().parts;
  const auto found = std::ranges::find(parts, name, &SplitPart::name);
  if (found == parts.end()) return fail(Errc::usage, "there is no split `" + name + "`");
  return static_cast<std::size_t>(found - parts.begin());
}

}  // namespace qanat::exporting
