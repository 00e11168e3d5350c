#include "parser/landing.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "parser/channel_header.h"
#include "parser/counts.h"
#include "parser/links.h"
#include "parser/text.h"
#include "parser/words.h"

namespace qanat::parser {

namespace {

/// What the decision is taken from, read once.
struct Signs {
  Node page;             ///< .tgme_page
  std::string app_url;   ///< tg://resolve?domain=name&post=5
  std::string action;    ///< the button's words, lower case
  std::string note;      ///< Telegram's words: "you can view and join …", lower case
  std::string audience;  ///< "97 957 members, 4 138 online", lower case; empty without a number
  std::string handle;    ///< the "@name" line, without '@'
  bool has_title = false;
  bool previews = false;  ///< links to /s/<name>
  bool shows_post = false;
};

bool mentions_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(
      words, [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// Whether it links to a preview: in words of their own since 2022, before as one more button.
bool links_to_preview(Node document) {
  bool found = false;
  each(document, [&](Node node) {
    const std::string_view href = node.attribute(Attribute::href);
    found = found || (node.is(GUMBO_TAG_A) &&
                      (href.starts_with("/s/") || href.starts_with("https://t.me/s/")));
    return !found;
  });
  return found;
}

/// Whether a post is embedded: t.me/<name>/<number>.
bool embeds_post(Node document) {
  bool found = find(document, "tgme_page_widget") || find(document, "tgme_widget_message_error");
  each(document, [&](Node node) {
    const std::string_view source = node.attribute(Attribute::src);
    found =
        found || (node.is(GUMBO_TAG_IFRAME) && source.find("embed=1") != std::string_view::npos);
    return !found;
  });
  return found;
}

Signs read_signs(Node document) {
  Signs signs{.page = find(document, "tgme_page"), .app_url = meta_content(document, "al:ios:url")};
  const Node button = find(find(signs.page, "tgme_page_action"), "tgme_action_button_new");
  if (signs.app_url.empty()) signs.app_url = button.attribute(Attribute::href);
  signs.action = lowered(plain_text(find(signs.page, "tgme_page_action")));
  signs.note = lowered(plain_text(find(signs.page, "tgme_page_additional")));
  for (const Node extra : find_all(signs.page, "tgme_page_extra")) {
    const std::string line = plain_text(extra);
    if (line.starts_with('@'))
      signs.handle = line.substr(1);
    else if (signs.audience.empty())
      signs.audience = lowered(line);
  }
  signs.has_title = static_cast<bool>(find(signs.page, "tgme_page_title"));
  // Below a title stands the owner's description; without one, Telegram's words.
  if (!signs.has_title)
    signs.note += " " + lowered(plain_text(find(signs.page, "tgme_page_description")));
  signs.previews = links_to_preview(document);
  signs.shows_post = embeds_post(document) || signs.app_url.find("&post=") != std::string::npos;
  return signs;
}

bool is_invitation(const Signs& signs) {
  return mentions_any(signs.app_url, {"join?invite=", "joinchat"}) ||
         mentions_any(signs.note, {"you are invited", "invited to"});
}

bool is_bot(const Signs& signs) {
  return mentions_any(signs.audience, {"monthly user"}) ||
         mentions_any(signs.action, {"start bot", "launch", "open app"}) ||
         mentions_any(signs.note, {"you can launch"}) || lowered(signs.handle).ends_with("bot");
}

/// Channels have subscribers since 2021; before, both had members, and groups also say how many
/// are online.
bool is_channel(const Signs& signs) {
  return signs.previews || mentions_any(signs.audience, {"subscriber"});
}

PageKind kind_of(const Signs& signs) {
  if (is_invitation(signs)) return PageKind::private_invite;
  if (signs.shows_post) return PageKind::post;
  const bool offers_posts = mentions_any(signs.note, {"view and join", "view posts"});
  if (!signs.has_title && offers_posts) return PageKind::landing_channel;  // banned
  if (!signs.has_title)
    return find(signs.page, "tgme_page_icon") || find(signs.page, "tgme_username_link")
               ? PageKind::free_name
               : PageKind::unknown;
  if (is_channel(signs)) return PageKind::landing_channel;
  if (mentions_any(signs.audience, {"member", "online"})) return PageKind::landing_group;
  if (is_bot(signs)) return PageKind::landing_bot;
  if (offers_posts) return PageKind::landing_channel;
  return PageKind::landing_user;
}

/// "97 957 members, 4 138 online" → two counters.
void read_counters(std::string_view line, ChannelFacts& facts) {
  while (!line.empty()) {
    const std::size_t comma = std::min(line.find(", "), line.size());
    const std::string_view part = trimmed(line.substr(0, comma));
    // The number's groups are apart by blanks of one, two or three bytes; the type is letters.
    const auto begin =
        static_cast<std::size_t>(std::ranges::find_if(part, is_ascii_letter) - part.begin());
    const Count count = parse_count(part.substr(0, begin));
    if (count.value)
      facts.counters.push_back({.type = std::string{part.substr(begin)}, .count = count});
    line.remove_prefix(std::min(comma + 2, line.size()));
  }
}

/// "name" of tg://resolve?domain=name&post=5.
std::string domain_in(std::string_view app_url) {
  constexpr std::string_view kKey = "domain=";
  const std::size_t at = app_url.find(kKey);
  if (at == std::string_view::npos) return {};
  return std::string{app_url.substr(at + kKey.size(), app_url.find('&', at) - at - kKey.size())};
}

ChannelFacts read_facts(Node document, const Signs& signs, PageKind kind, Malformed& malformed) {
  ChannelFacts facts{.username = domain_in(signs.app_url), .has_preview = signs.previews};
  if (facts.username.empty()) facts.username = signs.handle;
  if (kind == PageKind::free_name) return facts;
  const Node title = find(signs.page, "tgme_page_title");
  facts.title = plain_text(find_tag(title, GUMBO_TAG_SPAN));
  if (facts.title.empty()) facts.title = meta_content(document, "og:title");
  facts.verified = static_cast<bool>(find(title, "verified-icon"));
  facts.description = plain_text(find(signs.page, "tgme_page_description"));
  facts.photo_url = page_photo(signs.page, malformed);
  read_counters(signs.audience, facts);
  return facts;
}

bool is_home(Node document) {
  bool found = false;
  each(document, [&](Node node) {
    found = found || any_class(node.attribute(Attribute::classes), [](std::string_view token) {
              return token.starts_with("tl_page") || token.starts_with("tl_main");
            });
    return !found;
  });
  return found;
}

}  // namespace

Landing read_landing(Node document, Malformed& malformed) {
  const Signs signs = read_signs(document);
  if (signs.page || signs.shows_post) {
    Landing landing{.kind = kind_of(signs)};
    if (landing.kind != PageKind::unknown)
      landing.facts = read_facts(document, signs, landing.kind, malformed);
    const bool countless =
        landing.kind == PageKind::landing_channel || landing.kind == PageKind::landing_group;
    if (countless && !signs.audience.empty() && landing.facts.counters.empty())
      ++malformed["counter"];
    return landing;
  }
  return {.kind = is_home(document) ? PageKind::home : PageKind::unknown};
}

}  // namespace qanat::parser
