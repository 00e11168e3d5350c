#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.h"
#include "base/channel_name.h"
#include "base/link_address.h"
#include "export/redaction/addresses.h"
#include "export/redaction/characters.h"

namespace qanat::exporting {
namespace {

std::size_t word_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_ascii_word(text[at])) ++at;
  return at;
}

/// Where an invitation's secret ends.
std::size_t secret_end(std::string_view text, std::size_t at) {
  while (at < text.size() && (is_ascii_word(text[at]) || text[at] == '-')) ++at;
  return at;
}

/// Where an address ends that may go on with a query.
std::size_t query_end(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != '?') return at;
  while (at < text.size() &&
         (is_ascii_word(text[at]) || std::string_view("?=&%-+.").contains(text[at]))) {
    ++at;
  }
  while (std::string_view("?.").contains(text[at - 1])) --at;
  return at;
}

bool all_digits(std::string_view text) { return std::ranges::all_of(text, is_ascii_digit); }

/// An invitation whose secret is text[begin, end); t.me/+79… is a phone, which others look for.
std::optional<Finding> invitation(std::string_view text, std::size_t address, std::size_t begin) {
  constexpr std::size_t kShortest = 8;
  const std::size_t end = secret_end(text, begin);
  const std::string_view secret = text.substr(begin, end - begin);
  if (secret.size() < kShortest || all_digits(secret)) return std::nullopt;
  return Finding{.span = {address, query_end(text, end)},
                 .kind = PersonalKind::invite,
                 .value = std::string(secret)};
}

Finding handle(Span span, std::string_view name) {
  return {.span = span, .kind = PersonalKind::handle, .value = small_letters(name)};
}

/// A name alone; with a path behind it, it is a message, an app, or one of Telegram's own pages.
std::optional<Finding> named_address(std::string_view text,
                                     std::size_t address,
                                     std::size_t begin) {
  std::size_t end = word_end(text, begin);
  const std::string_view name = text.substr(begin, end - begin);
  const auto valid = ChannelName::parse(name);
  if (!valid) return std::nullopt;
  if (end < text.size() && text[end] == '/') {
    if (end + 1 < text.size() && is_ascii_word(text[end + 1])) return std::nullopt;
    ++end;
  }
  return handle({address, query_end(text, end)}, name);
}

/// What follows "t.me/".
std::optional<Finding> behind_host(std::string_view text, std::size_t address, std::size_t path) {
  const std::string_view rest = text.substr(path);
  for (const std::string_view prefix : {"+", "%2b", "joinchat/"}) {
    if (begins_with(rest, prefix)) return invitation(text, address, path + prefix.size());
  }
  return named_address(text, address, path);
}

/// "https://" before `host`, if it stands there.
std::size_t with_scheme(std::string_view text, std::size_t host) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (host < scheme.size()) continue;
    if (begins_with(text.substr(host - scheme.size()), scheme)) return host - scheme.size();
  }
  return host;
}

std::optional<Finding> at_host(std::string_view text, std::size_t at) {
  constexpr std::string_view kWww = "www.";
  const std::size_t begin = begins_with(text.substr(at), kWww) ? at + kWww.size() : at;
  for (const std::string_view host : kTelegramHosts) {
    const std::size_t end = begin + host.size();
    if (!begins_with(text.substr(begin), host) || !text.substr(end).starts_with('/')) continue;
    return behind_host(text, with_scheme(text, at), end + 1);
  }
  return std::nullopt;
}

/// "name.t.me", when `at` is where "name" begins.
std::optional<Finding> own_host(std::string_view text, std::size_t at) {
  constexpr std::string_view kHost = ".t.me";
  const std::size_t name_end = word_end(text, at);
  if (!begins_with(text.substr(name_end), kHost)) return std::nullopt;
  std::size_t end = name_end + kHost.size();
  if (end < text.size() && (is_ascii_word(text[end]) || text[end] == '.')) return std::nullopt;
  if (end < text.size() && text[end] == '/') ++end;
  if (end < text.size() && is_ascii_word(text[end])) return std::nullopt;
  const std::string_view name = text.substr(at, name_end - at);
  if (!ChannelName::parse(name)) return std::nullopt;
  return handle({with_scheme(text, at), end}, name);
}

