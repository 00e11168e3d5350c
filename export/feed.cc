#include "export/feed.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "export/feed/feed_writer.h"
#include "export/feed/plain_text.h"
#include "export/rows.h"
#include "export/stable_uuid.h"
#include "export/text_file.h"

namespace qanat::exporting {
namespace {

std::unique_ptr<FeedWriter> feed_writer(FeedFormat format) {
  switch (format) {
    case FeedFormat::rss: return rss_writer();
    case FeedFormat::atom: return atom_writer();
    case FeedFormat::json: return json_feed_writer();
  }
  std::unreachable();
}

std::string listed(const std::vector<ChannelName>& channels) {
  std::string out;
  for (const ChannelName& channel : channels) out += (out.empty() ? "" : ",") + channel.str();
  return out;
}

/// The channel's title, if a single one is selected and known; redacted, as what a post of it says.
Result<std::string> title_of_channel(store::Store& store, const Selection& selection) {
  if (selection.stored.channels.size() != 1) return "Posts without advertising";
  const ChannelName& name = selection.stored.channels.front();
  const auto row = store.channel(name);
  if (!row) return fail(row.error());
  if (!*row || (*row)->title.empty()) return name.str();
  if (selection.redactor == nullptr) return (*row)->title;
  Record shown{.post = {.id = {.channel = name}, .text = (*row)->title}};
  return selection.redactor->redacted(std::move(shown)).post.text;
}

/// When the entry that changed last did.
Result<Instant> last_change(store::Store& store, Selection selection) {
  selection.only_looked_at = true;
  Instant latest;
  const auto read = for_each_wanted(store, selection, [&](const Record& record) -> Result<void> {
    latest = std::max(latest, updated_at(record));
    return {};
  });
  if (!read) return fail(read.error());
  return latest;
}

Result<FeedFacts> facts_of(store::Store& store,
                           const Selection& selection,
                           const FeedOptions& options) {
  FeedFacts facts{.url = without_controls(options.url)};
  const std::vector<ChannelName>& channels = selection.stored.channels;
  facts.home = channels.size() == 1 ? "https://t.me/s/" + channels.front().str() : "https://t.me/";
  facts.id = facts.url.empty() ? stable_uuid("qanat feed " + listed(channels)) : facts.url;
  facts.title = without_controls(options.title);
  if (facts.title.empty()) {
    const auto title = title_of_channel(store, selection);
    if (!title) return fail(title.error());
    facts.title = without_controls(*title);
  }
  const auto updated = last_change(store, selection);
  if (!updated) return fail(updated.error());
  facts.updated = *updated;
  return facts;
}

Selection fit_for_feed(Selection selection) {
  selection.stored.newest_first = true;
  selection.without_deleted = true;
  if (selection.stored.outcomes.empty()) {
    selection.stored.outcomes = {Outcome::clean, Outcome::stripped};
  }
  return selection;
}

/// A feed in memory, where a TextFile has it on the disk.
struct TextBuffer {
  std::string text;

  Result<void> write(std::string_view piece) {
    text += piece;
    return {};
  }
  Result<void> write_row(std::string_view piece) { return write(piece); }
};

template <class Out>
Result<void> write_to(Out& out,
                      store::Store& store,
                      const Selection& selection,
                      const FeedOptions& options) {
  const Selection wanted = fit_for_feed(selection);
  const auto facts = facts_of(store, wanted, options);
  if (!facts) return fail(facts.error());
  const auto feed = feed_writer(options.format);
  if (auto begun = out.write(feed->begin(*facts)); !begun) return begun;
  auto written = for_each_wanted(store, wanted, [&](const Record& record) {
    return out.write_row(feed->entry(feed_entry(record)));
  });
  return written ? out.write(feed->end()) : written;
}

}  // namespace

std::string_view name_of(FeedFormat format) {
  switch (format) {
    case FeedFormat::rss: return "rss";
    case FeedFormat::atom: return "atom";
    case FeedFormat::json: return "json";
  }
  std::unreachable();
}

std::string_view media_type(FeedFormat format) {
  switch (format) {
    case FeedFormat::rss: return "application/rss+xml; charset=utf-8";
    case FeedFormat::atom: return "application/atom+xml; charset=utf-8";
    case FeedFormat::json: return "application/feed+json";
  }
  std::unreachable();
}

Result<WrittenFile> write_feed(store::Store& store,
                               const Selection& selection,
                               const FeedOptions& options,
                               const std::string& path) {
  auto file = TextFile::open(path);
  if (!file) return fail(file.error());
  if (auto written = write_to(*file, store, selection, options); !written) {
    return fail(written.error());
  }
  return file->finish();
}

Result<std::string> feed_text(store::Store& store,
                              const Selection& selection,
                              const FeedOptions& options) {
  TextBuffer buffer;
  if (auto written = write_to(buffer, store, selection, options); !written) {
    return fail(written.error());
  }
  return std::move(buffer.text);
}

}  // namespace qanat::exporting
