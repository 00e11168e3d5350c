#include "classifier/plain_post.h"

#include <algorithm>
#include <limits>
#include <string_view>

#include <re2/re2.h>

#include "base/link_address.h"
#include "base/utf8.h"
#include "classifier/characters.h"
#include "classifier/lines.h"
#include "classifier/visible_links.h"

namespace qanat::classifier {
namespace {

/// Words under which a writer may have hidden a link, and how likely that is.
struct Anchor {
  Span span;
  int likely = 0;
};

const RE2& anchor_words() {
  static const RE2 pattern(
      R"((?i)(?:^|[^\p{L}])((?:по |на |в )?(?:этой |нашей |новой )?(?:ссылк[еиау]|сайте?|страниц[еу]|канале?|лендинге?|чат-боте?|боте?|статье|стать[яю])|здесь|тут|сюда|тык(?: сюда)?|подробн[а-я]+|зеркало|регистрац[а-я]+|зарегистр[а-я]+|запис[а-я]+|подпи[сш][а-я]+|купить|выбрать [а-я]+|читать [а-я]+|link|here|read more|learn more|sign up|register|join|subscribe|download|website|source|docs)(?:$|[^\p{L}]))");
  return pattern;
}

/// Words of trade: where a promotion stands among other text, its link stands too.
bool sells(std::string_view line) {
  static const RE2 pattern(
      R"((?i)\d ?(?:₽|руб|р\.|р/)|[$€£₹] ?\d|скидк|промокод|бесплатн|тариф|билет|осталось|поток|предзаказ|)"
      R"((?:^|[^\p{L}])(?:курс|интенсив|вебинар|книг|гайд|клуб|подписк|бусти|озон|мест[оа]?(?:[^\p{L}]|$)|)"
      R"((?:free|off|tickets?|seats?|slots?|spots?|price|courses?|class|batch|bundle|workbook|book|patrons?|newsletter|)"
      R"(e-?mail|sponsor|hackathon|gumroad|discount|code|openings?|on (?:us|them))(?:[^\p{L}]|$)))");
  return RE2::PartialMatch(line, pattern);
}

/// How likely a whole line is one link: short, with an ornament before or behind its words, or a
/// line that sells.
int line_likelihood(const Line& line) {
  constexpr std::size_t kShort = 70;
  if (line.kind == LineKind::blank || line.kind == LineKind::code ||
      line.kind == LineKind::separator || line.kind == LineKind::links) {
    return 0;
  }
  if (sells(line.text)) return 3;
  if (utf8::length(line.text) > kShort) return 0;
  const bool behind = without_trailing_decoration(line.text).size() != line.text.size();
  if (line.kind == LineKind::item) return 2;
  return behind ? 2 : 1;
}

std::vector<Anchor> find_anchors(std::string_view text) {
  std::vector<Anchor> anchors;
  bool listing = false;  // inside the list that a colon introduces
  for (const Line& line : split_lines(text)) {
    const auto begin = static_cast<std::size_t>(line.text.data() - text.data());
    re2::StringPiece rest(line.text);
    re2::StringPiece words;
    const std::size_t before = anchors.size();
    while (line.kind != LineKind::code && RE2::FindAndConsume(&rest, anchor_words(), &words)) {
      const auto at = static_cast<std::size_t>(words.data() - text.data());
      anchors.push_back({.span = {at, at + words.size()}, .likely = 4});
    }
    int likely = line_likelihood(line);
    if (likely > 0 && line.kind == LineKind::item && listing) likely += 2;
    if (anchors.size() == before && likely > 0) {
      anchors.push_back({.span = {begin, begin + line.text.size()}, .likely = likely});
    }
    // "👉 Name. Subscribe": the name before the words may be a link too.
    if (line.kind == LineKind::item && likely > 0 && anchors.size() > before &&
        anchors[before].span.begin > begin) {
      anchors.insert(anchors.begin() + static_cast<std::ptrdiff_t>(before),
                     {.span = {begin, anchors[before].span.begin}, .likely = 1});
    }
    const bool leads_in = last_character(without_trailing_decoration(line.text)) == U':';
    listing = leads_in || (listing && line.kind == LineKind::item);
  }
  return anchors;
}

/// How well an address and the words over it agree: a channel or a bot stands behind words that say
/// so, an article behind words of reading, a marked campaign behind a product's name.
int affinity(std::string_view url, std::string_view words) {
  static const RE2 joining(R"((?i)подпис|канал|бот|чат|join|subscribe|channel|@)");
  static const RE2 reading(R"((?i)стать|читать|зеркало|обзор|гайд|ссылка на|read|article|source)");
  static const RE2 campaign(R"([?&](?:utm_|erid=|ref=)|/(?:promo|course|landing)|-course)");
  static const RE2 article(R"(/(?:articles?|news|blog|posts?|p|sh|wiki)/)");
  if (!path_on_telegram(url).empty()) return RE2::PartialMatch(words, joining) ? 3 : 0;
  const bool reads = RE2::PartialMatch(words, reading);
  if (RE2::PartialMatch(url, campaign)) return reads ? -3 : 0;
  return reads && RE2::PartialMatch(url, article) ? 2 : 0;
}

/// The likeliest way to lay the addresses on the anchors in order: place[i] is the anchor of
/// address i, or anchors.size(). Quadratic, so both sides are bounded.
std::vector<std::size_t> lay_in_order(const std::vector<std::string>& urls,
                                      const std::vector<Anchor>& anchors,
                                      std::string_view text) {
  const std::size_t n = urls.size();
  const std::size_t m = anchors.size();
  std::vector<int> best((n + 1) * (m + 1), 0);
  const auto at = [m](std::size_t i, std::size_t j) { return i * (m + 1) + j; };
  const auto gain = [&](std::size_t i, std::size_t j) {
    const Span span = anchors[j].span;
    return anchors[j].likely + affinity(urls[i], text.substr(span.begin, span.size()));
  };
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t j = m; j-- > 0;) {
      const int skip = std::max(best[at(i + 1, j)], best[at(i, j + 1)]);
      best[at(i, j)] = std::max(skip, best[at(i + 1, j + 1)] + gain(i, j));
    }
  }
  std::vector<std::size_t> place(n, m);
  for (std::size_t i = 0, j = 0; i < n && j < m;) {
    if (best[at(i, j)] == best[at(i, j + 1)]) {
      ++j;  // ties go to the later words: calls to action stand at the end
    } else if (best[at(i, j)] == best[at(i + 1, j)]) {
      ++i;
    } else {
      place[i++] = j++;
    }
  }
  return place;
}

