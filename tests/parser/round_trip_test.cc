// Values → markup → values: whatever a page can show comes back, bit by bit.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "generate/difference.h"
#include "generate/generated_page.h"
#include "generate/simpler.h"
#include "parser/page.h"
#include "support/catch.h"

using qanat::ChannelPage;
using qanat::Post;
using qanat::generate::Difference;
using qanat::generate::first_difference;
using qanat::generate::first_difference_around;
using qanat::generate::GeneratedPage;
using qanat::generate::page_of;
using qanat::generate::simplest;

namespace {

constexpr int kPostsOfAPage = 20;

/// Where the seeds start; another value goes over other posts.
std::uint64_t first_seed() {
  const char* given = std::getenv("QANAT_SEED");
  return given == nullptr ? 1 : std::strtoull(given, nullptr, 10);
}

std::string told(const Difference& difference) {
  return difference.field + "\n  written: " + difference.expected +
         "\n  read:    " + difference.actual;
}

/// A page of that post alone, written as the seed has it.
std::string page_with(const ChannelPage& truth, const Post& post, std::uint64_t seed) {
  ChannelPage alone = truth;
  alone.posts = {post};
  return page_of(alone, seed);
}

std::optional<Difference> difference_of(const ChannelPage& truth,
                                        const Post& post,
                                        std::uint64_t seed) {
  const auto read = qanat::parser::parse_page(page_with(truth, post, seed));
  if (!read || read->posts.size() != 1) return Difference{"posts", "1", "another number"};
  return first_difference(post, read->posts.front());
}

/// Says what is wrong with one post, made as small as it goes.
void report(const GeneratedPage& page, const Post& post, std::uint64_t seed) {
  const auto fails = [&](const Post& each) {
    return difference_of(page.truth, each, seed).has_value();
  };
  if (!fails(post)) FAIL("seed " << seed << ": " << post.id.str() << " fails in its page only");
  const Post small = simplest(post, fails);
  const std::string html = page_with(page.truth, small, seed);
  const std::size_t tail = html.find("tgme_widget_message_bubble_tail");
  const std::size_t begin = html.find("</svg>", tail);
  FAIL("QANAT_SEED=" << seed << " " << post.id.str() << ": "
                     << told(*difference_of(page.truth, small, seed)) << "\n"
                     << html.substr(begin == std::string::npos ? 0 : begin));
}

void check(const GeneratedPage& page, std::uint64_t seed) {
  const auto read = qanat::parser::parse_page(page.html);
  if (!read) FAIL("seed " << seed << ": " << read.error().message);
  if (*read == page.truth) return;
  for (std::size_t i = 0; i < std::min(read->posts.size(), page.truth.posts.size()); ++i)
    if (read->posts[i] != page.truth.posts[i]) report(page, page.truth.posts[i], seed);
  const auto around = first_difference_around(page.truth, *read);
  FAIL("seed " << seed << ": page: " << (around ? told(*around) : "not printed"));
}

}  // namespace

TEST_CASE("10,000 random posts come back from their pages' markup as they were") {
  constexpr std::uint64_t kPages = 500;
  for (std::uint64_t seed = first_seed(); seed < first_seed() + kPages; ++seed)
    check(qanat::generate::generated_page(seed, kPostsOfAPage), seed);
  SUCCEED();
}

TEST_CASE("1,000 random posts come back from what the page's script fetches") {
  constexpr std::uint64_t kPages = 50;
  for (std::uint64_t seed = first_seed(); seed < first_seed() + kPages; ++seed)
    check(qanat::generate::generated_xhr(seed, kPostsOfAPage), seed);
  SUCCEED();
}
