#include <map>
#include <string>
#include <string_view>

#include "page_builder.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::test;

namespace {

using Names = std::map<std::string, int>;

/// The only post of the page, with what was malformed in it.
struct Read {
  Post post;
  Names malformed;
};

Read read(std::string_view html) {
  const ChannelPage page = parsed(html);
  REQUIRE(page.posts.size() == 1);
  CHECK(page.skipped == 0);
  return {.post = page.posts.front(), .malformed = page.malformed};
}

Read read_body(std::string_view body) { return read(channel_page(message(7, body))); }

Read read_beside_text(std::string_view body) { return read_body(std::string(body) + text("да")); }

Read read_info(std::string_view info) {
  return read(channel_page(message_of(
      7, {.body = R"(<div class="tgme_widget_message_poll"></div>)" + text("да"), .info = info})));
}

std::string replaced(std::string_view what, std::string_view with) {
  std::string html = channel_page(message(7, text("да")));
  return html.replace(html.find(what), what.size(), with);
}

/// No address: relative, code, a place of nothing, blanks inside.
constexpr std::string_view kBad = "javascript:alert(1)";

}  // namespace

TEST_CASE("a malformed date is empty and counted") {
  for (const std::string_view date : {"2025-99-24T12:00:05+03:00", "yesterday", ""}) {
    INFO(date);
    const Read found = read(replaced("2025-07-24T12:00:05+03:00", date));
    CHECK_FALSE(found.post.published_at);
    CHECK(found.malformed == Names{{"date", 1}});
    CHECK(found.post.text == "да");
  }
}

TEST_CASE("a post whose id cannot be read is skipped and counted, never guessed") {
  for (const std::string_view id : {"qa_notes/x",
                                    "qa_notes/0",
                                    "qa_notes/-7",
                                    "qa_notes/99999999999999999999",
                                    "qa_notes/7/8",
                                    "qa_notes",
                                    "q!/7",
                                    "",
                                    "/7"}) {
    INFO(id);
    const ChannelPage page =
        parsed(replaced("data-post=\"qa_notes/7\"", "data-post=\"" + std::string{id} + "\""));
    CHECK(page.posts.empty());
    CHECK(page.skipped == 1);
  }
}

TEST_CASE("malformed counts keep their text and are counted") {
  const Read views = read_info(R"(<span class="tgme_widget_message_views">1.2.3K</span>)");
  CHECK(views.post.views == Count{.text = "1.2.3K"});
  CHECK(views.malformed == Names{{"views", 1}});

  const Read voters = read_info(R"(<span class="tgme_widget_message_voters">crowds</span>)");
  CHECK(voters.post.poll.value().voters_text == "crowds");
  CHECK(voters.malformed == Names{{"voters", 1}});

  const Read reaction = read_beside_text(
      R"(<span class="tgme_reaction"><i class="emoji"><b>❤</b></i>99999999999999999999</span>)");
  CHECK(reaction.post.reactions.at(0).count == Count{.text = "99999999999999999999"});
  CHECK(reaction.malformed == Names{{"reaction_count", 1}});
}

TEST_CASE("a malformed counter of the header is kept as shown and counted") {
  const std::string html = replaced(
      "<main",
      R"(<div class="tgme_channel_info"><div class="tgme_channel_info_counter"><span class="counter_value">lots</span> <span class="counter_type">subscribers</span></div></div><main)");
  const ChannelPage page = parsed(html);
  CHECK(page.channel.counters ==
        std::vector<Counter>{{.type = "subscribers", .count = {.text = "lots"}}});
  CHECK(page.malformed == Names{{"counter", 1}});
}

