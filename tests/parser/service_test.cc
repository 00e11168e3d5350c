#include <string>
#include <string_view>
#include <vector>

#include "base/names.h"
#include "page_builder.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::test;

namespace {

constexpr std::string_view kActor =
    R"(<a class="tgme_widget_message_author_name" href="https://t.me/qa_notes"><span dir="auto">Live stream started</span></a> )";

Post notice(std::string_view sentence, std::string_view state = {}) {
  return post_of(
      {.state = "service_message " + std::string{state}, .body = text(sentence), .info = ""});
}

std::string_view service_kind_of(std::string_view sentence, std::string_view state = {}) {
  const Post post = notice(sentence, state);
  CHECK(post.kind == PostKind::service);
  return name_of(post.service.value());
}

std::string by_actor(std::string_view words) { return std::string{kActor}.append(words); }

struct Notice {
  std::string_view kind;
  std::vector<std::string_view> sentences;
};

}  // namespace

TEST_CASE("a service post's kind is read off its sentence") {
  const std::vector<Notice> notices = {
      {"created", {"Channel created", "Канал создан"}},
      {"name_changed",
       {"Channel name was changed to «<span class=\"tgme_widget_service_strong_text\">A</span>»",
        "Channel renamed to \"Photo removed\"",
        "Название канала изменено на «Тему»"}},
      {"photo_updated",
       {"Channel photo updated",
        "Channel photo changed",
        "Channel video updated",
        "Фото канала обновлено"}},
      {"photo_removed", {"Channel photo removed", "Фото канала удалено"}},
      {"video_chat_scheduled", {"Live stream scheduled for Friday", "Запланирована трансляция"}},
      {"video_chat_started", {"Live stream started", "Video chat started", "Трансляция началась"}},
      {"video_chat_ended",
       {"Live stream finished (2 hours)", "Voice chat ended (3 minutes)", "Трансляция завершена"}},
      {"auto_delete_changed",
       {"Messages in this channel will be automatically deleted after 1 week",
        "The auto-delete timer was disabled"}},
      {"theme_changed", {"The channel theme was changed"}},
      {"wallpaper_changed", {"A new wallpaper was set", "A new background was set"}},
      {"giveaway_results",
       {"2 winners of the giveaway were randomly selected and received gift links"}},
      {"other", {"The moon rose", ""}}};
  for (const Notice& each : notices) {
    for (const std::string_view sentence : each.sentences) {
      INFO(sentence);
      CHECK(service_kind_of(sentence) == each.kind);
    }
  }
}

TEST_CASE("who did it and what is quoted say nothing of a service post's kind") {
  CHECK(service_kind_of(by_actor("pinned «Giveaway: photo updated»")) == "pinned");
  CHECK(service_kind_of(by_actor("pinned a photo")) == "pinned");
  CHECK(service_kind_of(by_actor(
            R"(pinned <a href="https://t.me/qa_notes/3">Channel created</a>)")) == "pinned");
  CHECK(service_kind_of(by_actor("закрепил(а) «Канал создан»")) == "pinned");
  CHECK(service_kind_of(by_actor("updated photo")) == "photo_updated");
  CHECK(service_kind_of(by_actor("just started a giveaway of subscriptions")) ==
        "giveaway_started");
  CHECK(service_kind_of(by_actor("boosted the channel 3 times")) == "boosted");
  CHECK(service_kind_of(by_actor("sent a gift for 50 Stars")) == "gift");
  CHECK(service_kind_of(by_actor("turned off direct messages")) == "direct_messages_changed");
  CHECK(service_kind_of(by_actor("did something")) == "other");
}

TEST_CASE("the actor of 2019 is a plain link, and its new photo a group's") {
  CHECK(
      service_kind_of(
          R"(<a href="https://t.me/qa_notes" dir="auto">Channel created</a> updated group photo)") ==
      "photo_updated");
}

TEST_CASE("a service message with a photo is a new photo, whatever its words") {
  CHECK(service_kind_of("Neues Kanalbild", "service_message_photo") == "photo_updated");
  const Post post = post_of(
      {.state = "service_message",
       .body =
           R"(<a class="tgme_widget_message_service_photo" href="https://t.me/qa_notes/7"><img src="https://cdn.example/p.jpg"></a>)"});
  CHECK(post.service == ServiceKind::photo_updated);
  CHECK(post.media.at(0).url == "https://cdn.example/p.jpg");
}

TEST_CASE("a label that only says service message makes a service post of no known kind") {
  const Post post = post_with(
      R"(<div class="message_media_not_supported_wrap"><div class="message_media_not_supported"><div class="message_media_not_supported_label">Service message</div></div></div>)");
  CHECK(post.kind == PostKind::service);
  CHECK(post.service == ServiceKind::other);
  CHECK(post.media.empty());
}

TEST_CASE("the channel's own posts have no service kind") {
  CHECK_FALSE(post_with_text("Channel created").service);
}
