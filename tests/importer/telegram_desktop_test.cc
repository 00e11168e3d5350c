#include "importer/telegram_desktop.h"

#include <sstream>

#include "support/catch.h"

using namespace qanat;
using importer::DesktopBatch;

namespace {

Result<std::vector<Post>> read_desktop(const std::string& json, int* batches = nullptr) {
  std::istringstream in(json);
  std::vector<Post> posts;
  const auto read = importer::read_desktop_export(
      in, ChannelName::parse("some_channel").value(), [&](DesktopBatch batch) -> Result<void> {
        if (batches != nullptr) ++*batches;
        posts.insert(posts.end(), batch.posts.begin(), batch.posts.end());
        return {};
      });
  if (!read) return fail(read.error());
  return posts;
}

/// An export whose messages are `messages`, without the brackets.
std::string export_of(const std::string& messages) {
  return R"({"name": "Some channel", "type": "public_channel", "id": 1, "messages": [)" + messages +
         "]}";
}

/// One message of id 7 with these fields.
Post post_of(const std::string& fields) {
  const auto posts = read_desktop(export_of(R"({"id": 7, "type": "message", )" + fields + "}"));
  REQUIRE(posts);
  REQUIRE(posts->size() == 1);
  return posts->front();
}

std::string covered(const Post& post, const Entity& entity) {
  return post.text.substr(entity.span.begin, entity.span.size());
}

}  // namespace

TEST_CASE("a message is a post of the channel that was named, with its date in UTC", "[desktop]") {
  const Post post = post_of(R"("date": "2026-07-24T12:00:05", "date_unixtime": "1784883605",
      "edited": "2026-07-25T12:00:00", "edited_unixtime": "1784970000", "author": "Анна",
      "text": "Привет", "text_entities": [{"type": "plain", "text": "Привет"}])");

  CHECK(post.id.str() == "some_channel/7");
  CHECK(post.url == "https://t.me/some_channel/7");
  CHECK(format_instant(post.published_at.value()) == "2026-07-24T09:00:05Z");
  CHECK(post.edited);
  CHECK(post.author == "Анна");
  CHECK(post.text == "Привет");
  CHECK(post.kind == PostKind::text);
}

TEST_CASE("an old export's date, which has no zone, is taken for UTC", "[desktop]") {
  CHECK(format_instant(
            post_of(R"("date": "2019-07-24T12:00:05", "text": "x")").published_at.value()) ==
        "2019-07-24T12:00:05Z");
}

TEST_CASE("a date outside of the years 0000 to 9999 is no date", "[desktop]") {
  for (const char* seconds : {"253402300800",
                              "-62167219201",
                              "99999999999999999",
                              "9223372036854775807",
                              "-9223372036854775808",
                              "9223372036854775808",
                              "soon"}) {
    CAPTURE(seconds);
    CHECK_FALSE(post_of(R"("date": "2025-05-01T10:00:00", "date_unixtime": ")" +
                        std::string(seconds) + R"(", "text": "x")")
                    .published_at);
  }
  CHECK(format_instant(
            post_of(R"("date_unixtime": "253402300799", "text": "x")").published_at.value()) ==
        "9999-12-31T23:59:59Z");
}

TEST_CASE("formatting becomes entities over the whole text, and addresses become links",
          "[desktop]") {
  const Post post = post_of(R"("text_entities": [
      {"type": "bold", "text": "Вопрос"}, {"type": "plain", "text": " 🔥 "},
      {"type": "text_link", "text": "тут", "href": "https://example.org/?a=1"},
      {"type": "plain", "text": " "}, {"type": "link", "text": "example.org/x"},
      {"type": "plain", "text": " "}, {"type": "mention", "text": "@other"},
      {"type": "plain", "text": " "}, {"type": "hashtag", "text": "#cpp"},
      {"type": "plain", "text": "\n"}, {"type": "pre", "text": "int x;", "language": "cpp"},
      {"type": "plain", "text": "  \n"}])");

  CHECK(post.text == "Вопрос 🔥 тут example.org/x @other #cpp\nint x;");
  REQUIRE(post.entities.size() == 6);
  CHECK(covered(post, post.entities[0]) == "Вопрос");
  CHECK(post.entities[1].value == "https://example.org/?a=1");
  CHECK(covered(post, post.entities[5]) == "int x;");
  CHECK(post.entities[5].value == "cpp");
  REQUIRE(post.links.size() == 3);
  CHECK(post.links[0].masked);
  CHECK(post.links[0].text == "тут");
  CHECK(post.links[1].url == "http://example.org/x");
  CHECK_FALSE(post.links[1].masked);
  CHECK(post.links[2].url == "https://t.me/other");
  CHECK(post.hashtags == std::vector<std::string>{"#cpp"});
  CHECK(post.mentions == std::vector<std::string>{"@other"});
}

