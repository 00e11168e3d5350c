#include "base/post_id.h"

#include <utility>

#include "base/number.h"

namespace qanat {

std::optional<PostId> parse_post_id(std::string_view text) {
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos) return std::nullopt;
  auto channel = ChannelName::parse(text.substr(0, slash));
  const auto message = read_number<MessageId>(text.substr(slash + 1));
  // Larger ones lose digits on their way through JSON; Telegram's stay below 2^31.
  constexpr MessageId kHighest = (MessageId{1} << 53) - 1;
  if (!channel || !message || *message <= 0 || *message > kHighest) return std::nullopt;
  return PostId{.channel = *std::move(channel), .message = *message};
}

}  // namespace qanat