TEST_CASE("malformed ids are empty and counted") {
  const Read emoji = read_body(text(R"(<tg-emoji emoji-id="five"><b>x</b></tg-emoji>)"));
  CHECK(emoji.post.text == "x");
  CHECK(emoji.post.entities.at(0).value.empty());
  CHECK(emoji.malformed == Names{{"emoji_id", 1}});

  const Read reaction = read_beside_text(
      R"(<span class="tgme_reaction"><tg-emoji emoji-id="../5"></tg-emoji>3</span>)");
  CHECK(reaction.post.reactions.at(0).custom_emoji_id.empty());
  CHECK(reaction.malformed == Names{{"emoji_id", 1}});

  const Read reply = read_beside_text(
      R"(<a class="tgme_widget_message_reply" href="https://t.me/qa_notes/last"></a>)");
  CHECK_FALSE(reply.post.reply_to.value().post);
  CHECK(reply.malformed == Names{{"reply_id", 1}});

  const Read album = read_body(
      R"(<a class="tgme_widget_message_photo_wrap grouped_media_wrap" style="background-image:url('https://cdn.example/1.jpg');" href="https://t.me/qa_notes/first?single"></a>)");
  CHECK(album.post.album.empty());
  CHECK(album.malformed == Names{{"album_item", 1}});

  CHECK(read(replaced("data-view=\"eyJ", "data-view=\"!!!")).malformed == Names{{"channel_id", 1}});
}

TEST_CASE("a cursor that is no number is empty and counted") {
  const ChannelPage page = parsed(replaced("?before=5", "?before=soon"));
  CHECK_FALSE(page.before);
  CHECK(page.malformed == Names{{"cursor", 1}});
}

TEST_CASE("what is no address is empty and counted by its field") {
  const auto anchor = [](std::string_view name) {
    return "<a class=\"tgme_widget_message_" + std::string{name} + "\" href=\"" +
           std::string{kBad} + "\"></a>";
  };
  CHECK(read_beside_text(anchor("link_preview")).malformed == Names{{"preview_url", 1}});
  CHECK(read_beside_text(anchor("reply")).malformed == Names{{"reply_url", 1}});
  CHECK(read_beside_text(anchor("inline_button url_button")).malformed == Names{{"button_url", 1}});
  CHECK(read_beside_text("<div class=\"tgme_widget_message_forwarded_from\">" +
                         anchor("forwarded_from_name") + "</div>")
            .malformed == Names{{"forward_url", 1}});
  CHECK(read_body(anchor("location_wrap")).malformed == Names{{"media_url", 1}});
  CHECK(read_body(anchor("photo_wrap")).malformed == Names{{"media_url", 1}});
  CHECK(read_body(anchor("voice_player")).malformed == Names{{"media_url", 1}});
  CHECK(read_body(anchor("sticker")).malformed == Names{{"media_url", 1}});
  CHECK(
      read_beside_text(
          R"(<a class="tgme_widget_message_link_preview" href="https://a.example/"><i class="link_preview_image" style="background-image:url('not an address');"></i></a>)")
          .malformed == Names{{"preview_image", 1}});
}

TEST_CASE("a text's link that leads nowhere loses its address, not its words") {
  for (const std::string_view href : {"javascript:alert(1)",
                                      "data:text/html,x",
                                      "https://",
                                      "https:///x",
                                      "page.html",
                                      "ht tp://x",
                                      "#",
                                      ":"}) {
    INFO(href);
    const Read found = read_body(text("до <a href=\"" + std::string{href} + "\">тут</a>"));
    CHECK(found.post.text == "до тут");
    CHECK(found.post.links.empty());
    CHECK(found.post.entities.empty());
    CHECK(found.malformed == Names{{"link", 1}});
  }
}

TEST_CASE("addresses of every scheme that Telegram links are addresses") {
  for (const std::string_view href : {"https://a.example/я?b=%20#c",
                                      "http://a.example:8080",
                                      "ftp://a.example/x",
                                      "mailto:a@b.example",
                                      "tel:+375290000000",
                                      "tg://resolve?domain=x",
                                      "tg:resolve?domain=x",
                                      "ton://transfer/x",
                                      "HTTPS://A.example/"}) {
    INFO(href);
    const Read found = read_body(text("<a href=\"" + std::string{href} + "\">тут</a>"));
    CHECK(found.post.links.at(0).url == href);
    CHECK(found.malformed.empty());
  }
}

TEST_CASE("a malformed poll percentage and a malformed duration are counted, the rest stays") {
  const Read poll = read_body(
      R"(<div class="tgme_widget_message_poll"><div class="tgme_widget_message_poll_option"><div class="tgme_widget_message_poll_option_percent">101%</div><div class="tgme_widget_message_poll_option_text">А</div></div></div>)");
  CHECK(poll.post.poll.value().options == std::vector<PollOption>{{.text = "А"}});
  CHECK(poll.malformed == Names{{"poll_percent", 1}});

  const Read voice = read_body(
      R"(<a class="tgme_widget_message_voice_player"><audio src="https://cdn.example/v.oga"></audio><time class="tgme_widget_message_voice_duration">1:99999999999</time></a>)");
  CHECK_FALSE(voice.post.media.at(0).duration_seconds);
  CHECK(voice.malformed == Names{{"duration", 1}});
}

TEST_CASE("a post without a body that we know is withheld, and counted") {
  for (const char* body : {"",
                           R"(<div class="tgme_widget_message_giveaway"></div>)",
                           R"(<div class="tgme_widget_message_text js-message_text"></div>)"}) {
    CAPTURE(body);
    const Read post = read_body(body);
    CHECK(post.post.kind == PostKind::withheld);
    CHECK(post.malformed == Names{{"body", 1}});
  }
}

TEST_CASE("a post whose text a missing end tag has put into another part is skipped and told") {
  constexpr std::string_view kPhoto =
      R"~(<a class="tgme_widget_message_photo_wrap" href="https://t.me/qa_notes/7" style="background-image:url('https://cdn.example/p.jpg')">)~";
  constexpr std::string_view kReply =
      R"(<a class="tgme_widget_message_reply" href="https://t.me/qa_notes/5"><div class="js-message_reply_text">quoted</div>)";
  constexpr std::string_view kPreview =
      R"(<a class="tgme_widget_message_link_preview" href="https://a.example/"><div class="link_preview_title">T</div>)";
  const std::string open_text = text("the text");
  for (const std::string& body : {std::string{kPhoto} + text("the text"),
                                  std::string{kReply} + text("the text"),
                                  text("the text") + std::string{kPreview},
                                  open_text.substr(0, open_text.rfind("</div>"))}) {
    CAPTURE(body);
    const ChannelPage page = parsed(channel_page(message(7, body) + message(8, text("next"))));
    CHECK(page.malformed.at("nested_part") == 1);
    CHECK(page.skipped == 1);
    REQUIRE(page.posts.size() == 1);
    CHECK(page.posts[0].text == "next");
  }
}

TEST_CASE("a post whose date an end tag too many has put outside of it is skipped and told") {
  for (const std::string_view stray : {"</div></div>", "</div></div></div>"}) {
    CAPTURE(stray);
    const std::string cut = text("the " + std::string{stray} + "text");
    const ChannelPage page = parsed(channel_page(message(7, cut) + message(8, text("next"))));
    CHECK(page.malformed.at("nested_part") == 1);
    CHECK(page.skipped == 1);
    REQUIRE(page.posts.size() == 1);
    CHECK(page.posts[0].text == "next");
  }
}

TEST_CASE("a missing end tag in a text is told, and takes neither words nor links") {
  constexpr std::string_view kRest = R"(two <a href="https://a.example/">three</a> four)";
  for (const std::string_view lost : {"<b>",
                                      "<i>",
                                      "<s>",
                                      "<span>",
                                      "<code>",
                                      "<tg-spoiler>",
                                      "<blockquote>",
                                      R"(<i class="emoji"><b>!</b>)",
                                      R"(<i class="emoji"><b>!</i>)",
                                      R"(<a href="https://b.example/">)"}) {
    CAPTURE(lost);
    const ChannelPage page = parsed(channel_page(
        message(7, text("one " + std::string{lost} + std::string{kRest})) + message(8, text("x"))));
    CHECK(page.malformed.at("end_tag") >= 1);
    CHECK(page.skipped == 0);
    REQUIRE(page.posts.size() == 2);
    CHECK(page.posts[0].text.find("four") != std::string::npos);
    CHECK(page.posts[0].links.back().url == "https://a.example/");
    CHECK(page.posts[0].links.back().text == "three");
    CHECK(page.posts[1].text == "x");
  }
}