TEST_CASE("an address with a scheme is kept as it is, one with a port gets http", "[desktop]") {
  const std::vector<std::pair<std::string, std::string>> links = {
      {"mailto:a@example.org", "mailto:a@example.org"},
      {"tel:79000000000", "tel:79000000000"},
      {"HTTPS://example.org", "HTTPS://example.org"},
      {"tg:resolve?domain=x", "tg:resolve?domain=x"},
      {"example.org:8080/x", "http://example.org:8080/x"},
      {"example.org/a:b", "http://example.org/a:b"},
      {"example.org", "http://example.org"}};
  for (const auto& [shown, address] : links) {
    CHECK(post_of(R"("text_entities": [{"type": "link", "text": ")" + shown + R"("}])")
              .links.at(0)
              .url == address);
  }
}

TEST_CASE("text that is one formatted piece is read as that piece", "[desktop]") {
  const Post post = post_of(R"("text": {"type": "bold", "text": "b"})");

  CHECK(post.text == "b");
  REQUIRE(post.entities.size() == 1);
  CHECK(post.entities[0].kind == EntityKind::bold);
}

TEST_CASE("text in the older form, strings and objects mixed, is read too", "[desktop]") {
  const Post post = post_of(R"("text": ["a ", {"type": "italic", "text": "b"}, " c"])");

  CHECK(post.text == "a b c");
  REQUIRE(post.entities.size() == 1);
  CHECK(post.entities[0].kind == EntityKind::italic);
}

TEST_CASE("formatting over the blanks at the end goes with them", "[desktop]") {
  const Post post = post_of(R"("text_entities": [{"type": "bold", "text": "a  \n"},
      {"type": "italic", "text": "\n\n"}])");

  CHECK(post.text == "a");
  REQUIRE(post.entities.size() == 1);
  CHECK(covered(post, post.entities[0]) == "a");
}

TEST_CASE("a reply to a message of another chat is none to a post with its number", "[desktop]") {
  const auto reply_to = [](const std::string& peer) {
    return post_of(R"("text": "x", "reply_to_message_id": 5, "reply_to_peer_id": ")" + peer + '"')
        .reply_to.value();
  };
  CHECK_FALSE(reply_to("channel1001122334").post);
  CHECK(reply_to("channel1001122334").url == "https://t.me/c/1001122334/5");
  CHECK_FALSE(reply_to("user77").post);
  CHECK(reply_to("user77").url.empty());
}

TEST_CASE("forward, reply, reactions and link buttons come along", "[desktop]") {
  const Post post = post_of(R"("text": "x", "forwarded_from": "Source", "reply_to_message_id": 5,
      "reactions": [{"type": "emoji", "count": 7, "emoji": "👍"},
                    {"type": "custom_emoji", "count": 2, "document_id": "stickers/a.tgs"},
                    {"type": "paid", "count": 1}],
      "inline_bot_buttons": [[{"type": "url", "text": "Go", "data": "https://example.org"},
                              {"type": "callback", "text": "No", "data": "x"}]])");

  CHECK(post.forwarded_from->name == "Source");
  CHECK(post.reply_to->post == 5);
  CHECK(post.reply_to->url == "https://t.me/some_channel/5");
  REQUIRE(post.reactions.size() == 3);
  CHECK(post.reactions[0] == Reaction{.emoji = "👍", .count = {.value = 7, .text = "7"}});
  CHECK(post.reactions[1].custom_emoji_id == "stickers/a.tgs");
  CHECK(post.reactions[2].paid);
  CHECK(post.buttons == std::vector<Button>{{.text = "Go", .url = "https://example.org"}});
}

