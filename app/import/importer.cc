#include "app/import/importer.h"

#include <algorithm>
#include <utility>

#include "app/judged_post.h"
#include "app/units.h"

namespace qanat::app {
namespace {

/// Whose page it is: as its posts' addresses say, else as its header does.
std::optional<ChannelName> channel_of(const ChannelPage& page) {
  if (!page.posts.empty()) return page.posts.front().id.channel;
  return ChannelName::parse(page.channel.username);
}

/// The name by which the page was asked for, in "https://t.me/s/name?before=5"; nothing of others.
std::optional<ChannelName> asked_name(std::string_view url) {
  constexpr std::string_view kPreview = "/s/";
  const std::size_t at = url.find(kPreview);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view rest = url.substr(at + kPreview.size());
  return ChannelName::parse(rest.substr(0, rest.find_first_of("/?#")));
}

}  // namespace

Importer::Importer(store::Store& store,
                   store::SnapshotArchive& archive,
                   const classifier::Classifier& classifier,
                   Instant now)
    : store_(store),
      archive_(archive),
      keeper_(archive, store),
      classifier_(classifier),
      now_(now),
      profiles_(store) {}

Result<void> Importer::add_page(const ForeignPage& page) {
  auto read = reader_.parse(page.body);
  if (!read) {
    refuse(page.url + ": " + read.error().message);
    return {};
  }
  if (read->kind == PageKind::channel && !read->complete) {
    refuse(page.url + ": the page ends early");
    return {};
  }
  if (read->skipped > 0) {
    refuse(page.url + ": " + counted(read->skipped, "post") + " of the page cannot be read");
  }
  const auto channel = channel_of(*read);
  if (read->kind != PageKind::channel || read->posts.empty() || !channel) {
    report_.without_posts.push_back({.url = page.url,
                                     .channel = channel ? channel->str() : std::string(),
                                     .kind = read->kind,
                                     .has_preview = read->channel.has_preview});
    return {};
  }
  const auto is_foreign = [&](const Post& post) { return post.id.channel != *channel; };
  if (std::ranges::any_of(read->posts, is_foreign)) {
    refuse(page.url + ": it has posts of several channels, which no page of Telegram has");
    return {};
  }
  const ShownChannel shown{.name = channel, .numeric_id = read->channel.numeric_id};
  const auto kept = kept_name(*channel, shown, page.url);
  if (!kept) return fail(kept.error());
  const auto mistake = mistaken(shown, *kept);
  if (!mistake) return fail(mistake.error());
  if (!mistake->empty()) {
    refuse(page.url + ": " + *mistake);
    return {};
  }
  Provenance provenance{.snapshot = "",
                        .fetched_at = page.fetched_at,
                        .host = page.host,
                        .parser = std::string(parser::kParserVersion),
                        .ruleset = classifier_.fingerprint()};
  auto posts = unknown_posts(*kept, shown, std::move(read->posts), provenance);
  if (!posts) return fail(posts.error());
  if (*kept != *channel) report_.kept_as[channel->str()] = kept->str();
  return keep(*kept,
              *std::move(posts),
              {.channel = *kept,
               .url = page.url,
               .fetched_at = page.fetched_at,
               .status = page.status,
               .headers = page.headers,
               .body = page.body,
               .shown = shown},
              std::move(provenance),
              read->channel);
}

Result<void> Importer::add_messages(const std::string& url,
                                    Instant written_at,
                                    importer::DesktopBatch batch) {
  if (batch.posts.empty()) return {};
  const ChannelName channel = batch.posts.front().id.channel;
  Provenance provenance{.snapshot = "",
                        .fetched_at = written_at,
                        .host = std::string(kFileHost),
                        .parser = std::string(importer::kDesktopReader),
                        .ruleset = classifier_.fingerprint()};
  const ShownChannel shown{.name = {}, .numeric_id = batch.numeric_id};
  auto posts = unknown_posts(channel, shown, std::move(batch.posts), provenance);
  if (!posts) return fail(posts.error());
  return keep(channel,
              *std::move(posts),
              {.channel = channel,
               .url = url,
               .fetched_at = written_at,
               .status = 0,
               .headers = "",
               .body = std::move(batch.json),
               .shown = shown},
              std::move(provenance),
              ChannelFacts{.title = std::move(batch.title)});
}

Result<std::optional<std::string>> Importer::archived(const std::string& snapshot) {
  return archive_.body(snapshot);
}

Result<bool> Importer::is_known(const PostId& id, const Provenance& provenance) {
  const auto stored = store_.find(id);
  if (!stored) return fail(stored.error());
  if (!*stored) return false;
  const bool from_page = (*stored)->latest.parser != importer::kDesktopReader;
  return (*stored)->last_seen_at >= provenance.fetched_at ||
         (from_page && provenance.parser == importer::kDesktopReader);
}

Result<ChannelName> Importer::kept_name(const ChannelName& own,
                                        const ShownChannel& shown,
                                        const std::string& url) {
  ChannelName asked = asked_name(url).value_or(own);
  if (!shown.numeric_id) {
    // What was removed for good under this name must not come back under another.
    const auto removals = store_.removals_of(own);
    if (!removals) return fail(removals.error());
    return removals->whole || !removals->posts.empty() ? own : asked;
  }
  if (auto noted = store_.note_number(asked, shown); !noted) return fail(noted.error());
  const auto known = store_.names_of_channel(*shown.numeric_id);
  if (!known) return fail(known.error());
  const auto is_known = [&](const ChannelName& name) {
    return std::ranges::find(*known, name) != known->end();
  };
  if (known->empty() || is_known(asked)) return asked;
  return is_known(own) ? own : known->front();
}

Result<std::string> Importer::mistaken(const ShownChannel& shown, const ChannelName& kept) {
  const auto owned = store_.check_page_owner(kept, shown);
  if (owned) return "";
  switch (owned.error().code) {
    case Errc::other_channel:
      return owned.error().message + ": import it into a database of its own";
    case Errc::known_channel: return owned.error().message + ", or give that one with --channel";
    case Errc::removed_channel: return "";  // its posts are counted
    default: return fail(owned.error());
  }
}

Result<std::vector<store::JudgedPost>> Importer::unknown_posts(const ChannelName& channel,
                                                               const ShownChannel& shown,
                                                               std::vector<Post> posts,
                                                               const Provenance& provenance) {
  const auto removals = store_.removals_of(channel, shown);
  if (!removals) return fail(removals.error());
  std::vector<store::JudgedPost> unknown;
  for (Post& post : posts) {
    if (removals->hold(post.id.message)) {
      ++report_.removed;
      continue;
    }
    post.id.channel = channel;
    const auto known = is_known(post.id, provenance);
    if (!known) return fail(known.error());
    if (*known) {
      ++report_.known;
      continue;
    }
    const auto profile = profiles_.of(channel);
    if (!profile) return fail(profile.error());
    unknown.push_back(judge_post(classifier_, **profile, std::move(post)));
  }
  return unknown;
}

/// The channel as the store has it, followed.
Result<store::ChannelRow> Importer::follow(const ChannelName& channel, const ShownChannel& shown) {
  const auto added = store_.add_channel(channel, now_, shown);
  if (!added) return fail(added.error());
  if (*added) report_.followed.insert(channel.str());
  auto row = store_.channel(channel);
  if (!row) return fail(row.error());
  return **std::move(row);
}

Result<void> Importer::keep(const ChannelName& channel,
                            std::vector<store::JudgedPost> posts,
                            const store::Snapshot& snapshot,
                            Provenance provenance,
                            const ChannelFacts& facts) {
  ++report_.pages;
  if (posts.empty()) return {};
  const auto row = follow(channel, snapshot.shown);
  if (!row) return fail(row.error());
  auto name = keeper_.keep(snapshot);
  if (!name) return fail(name.error());
  report_.oldest = std::min(report_.oldest.value_or(snapshot.fetched_at), snapshot.fetched_at);
  provenance.snapshot = *std::move(name);
  const auto counts = keeper_.keep(
      store::PageCommit{.channel = channel,
                        .provenance = std::move(provenance),
                        .state = row->state,
                        // An old page's title must not replace the channel's own.
                        .facts = row->title.empty() ? std::optional(facts) : std::nullopt,
                        .shown = snapshot.shown,
                        .posts = std::move(posts),
                        // Others cut pages, and known posts are not among these.
                        .tells_absence = false},
      now_);
  if (!counts) return fail(counts.error());
  report_.posts += *counts;
  return {};
}

}  // namespace qanat::app
