#pragma once

#include <string>
#include <string_view>

#include "parser/page.h"

/// Pages of the true structure around the few lines that a test is about.
namespace qanat::test {

/// A message as the server writes it: user, bubble with `body`, footer; then `below` the bubble.
[[nodiscard]] std::string message(int id, std::string_view body, std::string_view below = {});
/// The same with other footer lines and state classes.
struct MessageParts {
  std::string_view state;  ///< further classes of the message: "service_message"
  std::string_view body;
  std::string_view info = R"(<span class="tgme_widget_message_views">1.2K</span>)"
                          R"(<span class="copyonly"> views</span>)";
  std::string_view meta;  ///< before the date: signature, "edited"
  std::string_view below;
};
[[nodiscard]] std::string message_of(int id, const MessageParts& parts);

/// The text element.
[[nodiscard]] std::string text(std::string_view markup);

/// A t.me/s page of the channel "qa_notes" around `messages`.
[[nodiscard]] std::string channel_page(std::string_view messages);

/// A t.me/<name> page around the content of its .tgme_page.
[[nodiscard]] std::string landing_page(std::string_view app_url, std::string_view content);

/// Parses; fails the case on an error.
[[nodiscard]] ChannelPage parsed(std::string_view html);
/// The one post of a page with one message, whose body this is.
[[nodiscard]] Post post_with(std::string_view body);
[[nodiscard]] Post post_of(const MessageParts& parts);
/// The one post of a page with one message that holds this text markup.
[[nodiscard]] Post post_with_text(std::string_view markup);

/// What a span covers.
[[nodiscard]] std::string_view under(const Post& post, Span span);
/// "bold(word) link(site)": a post's entities, short.
[[nodiscard]] std::string entities_of(const Post& post);

}  // namespace qanat::test
