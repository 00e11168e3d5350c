// Bytes → page: whatever a host sends.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/promise.h"
#include "parser/arena.h"
#include "parser/fence.h"
#include "parser/html_tree.h"
#include "parser/page.h"

namespace {

using namespace qanat;
using fuzz::promise;

struct DepthMeter {
  std::size_t open = 0;
  std::size_t deepest = 0;

  bool enter(parser::Node node) {
    if (node.is_element()) deepest = std::max(deepest, ++open);
    return true;
  }
  void leave(parser::Node) { --open; }
};

/// What the fence counted is what the library makes of the bytes.
void check_depth(std::string_view bytes) {
  constexpr parser::Limits kLimits;
  std::string kept;
  if (!parser::fence(bytes, kLimits, kept)) return;
  parser::Arena arena;
  arena.start(std::size_t{256} << 20U);
  const auto document = parser::parse_html(kept, arena);
  if (!document) return;
  DepthMeter meter;
  walk(*document, meter);
  constexpr std::size_t kFrame = 2;  // <html> and <body>, written or not
  promise(meter.deepest <= static_cast<std::size_t>(kLimits.max_depth) + kFrame,
          "no tree is deeper than the fence allows");
}

void check_result(const Result<ChannelPage>& page) {
  if (page) {
    promise(page->posts.size() <= static_cast<std::size_t>(parser::Limits{}.max_posts),
            "a page has no more posts than the limit");
    fuzz::check_page(*page);
    return;
  }
  promise(page.error().code == Errc::markup && !page.error().message.empty(),
          "a refusal says what is wrong with the markup");
}

bool same(const Result<ChannelPage>& a, const Result<ChannelPage>& b) {
  return a ? b && *a == *b : !b && a.error().message == b.error().message;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static parser::PageReader reader;
  const std::string_view bytes = fuzz::text_of(data, size);
  const auto page = reader.parse(bytes);
  check_result(page);
  // More work, so not each time.
  constexpr std::size_t kSeldom = 8;
  if (size % kSeldom == 0)
    promise(same(page, parser::parse_page(bytes)),
            "the same bytes give the same page, whatever was read before");
  if (size % kSeldom == 1) check_depth(bytes);
  return 0;
}
