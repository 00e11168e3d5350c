// Pages that are no whole page, or hold more than posts: docs/traps.md, D.
#include <string>

#include "page_builder.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::test;

TEST_CASE("messages are read without the page around them") {
  const std::string messages = message(7, text("раз")) + message(9, text("два"));
  const ChannelPage page = parsed(messages);

  CHECK(page.kind == PageKind::channel);
  CHECK(page.posts == parsed(channel_page(messages)).posts);
}

TEST_CASE("\"No posts found\" beside posts is neither a post nor a post that was skipped") {
  const ChannelPage page = parsed(channel_page(
      message(7, text("раз")) +
      R"(<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message_centered"><div class="tme_no_messages_found">No posts found</div></div></div>)"));

  CHECK(page.posts.size() == 1);
  CHECK(page.skipped == 0);
}

TEST_CASE("what the platform itself puts between the posts is no post of the channel") {
  const std::string sponsored =
      R"(<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message tgme_widget_message_sponsored js-widget_message"><div class="tgme_widget_message_bubble"><div class="tgme_widget_message_text js-message_text">Купите слона</div></div></div></div>)";
  const ChannelPage page =
      parsed(channel_page(message(7, text("раз")) + sponsored + message(9, text("два"))));

  REQUIRE(page.posts.size() == 2);
  CHECK(page.posts[0].text == "раз");
  CHECK(page.posts[1].text == "два");
  CHECK(page.skipped == 1);
}
