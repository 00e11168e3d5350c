// A post's text: once as markup, once as plain words that must come back to the letter.

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/utf8.h"
#include "fuzz/promise.h"
#include "parser/page.h"
#include "parser/words.h"

namespace {

using namespace qanat;

Result<ChannelPage> page_with(std::string_view text_markup) {
  std::string html =
      R"(<section class="tgme_channel_history"><div class="tgme_widget_message_wrap">)"
      R"(<div class="tgme_widget_message" data-post="qa_notes/7">)"
      R"(<div class="tgme_widget_message_text js-message_text" dir="auto">)";
  html += text_markup;
  html +=
      R"(</div><a class="tgme_widget_message_date" href="https://t.me/qa_notes/7">)"
      R"(<time datetime="2026-05-20T15:38:10+00:00">15:38</time></a></div></div></section></html>)";
  return parser::parse_page(html);
}

/// Not U+0000 and U+000D, which HTML reads as something else, nor what libgumbo reads as U+FFFD.
bool is_writable(char32_t value) {
  const bool control = value < 0x20 && value != U'\n' && value != U'\t' && value != U'\f';
  return !control && !(value >= 0x7F && value < 0xA0) && !(value >= 0xFDD0 && value < 0xFDF0) &&
         (value & 0xFFFEU) != 0xFFFEU;
}

std::string writable(std::string_view bytes) {
  std::string out;
  for (std::size_t at = 0; at < bytes.size();) {
    const utf8::CodePoint point = utf8::decode(bytes, at);
    if (is_writable(point.value)) utf8::append(out, point.value);
    at += point.length;
  }
  return out;
}

std::string as_markup(std::string_view words) {
  std::string out;
  for (const char c : words) {
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '\n': out += "<br/>"; break;
      default: out += c;
    }
  }
  return out;
}

void check_plain(std::string_view bytes) {
  const std::string words = writable(bytes);
  const auto page = page_with(as_markup(words));
  fuzz::promise(page && page->posts.size() == 1, "a post of plain words is one post");
  const Post& post = page->posts.front();
  fuzz::promise(post.text == parser::trimmed(words), "words come back to the letter");
  fuzz::promise(post.entities.empty() && post.links.empty(), "plain words carry no formatting");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::text_of(data, size);
  if (const auto page = page_with(input)) fuzz::check_page(*page);
  check_plain(input);
  return 0;
}