std::optional<Finding> at_scheme(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  constexpr std::string_view kJoin = "tg://join?invite=";
  constexpr std::string_view kResolve = "tg://resolve?domain=";
  constexpr std::string_view kUser = "tg://user?id=";
  if (begins_with(rest, kJoin)) return invitation(text, at, at + kJoin.size());
  for (const std::string_view prefix : {kResolve, kUser}) {
    if (!begins_with(rest, prefix)) continue;
    const std::size_t begin = at + prefix.size();
    const std::size_t end = word_end(text, begin);
    if (end == begin || text.substr(end).starts_with("&post=")) return std::nullopt;
    return handle({at, end}, text.substr(begin, end - begin));
  }
  return std::nullopt;
}

/// Words that programmers write behind an @.
bool is_annotation(std::string_view name) {
  constexpr std::array<std::string_view, 29> kNames = {
      "autowired",   "bean",       "before",        "cached_property", "charset",
      "classmethod", "component",  "configuration", "controller",      "dataclass",
      "deprecated",  "entity",     "import",        "injectable",      "keyframes",
      "media",       "nullable",   "override",      "param",           "property",
      "pytest",      "repository", "return",        "service",         "staticmethod",
      "supports",    "table",      "test",          "transactional"};
  return std::ranges::binary_search(kNames, small_letters(name));
}

/// Whether the @ at `at` goes on an address or code: "a@b", "host/@name", "key=@value". A list
/// ("@one/@two") and a word of people ("автор=@name") do not.
bool is_glued(std::string_view text, std::size_t at) {
  if (at == 0) return false;
  const char before = text[at - 1];
  if (before == '=') return at == 1 || static_cast<unsigned char>(text[at - 2]) < 0x80;
  if (before != '/') return is_ascii_word(before) || std::string_view(".-@+").contains(before);
  std::size_t begin = at - 1;
  while (begin > 0 && is_ascii_word(text[begin - 1])) --begin;
  return begin == 0 || text[begin - 1] != '@';
}

/// "@name" that is neither part of an address nor code: "@scope/package", "@app.route", "@test()".
std::optional<Finding> at_sign(std::string_view text, std::size_t at) {
  if (is_glued(text, at)) return std::nullopt;
  const std::size_t end = word_end(text, at + 1);
  const std::string_view name = text.substr(at + 1, end - at - 1);
  if (!ChannelName::parse(name) || is_annotation(name)) return std::nullopt;
  const char next = end < text.size() ? text[end] : ' ';
  const bool goes_on = end + 1 < text.size() && is_ascii_word(text[end + 1]);
  if (next == '(' || next == '@' || (std::string_view("/.-").contains(next) && goes_on)) {
    return std::nullopt;
  }
  return handle({at, end}, name);
}

std::optional<Finding> address_at(std::string_view text, std::size_t at) {
  if (text[at] == '@') return at_sign(text, at);
  if (at > 0 && (is_ascii_word(text[at - 1]) || std::string_view(".-").contains(text[at - 1]))) {
    return std::nullopt;
  }
  if (auto found = at_host(text, at)) return found;
  if (auto found = at_scheme(text, at)) return found;
  return own_host(text, at);
}

}  // namespace

void find_telegram_addresses(std::string_view text, std::vector<Finding>& out) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '@' && !is_ascii_word(text[at])) continue;
    if (const auto found = address_at(text, at)) {
      out.push_back(*found);
      at = found->span.end - 1;
    } else if (is_ascii_word(text[at])) {
      // The rest of the word begins nothing.
      at = word_end(text, at) - 1;
    }
  }
}

}  // namespace qanat::exporting
