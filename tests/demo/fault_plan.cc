#include "demo/fault_plan.h"

#include <iterator>
#include <utility>

#include "demo/page_renderer.h"

namespace qanat::demo {

FaultPlan&& FaultPlan::at(int request, Spoil spoil) && {
  at_[request] = std::move(spoil);
  return std::move(*this);
}

FaultPlan&& FaultPlan::from(int first, Spoil spoil) && {
  from_[first] = std::move(spoil);
  return std::move(*this);
}

std::optional<Reply> FaultPlan::operator()(const Query& query) {
  if (query.path == "/robots.txt") return std::nullopt;
  const int request = ++*requests_;
  if (const auto found = at_.find(request); found != at_.end()) {
    return found->second(query, answer(channels_, query));
  }
  const auto later = from_.upper_bound(request);
  if (later == from_.begin()) return std::nullopt;
  return std::prev(later)->second(query, answer(channels_, query));
}

Spoil status(int code, std::map<std::string, std::string> headers) {
  return [=](const Query&, const Reply&) {
    return Reply{.status = code, .headers = headers, .body = "no page"};
  };
}

Spoil moved(std::string location) { return status(302, {{"Location", std::move(location)}}); }

Spoil delivered(Delivery delivery) {
  return [=](const Query&, Reply page) {
    page.delivery = delivery;
    return page;
  };
}

Spoil body(std::string text, std::string encoding) {
  return [=](const Query&, Reply page) {
    page.body = text;
    if (!encoding.empty()) page.headers["Content-Encoding"] = encoding;
    return page;
  };
}

Spoil newest_page_again(const Channel& channel) { return body(render_channel_page(channel, {})); }

Spoil page_without_posts(const Channel& channel) {
  Channel emptied = channel;
  emptied.posts.clear();
  return body(render_channel_page(emptied, {}));
}

}  // namespace qanat::demo
