// Counters, dates, identity: docs/traps.md, C; and which host the page came from.
#include <initializer_list>
#include <string>

#include "page_builder.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::test;

namespace {

std::string replaced(std::string html, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = html.find(from, at)) != std::string::npos; at += to.size())
    html.replace(at, from.size(), to);
  return html;
}

std::string with_counter(std::string_view value, std::string_view type) {
  return std::string{
      R"(<div class="tgme_channel_info"><div class="tgme_channel_info_counters"><div class="tgme_channel_info_counter"><span class="counter_value">)"}
      .append(value)
      .append(R"(</span> <span class="counter_type">)")
      .append(type)
      .append("</span></div></div></div>");
}

}  // namespace

TEST_CASE("an audience is read under every name it has had") {
  for (const std::string_view type :
       {"subscribers", "subscriber", "members", "member", "readers"}) {
    INFO(type);
    const ChannelPage page = parsed(channel_page(with_counter("6400358", type)));

    REQUIRE(page.channel.counters.size() == 1);
    CHECK(page.channel.counters[0].type == type);
    CHECK(page.channel.counters[0].count.value == 6'400'358);
  }
}

TEST_CASE("an audience that the page does not count has no number") {
  const ChannelPage page = parsed(landing_page(
      "tg://resolve?domain=qa_chat",
      R"(<div class="tgme_page_title"><span>Чат</span></div><div class="tgme_page_extra">no members</div>)"));

  CHECK(page.kind == PageKind::landing_group);
  CHECK(page.channel.counters.empty());
}

TEST_CASE("a date is in its attribute, whatever class, words and clocks stand beside it") {
  std::string html = channel_page(message(
      7,
      R"(<div class="tgme_widget_message_roundvideo_player"><time class="tgme_widget_message_roundvideo_duration">0:09</time></div>)"
      R"(<a class="tgme_widget_message_voice_player"><time class="tgme_widget_message_voice_duration">0:31</time></a>)" +
          text("да")));
  const std::string dated = R"("2025-07-24T12:00:05+03:00" class="time">12:00)";
  const auto published = parse_instant("2025-07-24T09:00:05Z");
  REQUIRE(html.find(dated) != std::string::npos);

  CHECK(parsed(html).posts.at(0).published_at == published);
  const std::string of_2019 = replaced(html, dated, R"("2025-07-24T09:00:05+00:00">02:48)");
  CHECK(parsed(of_2019).posts.at(0).published_at == published);
}

TEST_CASE("a channel's name is kept as the page spells it, and is one name in any case") {
  const std::string html = channel_page(message(7, text("да")));
  const ChannelPage page = parsed(replaced(html, "qa_notes", "QA_Notes"));

  CHECK(page.slug == "QA_Notes");
  REQUIRE(page.posts.size() == 1);
  CHECK(page.posts[0].url == "https://t.me/QA_Notes/7");
  CHECK(page.posts[0].id == parsed(html).posts.at(0).id);
}

TEST_CASE("the same page from another host holds the same posts") {
  const std::string html = channel_page(message(
      7,
      R"(<a class="tgme_widget_message_reply" href="https://t.me/qa_notes/3"><div class="tgme_widget_message_metatext js-message_reply_text">Photo</div></a>)" +
          text("<a href=\"https://t.me/qa_help\">@qa_help</a>")));
  const Post post = parsed(html).posts.at(0);
  CHECK(post.reply_to.value().post == 3);
  CHECK_FALSE(post.links.at(0).masked);

  for (const std::string_view host : {"https://telegram.me/", "https://telegram.dog/"}) {
    INFO(host);
    const Post other = parsed(replaced(html, "https://t.me/", host)).posts.at(0);
    CHECK(other.id == post.id);
    CHECK(other.url == post.url);
    CHECK(other.reply_to.value().post == 3);
    CHECK(other.mentions == post.mentions);
    CHECK_FALSE(other.links.at(0).masked);
  }
}

TEST_CASE("fields are found by their names, wherever they stand") {
  const std::string info = R"(<span class="tgme_widget_message_views">1.2K</span>)";
  const std::string preview =
      R"(<a class="tgme_widget_message_link_preview" href="https://a.example/"><div class="link_preview_title">Тема</div></a>)";
  const std::string reactions =
      R"(<div class="tgme_widget_message_reactions"><span class="tgme_reaction"><i class="emoji"><b>❤</b></i>56</span></div>)";
  const std::string forward =
      R"(<div class="tgme_widget_message_forwarded_from"><a class="tgme_widget_message_forwarded_from_name" href="https://t.me/src/9">Источник</a></div>)";

  const Post usual = post_of({.body = forward + text("да") + preview + reactions, .info = info});
  const Post moved = post_of({.body = reactions + info + "<div><section>" + preview + "<p></p>" +
                                      text("да") + "</section></div>",
                              .info = "",
                              .below = forward});

  CHECK(usual.views.value == 1200);
  CHECK(moved == usual);
}
