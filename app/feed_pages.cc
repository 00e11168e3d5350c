#include "app/feed_pages.h"

#include <algorithm>
#include <chrono>
#include <string>

#include "base/http_date.h"
#include "web/conditional.h"

namespace qanat::app {
namespace {

// A post may be edited, judged anew or erased at any time, and a crawl takes its time.
constexpr std::chrono::seconds kShortestLife = std::chrono::minutes{5};
constexpr std::chrono::seconds kLongestLife = std::chrono::days{1};

web::Response refusal(int status, const std::string& why) {
  return {.status = status, .body = why + "\n"};
}

}  // namespace

web::Response FeedPages::answer(const web::Request& request) {
  const std::string_view path = request.path;
  const auto name =
      path.starts_with(kFolder) ? FeedName::parse(path.substr(kFolder.size())) : std::nullopt;
  if (!name) {
    return refusal(web::kNotFound,
                   "no feed; there is /feeds/all.atom, /feeds/some_channel.atom, and "
                   "the same as .rss and .json");
  }
  const auto found = shelf_.find(*name);
  if (!found) {
    const bool is_stranger = found.error().code == Errc::usage;
    return refusal(is_stranger ? web::kNotFound : web::kUnavailable, found.error().message);
  }
  const ReadyFeed& feed = **found;
  const bool is_packed = web::accepts_gzip(request.accept_encoding);
  web::Response response{.type = std::string(media_type(name->format)),
                         .body = "",
                         .shared = is_packed ? feed.gzip : feed.text,
                         .cache_control = cache_control(feed)};
  if (web::is_known(request, feed.version)) response.status = web::kNotModified;
  if (is_packed) response.headers.push_back({.name = "Content-Encoding", .value = "gzip"});
  response.headers.push_back({.name = "Vary", .value = "Accept-Encoding"});
  response.headers.push_back({.name = "ETag", .value = web::entity_tag(feed.version, is_packed)});
  response.headers.push_back(
      {.name = "Last-Modified", .value = format_http_date(feed.version.modified)});
  return response;
}

/// Until the next crawl there is nothing new to fetch.
std::string FeedPages::cache_control(const ReadyFeed& feed) {
  const auto life = feed.next_crawl ? *feed.next_crawl - clock_.now() : kLongestLife;
  return "max-age=" + std::to_string(std::clamp(life, kShortestLife, kLongestLife).count());
}

}  // namespace qanat::app
