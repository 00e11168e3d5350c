#include "base/channel_name.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/link_address.h"

namespace qanat {
namespace {

constexpr std::size_t kShortest = 4;
constexpr std::size_t kLongest = 32;

/// First words of t.me addresses that name no channel.
constexpr std::array<std::string_view, 10> kReserved = {"joinchat",
                                                        "addstickers",
                                                        "addemoji",
                                                        "addlist",
                                                        "addtheme",
                                                        "share",
                                                        "proxy",
                                                        "socks",
                                                        "setlanguage",
                                                        "confirmphone"};

bool is_username(std::string_view name) {
  return name.size() >= kShortest && name.size() <= kLongest && is_ascii_letter(name.front()) &&
         std::ranges::find(kReserved, name) == kReserved.end() &&
         std::ranges::all_of(name, is_ascii_word);
}

}  // namespace

std::optional<ChannelName> ChannelName::of_username(std::string_view text) {
  std::string name = lowered(text);
  if (!is_username(name)) return std::nullopt;
  return ChannelName(std::move(name));
}

std::optional<ChannelName> ChannelName::in_address(std::string_view address) {
  const std::string path = path_on_telegram(address);
  std::string_view name = path;
  if (name.starts_with("s/")) name.remove_prefix(2);
  return of_username(name.substr(0, name.find_first_of("/?#")));
}

std::optional<ChannelName> ChannelName::parse(std::string_view text) {
  if (auto named = in_address(text)) return named;
  return of_username(text.substr(text.starts_with('@') ? 1 : 0));
}

}  // namespace qanat
