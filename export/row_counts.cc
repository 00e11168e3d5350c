#include "export/row_counts.h"

#include <algorithm>

#include "base/names.h"

namespace qanat::exporting {
namespace {

record::Json moment_or_null(const std::optional<Instant>& moment) {
  return moment ? record::Json(format_instant(*moment)) : record::Json(nullptr);
}

}  // namespace

void RowCounts::add(const Record& record) {
  ++rows;
  ++channels[record.post.id.channel.str()];
  ++labels[std::string(name_of(record.verdict.label))];
  ++outcomes[std::string(name_of(record.verdict.outcome))];
  ++langs[record.normalized.lang];
  if (record.imported) ++imported;
  if (const auto published = record.post.published_at) {
    first_published = std::min(first_published.value_or(*published), *published);
    last_published = std::max(last_published.value_or(*published), *published);
  }
}

record::Json row_counts_json(const RowCounts& counts) {
  return {{"rows", counts.rows},
          {"first_published_at", moment_or_null(counts.first_published)},
          {"last_published_at", moment_or_null(counts.last_published)},
          {"labels", counts.labels},
          {"outcomes", counts.outcomes},
          {"langs", counts.langs},
          {"imported", counts.imported},
          {"channels", counts.channels}};
}

}  // namespace qanat::exporting
