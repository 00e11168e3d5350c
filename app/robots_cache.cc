#include "app/robots_cache.h"

#include <algorithm>
#include <utility>

#include "crawler/host_sign.h"

namespace qanat::app {
namespace {

constexpr std::string_view kProduct = "qanat";
constexpr std::size_t kLongestKept = std::size_t{512} * 1024;

bool is_success(int status) { return status >= 200 && status < 300; }
bool is_redirect(int status) { return status >= 300 && status < 400; }

}  // namespace

RobotsCache::RobotsCache(PoliteClient& client,
                         Clock& clock,
                         store::Store& store,
                         std::vector<std::string> hosts)
    : client_(client), clock_(clock), store_(store), hosts_(std::move(hosts)) {}

Result<bool> RobotsCache::allows(const std::string& host, std::string_view url) {
  auto rules = known(host);
  if (rules && *rules == nullptr) rules = ask(host);
  if (!rules) return fail(rules.error());
  return (*rules)->robots.allows(url.substr(host.size()));
}

bool RobotsCache::is_fresh(Instant fetched_at) const {
  const auto age = clock_.now() - fetched_at;
  return age >= std::chrono::seconds::zero() && age < kKept;
}

Result<const RobotsCache::Known*> RobotsCache::known(const std::string& host) {
  const auto found = known_.find(host);
  if (found != known_.end() && is_fresh(found->second.fetched_at)) return &found->second;
  const auto saved = store_.robots(host);
  if (!saved) return fail(saved.error());
  if (!*saved || !is_fresh((*saved)->fetched_at)) return nullptr;
  return remember(host, **saved);
}

Result<const RobotsCache::Known*> RobotsCache::ask(const std::string& host) {
  auto answer = follow(host + "/robots.txt");
  if (!answer) return fail(std::move(answer.error()));
  if (crawler::sign_of(*answer) == crawler::HostSign::busy) {
    return fail(Errc::host_trouble,
                answer->url + " answered " + std::to_string(answer->status) +
                    ", so it is unknown what may be fetched, and nothing is");
  }
  // A redirect that leads nowhere is no robots.txt, nor is any refusal.
  std::string rules = is_success(answer->status) ? std::move(answer->body) : std::string();
  rules.resize(std::min(rules.size(), kLongestKept));
  const store::SavedRobots saved{
      .fetched_at = clock_.now(), .status = answer->status, .body = std::move(rules)};
  if (auto kept = store_.keep_robots(host, saved); !kept) return fail(kept.error());
  return remember(host, saved);
}

Result<crawler::Answer> RobotsCache::follow(std::string url) {
  constexpr int kMostRedirects = 5;
  for (int redirects = 0;; ++redirects) {
    auto answer = client_.fetch({.url = url});
    if (!answer || !is_redirect(answer->status) || redirects == kMostRedirects) return answer;
    const bool known_host = std::ranges::any_of(
        hosts_, [&](const std::string& host) { return answer->location.starts_with(host + "/"); });
    if (!known_host) return answer;
    url = answer->location;
  }
}

const RobotsCache::Known* RobotsCache::remember(const std::string& host,
                                                const store::SavedRobots& saved) {
  Known& place = known_[host];
  place = {.fetched_at = saved.fetched_at, .robots = crawler::Robots::parse(saved.body, kProduct)};
  return &place;
}

}  // namespace qanat::app
