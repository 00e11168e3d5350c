#include "parser/channel_header.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "parser/counts.h"
#include "parser/links.h"
#include "parser/text.h"
#include "parser/words.h"

namespace qanat::parser {

namespace {

/// "name" of "@name".
std::string without_at(std::string text) {
  if (text.starts_with('@')) text.erase(0, 1);
  return text;
}

/// "/name" or "/s/name?before=5" → "name".
std::string name_in_path(std::string_view path) {
  if (path.starts_with("/s/")) path.remove_prefix(2);
  if (!path.starts_with('/')) return {};
  path.remove_prefix(1);
  return std::string{path.substr(0, path.find_first_of("/?#"))};
}

void read_counters(Node info, ChannelFacts& facts, Malformed& malformed) {
  for (const Node counter : find_all(info, "tgme_channel_info_counter")) {
    Counter each{.type = plain_text(find(counter, "counter_type")),
                 .count = parse_count(plain_text(find(counter, "counter_value")))};
    if (!each.count.value) ++malformed["counter"];
    facts.counters.push_back(std::move(each));
  }
}

/// "10.1K subscribers", all that a narrow page shows.
void read_short_counter(Node document, ChannelFacts& facts) {
  const std::string shown = plain_text(find(document, "tgme_header_counter"));
  const std::size_t blank = shown.rfind(' ');
  if (blank == std::string::npos) return;
  Counter counter{.type = shown.substr(blank + 1), .count = parse_count(shown.substr(0, blank))};
  if (counter.count.value) facts.counters.push_back(std::move(counter));
}

/// The number after "before=" of "/s/name?before=519".
std::optional<MessageId> query_number(std::string_view href, std::string_view key) {
  std::size_t at = href.find('?');
  while (at != std::string_view::npos) {
    const std::string_view pair = href.substr(at + 1, href.find('&', at + 1) - at - 1);
    if (pair.starts_with(key) && pair.substr(key.size()).starts_with('='))
      return parse_number(pair.substr(key.size() + 1));
    at = href.find('&', at + 1);
  }
  return std::nullopt;
}

/// The anchor's own number, else the one in its address.
std::optional<MessageId> cursor_in(Node anchor, Attribute attribute, std::string_view key) {
  const auto own = parse_number(anchor.attribute(attribute));
  return own ? own : query_number(anchor.attribute(Attribute::href), key);
}

void read_cursor(Node anchor, Cursors& cursors, Malformed& malformed) {
  const auto before = cursor_in(anchor, Attribute::data_before, "before");
  const auto after = cursor_in(anchor, Attribute::data_after, "after");
  if (before) cursors.before = before;
  if (after) cursors.after = after;
  if (!before && !after) ++malformed["cursor"];
}

/// The alphabet of base64url for that of base64.
char url_safe(char c) {
  if (c == '+') return '-';
  return c == '/' ? '_' : c;
}

/// base64url without padding; stops at the first character that is none.
std::string base64_decoded(std::string_view text) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t value = kAlphabet.find(url_safe(c));
    if (value == std::string_view::npos) break;
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xFFFF;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFF);
  }
  return out;
}

}  // namespace

std::string meta_content(Node document, std::string_view property) {
  std::string content;
  each(find_tag(document, GUMBO_TAG_HEAD), [&](Node node) {
    if (node.is(GUMBO_TAG_META) && node.attribute(Attribute::property) == property &&
        content.empty())
      content = node.attribute(Attribute::content);
    return true;
  });
  return std::string{trimmed(content)};
}

std::string page_photo(Node head, Malformed& malformed) {
  const Node frame = find(head, "tgme_page_photo_image");
  const Node image = frame.is(GUMBO_TAG_IMG) ? frame : find_tag(frame, GUMBO_TAG_IMG);
  std::string url = resolve(image.attribute(Attribute::src), {});
  if (image && url.empty()) ++malformed["photo_url"];
  return url;
}

ChannelFacts read_channel_header(Node document, Malformed& malformed) {
  ChannelFacts facts{.has_preview = true};
  const Node info = find(document, "tgme_channel_info");
  // Beside the name's <span>, the title held the verified mark until 2023.
  const Node title = find(info, "tgme_channel_info_header_title");
  facts.title = plain_text(find_tag(title, GUMBO_TAG_SPAN));
  if (facts.title.empty()) facts.title = meta_content(document, "og:title");
  facts.username = without_at(plain_text(find(info, "tgme_channel_info_header_username")));
  if (facts.username.empty())
    facts.username = name_in_path(find(document, "tgme_main").attribute(Attribute::data_url));
  facts.description = plain_text(find(info, "tgme_channel_info_description"));
  facts.photo_url = page_photo(info, malformed);
  facts.verified = static_cast<bool>(find(find(info, "tgme_channel_info_header"), "verified-icon"));
  read_counters(info, facts, malformed);
  if (facts.counters.empty()) read_short_counter(document, facts);
  return facts;
}

Cursors read_cursors(std::span<const Node> more_anchors, Node document, Malformed& malformed) {
  Cursors links;
  each(find_tag(document, GUMBO_TAG_HEAD), [&](Node node) {
    const std::string_view rel = node.attribute(Attribute::rel);
    if (node.is(GUMBO_TAG_LINK) && (rel == "prev" || rel == "next"))
      read_cursor(node, links, malformed);
    return true;
  });
  Cursors cursors;
  for (const Node more : more_anchors) read_cursor(more, cursors, malformed);
  if (!cursors.before) cursors.before = links.before;
  if (!cursors.after) cursors.after = links.after;
  return cursors;
}

std::optional<std::int64_t> numeric_channel_id(std::string_view data_view) {
  constexpr std::string_view kKey = "\"c\":";
  const std::string json = base64_decoded(data_view);
  const std::size_t at = json.find(kKey);
  if (at == std::string::npos) return std::nullopt;
  std::string_view digits = std::string_view{json}.substr(at + kKey.size());
  if (digits.starts_with('-')) digits.remove_prefix(1);
  return parse_number(digits.substr(0, digits.find_first_not_of("0123456789")));
}

}  // namespace qanat::parser
