#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace qanat {

/// The public username of a channel, lower case: Telegram compares names without case
/// (the spelling that a page shows is kept beside it, in ChannelPage::slug).
class ChannelName {
 public:
  /// Takes "name", "@name" and what in_address() takes. Nothing when no valid username is named: 4
  /// to 32 characters of [A-Za-z0-9_], a letter first (Telegram's rule; 4 since collectible names).
  [[nodiscard]] static std::optional<ChannelName> parse(std::string_view text);

  /// Takes "https://t.me/name", "t.me/s/name/12?before=3", "name.t.me" and the same on telegram.me
  /// and telegram.dog; nothing of other hosts and of a word alone.
  [[nodiscard]] static std::optional<ChannelName> in_address(std::string_view address);

  [[nodiscard]] const std::string& str() const { return name_; }

  auto operator<=>(const ChannelName&) const = default;

 private:
  static std::optional<ChannelName> of_username(std::string_view text);
  explicit ChannelName(std::string name) : name_(std::move(name)) {}

  std::string name_;
};

}  // namespace qanat
