// Addresses: the input's first line is a link's href, its second line the words it shows.

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/ascii.h"
#include "base/utf8.h"
#include "classifier/visible_links.h"
#include "crawler/page_url.h"
#include "fuzz/promise.h"
#include "parser/fence.h"
#include "parser/html_tree.h"
#include "parser/links.h"
#include "parser/words.h"

namespace {

using namespace qanat;
using fuzz::promise;

constexpr std::string_view kSlug = "QA_Notes";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

void check_resolving(std::string_view href) {
  const std::string url = parser::resolve(href, kSlug);
  promise(url.empty() || !parser::trimmed(href).empty(), "no address comes from nothing");
  promise(parser::trimmed(url) == url, "an address has no white space at its ends");
  promise(parser::resolve(url, kSlug) == url, "an absolute address stays as it is");
  const auto id = parser::message_in(url);
  promise(!id || *id >= 1, "a post's number is positive");
}

/// The same address through a tag, and through one that Telegram escapes twice.
void check_anchor(std::string_view href, std::string_view shown) {
  const std::string once = escaped(href);
  const std::string html = "<a href=\"" + once + "\">x</a><b href=\"" + escaped(once) +
                           "\" onclick=\"return confirm('Open?')\">x</b>";
  std::string kept;
  promise(parser::fence(html, {}, kept).has_value(), "two links pass the fence");
  parser::Arena arena;
  arena.start(std::size_t{16} << 20U);
  const auto document = parser::parse_html(kept, arena);
  promise(document.has_value(), "two links take little memory");
  const parser::Node plain = find_tag(*document, GUMBO_TAG_A);
  const parser::Node asking = find_tag(*document, GUMBO_TAG_B);
  const std::string url = parser::target_of(plain, kSlug);
  promise(url == parser::resolve(plain.attribute(parser::Attribute::href), kSlug),
          "an address passes a tag");
  promise(url == parser::target_of(asking, kSlug), "a link that asks leads where a plain one does");
  promise(!parser::is_masked(plain, url, url, kSlug) || !parser::shows_address(url, url),
          "an address that is shown hides nothing");
  const EntityKind kind = parser::link_kind(href, url, shown);
  promise(kind != EntityKind::hashtag || shown.starts_with('#'), "a hashtag starts with '#'");
  promise(kind != EntityKind::mention || shown.starts_with('@'), "a mention starts with '@'");
}

void check_channel(std::string_view address) {
  const auto channel = ChannelName::parse(address);
  if (!channel) return;
  promise(ChannelName::parse(channel->str()) == channel, "a channel's name names it");
  const std::string preview = crawler::preview_url("https://t.me", *channel, 12);
  const std::string landing = crawler::landing_url("https://t.me", *channel);
  promise(ChannelName::parse(preview) == channel, "the preview's address names the channel");
  promise(crawler::host_of(preview) == "t.me", "the preview is on the host it is asked of");
  promise(crawler::leads_to_landing(landing, *channel), "the landing page is known");
  promise(!crawler::leads_to_landing(preview, *channel), "the preview is no landing page");
  promise(parser::message_in(landing + "/12") == 12, "a post's address names the post");
}

void check_host(std::string_view url) {
  const std::string host = crawler::host_of(url);
  promise(host.find_first_of("/?#@") == std::string::npos, "a host is a host alone");
  promise(lowered(host) == host, "a host is lower case");
}

void check_visible(std::string_view text) {
  std::size_t end = 0;
  for (const classifier::VisibleLink& link : classifier::find_visible_links(text)) {
    promise(link.span.begin >= end && link.span.end <= text.size(), "visible links stand apart");
    promise(!link.span.empty(), "a visible link is visible");
    end = link.span.end;
    const std::string_view shown = text.substr(link.span.begin, link.span.size());
    promise(utf8::is_valid(shown), "a visible link begins and ends between characters");
    promise(!classifier::address_of(shown).empty(), "a visible link has an address");
    const std::string name = classifier::telegram_name_of(shown);
    promise(lowered(name) == name, "a name is lower case");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input = utf8::repaired(fuzz::text_of(data, size));
  const std::string_view text = input;
  const std::size_t line = std::min(text.find('\n'), text.size());
  const std::string_view href = text.substr(0, line);
  const std::string_view shown = line < text.size() ? text.substr(line + 1) : text;
  check_resolving(href);
  check_anchor(href, shown);
  check_channel(href);
  check_host(href);
  check_visible(text);
  return 0;
}
