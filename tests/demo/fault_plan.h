#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "demo/server.h"

/// What can go wrong between a crawler and t.me, to be planned request by request.
namespace qanat::demo {

/// What becomes of the answer that the server would have given.
using Spoil = std::function<Reply(const Query& query, Reply page)>;

/// Which requests for pages go wrong, and how. Requests are counted from 1, those for robots.txt
/// aside; copies count together. Hand it to Server::set_fault.
class FaultPlan {
 public:
  /// The channels are those that the server serves.
  explicit FaultPlan(std::vector<Channel> channels) : channels_(std::move(channels)) {}

  /// The `request`-th goes wrong.
  FaultPlan&& at(int request, Spoil spoil) &&;
  /// Every request from the `first`-th on.
  FaultPlan&& from(int first, Spoil spoil) &&;

  std::optional<Reply> operator()(const Query& query);

 private:
  std::vector<Channel> channels_;
  std::map<int, Spoil> at_;
  std::map<int, Spoil> from_;
  std::shared_ptr<int> requests_ = std::make_shared<int>(0);
};

/// An answer of this status, with a header if one is named.
[[nodiscard]] Spoil status(int code, std::map<std::string, std::string> headers = {});
/// A redirect.
[[nodiscard]] Spoil moved(std::string location);
/// The page, sent otherwise than whole.
[[nodiscard]] Spoil delivered(Delivery delivery);
/// A body of this text instead of the page, with this encoding if one is named.
[[nodiscard]] Spoil body(std::string text, std::string encoding = "");
/// The channel's newest page, whatever is asked for.
[[nodiscard]] Spoil newest_page_again(const Channel& channel);
/// The channel's page without any posts.
[[nodiscard]] Spoil page_without_posts(const Channel& channel);

}  // namespace qanat::demo
