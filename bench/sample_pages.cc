#include "bench/sample_pages.h"

#include <fstream>
#include <iterator>
#include <utility>

#include <gumbo.h>

#include "bench/russian_text.h"
#include "generate/generated_page.h"
#include "parser/page.h"

namespace qanat::bench {
namespace {

constexpr int kPostsOfPage = 20;

void add(std::vector<SamplePage>& pages, std::string html) {
  auto page = parser::parse_page(html);
  if (!page || page->posts.empty()) return;
  pages.push_back({.html = std::move(html), .posts = std::move(page->posts)});
}

void give_words(Post& post, std::string text) {
  post.text = std::move(text);
  post.entities.clear();
  post.links.clear();
  post.hashtags.clear();
  post.mentions.clear();
}

}  // namespace

std::vector<SamplePage> invented_pages(std::size_t count) {
  PostWriter writer(2);
  std::vector<SamplePage> pages;
  for (std::size_t seed = 1; seed <= count; ++seed) {
    ChannelPage truth = generate::generated_page(seed, kPostsOfPage).truth;
    for (Post& post : truth.posts) {
      if (post.kind != PostKind::service) give_words(post, writer.write(1000 + seed * 37 % 700));
    }
    add(pages, generate::page_of(truth, seed));
  }
  return pages;
}

std::vector<SamplePage> read_pages(const std::vector<std::string>& paths) {
  std::vector<SamplePage> pages;
  for (const std::string& path : paths) {
    std::ifstream file{path, std::ios::binary};
    add(pages, {std::istreambuf_iterator<char>{file}, {}});
  }
  return pages;
}

void parse_bare(const std::string& html) {
  GumboOutput* tree = gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size());
  gumbo_destroy_output(&kGumboDefaultOptions, tree);
}

}  // namespace qanat::bench
