#include "export/redact.h"

#include <utility>

#include "export/redaction/finding.h"
#include "export/redaction/post_redaction.h"

namespace qanat::exporting {

Redactor::Redactor(const std::vector<ChannelName>& channels) {
  for (const ChannelName& channel : channels) channels_.insert(channel.str());
  for (const PersonalKind kind : kPersonalKinds) counts_.emplace(name_of(kind), 0);
}

Record Redactor::redacted(Record record) {
  PostRedaction redaction(channels_, record.post);
  redaction.redact(record);
  latest_.clear();
  if (redaction.counts().empty()) return record;
  record.content_sha256 = content_sha256(record.post);
  for (const auto& [kind, count] : redaction.counts()) {
    const std::string name(name_of(kind));
    counts_[name] += count;
    latest_[name] = count;
  }
  return record;
}

void Redactor::take_back() {
  for (const auto& [kind, count] : latest_) counts_[kind] -= count;
  latest_.clear();
}

Result<Redactor> redactor_for(store::Store& store, store::PastRecords* past) {
  auto channels = past != nullptr ? past->channels_with_posts() : store.channels_with_posts();
  if (!channels) return fail(channels.error());
  const auto former = store.former_names();
  if (!former) return fail(former.error());
  channels->insert(channels->end(), former->begin(), former->end());
  return Redactor(*channels);
}

}  // namespace qanat::exporting
