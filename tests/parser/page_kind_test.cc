#include "page_builder.h"
#include "support/catch.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;

namespace {

PageKind kind_of(std::string_view html) { return parsed(html).kind; }

constexpr std::string_view kTitle =
    R"(<div class="tgme_page_title" dir="auto"><span dir="auto">Вопросы</span></div>)";

std::string titled(std::string_view rest) { return std::string{kTitle}.append(rest); }

std::string extra(std::string_view line) {
  return std::string{"<div class=\"tgme_page_extra\">"}.append(line).append("</div>");
}

}  // namespace

TEST_CASE("a channel's landing page says whether it has a preview") {
  const ChannelPage page = parsed(landing_page(
      "tg://resolve?domain=qa_notes",
      R"(<div class="tgme_page_photo"><img class="tgme_page_photo_image" src="https://cdn.example/p.jpg"></div>)"
      R"(<div class="tgme_page_title"><span dir="auto">Вопросы</span><i class="verified-icon"> ✔</i></div>)" +
          extra("11 286 994 subscribers") +
          R"(<div class="tgme_page_description">раз<br/>два</div><div class="tgme_page_context_link_wrap"><a class="tgme_page_context_link" href="/s/qa_notes">Preview channel</a></div>)"));

  CHECK(page.kind == PageKind::landing_channel);
  CHECK(page.channel ==
        ChannelFacts{.title = "Вопросы",
                     .username = "qa_notes",
                     .description = "раз\nдва",
                     .photo_url = "https://cdn.example/p.jpg",
                     .counters = {{.type = "subscribers",
                                   .count = {.value = 11286994, .text = "11 286 994"}}},
                     .verified = true,
                     .has_preview = true});
  CHECK(page.complete);

  const ChannelPage without =
      parsed(landing_page("tg://resolve?domain=x_notes", titled(extra("1 subscriber"))));
  CHECK(without.kind == PageKind::landing_channel);
  CHECK_FALSE(without.channel.has_preview);
}

TEST_CASE("the 2021 button of a channel with members is a preview link too") {
  CHECK(
      kind_of(landing_page(
          "tg://resolve?domain=qa_notes",
          titled(
              extra("1 474 933 members") +
              R"(<div class="tgme_page_context_btn"><a class="tgme_action_button_new" href="/s/qa_notes"><span class="tgme_action_button_label">Preview channel</span></a></div>)"))) ==
      PageKind::landing_channel);
}

