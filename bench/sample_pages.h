#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/post.h"

namespace qanat::bench {

/// A channel's page and the posts that it shows.
struct SamplePage {
  std::string html;
  std::vector<Post> posts;
};

/// Pages of 20 invented posts of 1 to 2 kB, in Telegram's markup.
[[nodiscard]] std::vector<SamplePage> invented_pages(std::size_t count);

/// Saved pages; those without posts are left out.
[[nodiscard]] std::vector<SamplePage> read_pages(const std::vector<std::string>& paths);

/// What the HTML library alone does with a page.
void parse_bare(const std::string& html);

}  // namespace qanat::bench
