#include "parser/page.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "parser/arena.h"
#include "parser/charset.h"
#include "parser/document.h"
#include "parser/fence.h"
#include "parser/html_tree.h"
#include "parser/references.h"
#include "parser/xhr.h"

namespace qanat::parser {

namespace {

/// Whether the end of the document is there. Neither mark can stand inside a post: text is escaped.
bool has_end(std::string_view html) {
  return html.rfind("</html>") != std::string_view::npos ||
         html.rfind("<!-- page generated") != std::string_view::npos;
}

/// Bytes of a page that may be no UTF-8. Telegram's own have none; in another encoding every word
/// of a post has some.
constexpr std::size_t kMostInvalid = 16;

/// How much a tree may take, so that the whole of reading a page stays below 20 times its size.
/// Telegram's own pages of posts need 4 to 5 times their size.
std::size_t tree_memory(std::size_t bytes) {
  constexpr std::size_t kShare = 14;
  constexpr std::size_t kLeast = std::size_t{1024} * 1024;
  return std::max(kShare * bytes, kLeast);
}

}  // namespace

/// What one page leaves for the next: memory, no contents.
struct PageReader::Workspace {
  Arena arena;
  std::string fenced;

  /// `html` is valid UTF-8.
  Result<ChannelPage> read(std::string_view html, bool complete, const Limits& limits) {
    if (const auto passed = fence(html, limits, fenced); !passed) return fail(passed.error());
    bound_references(fenced);
    arena.start(tree_memory(html.size()));
    const auto document = parse_html(fenced, arena);
    if (!document) return fail(document.error());
    auto page = read_document(*document, complete, limits);
    constexpr std::size_t kKept = std::size_t{1024} * 1024;
    if (fenced.capacity() > kKept) fenced = std::string{};
    return page;
  }
};

PageReader::PageReader(const Limits& limits)
    : limits_(limits), workspace_(std::make_unique<Workspace>()) {}
PageReader::~PageReader() = default;
PageReader::PageReader(PageReader&&) noexcept = default;
PageReader& PageReader::operator=(PageReader&&) noexcept = default;

Result<ChannelPage> PageReader::parse(std::string_view bytes) {
  if (bytes.empty()) return fail(Errc::markup, "the page is empty: 0 bytes");
  if (bytes.size() > limits_.max_bytes)
    return fail(Errc::markup,
                "the page has " + std::to_string(bytes.size()) + " bytes, over the limit of " +
                    std::to_string(limits_.max_bytes));
  if (const std::string charset = charset_of_page(bytes); !is_readable_charset(charset)) {
    return fail(Errc::markup,
                "the page is encoded in " + charset + ", and only UTF-8 is supported");
  }
  const std::size_t invalid = utf8::count_invalid(bytes);
  if (invalid == 0) return read(bytes);
  if (invalid > kMostInvalid) {
    return fail(Errc::markup,
                "the page has " + std::to_string(invalid) +
                    " bytes that are not UTF-8; it is in another encoding, or damaged");
  }
  auto page = read(utf8::repaired(bytes));
  if (page) page->malformed["utf-8"] += static_cast<int>(invalid);
  return page;
}

Result<ChannelPage> PageReader::read(std::string_view bytes) {
  if (!is_xhr(bytes)) return workspace_->read(bytes, has_end(bytes), limits_);
  const auto answer = decode_xhr(bytes);
  if (!answer) return fail(answer.error());
  return workspace_->read(answer->html, answer->complete, limits_);
}

Result<ChannelPage> parse_page(std::string_view bytes, const Limits& limits) {
  return PageReader{limits}.parse(bytes);
}

}  // namespace qanat::parser
