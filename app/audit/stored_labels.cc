#include "app/audit/stored_labels.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace qanat::app {
namespace {

/// To the post's own labels, if it is still as it was labelled.
void add_label(StoredLabels& out, store::LabelRow row) {
  LabelledRecord& post = out.posts.back();
  if (row.revision == post.record.revision) {
    post.labels.push_back(std::move(row));
  } else {
    ++out.outdated;
  }
}

}  // namespace

Result<StoredLabels> read_stored_labels(store::Store& store, const std::string& annotator) {
  auto rows = store.labels();
  if (!rows) return fail(rows.error());
  StoredLabels out;
  for (store::LabelRow& row : *rows) {
    if (!annotator.empty() && row.annotator != annotator) continue;
    if (out.posts.empty() || out.posts.back().record.post.id != row.post) {
      auto record = store.find(row.post);
      if (!record) return fail(record.error());
      if (!*record) continue;  // never judged: nothing to hold the label against
      out.posts.push_back({.record = **std::move(record), .labels = {}});
    }
    add_label(out, std::move(row));
  }
  std::erase_if(out.posts, [](const LabelledRecord& post) { return post.labels.empty(); });
  return out;
}

classifier::LabelledPost labelled_post(const Record& record, const store::LabelRow& label) {
  return {.id = record.post.id.str(),
          .channel = record.post.id.channel.str(),
          .lang = record.normalized.lang,
          .text = record.post.text,
          .label = label.label.value_or(Label::other),
          .spans = label.spans};
}

std::optional<classifier::LabelledPost> deciding_label(const LabelledRecord& post) {
  const auto newest_first = std::views::reverse(post.labels);
  const auto last = std::ranges::find_if(
      newest_first, [](const store::LabelRow& row) { return row.label.has_value(); });
  if (last == newest_first.end()) return std::nullopt;
  classifier::LabelledPost labelled = labelled_post(post.record, *last);
  labelled.ambiguous = std::ranges::any_of(post.labels, [&](const store::LabelRow& row) {
    return row.label && *row.label != labelled.label;
  });
  return labelled;
}

classifier::Sampling sampling_of(const LabelledRecord& post) {
  for (const store::LabelRow& row : post.labels) {
    if (!row.p_sample) continue;
    return {.p_sample = row.p_sample, .round = row.round, .labelled_at = row.labelled_at};
  }
  return {};
}

}  // namespace qanat::app
