#include "app/reclassify.h"

#include <utility>

#include "app/channel_profiles.h"

namespace qanat::app {
namespace {

/// Verdicts of one transaction: some milliseconds of writing.
constexpr std::size_t kBatch = 64;

bool decide_alike(const Verdict& one, const Verdict& other) {
  return one.label == other.label && one.outcome == other.outcome &&
         classifier::cut_alike(one, other);
}

Result<void> for_each_record(store::Store& store,
                             const store::RecordFilter& filter,
                             const std::function<Result<void>(const Record&)>& row) {
  Result<void> done;
  const auto read = store.for_each(filter, [&](const Record& record) {
    done = row(record);
    return done.has_value();
  });
  return done ? read : done;
}

/// One run.
class Reclassification {
 public:
  Reclassification(store::Store& store,
                   const classifier::Classifier& judge,
                   const ReclassifyPlan& plan,
                   Instant now)
      : store_(store), judge_(judge), plan_(plan), now_(now), differ_(kMostFlips) {}

  /// The posts that these rules, with the channel's footers as they are known now, have not judged;
  /// the others are counted.
  Result<void> judge_channel(const ChannelName& name,
                             const std::function<void(std::size_t)>& progress) {
    const auto profile = stored_profile(store_, name);
    if (!profile) return fail(profile.error());
    under_ = {.ruleset = judge_.fingerprint(), .profile = profile->identity()};
    const auto judged = store_.count_judged_under(name, under_);
    if (!judged) return fail(judged.error());
    report_.judged_before += static_cast<std::size_t>(*judged);
    progress(seen_ += static_cast<std::size_t>(*judged));
    const auto read = for_each_record(
        store_, {.channels = {name}, .not_judged_under = under_}, [&](const Record& record) {
          progress(++seen_);
          return look_at(record, *profile);
        });
    return read ? keep_batch() : read;
  }

  Result<ReclassifyReport> finish() {
    // Near-duplicates are told apart by what their verdicts keep. Also when nothing was left to
    // judge: the run before may have been killed in between.
    if (plan_.apply) {
      if (auto updated = store_.update_clusters(now_); !updated) return fail(updated.error());
    }
    report_.diff = differ_.result();
    return std::move(report_);
  }

 private:
  Result<void> look_at(const Record& record, const classifier::ChannelProfile& profile) {
    Verdict verdict = judge_.classify(record.post, profile);
    // The channel's footers may be known only since. A profile that merely counts more posts
    // replaces nothing.
    const bool same_rules = record.verdict.ruleset == judge_.fingerprint();
    if (same_rules && decide_alike(record.verdict, verdict)) {
      ++report_.judged_before;
      if (plan_.apply) confirmed_.push_back({.id = record.post.id, .revision = record.revision});
      return confirmed_.size() < kBatch ? Result<void>() : keep_batch();
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
                      .normalized = std::move(normalized),
                      .profile = under_.profile});
    return batch_.size() < kBatch ? Result<void>() : keep_batch();
  }

  Result<void> keep_batch() {
    if (!batch_.empty()) {
      const auto kept = store_.keep_verdicts(batch_, now_);
      if (!kept) return fail(kept.error());
      report_.kept += *kept;
      batch_.clear();
    }
    if (confirmed_.empty()) return {};
    auto confirmed = store_.confirm_verdicts(confirmed_, under_);
    confirmed_.clear();
    return confirmed;
  }

  store::Store& store_;
  const classifier::Classifier& judge_;
  const ReclassifyPlan& plan_;
  Instant now_;
  classifier::VerdictDiffer differ_;
  store::JudgedUnder under_;  ///< for the channel at hand
  std::size_t seen_ = 0;
  std::vector<store::Rejudged> batch_;
  std::vector<store::Store::Confirmed> confirmed_;
  ReclassifyReport report_;
};

}  // namespace

Result<void> for_each_stored(store::Store& store,
                             const std::vector<ChannelName>& channels,
                             const std::function<Result<void>(const Record&)>& row) {
  return for_each_record(store, {.channels = channels}, row);
}

Result<ReclassifyReport> reclassify(store::Store& store,
                                    const classifier::Classifier& judge,
                                    const ReclassifyPlan& plan,
                                    Instant now,
                                    const std::function<void(std::size_t)>& progress) {
  Reclassification run(store, judge, plan, now);
  auto channels = plan.channels;
  if (channels.empty()) {
    auto met = store.met_channels();
    if (!met) return fail(met.error());
    channels = *std::move(met);
  }
  for (const ChannelName& channel : channels) {
    if (auto judged = run.judge_channel(channel, progress); !judged) return fail(judged.error());
  }
  return run.finish();
}

}  // namespace qanat::app