/// Two spellings of one address: scheme, "www.", a final slash and letter case set aside.
std::string comparable(std::string_view url) {
  auto [host, path] = split_address(url);
  while (path.ends_with('/')) path.remove_suffix(1);
  return host.append(path);
}

void add_visible(Post& post) {
  using Kind = VisibleLink::Kind;
  for (const VisibleLink& seen : find_visible_links(post.text)) {
    const std::string shown = post.text.substr(seen.span.begin, seen.span.size());
    if (seen.kind == Kind::hashtag) {
      post.hashtags.push_back(shown);
      post.entities.push_back({.kind = EntityKind::hashtag, .span = seen.span});
      continue;
    }
    if (seen.kind == Kind::mention) {
      post.mentions.push_back(shown);
      post.entities.push_back({.kind = EntityKind::mention, .span = seen.span});
    }
    const std::string url = seen.kind == Kind::email ? "mailto:" + shown : address_of(shown);
    post.links.push_back({.url = url, .text = shown, .masked = false, .span = seen.span});
  }
}

std::vector<std::string> hidden_addresses(const Post& post, const std::vector<std::string>& links) {
  std::vector<std::string> shown;
  shown.reserve(post.links.size());
  for (const Link& link : post.links) shown.push_back(comparable(link.url));
  std::vector<std::string> hidden;
  for (const std::string& url : links) {
    if (std::ranges::find(shown, comparable(url)) == shown.end()) hidden.push_back(url);
  }
  return hidden;
}

}  // namespace

Post post_from_text(const ChannelName& channel,
                    MessageId id,
                    std::string text,
                    const std::vector<std::string>& links) {
  constexpr std::size_t kMostPlaced = 64;
  constexpr std::size_t kMostAnchors = 512;
  Post post{.id = {.channel = channel, .message = id}};
  post.url = "https://t.me/" + channel.str() + "/" + std::to_string(id);
  post.text = std::move(text);
  add_visible(post);

  const std::vector<std::string> hidden = hidden_addresses(post, links);
  std::vector<Anchor> anchors = find_anchors(post.text);
  std::vector<std::size_t> place(hidden.size(), anchors.size());
  if (hidden.size() <= kMostPlaced && anchors.size() <= kMostAnchors) {
    place = lay_in_order(hidden, anchors, post.text);
  }
  for (std::size_t i = 0; i < hidden.size(); ++i) {
    const Span span = place[i] < anchors.size() ? anchors[place[i]].span : Span{};
    post.links.push_back({.url = hidden[i],
                          .text = post.text.substr(span.begin, span.size()),
                          .masked = true,
                          .span = span});
  }
  std::ranges::stable_sort(post.links, {}, [](const Link& link) {
    return link.span.empty() ? std::numeric_limits<std::size_t>::max() : link.span.begin;
  });
  return post;
}

}  // namespace qanat::classifier