TEST_CASE("groups, bots, users and free names are told apart by what their pages say") {
  const ChannelPage group = parsed(
      landing_page("tg://resolve?domain=qa_chat", titled(extra("97 957 members, 4 138 online"))));
  CHECK(group.kind == PageKind::landing_group);
  CHECK(group.channel.counters.size() == 2);

  CHECK(kind_of(landing_page("tg://resolve?domain=qa_bot",
                             titled(extra("@qa_bot") + extra("8 122 955 monthly users")))) ==
        PageKind::landing_bot);
  CHECK(
      kind_of(landing_page(
          "tg://resolve?domain=helper",
          titled(
              extra("@helper") +
              R"(<div class="tgme_page_action"><a class="tgme_action_button_new">Start Bot</a></div>)"))) ==
      PageKind::landing_bot);

  const ChannelPage user =
      parsed(landing_page("tg://resolve?domain=anna", titled(extra("\n  @anna\n"))));
  CHECK(user.kind == PageKind::landing_user);
  CHECK(user.channel.username == "anna");

  const ChannelPage free = parsed(landing_page(
      "tg://resolve?domain=nobody9",
      R"(<div class="tgme_page_icon"><i class="tgme_icon_user"></i></div><div class="tgme_page_description">If you have <strong>Telegram</strong>, you can contact <a class="tgme_username_link" href="tg://resolve?domain=nobody9">@nobody9</a></div>)"));
  CHECK(free.kind == PageKind::free_name);
  CHECK(free.channel.username == "nobody9");
  CHECK(free.channel.description.empty());
}

TEST_CASE("an invitation is private whatever it invites to") {
  CHECK(kind_of(landing_page("tg://join?invite=AbC", titled(extra("512 subscribers")))) ==
        PageKind::private_invite);
  CHECK(kind_of(
            landing_page("tg://join?invite=AbC",
                         R"(<div class="tgme_page_icon"><i class="tgme_icon_group"></i></div>)")) ==
        PageKind::private_invite);
}

TEST_CASE("a post's own page is a post, though its frame is worn by landing pages too") {
  const ChannelPage page = parsed(landing_page(
      "tg://resolve?domain=qa_notes&amp;post=12",
      R"(<div class="tgme_page_widget"><iframe id="telegram-post-qa_notes-12" src="https://t.me/qa_notes/12?embed=1&amp;mode=tme"></iframe></div>)"));
  CHECK(page.kind == PageKind::post);
  CHECK(page.channel.username == "qa_notes");
}

TEST_CASE("a post embedded in 2018 is known by its link, a modern one by its data-post") {
  const auto embedded = [](std::string_view attributes) {
    return std::string{
        R"(<!DOCTYPE html><html><body class="tgme_widget body_widget_post"><div class="tgme_widget_message js-widget_message" id="widget_message" )"}
        .append(attributes)
        .append(
            R"(><div class="tgme_widget_message_bubble"><div class="tgme_widget_message_text">да</div><div class="tgme_widget_message_footer"><div class="tgme_widget_message_link"><a href="https://t.me/Qa_Notes/68">t.me/Qa_Notes/68</a></div><a class="tgme_widget_message_date" href="https://t.me/Qa_Notes/68?x=1"><time datetime="2018-03-02T10:00:00+00:00">March 2, 2018</time></a></div></div></div></body></html>)");
  };
  const ChannelPage old = parsed(embedded(""));
  CHECK(old.kind == PageKind::post);
  REQUIRE(old.posts.size() == 1);
  CHECK(old.posts[0].url == "https://t.me/Qa_Notes/68");
  CHECK(old.posts[0].text == "да");
  CHECK(old.posts[0].published_at == parse_instant("2018-03-02T10:00:00Z"));
  CHECK(old.unknown_markup.empty());

  const ChannelPage modern = parsed(embedded(
      R"(data-post="qa_notes/69" data-peer="c1001122334_77" data-peer-hash="ab" data-post-id="69")"));
  REQUIRE(modern.posts.size() == 1);
  CHECK(modern.posts[0].id.str() == "qa_notes/69");
}

TEST_CASE("an embedded post that is gone says why") {
  const ChannelPage page = parsed(
      R"(<!DOCTYPE html><html><body class="tgme_widget body_widget_post"><div class="tgme_widget_message js-widget_message"><div class="tgme_widget_message_error">Post not found</div></div></body></html>)");
  CHECK(page.kind == PageKind::post);
  CHECK(page.notice == "Post not found");
  CHECK(page.posts.empty());
  CHECK(page.skipped == 0);
}

TEST_CASE("a banned channel's page offers posts without showing a title") {
  CHECK(
      kind_of(landing_page(
          "tg://resolve?domain=banned_qa",
          R"(<div class="tgme_page_icon"><i class="tgme_icon_user"></i></div><div class="tgme_page_description">If you have Telegram, you can view posts by <a class="tgme_username_link" href="tg://resolve?domain=banned_qa">@banned_qa</a> right away.</div>)")) ==
      PageKind::landing_channel);
}

TEST_CASE("an owner's words do not change what a landing page is") {
  CHECK(kind_of(landing_page(
            "tg://resolve?domain=anna_notes",
            titled(R"(<div class="tgme_page_description">You are invited to view posts</div>)" +
                   extra("@anna_notes")))) == PageKind::landing_user);
}

TEST_CASE("a narrow header's only counter is the audience") {
  std::string html = channel_page(message(7, text("да")));
  html.replace(
      html.find("<main"),
      5,
      R"(<header class="tgme_header"><div class="tgme_header_counter">10.1K subscribers</div></header><main)");
  CHECK(parsed(html).channel.counters ==
        std::vector<Counter>{{.type = "subscribers", .count = {.value = 10100, .text = "10.1K"}}});
}

TEST_CASE("a private invitation names what it invites to") {
  const ChannelPage page = parsed(landing_page(
      "tg://join?invite=AbC",
      titled(
          extra("512 subscribers") +
          R"(<div class="tgme_page_additional">You are invited to a <strong>private channel</strong></div><div class="tgme_page_action"><a class="tgme_action_button_new">Join Channel</a></div>)")));
  CHECK(page.kind == PageKind::private_invite);
  CHECK(page.channel.title == "Вопросы");
  CHECK(page.channel.counters.at(0).count.value == 512);
}

TEST_CASE("Telegram's front page and strangers' pages are no channels") {
  CHECK(kind_of("<html><body><div class=\"tl_page_wrap\"><div class=\"tl_page\">"
                "<h1>Telegram Messenger</h1></div></div></body></html>") == PageKind::home);
  CHECK(kind_of("<html><body><h1>502 Bad Gateway</h1></body></html>") == PageKind::unknown);
  CHECK(kind_of("<p>one<p>two<ul><li>a<li>b</ul>") == PageKind::unknown);
}

TEST_CASE("\"No posts found\" is no post, and an empty channel is a channel") {
  const ChannelPage page = parsed(channel_page(
      R"(<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message_centered"><div class="tme_no_messages_found">No posts found</div></div></div>)"));

  CHECK(page.kind == PageKind::channel);
  CHECK(page.posts.empty());
  CHECK(page.skipped == 0);
  CHECK(page.says_empty);
  CHECK(parsed(channel_page("")).kind == PageKind::channel);
  CHECK_FALSE(parsed(channel_page("")).says_empty);
}

TEST_CASE("a channel of 2026 is read from head to foot") {
  const ChannelPage page =
      parsed(read_file(std::string{QANAT_PARSER_FIXTURES} + "/channel_2026_ru.html"));

  CHECK(page.kind == PageKind::channel);
  CHECK(page.complete);
  CHECK(page.slug == "Voprosy_QA");
  CHECK(page.before == 41);
  CHECK_FALSE(page.after);
  CHECK(
      page.channel ==
      ChannelFacts{.title = "Вопросы 🔥 ответы",
                   .username = "voprosy_qa",
                   .description = "Один вопрос в день.\nРеклама: @qa_ads",
                   .photo_url = "https://cdn4.example/file/photo.jpg",
                   .counters = {{.type = "subscribers", .count = {.value = 10100, .text = "10.1K"}},
                                {.type = "photos", .count = {.value = 82, .text = "82"}}},
                   .verified = true,
                   .has_preview = true,
                   .numeric_id = 1001122334});
  REQUIRE(page.posts.size() == 4);
  CHECK(page.posts[0].text ==
        "❓ Почему небо синее?\n\nСвет рассеивается. Подробнее: тут и @qa_help\n#физика");
  CHECK(page.posts[0].links.at(0).url == "https://a.example/?utm_source=tg&id=1");
  CHECK(page.posts[0].reactions.size() == 2);
  CHECK(page.posts[1].album == std::vector<MessageId>{42, 43});
  CHECK(page.posts[1].text == "Два снимка");
  CHECK(page.posts[2].kind == PostKind::service);
  CHECK(page.posts[3].kind == PostKind::withheld);
  CHECK(page.unknown_markup.empty());
  CHECK(page.malformed.empty());
}

TEST_CASE("the first page of a channel in the layout of 2019 is read as well") {
  const ChannelPage page =
      parsed(read_file(std::string{QANAT_PARSER_FIXTURES} + "/channel_2019_en.html"));

  CHECK(page.kind == PageKind::channel);
  CHECK_FALSE(page.before);
  CHECK(page.after == 3);
  CHECK(page.channel.title == "Sky Notes");
  CHECK(page.channel.verified);
  CHECK(page.channel.counters.at(0).type == "members");
  REQUIRE(page.posts.size() == 3);
  CHECK(page.posts[0].kind == PostKind::service);
  CHECK(page.posts[1].text == "Why is the sky blue?\nhttps://sky.example");
  CHECK_FALSE(page.posts[1].links.at(0).masked);
  CHECK(page.posts[1].published_at == parse_instant("2015-09-22T09:04:51Z"));
  CHECK(page.posts[2].kind == PostKind::sticker);
  CHECK(page.unknown_markup.empty());
}
