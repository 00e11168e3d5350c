#include "export/dataset/card_origin.h"

#include <array>
#include <cstdio>

#include "export/dataset/markdown_pieces.h"

namespace qanat::exporting {
namespace {

/// So many gaps are told one by one.
constexpr std::size_t kMostGaps = 50;

/// "0.86 (0.81 to 0.90)".
std::string share_text(const Share& share) {
  std::array<char, 64> text{};
  const int length = std::snprintf(
      text.data(), text.size(), "%.2f (%.2f to %.2f)", share.value, share.low, share.high);
  return {text.data(), static_cast<std::size_t>(length)};
}

std::string robots_text(const Collection& collection) {
  if (collection.runs_ignoring_robots == 0) return "The hosts' robots.txt was kept to in all runs.";
  return "The hosts' robots.txt was not kept to in " +
         std::to_string(collection.runs_ignoring_robots) + " of the runs, as configured.";
}

std::string runs_text(const DataSet& set) {
  const Collection& collection = set.collection;
  if (collection.runs == 0) {
    return "No run of qanat's is known to the store: the posts were imported from files that "
           "others saved (`provenance.host` is `file` where they had no address).";
  }
  if (set.counts.imported == set.counts.rows && set.counts.rows > 0) {
    return "All posts were imported from files that others saved (`provenance.host` is `file` "
           "where they had no address).";
  }
  std::array<char, 32> rate{};
  const int length = std::snprintf(rate.data(), rate.size(), "%g", set.requests_per_second);
  return "Public preview pages were fetched in " + std::to_string(collection.runs) + " runs from " +
         day_or_unknown(collection.first_run) + " to " + day_or_unknown(collection.last_run) +
         ", at most " + std::string(rate.data(), static_cast<std::size_t>(length)) +
         " requests a second over all hosts as now configured. " + robots_text(collection);
}

/// The archive loses months that are pruned, and pages that showed what was removed for good.
std::string bytes_text(const DataSet& set) {
  const std::string named = "`provenance.snapshot` is the SHA-256 of the fetched bytes";
  if (!set.without_bytes) return named + '.';
  if (*set.without_bytes == 0) return named + ", which are kept.";
  return named + ". Those of " + std::to_string(*set.without_bytes) + " of the " +
         std::to_string(set.counts.rows) + " posts were not kept; the others are.";
}

/// What is promised of pages cannot be promised of what others saved.
std::string privacy_text(const RowCounts& counts) {
  if (counts.imported == 0) {
    return "No account was used; no private channel, comment or media file is in it.";
  }
  return std::to_string(counts.imported) +
         " of the posts were imported from files that others saved (`provenance.host` is `file` "
         "where they had no address), perhaps with an account or from a private channel. Of the "
         "others no account was used. No "
         "comment or media file is in it.";
}

}  // namespace

std::string collection_section(const DataSet& set) {
  return "## How it was collected\n\n" + runs_text(set) + "\n\n" + bytes_text(set) + ' ' +
         privacy_text(set.counts) + "\n\n";
}

std::string judging_section(const DataSet& set) {
  std::string out = "## How well posts are judged\n\n";
  if (!set.judging) return out + "Nobody has given figures for this set.\n\n";
  const JudgingFigures& figures = *set.judging;
  out +=
      std::to_string(figures.posts) +
      " posts were labelled by people, by the guideline that `qanat audit label` shows. Rules and "
      "people agree on " +
      share_text(figures.agreed) +
      " of them; in parentheses are 95 % intervals.\n\n"
      "| label | precision | recall | judged so | labelled so |\n|---|---|---|---:|---:|\n";
  for (const LabelFigures& label : figures.labels) {
    out += "| " + cell(label.label) + " | " + share_text(label.precision) + " | " +
           share_text(label.recall) + " | " + std::to_string(label.precision.total) + " | " +
           std::to_string(label.recall.total) + " |\n";
  }
  if (set.fingerprints.rulesets.contains(figures.ruleset)) return out + '\n';
  return out + "\nThe figures are those of the rules `" + figures.ruleset +
         "`, which judged none of these posts.\n\n";
}

std::string gaps_section(const DataSet& set) {
  const std::vector<KnownGap>& gaps = set.collection.gaps;
  std::string out = "## Known gaps\n\n";
  if (gaps.empty()) {
    return out + "None is known in these channels. What was deleted before it was fetched" +
           (set.counts.imported > 0 ? ", and what imported files left out," : "") +
           " is not known.\n\n";
  }
  out +=
      "Posts of these ids were not read (some ids are of no post):\n\n"
      "| channel | from | to | because |\n|---|---:|---:|---|\n";
  for (std::size_t i = 0; i < gaps.size() && i < kMostGaps; ++i) {
    out += "| " + cell(gaps[i].channel) + " | " + std::to_string(gaps[i].low) + " | " +
           std::to_string(gaps[i].high) + " | " + cell(gaps[i].cause) + " |\n";
  }
  if (gaps.size() > kMostGaps) {
    out += "\nand " + std::to_string(gaps.size() - kMostGaps) + " more.\n";
  }
  return out + '\n';
}

std::string removal_section(const DataSet& set) {
  const std::string contact =
      set.contact.empty() ? "the people who published the set" : "`" + set.contact + "`";
  return "## Removal\n\nTo have a post or a channel taken out, write to " + contact +
         " and name its `id` or `channel`. Later releases lack it then, and name it in "
         "`REMOVALS.jsonl` (" +
         std::to_string(set.removals) +
         " so far); whoever has a copy of an earlier one should take it out too.\n";
}

}  // namespace qanat::exporting
