#include "base/channel_name.h"

#include <algorithm>
#include <array>

namespace qanat {
namespace {

constexpr std::size_t kShortest = 4;
constexpr std::size_t kLongest = 32;
constexpr std::array<std::string_view, 3> kHosts = {"t.me", "telegram.me", "telegram.dog"};

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

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return lower(c); });
  return out;
}

bool drop_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool is_username(std::string_view name) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return name.size() >= kShortest && name.size() <= kLongest && letter(name.front()) &&
         std::ranges::find(kReserved, name) == kReserved.end() &&
         std::ranges::all_of(
             name, [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

/// The part of an address without scheme that should name the channel.
std::string_view name_in_address(std::string_view address) {
  const std::size_t host_end = std::min(address.find_first_of("/?#"), address.size());
  const std::string_view host = address.substr(0, host_end);
  for (const std::string_view known : kHosts) {
    if (host == known) {
      std::string_view path = address.substr(host_end);
      drop_prefix(path, "/");
      drop_prefix(path, "s/");
      return path.substr(0, path.find_first_of("/?#"));
    }
    if (host.ends_with(known) && host.size() > known.size() + 1 &&
        host[host.size() - known.size() - 1] == '.') {
      return host.substr(0, host.size() - known.size() - 1);
    }
  }
  return address;  // a bare name
}

}  // namespace

std::optional<ChannelName> ChannelName::parse(std::string_view text) {
  const std::string lowered = lower(text);
  std::string_view rest = lowered;
  if (!drop_prefix(rest, "https://")) drop_prefix(rest, "http://");
  const std::string_view name = drop_prefix(rest, "@") ? rest : name_in_address(rest);
  if (!is_username(name)) return std::nullopt;
  return ChannelName(std::string(name));
}

}  // namespace qanat
