#include "page_builder.h"

#include <string>
#include <string_view>

#include "base/names.h"
#include "support/catch.h"

namespace qanat::test {

std::string message_of(int id, const MessageParts& parts) {
  const std::string address = "qa_notes/" + std::to_string(id);
  std::string out;
  out.append(R"(<div class="tgme_widget_message_wrap js-widget_message_wrap">)")
      .append(R"(<div class="tgme_widget_message text_not_supported_wrap )")
      .append(parts.state)
      .append(R"( js-widget_message" data-post=")")
      .append(address)
      // {"c":-1001122334,"p":7,"t":1,"h":"x"}
      .append(R"(" data-view="eyJjIjotMTAwMTEyMjMzNCwicCI6NywidCI6MSwiaCI6IngifQ">
  <div class="tgme_widget_message_user"><a href="https://t.me/qa_notes"><i class="tgme_widget_message_user_photo bgcolor2" data-content="Q"></i></a></div>
  <div class="tgme_widget_message_bubble">
    <i class="tgme_widget_message_bubble_tail"><svg class="bubble_icon" width="9px"><g><path d="M8,1 L9,1"></path></g></svg></i>
    <div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name" href="https://t.me/qa_notes"><span dir="auto">Вопросы и ответы</span></a></div>
)")
      .append(parts.body)
      .append(R"(<div class="tgme_widget_message_footer compact js-message_footer">
  <div class="tgme_widget_message_info short js-message_info">)")
      .append(parts.info)
      .append(R"(<span class="tgme_widget_message_meta">)")
      .append(parts.meta)
      .append(R"(<a class="tgme_widget_message_date" href="https://t.me/)")
      .append(address)
      .append(
          R"("><time datetime="2025-07-24T12:00:05+03:00" class="time">12:00</time></a></span></div>
</div></div>
)")
      .append(parts.below)
      .append("</div></div>");
  return out;
}

std::string message(int id, std::string_view body, std::string_view below) {
  return message_of(id, {.body = body, .below = below});
}

std::string text(std::string_view markup) {
  return std::string{R"(<div class="tgme_widget_message_text js-message_text" dir="auto">)"}
      .append(markup)
      .append("</div>");
}

std::string channel_page(std::string_view messages) {
  return std::string{R"(<!DOCTYPE html><html><head><title>QA – Telegram</title>
<meta property="og:title" content="QA"><link rel="prev" href="/s/qa_notes?before=5">
<style>.user-color-1{color:red}</style></head><body class="widget_frame_base tgme_webpreview">
<main class="tgme_main" data-url="/qa_notes"><section class="tgme_channel_history js-message_history">
)"}
      .append(messages)
      .append("</section></main></body></html>\n<!-- page generated in 11.1ms -->\n");
}

std::string landing_page(std::string_view app_url, std::string_view content) {
  return std::string{R"(<!DOCTYPE html><html><head><meta property="al:ios:url" content=")"}
      .append(app_url)
      .append(R"("></head><body><div class="tgme_page_wrap"><div class="tgme_page">)")
      .append(content)
      .append("</div></div></body></html>");
}

ChannelPage parsed(std::string_view html) {
  auto page = parser::parse_page(html);
  if (!page) FAIL(page.error().message);
  return *page;
}

Post post_of(const MessageParts& parts) {
  const ChannelPage page = parsed(channel_page(message_of(7, parts)));
  REQUIRE(page.posts.size() == 1);
  return page.posts.front();
}

Post post_with(std::string_view body) { return post_of({.body = body}); }

Post post_with_text(std::string_view markup) { return post_with(text(markup)); }

std::string_view under(const Post& post, Span span) {
  return std::string_view{post.text}.substr(span.begin, span.size());
}

std::string entities_of(const Post& post) {
  std::string out;
  for (const Entity& each : post.entities) {
    if (!out.empty()) out += ' ';
    out.append(name_of(each.kind)).append("(").append(under(post, each.span)).append(")");
  }
  return out;
}

}  // namespace qanat::test
