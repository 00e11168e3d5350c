#include "bench/sample_posts.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include <nlohmann/json.hpp>

#include "bench/russian_text.h"
#include "support/shipped_packs.h"

namespace qanat::bench {
namespace {

/// Made without the classifier's own patterns, which would have met the text before it is timed.
Post post_of(std::string text, const std::vector<std::string>& links) {
  Post post{.id = {.channel = *ChannelName::parse("sample_channel"), .message = 1}};
  post.text = std::move(text);
  for (const std::string& url : links) {
    const std::size_t at = post.text.find(url);
    const bool shown = at != std::string::npos;
    post.links.push_back({.url = url,
                          .text = shown ? url : std::string{},
                          .masked = !shown,
                          .span = shown ? Span{at, at + url.size()} : Span{}});
  }
  return post;
}

bool is_russian(const std::string& text) {
  const auto lead = [](char byte) { return byte == '\xD0' || byte == '\xD1'; };
  return static_cast<std::size_t>(std::ranges::count_if(text, lead)) * 3 >= text.size();
}

std::size_t count_rules(const std::vector<classifier::PackFile>& files) {
  const auto rules = classifier::RuleSet::compile(files, classifier::PackChecks::reading);
  return rules ? rules->rules().size() : 0;
}

}  // namespace

std::vector<Post> posts_of_file(const std::string& path) {
  std::ifstream file{path};
  if (!file) {
    std::fprintf(stderr, "cannot read %s\n", path.c_str());
    std::exit(2);
  }
  std::vector<Post> posts;
  std::set<std::string> seen;
  for (std::string line; std::getline(file, line);) {
    const auto row = nlohmann::json::parse(line);
    std::string text = row.at("text");
    if (!seen.insert(text).second) continue;
    posts.push_back(post_of(std::move(text), row.value("links", std::vector<std::string>{})));
  }
  return posts;
}

std::vector<Post> invented_posts(std::size_t count) {
  PostWriter writer(1);
  std::vector<Post> posts;
  for (std::size_t i = 0; i < count; ++i) {
    posts.push_back(post_of(writer.write(1000 + (i * 37 % 700)), {}));
  }
  return posts;
}

std::vector<Post> russian_posts(std::vector<Post> posts) {
  constexpr std::size_t kLeast = 1000;
  constexpr std::size_t kMost = 2048;
  std::erase_if(posts, [](const Post& post) {
    const std::size_t size = post.text.size();
    return size < kLeast || size > kMost || !is_russian(post.text);
  });
  return posts;
}

std::vector<classifier::PackFile> packs(std::size_t rules) {
  std::vector<classifier::PackFile> files = test::shipped_packs();
  const std::size_t shipped = rules == 0 ? 0 : count_rules(files);
  if (rules > shipped) {
    files.push_back({.path = "made/pack.toml",
                     .text = "id = 'made'\nversion = '1.0.0'\nschema = 1\nlanguages = ['ru']\n"});
    files.push_back({.path = "made/10-made.toml", .text = made_rules(rules - shipped, 7)});
  }
  return files;
}

}  // namespace qanat::bench
