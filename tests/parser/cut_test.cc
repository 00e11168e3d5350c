// The fence cuts what no field is read from: these tests hold what is read with the cut against
// what is read without it.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "generate/generated_page.h"
#include "page_builder.h"
#include "parser/arena.h"
#include "parser/document.h"
#include "parser/html_tree.h"
#include "support/catch.h"
#include "support/files.h"
#include "support/sanitized.h"

using namespace qanat;
using namespace qanat::test;

namespace {

/// The page as it is read from all of its bytes.
ChannelPage read_uncut(std::string_view html, bool complete) {
  parser::Arena arena;
  arena.start(std::size_t{1} << 30U);
  const parser::Node document = parser::parse_html(html, arena).value();
  return parser::read_document(document, complete, {}).value();
}

/// What is unknown but for the elements that lay out a page and never get past the fence.
std::map<std::string, int> without_layout(std::map<std::string, int> unknown) {
  for (const char* name : {"<svg>", "<g>", "<path>", "<script>", "<style>"}) unknown.erase(name);
  return unknown;
}

void check_same(const ChannelPage& cut, const ChannelPage& whole) {
  CHECK(cut.kind == whole.kind);
  CHECK(cut.channel == whole.channel);
  CHECK(cut.before == whole.before);
  CHECK(cut.after == whole.after);
  CHECK(cut.skipped == whole.skipped);
  CHECK(cut.malformed == whole.malformed);
  CHECK(cut.unknown_markup == without_layout(whole.unknown_markup));
  REQUIRE(cut.posts.size() == whole.posts.size());
  for (std::size_t i = 0; i < cut.posts.size(); ++i) {
    INFO(cut.posts[i].url);
    CHECK(cut.posts[i] == whole.posts[i]);
  }
}

}  // namespace

TEST_CASE("every saved page gives the same with and without the cut") {
  for (const auto& file : std::filesystem::directory_iterator{shared("pages")}) {
    if (file.path().extension() != ".html") continue;
    INFO(file.path().filename().string());
    const std::string html = read_file(file.path());
    const ChannelPage page = parsed(html);
    check_same(page, read_uncut(html, page.complete));
  }
}

TEST_CASE(
    "3,000 generated pages, or 1,000 under a sanitizer, give the same with and without the cut") {
  constexpr std::uint64_t kPages = kSanitized ? 1'000 : 3'000;
  for (std::uint64_t seed = 1; seed <= kPages; ++seed) {
    const std::string html = generate::generated_page(seed, 1 + static_cast<int>(seed % 3)).html;
    const ChannelPage page = parsed(html);
    ChannelPage whole = read_uncut(html, page.complete);
    whole.unknown_markup = without_layout(std::move(whole.unknown_markup));
    if (page == whole) continue;
    INFO("seed " << seed);
    check_same(page, whole);
  }
  SUCCEED();
}

TEST_CASE("a class that nobody knows is counted also where its element is cut") {
  const std::string html = channel_page(message(7, text("<b>x</b>")) +
                                        message(8, "<svg class=\"tgme_new_picture\"><g/></svg>"));
  const ChannelPage page = parsed(html);

  CHECK(page.unknown_markup.at("tgme_new_picture") == 1);
}
