#include "export/split.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <utility>

#include "base/sha256.h"
#include "export/rows.h"

namespace qanat::exporting {
namespace {

constexpr int kMostShare = 1'000'000;
constexpr std::size_t kMostParts = 3;

/// Part of what is hashed: another use of the same names must not choose the
/// same posts.
constexpr std::string_view kSalt = "qanat.split/1:";

std::vector<std::string> part_names(std::size_t count) {
  if (count == kMostParts) return {"train", "validation", "test"};
  return {"train", "test"};
}

std::int64_t sum_of_shares(const std::vector<SplitPart>& parts) {
  std::int64_t sum = 0;
  for (const SplitPart& part : parts) sum += part.share;
  return sum;
}

/// A number that the text alone decides, evenly spread.
std::uint64_t number_of(std::string_view text) {
  constexpr std::size_t kDigits = 15;
  return sha256_number(std::string(kSalt) + std::string(text), kDigits);
}

using Days = std::map<std::chrono::sys_days, std::int64_t>;

/// The first moment of each part but the first: so many posts are before it as
/// the shares say.
std::vector<Instant> cuts_of(const Days& days, const std::vector<SplitPart>& parts) {
  std::int64_t posts = 0;
  for (const auto& [day, count] : days) posts += count;
  std::vector<Instant> cuts;
  std::int64_t wanted = 0;
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    wanted += parts[i].share;
    std::int64_t before = 0;
    auto day = days.begin();
    while (day != days.end() && before * sum_of_shares(parts) < wanted * posts) {
      before += day++->second;
    }
    cuts.emplace_back(day == days.end() ? Instant::max() : Instant(day->first));
  }
  return cuts;
}

}  // namespace

std::string_view name_of(SplitBy by) {
  switch (by) {
    case SplitBy::cluster: return "cluster";
    case SplitBy::channel: return "channel";
    case SplitBy::time: break;
  }
  return "time";
}

Result<std::vector<SplitPart>> read_split(std::string_view text) {
  std::vector<SplitPart> parts;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (true) {
    int share = 0;
    const auto [stop, error] = std::from_chars(at, end, share);
    if (error != std::errc{} || share < 1 || share > kMostShare) break;
    parts.push_back({.name = "", .share = share});
    at = stop + 1;
    if (stop != end && *stop == '/' && parts.size() < kMostParts) continue;
    if (stop != end) break;
    const auto names = part_names(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) parts[i].name = names[i];
    return parts;
  }
  return fail(Errc::usage,
              "`" + std::string(text) + "` is not a split; write shares such as 90/5/5 (train, " +
                  "validation, test), 80/20 (train, test) or 1 (train only)");
}

Result<Splitter> Splitter::make(store::Store& store, const Selection& selection, SplitPlan plan) {
  Splitter splitter(std::move(plan));
  if (splitter.plan_.by != SplitBy::time) return splitter;
  Days days;
  const auto read = for_each_row(store, selection, [&](const Record& record) -> Result<void> {
    if (record.post.published_at) {
      ++days[std::chrono::floor<std::chrono::days>(*record.post.published_at)];
    }
    return {};
  });
  if (!read) return fail(read.error());
  splitter.cuts_ = cuts_of(days, splitter.plan_.parts);
  return splitter;
}

Splitter Splitter::with_cuts(SplitPlan plan, std::vector<Instant> cuts) {
  Splitter splitter(std::move(plan));
  splitter.cuts_ = std::move(cuts);
  return splitter;
}

std::optional<std::size_t> Splitter::part_of(const Record& record) const {
  if (plan_.by == SplitBy::cluster) return part_by_name(record.cluster);
  if (plan_.by == SplitBy::channel) return part_by_name(record.post.id.channel.str());
  if (!record.post.published_at) return std::nullopt;
  return static_cast<std::size_t>(std::ranges::upper_bound(cuts_, *record.post.published_at) -
                                  cuts_.begin());
}

std::size_t Splitter::part_by_name(std::string_view name) const {
  auto place = static_cast<std::int64_t>(number_of(name) %
                                         static_cast<std::uint64_t>(sum_of_shares(plan_.parts)));
  std::size_t part = 0;
  while (place >= plan_.parts[part].share) place -= plan_.parts[part++].share;
  return part;
}

}  // namespace qanat::exporting