TEST_CASE("each kind of media decides the kind of post", "[desktop]") {
  const std::vector<std::pair<std::string, PostKind>> kinds = {
      {R"("photo": "photos/a.jpg", "width": 800, "height": 600)", PostKind::photo},
      {R"("file": "a.mp4", "media_type": "video_file", "duration_seconds": 9)", PostKind::video},
      {R"("file": "a.mp4", "media_type": "animation")", PostKind::gif},
      {R"("file": "a.mp4", "media_type": "video_message")", PostKind::round_video},
      {R"("file": "a.ogg", "media_type": "voice_message")", PostKind::voice},
      {R"("file": "a.mp3", "media_type": "audio_file", "title": "T", "performer": "P")",
       PostKind::audio},
      {R"("file": "a.webp", "media_type": "sticker")", PostKind::sticker},
      {R"("file": "a.pdf", "file_name": "a.pdf", "mime_type": "application/pdf")",
       PostKind::document},
      {R"("contact_information": {"first_name": "A", "last_name": "B", "phone_number": "+7"})",
       PostKind::contact},
      {R"("location_information": {"latitude": 1.5, "longitude": 2.5})", PostKind::location},
      {R"("place_name": "Café", "location_information": {"latitude": 1, "longitude": 2})",
       PostKind::venue},
      {R"("game_title": "Chess")", PostKind::game},
      {R"("invoice_information": {"title": "Book", "description": "Paper"})", PostKind::invoice}};
  for (const auto& [fields, kind] : kinds) {
    CAPTURE(fields);
    const Post post = post_of(fields);
    CHECK(post.kind == kind);
    CHECK(post.media.size() == 1);
  }
}

TEST_CASE("a poll has its question, its options and their shares", "[desktop]") {
  const Post post = post_of(R"("text": "", "poll": {"question": "Tabs?", "closed": false,
      "total_voters": 4, "answers": [{"text": "Yes", "voters": 3, "chosen": false},
                                     {"text": "No", "voters": 1, "chosen": false}]})");

  CHECK(post.kind == PostKind::poll);
  REQUIRE(post.poll);
  CHECK(post.poll->question == "Tabs?");
  CHECK(post.poll->options ==
        std::vector<PollOption>{{.text = "Yes", .percent = 75}, {.text = "No", .percent = 25}});
}

TEST_CASE("a poll whose answers are not told is a poll without options", "[desktop]") {
  const Post post = post_of(R"("text": "", "poll": {"question": "Tabs?"})");

  REQUIRE(post.poll);
  CHECK(post.poll->question == "Tabs?");
  CHECK(post.poll->options.empty());
}

TEST_CASE("a number that Telegram cannot have counted is not taken", "[desktop]") {
  const Post post = post_of(R"("photo": "a.jpg", "width": 1099511627776, "height": -5,
      "reply_to_message_id": -9,
      "reactions": [{"type": "emoji", "count": -7, "emoji": "👍"},
                    {"type": "emoji", "count": 2147483648, "emoji": "🔥"}],
      "poll": {"question": "?", "total_voters": 3,
               "answers": [{"text": "a", "voters": 2305843009213693952},
                           {"text": "b", "voters": 4}, {"text": "c", "voters": -4}]})");

  CHECK_FALSE(post.media.at(0).width);
  CHECK_FALSE(post.media.at(0).height);
  CHECK_FALSE(post.reply_to);
  REQUIRE(post.reactions.size() == 2);
  for (const Reaction& reaction : post.reactions) CHECK(reaction.count == Count{});
  for (const PollOption& option : post.poll->options) CHECK_FALSE(option.percent);
}

