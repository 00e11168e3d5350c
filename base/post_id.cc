#include "base/post_id.h"

#include <charconv>
#include <system_error>
#include <utility>

namespace qanat {

std::optional<PostId> parse_post_id(std::string_view text) {
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view digits = text.substr(slash + 1);
  auto channel = ChannelName::parse(text.substr(0, slash));
  MessageId message = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, message);
  // Larger ones lose digits on their way through JSON; Telegram's stay below 2^31.
  constexpr MessageId kHighest = (MessageId{1} << 53) - 1;
  if (!channel || error != std::errc{} || stop != end) return std::nullopt;
  if (message <= 0 || message > kHighest) return std::nullopt;
  return PostId{.channel = *std::move(channel), .message = message};
}

}  // namespace qanat
