#include "app/page_fetcher.h"

#include <algorithm>
#include <utility>

#include "crawler/host_sign.h"
#include "crawler/page_url.h"

namespace qanat::app {
namespace {

/// Lets through what a visit can read: a page, or a redirect that says why there is none.
Result<crawler::Answer> judge(Result<crawler::Answer> answer) {
  if (!answer) return answer;
  const int status = answer->status;
  const bool unknown = status == 304 && answer->body.empty();  // nobody asked for that
  if (status == 200 || (status >= 300 && status < 400 && !unknown)) return answer;
  const bool by_host = crawler::sign_of(*answer) == crawler::HostSign::busy;
  return fail(by_host ? Errc::host_trouble : Errc::http_status,
              answer->url + " answered " + std::to_string(status));
}

}  // namespace

PageFetcher::PageFetcher(PoliteClient& client,
                         Clock& clock,
                         store::Store& store,
                         store::SnapshotArchive& archive,
                         Options options)
    : client_(client),
      store_(store),
      archive_(archive),
      options_(std::move(options)),
      robots_(client, clock, store, options_.hosts) {}

Result<crawler::Answer> PageFetcher::preview(const ChannelName& channel,
                                             std::optional<MessageId> before) {
  return fetch_from_any_host(
      {.url_on =
           [&](const std::string& host) { return crawler::preview_url(host, channel, before); },
       .may_be_known = !before});
}

Result<crawler::Answer> PageFetcher::landing(const ChannelName& channel) {
  return fetch_from_any_host(
      {.url_on = [&](const std::string& host) { return crawler::landing_url(host, channel); },
       .may_be_known = true});
}

void PageFetcher::try_anew() {
  client_.try_anew();
  preferred_ = 0;
}

Result<crawler::Answer> PageFetcher::fetch_from_any_host(const Page& page) {
  const std::size_t hosts = options_.hosts.size();
  const std::size_t attempts = std::max(kAttempts, hosts);
  for (std::size_t attempt = 1;; ++attempt) {
    auto answer = fetch(page, options_.hosts[preferred_]);
    const bool unreachable = !answer && answer.error().code == Errc::network;
    const bool refused = answer && crawler::sign_of(*answer) == crawler::HostSign::busy;
    const auto other = answer ? moved_to(page, *answer) : std::nullopt;
    if (attempt == attempts || (!unreachable && !refused && !other)) {
      return judge(std::move(answer));
    }
    if (unreachable) preferred_ = (preferred_ + 1) % hosts;
    if (other) preferred_ = *other;
  }
}

std::optional<std::size_t> PageFetcher::moved_to(const Page& page,
                                                 const crawler::Answer& answer) const {
  if (answer.location.empty()) return std::nullopt;
  for (std::size_t i = 0; i < options_.hosts.size(); ++i) {
    if (i != preferred_ && answer.location == page.url_on(options_.hosts[i])) return i;
  }
  return std::nullopt;
}

Result<crawler::Answer> PageFetcher::fetch(const Page& page, const std::string& host) {
  const std::string url = page.url_on(host);
  if (!options_.ignore_robots) {
    const auto allowed = robots_.allows(host, url);
    if (!allowed) return fail(allowed.error());
    if (!*allowed) {
      return fail(Errc::http_status,
                  host + "/robots.txt forbids fetching " + url +
                      "; only `crawl.ignore_robots` overrides it");
    }
  }
  return page.may_be_known ? fetch_if_changed(url) : client_.fetch({.url = url});
}

Result<crawler::Answer> PageFetcher::fetch_if_changed(const std::string& url) {
  auto known = known_version(url);
  if (!known) return fail(known.error());
  if (!*known) return client_.fetch({.url = url});
  auto answer = client_.fetch({.url = url, .unless = (*known)->validators});
  if (answer && answer->status == 304) answer->body = std::move((*known)->body);
  return answer;
}

/// Nothing when the host gave no validators, or the bytes are in the archive no more.
Result<std::optional<PageFetcher::KnownVersion>> PageFetcher::known_version(
    const std::string& url) {
  auto saved = store_.page_version(url);
  if (!saved) return fail(saved.error());
  if (!*saved) return std::nullopt;
  auto body = archive_.body((*saved)->snapshot);
  if (!body) return fail(body.error());
  if (!*body) return std::nullopt;
  return KnownVersion{
      .validators = {.etag = (*saved)->etag, .last_modified = (*saved)->last_modified},
      .body = *std::move(*body)};
}

}  // namespace qanat::app