TEST_CASE("service messages are service posts", "[desktop]") {
  const auto posts = read_desktop(export_of(
      R"({"id": 1, "type": "service", "action": "create_channel", "title": "x", "text": ""},
         {"id": 2, "type": "service", "action": "something_new", "text": ""})"));

  REQUIRE(posts);
  CHECK(posts->at(0).kind == PostKind::service);
  CHECK(posts->at(0).service == ServiceKind::created);
  CHECK(posts->at(1).service == ServiceKind::other);
}

TEST_CASE("messages come in batches, in the file's order; the channel's group past is left out",
          "[desktop]") {
  std::string messages = R"({"id": -5, "type": "message", "text": "of the group"})";
  for (int id = 1; id <= 250; ++id) {
    messages += R"(,{"id": )" + std::to_string(id) + R"(, "type": "message", "text": "x"})";
  }
  int batches = 0;

  const auto posts = read_desktop(export_of(messages), &batches);

  REQUIRE(posts);
  REQUIRE(posts->size() == 250);
  CHECK(posts->front().id.message == 1);
  CHECK(posts->back().id.message == 250);
  CHECK(batches == 3);
}

TEST_CASE("what is no export of one channel is an error in words", "[desktop]") {
  CHECK(read_desktop("{\"messages\": [").error().message.find("not JSON") == 0);
  CHECK(read_desktop("{\"chats\": {}}").error().message.find("no \"messages\"") == 0);
  CHECK(read_desktop(R"({"messages": null})").error().message.find("\"messages\" is not a list") ==
        0);
  CHECK(read_desktop(R"({"messages": {"a": {"id": 1}}})")
            .error()
            .message.find("\"messages\" is not a list") == 0);
  CHECK(read_desktop(export_of(R"({"id": 7, "poll": []})")).error().message.find("message 7 ") ==
        0);
}

TEST_CASE("a message without a post's number is an error that says where it stands", "[desktop]") {
  for (const char* id : {"1.5", "9223372036854775808", "1e300", "\"x\"", R"({"a": 1})"}) {
    CAPTURE(id);
    CHECK(read_desktop(export_of(R"({"id": 7, "text": "x"}, {"id": )" + std::string(id) + "}"))
              .error()
              .message.find("message number 2 of the file has no id") == 0);
  }
  for (const char* fields : {R"("text": "x")", R"("id": null)"}) {
    CHECK(read_desktop(export_of("{" + std::string(fields) + "}")).error().message ==
          "message number 1 of the file has no id");
  }
  CHECK(read_desktop(export_of(R"({"id": 7, "text": "x"}, "a")")).error().message ==
        "message number 2 is not an object");
}

TEST_CASE("an export without any post of a channel is an error, not an import of nothing",
          "[desktop]") {
  for (const char* messages : {"", R"({"id": -5, "type": "message", "text": "of the group"})"}) {
    CHECK(read_desktop(export_of(messages)).error().message.find("no message of a channel") == 0);
  }
}

TEST_CASE("a chat that is no channel is refused, wherever its type stands", "[desktop]") {
  const std::string messages = R"("messages": [{"id": 1, "type": "message", "text": "x"}])";
  for (const char* type : {R"("personal_chat")",
                           R"("saved_messages")",
                           R"("private_supergroup")",
                           "null",
                           R"({"a": 1})"}) {
    const std::string field = R"("type": )" + std::string(type);
    for (const auto& json :
         {"{" + field + ", " + messages + "}", "{" + messages + ", " + field + "}"}) {
      CAPTURE(json);
      CHECK(read_desktop(json).error().message.find("only a channel's export can be imported") !=
            std::string::npos);
    }
  }
  CHECK(read_desktop("{" + messages + R"(, "type": "private_channel"})"));
  CHECK(read_desktop("{" + messages + "}"));
}

TEST_CASE("nesting that no export has is an error, wherever it is", "[desktop]") {
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  for (const std::string& json : {R"({"unknown": )" + deep + R"(, "messages": []})",
                                  export_of(R"({"id": 7, "text": )" + deep + "}")}) {
    CHECK(read_desktop(json).error().message.find("JSON nested deeper than 64 levels") == 0);
  }
}

TEST_CASE("of messages with the same id the first is taken", "[desktop]") {
  const auto posts = read_desktop(export_of(R"({"id": 7, "text": "a"}, {"id": 7, "text": "b"})"));

  REQUIRE(posts);
  REQUIRE(posts->size() == 1);
  CHECK(posts->front().text == "a");
}

TEST_CASE("an error of whoever takes the batches stops the reading", "[desktop]") {
  std::istringstream in(export_of(R"({"id": 1, "type": "message", "text": "x"})"));

  const auto read = importer::read_desktop_export(
      in, ChannelName::parse("some_channel").value(), [](const DesktopBatch&) -> Result<void> {
        return fail(Errc::storage, "no space");
      });

  REQUIRE_FALSE(read);
  CHECK(read.error().message == "no space");
}
