#include "generate/simpler.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/utf8.h"

namespace qanat::generate {
namespace {

/// The span without white space at its ends.
Span without_blanks(std::string_view text, Span span) {
  constexpr std::string_view kBlank = " \t\n";
  const auto rest = [&] { return text.substr(span.begin, span.size()); };
  while (!span.empty() && (kBlank.contains(rest().front()) || rest().starts_with("\u00a0")))
    span.begin += kBlank.contains(rest().front()) ? 1 : 2;
  while (!span.empty() && (kBlank.contains(rest().back()) || rest().ends_with("\u00a0")))
    span.end -= kBlank.contains(rest().back()) ? 1 : 2;
  return span;
}

/// The post with a part of its words, whose ends divide no entity.
Post with_part(Post post, Span part) {
  part = without_blanks(post.text, part);
  const auto outside = [part](const auto& each) { return !part.contains(each.span); };
  std::erase_if(post.entities, outside);
  std::erase_if(post.links, outside);
  const auto shift = [part](auto& list) {
    for (auto& each : list)
      each.span = {.begin = each.span.begin - part.begin, .end = each.span.end - part.begin};
  };
  shift(post.entities);
  shift(post.links);
  post.text = post.text.substr(part.begin, part.size());
  post.hashtags.clear();
  post.mentions.clear();
  for (const Entity& each : post.entities) {
    const std::string shown = post.text.substr(each.span.begin, each.span.size());
    if (each.kind == EntityKind::hashtag) post.hashtags.push_back(shown);
    if (each.kind == EntityKind::mention) post.mentions.push_back(shown);
  }
  return post;
}

/// The post with one thing less, each of them.
std::vector<Post> smaller(const Post& post) {
  std::vector<Post> all;
  const auto with = [&](auto&& change) {
    Post changed = post;
    change(changed);
    if (changed != post) all.push_back(std::move(changed));
  };
  with([](Post& each) { each.forwarded_from.reset(); });
  with([](Post& each) { each.reply_to.reset(); });
  with([](Post& each) { each.link_preview.reset(); });
  with([](Post& each) { each.buttons.clear(); });
  with([](Post& each) { each.reactions.clear(); });
  with([](Post& each) { each.via_bot.clear(); });
  with([](Post& each) { each.author.clear(); });
  with([](Post& each) { each.edited = false; });
  with([](Post& each) { each.views = {}; });
  if (post.media.size() > 1)
    with([](Post& each) {
      each.media.pop_back();
      if (each.album.size() > each.media.size()) each.album.pop_back();
    });
  for (std::size_t i = 0; i < post.entities.size(); ++i) {
    const EntityKind kind = post.entities[i].kind;
    const bool named =
        kind == EntityKind::hashtag || kind == EntityKind::mention ||
        std::ranges::find(post.links, post.entities[i].span, &Link::span) != post.links.end();
    if (!named)
      with([i](Post& each) {
        each.entities.erase(each.entities.begin() + static_cast<std::ptrdiff_t>(i));
      });
  }
  return all;
}

/// The post with fewer words: without those behind a place, or before it, the fewest first.
std::vector<Post> shorter(const Post& post) {
  std::vector<Post> all;
  const std::size_t size = post.text.size();
  for (std::size_t at = 0; at < size; at += utf8::decode(post.text, at).length) {
    const bool covered = std::ranges::any_of(post.entities, [at](const Entity& each) {
      return each.span.begin < at && each.span.end > at;
    });
    if (at == 0 || covered) continue;
    for (const Span part : {Span{.begin = 0, .end = at}, Span{.begin = at, .end = size}}) {
      Post tried = with_part(post, part);
      if (!tried.text.empty() && tried.text.size() < size) all.push_back(std::move(tried));
    }
  }
  std::ranges::stable_sort(all, {}, [](const Post& each) { return each.text.size(); });
  return all;
}

}  // namespace

Post simplest(Post post, const std::function<bool(const Post&)>& fails) {
  while (true) {
    std::vector<Post> tries = smaller(post);
    std::ranges::move(shorter(post), std::back_inserter(tries));
    const auto next = std::ranges::find_if(tries, fails);
    if (next == tries.end()) return post;
    post = std::move(*next);
  }
}

}  // namespace qanat::generate
