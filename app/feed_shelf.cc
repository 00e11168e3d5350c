#include "app/feed_shelf.h"

#include <algorithm>
#include <utility>

#include "base/sha256.h"
#include "export/compression.h"
#include "export/redact.h"
#include "export/selection.h"

namespace qanat::app {
namespace {

/// No channel is called so: their names have four letters at least.
constexpr std::string_view kAll = "all";

std::string compressed(const std::string& text) {
  std::string out;
  const auto gzip = exporting::gzip_compressor();
  gzip->add(text, out);
  gzip->finish(out);
  return out;
}

}  // namespace

std::optional<FeedName> FeedName::parse(std::string_view file) {
  const std::size_t dot = file.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto* const format = std::ranges::find_if(
      exporting::kFeedFormats,
      [ending = file.substr(dot + 1)](auto one) { return name_of(one) == ending; });
  if (format == exporting::kFeedFormats.end()) return std::nullopt;
  const std::string_view stem = file.substr(0, dot);
  auto channel = ChannelName::parse(stem);
  const bool is_plain = stem.find_first_of("/.:@") == std::string_view::npos;
  if (stem != kAll && (!channel || !is_plain)) return std::nullopt;
  return FeedName{.channel = std::move(channel), .format = *format};
}

std::string FeedName::str() const {
  std::string out = channel ? channel->str() : std::string(kAll);
  out += '.';
  out += name_of(format);
  return out;
}

Result<const ReadyFeed*> FeedShelf::find(const FeedName& name) {
  auto found = look_up(name);
  if (found || found.error().code == Errc::usage) return found;
  // What was wrong may be mended by then.
  store_.reset();
  for (Kept& kept : kept_) kept.data_version.reset();
  return found;
}

Result<const ReadyFeed*> FeedShelf::look_up(const FeedName& name) {
  const auto data_version = connect();
  if (!data_version) return fail(data_version.error());
  const auto known = std::ranges::find(kept_, name, &Kept::name);
  if (known != kept_.end() && known->data_version == *data_version) return &in_front(name).feed;
  auto written = write(name);
  if (!written) return fail(written.error());
  Kept& kept = in_front(name);
  // The same text again is the same version.
  if (kept.feed.version.tag == written->version.tag) written->version = kept.feed.version;
  kept.feed = *std::move(written);
  kept.data_version = *data_version;
  drop_surplus();
  return &kept.feed;
}

/// To the store, unless it is. Gives its data version.
Result<std::int64_t> FeedShelf::connect() {
  if (!store_) {
    auto opened = store::Store::open(options_.store_path, store::Access::read_only);
    // A file that is not there is no feed that is not there.
    if (!opened) return fail(Errc::storage, opened.error().message);
    store_.emplace(*std::move(opened));
  }
  return store_->data_version();
}

Result<ReadyFeed> FeedShelf::write(const FeedName& name) {
  const auto next = next_crawl(name);
  if (!next) return fail(next.error());
  auto text = text_of(name);
  if (!text) return fail(text.error());
  std::string gzip = compressed(*text);
  std::string tag = sha256_hex(*text);
  return ReadyFeed{.text = std::make_shared<const std::string>(*std::move(text)),
                   .gzip = std::make_shared<const std::string>(std::move(gzip)),
                   .version = {.tag = std::move(tag), .modified = clock_.now()},
                   .next_crawl = *next};
}

Result<std::string> FeedShelf::text_of(const FeedName& name) {
  auto redactor = exporting::redactor_for(*store_, nullptr);
  if (!redactor) return fail(redactor.error());
  exporting::Selection selection{.stored = {.limit = options_.posts}, .redactor = &*redactor};
  if (name.channel) selection.stored.channels = {*name.channel};
  return exporting::feed_text(
      *store_, selection, {.format = name.format, .title = "", .url = options_.url + name.str()});
}

/// Nothing when nobody is followed.
Result<std::optional<Instant>> FeedShelf::next_crawl(const FeedName& name) {
  if (!name.channel) {
    const auto due = store_->next_due(Instant::max());
    if (!due) return fail(due.error());
    if (!*due) return std::nullopt;
    return (*due)->at.value_or(Instant{});
  }
  const auto row = store_->channel(*name.channel);
  if (!row) return fail(row.error());
  if (!*row) {
    return fail(Errc::usage,
                "no feed: " + name.channel->str() + " is not followed; see `qanat channels list`");
  }
  return (*row)->next_due_at.value_or(Instant{});
}

/// An empty one when it is not kept.
FeedShelf::Kept& FeedShelf::in_front(const FeedName& name) {
  const auto known = std::ranges::find(kept_, name, &Kept::name);
  if (known == kept_.end()) return kept_.emplace_front(Kept{.name = name, .feed = {}});
  kept_.splice(kept_.begin(), kept_, known);
  return kept_.front();
}

void FeedShelf::drop_surplus() {
  std::size_t bytes = 0;
  const auto is_surplus = [&](const Kept& kept) {
    bytes += kept.feed.text->size() + kept.feed.gzip->size();
    return bytes > options_.most_bytes && &kept != &kept_.front();
  };
  kept_.erase(std::ranges::find_if(kept_, is_surplus), kept_.end());
}

}  // namespace qanat::app
