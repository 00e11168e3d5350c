// What other posts show of one that was removed for good.
#include "store/excerpts.h"

#include <filesystem>

#include "store/erasure.h"
#include "store/pages.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;
using namespace std::chrono_literals;
using store::Erasure;
using store::JudgedPost;
using store::RemovalTarget;
using store::Store;

namespace {

const std::string kStory = "Ирина просит убрать этот рассказ\nо том, как она переехала";
const std::string kAddress = "https://t.me/Some_Channel/7";

JudgedPost with_verdict_on(std::string where, JudgedPost post) {
  post.verdict.post_hits = {
      {.rule = "a.rule", .weight = 5, .where = std::move(where), .text = "рассказ Ирины"},
      {.rule = "a.vetoed",
       .weight = 5,
       .where = "post",
       .text = "Спасибо",
       .note = "vetoed by none[0]: рассказ Ирины",
       .effect = HitEffect::held_back}};
  return post;
}

JudgedPost answer(std::string_view name, MessageId message) {
  JudgedPost post = judged(name, message, "Спасибо");
  post.post.reply_to = {.post = {}, .url = kAddress, .text = "рассказ Ирины"};
  return with_verdict_on("reply.quote", post);
}

JudgedPost recommendation(std::string_view name, MessageId message, const std::string& url) {
  JudgedPost post = judged(name, message, "Советуем прочитать");
  post.post.link_preview = LinkPreview{.url = url,
                                       .site_name = "Telegram",
                                       .title = "Ирина",
                                       .description = "рассказ Ирины",
                                       .image_url = "https://cdn.example/irina.jpg"};
  return with_verdict_on("preview", post);
}

JudgedPost notice(MessageId message, const std::string& quoted, const std::string& url = "") {
  JudgedPost post = judged("some_channel", message, "Канал «Вопросы» pinned " + quoted);
  post.post.kind = PostKind::service;
  post.post.service = ServiceKind::pinned;
  if (!url.empty()) post.post.links = {{.url = url, .text = quoted}};
  return post;
}

/// A store with the post some_channel/7, and what shows it in two channels.
struct Shown {
  TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));

  Shown() {
    must(store.add_channel(channel("other_channel"), kMonday));
    keep("some_channel",
         {judged("some_channel", 7, kStory),
          recommendation("some_channel", 8, kAddress + "?single"),
          notice(9, "«Ирина просит убрать этот рассказ о том, как…»")});
    keep("other_channel",
         {answer("other_channel", 7), recommendation("other_channel", 8, kAddress)});
  }

  void keep(std::string_view name, std::vector<JudgedPost> posts, Instant when = kMonday) {
    must(store.keep_page(page(name, std::move(posts), when), when));
  }
  Erasure erasure() { return must(Erasure::open(folder.file("q.db"))); }
  void erase(std::optional<MessageId> post = 7) {
    Erasure erasing = erasure();
    const std::vector<RemovalTarget> targets{{.channel = channel("some_channel"), .post = post}};
    must(erasing.erase(targets, "she asked", kTuesday));
    must(erasing.finish(kTuesday));
  }
  std::vector<std::string> ids() { return selected(store, {}); }
  Record found(std::string_view name, MessageId message) {
    return must(store.find({channel(name), message})).value();
  }
  /// Whether the files of the database hold a byte of Irina's.
  bool is_in_files() const {
    for (const char* name : {"q.db", "q.db-wal"}) {
      const std::string file = folder.file(name);
      if (std::filesystem::exists(file) && read_file(file).contains("Ирин")) return true;
    }
    return false;
  }
};

}  // namespace

TEST_CASE("no post of any channel shows words of a removed one", "[removal]") {
  Shown shown;
  REQUIRE(shown.is_in_files());

  shown.erase();

  CHECK_FALSE(shown.is_in_files());
  CHECK(shown.ids() ==
        std::vector<std::string>{"other_channel/7", "other_channel/8", "some_channel/8"});
  CHECK(shown.found("other_channel", 7).post.reply_to ==
        Reply{.post = {}, .url = kAddress, .text = ""});
  CHECK(shown.found("other_channel", 8).post.link_preview ==
        LinkPreview{.url = kAddress, .site_name = "Telegram"});
  CHECK(shown.found("other_channel", 7).verdict.post_hits.at(0).rule == "a.rule");
  CHECK(shown.found("other_channel", 7).verdict.post_hits.at(1).note == "vetoed by none[0]");
}

TEST_CASE("words of a removed post do not come back with the posts that show it", "[removal]") {
  Shown shown;
  shown.erase();
  const auto ids = shown.ids();

  shown.keep("some_channel",
             {recommendation("some_channel", 8, kAddress),
              notice(9, "«Ирина просит убрать этот рассказ о том, как…»"),
              notice(10, "«Ирина просит»", kAddress)},
             kTuesday);
  shown.keep("other_channel",
             {answer("other_channel", 7), recommendation("other_channel", 8, kAddress)},
             kTuesday);

  CHECK(shown.ids() == ids);
  CHECK_FALSE(shown.is_in_files());
}

TEST_CASE("a removed channel leaves no quotes and previews in others", "[removal]") {
  Shown shown;
  shown.keep("other_channel", {recommendation("other_channel", 9, "https://t.me/some_channel")});

  shown.erase({});

  CHECK_FALSE(shown.is_in_files());
  CHECK(shown.ids().size() == 3);
}

TEST_CASE("what shows an earlier version of a post, or was shown earlier, goes with it",
          "[removal]") {
  Shown shown;
  shown.keep("some_channel", {judged("some_channel", 7, "Ирина передумала")}, kTuesday);
  JudgedPost without = judged("other_channel", 8, "Советуем прочитать");
  JudgedPost edited = judged("other_channel", 7, "Большое спасибо");
  shown.keep("other_channel", {edited, without}, kTuesday);

  shown.erase();

  CHECK_FALSE(shown.is_in_files());
  CHECK(shown.ids().size() == 3);
}

TEST_CASE("what shows other posts stays as it is", "[removal]") {
  Shown shown;
  shown.keep("some_channel",
             {notice(10, "«Ирина…»", "https://t.me/some_channel/70"), notice(11, "a photo")});
  shown.keep("other_channel",
             {recommendation("other_channel", 9, "https://t.me/some_channel/70"),
              recommendation("other_channel", 10, "https://example.org/some_channel/7")});

  CHECK(must(shown.erasure().notices_of({.channel = channel("some_channel"), .post = 70})).size() ==
        1);
  shown.erase();

  CHECK(shown.found("other_channel", 9).post.link_preview->title == "Ирина");
  CHECK(shown.found("other_channel", 10).post.link_preview->title == "Ирина");
  CHECK(shown.found("some_channel", 11).post.text.ends_with("pinned a photo"));
}

TEST_CASE("a notice quotes a text when it has its beginning, or all of it") {
  const std::string text = "Как «работает»\n\n  индекс? Разбор";

  CHECK(store::quotes_beginning("Канал pinned «Как «работает» индекс?…»", text));
  CHECK(store::quotes_beginning("«Мир» закрепил(а) «Как «работает» индекс? Разбор»", text));
  CHECK_FALSE(store::quotes_beginning("Канал pinned «Как»", text));
  CHECK_FALSE(store::quotes_beginning("Канал pinned «…»", text));
  CHECK_FALSE(store::quotes_beginning("Канал pinned a photo", text));
  CHECK_FALSE(store::quotes_beginning("Канал pinned «Как иначе…»", text));
}
