#include "app/reclassify.h"

#include <algorithm>
#include <utility>

#include "app/channel_profiles.h"

namespace qanat::app {
namespace {

/// Verdicts of one transaction: some milliseconds of writing.
constexpr std::size_t kBatch = 64;

/// The same parts go, for the same kinds of reasons.
bool decide_alike(const Verdict& one, const Verdict& other) {
  const auto same_part = [](const Removed& a, const Removed& b) {
    return a.span == b.span && a.kind == b.kind;
  };
  return one.label == other.label && one.outcome == other.outcome &&
         std::ranges::equal(one.removed, other.removed, same_part);
}

/// One run.
class Reclassification {
 public:
  Reclassification(store::Store& store,
                   const classifier::Classifier& judge,
                   const ReclassifyPlan& plan,
                   Instant now)
      : store_(store),
        profiles_(store),
        judge_(judge),
        plan_(plan),
        now_(now),
        differ_(kMostFlips) {}

  Result<void> look_at(const Record& record) {
    const auto profile = profiles_.of(record.post.id.channel);
    if (!profile) return fail(profile.error());
    Verdict verdict = judge_.classify(record.post, **profile);
    // The channel's footers may be known only since. A profile that merely counts more posts
    // replaces nothing.
    const bool same_rules = record.verdict.ruleset == judge_.fingerprint();
    if (same_rules && decide_alike(record.verdict, verdict)) {
      ++report_.judged_before;
      return {};
    }
    const std::string id = record.post.id.str();
    const auto label = plan_.labels.find(id);
    differ_.add(id,
                record.post.text,
                record.verdict,
                verdict,
                label == plan_.labels.end() ? std::nullopt : std::optional(label->second));
    if (!plan_.apply) return {};
    Normalized normalized = classifier::normalize(record.post, verdict);
    batch_.push_back({.id = record.post.id,
                      .revision = record.revision,
                      .verdict = std::move(verdict),
                      .normalized = std::move(normalized)});
    return batch_.size() < kBatch ? Result<void>() : keep_batch();
  }

  Result<ReclassifyReport> finish() {
    if (auto kept = keep_batch(); !kept) return fail(kept.error());
    // Near-duplicates are told apart by what their verdicts keep. Also when nothing was left to
    // judge: the run before may have been killed in between.
    if (plan_.apply) {
      if (auto rebuilt = store_.rebuild_clusters(now_); !rebuilt) return fail(rebuilt.error());
    }
    report_.diff = differ_.result();
    return std::move(report_);
  }

 private:
  Result<void> keep_batch() {
    if (batch_.empty()) return {};
    const auto kept = store_.keep_verdicts(batch_, now_);
    if (!kept) return fail(kept.error());
    report_.kept += *kept;
    batch_.clear();
    return {};
  }

  store::Store& store_;
  StoredProfiles profiles_;
  const classifier::Classifier& judge_;
  const ReclassifyPlan& plan_;
  Instant now_;
  classifier::VerdictDiffer differ_;
  std::vector<store::Rejudged> batch_;
  ReclassifyReport report_;
};

}  // namespace

Result<void> for_each_stored(store::Store& store,
                             const std::vector<ChannelName>& channels,
                             const std::function<Result<void>(const Record&)>& row) {
  Result<void> done;
  const auto visit = [&](const Record& record) {
    done = row(record);
    return done.has_value();
  };
  auto read = store.for_each({.channels = channels}, visit);
  return done ? read : done;
}

Result<ReclassifyReport> reclassify(store::Store& store,
                                    const classifier::Classifier& judge,
                                    const ReclassifyPlan& plan,
                                    Instant now,
                                    const std::function<void(std::size_t)>& progress) {
  Reclassification run(store, judge, plan, now);
  std::size_t seen = 0;
  const auto read = for_each_stored(store, plan.channels, [&](const Record& record) {
    progress(++seen);
    return run.look_at(record);
  });
  if (!read) return fail(read.error());
  return run.finish();
}

}  // namespace qanat::app
