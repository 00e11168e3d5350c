#include "export/redact.h"

#include <algorithm>
#include <random>
#include <set>
#include <tuple>

#include "export/rows.h"
#include "record/json.h"
#include "support/catch.h"
#include "support/files.h"
#include "support/samples.h"
#include "tests/store/pages.h"

using namespace qanat;
using exporting::Redactor;
using test::must;

namespace {

Record record_of(std::string text) {
  Record record{.post = test::text_post(7, std::move(text))};
  record.content_sha256 = content_sha256(record.post);
  return record;
}

std::string redacted_text(std::string text) {
  return Redactor({}).redacted(record_of(std::move(text))).post.text;
}

std::string covered(const Post& post, Span span) {
  return post.text.substr(span.begin, span.size());
}

/// The span of `words` in `text`.
Span span_of(const std::string& text, const std::string& words) {
  const std::size_t begin = text.find(words);
  REQUIRE(begin != std::string::npos);
  return {begin, begin + words.size()};
}

std::string line_of(const Record& record) { return record::record_line(record); }

/// Adds the keys ("media.title") of the texts in `value` that do not hold `part`.
void add_texts_without(const record::Json& value,
                       const std::string& key,
                       const std::string& part,
                       std::set<std::string>& out) {
  if (value.is_object()) {
    for (const auto& [name, member] : value.items()) {
      add_texts_without(member, key.empty() ? name : key + "." + name, part, out);
    }
  } else if (value.is_array()) {
    for (const record::Json& item : value) add_texts_without(item, key, part, out);
  } else if (value.is_string() && value.get<std::string>().find(part) == std::string::npos) {
    out.insert(key);
  }
}

std::set<std::string> texts_without(const Record& record, const std::string& part) {
  std::set<std::string> out;
  add_texts_without(record::record_json(record), "", part, out);
  return out;
}

}  // namespace

TEST_CASE("what the page marks as a handle or an invitation goes, whatever stands before it",
          "[redact]") {
  for (const auto& [text, words, kind] :
       {std::tuple("Вопросы -@anna_petrova", "@anna_petrova", EntityKind::mention),
        std::tuple("Спасибо.@anna_petrova", "@anna_petrova", EntityKind::mention),
        std::tuple("Вход-t.me/+AbCdEfGh12", "t.me/+AbCdEfGh12", EntityKind::link)}) {
    INFO(text);
    Record record = record_of(text);
    record.post.entities = {{.kind = kind, .span = span_of(text, words)}};

    CHECK_FALSE(Redactor({}).redacted(record).post.text.contains(words));
  }
}

TEST_CASE("phones as people announce them go", "[redact]") {
  for (const char* text : {"Номер телефона: 9123456789",
                           "по номеру телефона 9123456789",
                           "Телефоны: 123-45-67",
                           "сот. 9123456789",
                           "phone number 4155552671",
                           "1-415-555-2671"}) {
    INFO(text);
    CHECK(redacted_text(text).contains("[PHONE_1]"));
  }
}

TEST_CASE("how many there are is nobody's phone", "[redact]") {
  for (const char* text : {"+20 000 000 000 рублей",
                           "+3 500 000 000 подписчиков",
                           "call 1000000 functions",
                           "call 100 000 times"}) {
    INFO(text);
    CHECK(redacted_text(text) == text);
  }
}

TEST_CASE("a value has one placeholder in a post, however it is written", "[redact]") {
  CHECK(
      redacted_text("Анна: 8 (912) 345-67-89, Пётр: +7 926 000-11-22. Анна ещё раз: 89123456789") ==
      "Анна: [PHONE_1], Пётр: [PHONE_2]. Анна ещё раз: [PHONE_1]");
  CHECK(redacted_text("@Anna_K или t.me/anna_k, почта A@example.org и a@example.org") ==
        "[HANDLE_1] или [HANDLE_1], почта [EMAIL_1] и [EMAIL_1]");
}

TEST_CASE("of a list without blanks every value is found", "[redact]") {
  CHECK(redacted_text("тел. +79161234567,+79161234568/+79161234569") ==
        "тел. [PHONE_1],[PHONE_2]/[PHONE_3]");
  CHECK(redacted_text("тел. 8 916 123-45-67,8 916 123-45-68/89161234569") ==
        "тел. [PHONE_1],[PHONE_2]/[PHONE_3]");
  CHECK(redacted_text("@ivan_petrov/@anna_hr") == "[HANDLE_1]/[HANDLE_2]");
  CHECK(redacted_text("автор=@ivan_petrov") == "автор=[HANDLE_1]");
  CHECK(redacted_text("https://www.t.me/ivan_petrov") == "[HANDLE_1]");
}

TEST_CASE("a phone that was made a hashtag is a phone, the number of an issue is none",
          "[redact]") {
  CHECK(redacted_text("#89161234567") == "#[PHONE_1]");
  CHECK(redacted_text("исправлено в #8916123") == "исправлено в #8916123");
}

TEST_CASE("an e-mail address ends with its domain, whatever is written on", "[redact]") {
  CHECK(redacted_text("ivan@example.com-Иван") == "[EMAIL_1]-Иван");
  CHECK(redacted_text("ivan@example.com_old") == "[EMAIL_1]_old");
  CHECK(redacted_text("ivan@my-firm.xn--p1ai") == "[EMAIL_1]");
}

TEST_CASE("what an address holds percent-encoded goes as if it were written out", "[redact]") {
  for (const auto& [url, redacted] : std::initializer_list<std::pair<std::string, std::string>>{
           {"mailto:ivan%40example.com?subject=x", "mailto:[EMAIL_1]?subject=x"},
           {"https://shop.example/?tel=%2B7%20916%20123-45-67&from=a",
            "https://shop.example/?tel=[PHONE_1]&from=a"},
           {"https://x.example/share?url=https%3A%2F%2Ft.me%2Fivan_petrov",
            "https://x.example/share?url=[HANDLE_1]"},
           {"https://x.example/share?text=%D0%9F%D0%B8%D1%88%D0%B8 %40ivan_petrov",
            "https://x.example/share?text=%D0%9F%D0%B8%D1%88%D0%B8 [HANDLE_1]"},
           {"https://medium.example/%40someone", "https://medium.example/%40someone"},
           {"https://x.example/100%?a=%4", "https://x.example/100%?a=%4"}}) {
    CAPTURE(url);
    Record record = record_of("сюда и " + url);
    const Span span = span_of(record.post.text, url);
    record.post.entities = {{.kind = EntityKind::link, .span = {0, 8}, .value = url},
                            {.kind = EntityKind::link, .span = span, .value = url}};
    record.post.links = {{.url = url, .text = "сюда", .masked = true, .span = {0, 8}},
                         {.url = url, .text = url, .span = span}};
    record.post.buttons = {{.text = "x", .url = url}};

    const Post post = Redactor({}).redacted(std::move(record)).post;

    CHECK(post.text == "сюда и " + redacted);
    CHECK(post.entities[0].value == redacted);
    CHECK(post.links[0].url == redacted);
    CHECK(post.links[1].url == redacted);
    CHECK(post.buttons[0].url == redacted);
  }
}

TEST_CASE("an e-mail address before a colon is one, a repository is none", "[redact]") {
  CHECK(redacted_text("ivan@example.com:8080") == "[EMAIL_1]:8080");
  CHECK(redacted_text("ivan@example.com:write me") == "[EMAIL_1]:write me");
  CHECK(redacted_text("git@example.com:team/project") == "git@example.com:team/project");
  CHECK(redacted_text("git@example.com:project.git") == "git@example.com:project.git");
}

TEST_CASE("what goes on an address or code is no handle and no phone", "[redact]") {
  for (const char* text : {"https://medium.example/@someone", "key=@someone", "x/+79161234567"}) {
    CHECK(redacted_text(text) == text);
  }
}

TEST_CASE("code is told from people in the answer as in the text", "[redact]") {
  const std::string code = "@lru_cache\nPHONE = 89161234567";
  Record record = record_of("Как кэшировать?\n\n" + code + "\n\nСпросите @ivan_petrov");
  record.post.entities = {{.kind = EntityKind::pre, .span = span_of(record.post.text, code)}};
  record.normalized.answer = code + "\n\nСпросите @ivan_petrov";

  const Record redacted = Redactor({}).redacted(std::move(record));

  CHECK(redacted.normalized.answer == code + "\n\nСпросите [HANDLE_1]");
  CHECK(redacted.post.text.ends_with(redacted.normalized.answer));
}

TEST_CASE("the id of a custom emoji is no card, whatever its digits", "[redact]") {
  Record record = record_of("🔥 4111 1111 1111 1111");
  record.post.entities = {{.kind = EntityKind::custom_emoji,
                           .span = span_of(record.post.text, "🔥"),
                           .value = "6093722470265658964"}};

  const Record redacted = Redactor({}).redacted(record);

  CHECK(redacted.post.text == "🔥 [CARD_1]");
  CHECK(redacted.post.entities[0].value == "6093722470265658964");
}

TEST_CASE("numbers begin anew in the next post", "[redact]") {
  Redactor redactor({});
  (void)redactor.redacted(record_of("тел. 8 (912) 345-67-89"));

  CHECK(redactor.redacted(record_of("тел. 8 (926) 345-67-89")).post.text == "тел. [PHONE_1]");
}

TEST_CASE("handles that are known to be public stay", "[redact]") {
  Redactor redactor({ChannelName::parse("followed_channel").value()});
  Record record =
      record_of("@some_channel @Followed_Channel @helper_bot @source @linked_chat @ivan_petrov");
  record.post.forwarded_from = Forward{.name = "Source", .url = "https://t.me/source/97"};
  record.post.links = {{.url = "https://t.me/linked_chat/5", .text = "x", .masked = true}};

  CHECK(redactor.redacted(std::move(record)).post.text ==
        "@some_channel @Followed_Channel @helper_bot @source @linked_chat [HANDLE_1]");
}

TEST_CASE("a handle of whom the post was forwarded from is a person's without a message number",
          "[redact]") {
  Record record = record_of("Совет от @ivan_petrov");
  record.post.forwarded_from = Forward{.name = "Иван", .url = "https://t.me/ivan_petrov"};

  const Record redacted = Redactor({}).redacted(std::move(record));

  CHECK(redacted.post.text == "Совет от [HANDLE_1]");
  CHECK(redacted.post.forwarded_from->url == "[HANDLE_1]");
}

TEST_CASE("spans move along: links and entities cover what they covered", "[redact]") {
  const std::string text = "🔥 Пишите 8 (912) 345-67-89 или сюда, важно";
  Record record = record_of(text);
  record.post.entities = {
      {.kind = EntityKind::bold, .span = span_of(text, "Пишите 8 (912) 345-67-89")},
      {.kind = EntityKind::phone, .span = span_of(text, "8 (912) 345-67-89")},
      {.kind = EntityKind::link, .span = span_of(text, "сюда"), .value = "https://t.me/anna_k"},
      {.kind = EntityKind::italic, .span = span_of(text, "важно")}};
  record.post.links = {{.url = "tel:89123456789",
                        .text = "8 (912) 345-67-89",
                        .span = span_of(text, "8 (912) 345-67-89")},
                       {.url = "https://t.me/anna_k",
                        .text = "сюда",
                        .masked = true,
                        .span = span_of(text, "сюда")}};

  const Post post = Redactor({}).redacted(std::move(record)).post;

  CHECK(post.text == "🔥 Пишите [PHONE_1] или сюда, важно");
  CHECK(covered(post, post.entities[0].span) == "Пишите [PHONE_1]");
  CHECK(covered(post, post.entities[1].span) == "[PHONE_1]");
  CHECK(covered(post, post.entities[2].span) == "сюда");
  CHECK(post.entities[2].value == "[HANDLE_1]");
  CHECK(covered(post, post.entities[3].span) == "важно");
  CHECK(post.links[0] == Link{.url = "[PHONE_1]",
                              .text = "[PHONE_1]",
                              .masked = false,
                              .span = span_of(post.text, "[PHONE_1]")});
  CHECK(post.links[1] == Link{.url = "[HANDLE_1]",
                              .text = "сюда",
                              .masked = true,
                              .span = span_of(post.text, "сюда")});
}

TEST_CASE("kept and removed text are still the whole, also where a value lies across their border",
          "[redact]") {
  const std::string text = "Ответ.\nЗвоните 8 (912) 345-67-89\nКонец";
  Record record = record_of(text);
  const std::size_t middle = text.find("345");
  record.verdict.removed = {{.span = span_of(text, "Ответ.\n")},
                            {.span = {middle, text.find("Конец")}}};
  record.verdict.blocks = {{.span = {0, middle}}, {.span = {middle, text.size()}}};

  const Record redacted = Redactor({}).redacted(std::move(record));

  CHECK(redacted.post.text == "Ответ.\nЗвоните [PHONE_1]\nКонец");
  CHECK(kept_text(redacted.post.text, redacted.verdict.removed) == "Звоните [PHONE_1]Конец");
  CHECK(redacted.verdict.blocks[0].span.end == redacted.verdict.blocks[1].span.begin);
  CHECK(redacted.verdict.blocks[1].span.end == redacted.post.text.size());
}

TEST_CASE("a removed part that was nothing but a piece of a value is gone with it", "[redact]") {
  const std::string text = "Звоните 8 (912) 345-67-89";
  Record record = record_of(text);
  record.verdict.removed = {{.span = span_of(text, "345-67-89")}};

  const Record redacted = Redactor({}).redacted(std::move(record));

  CHECK(redacted.verdict.removed.empty());
  CHECK(redacted.post.text == "Звоните [PHONE_1]");
}

TEST_CASE("what the text lost is in no other field of the row", "[redact]") {
  const std::vector<std::string> secrets = {
      "123-45-67", "anna@example.org", "anna_hr", "AbCdEfGh12345678", "4111 1111 1111 1111"};
  Record record = record_of(
      "тел.: 123-45-67, anna@example.org, @anna_hr, t.me/+AbCdEfGh12345678, " + secrets[4]);
  std::string all;
  for (const std::string& secret : secrets) all += secret + " ";
  record.normalized = {.lang = "ru", .title = all, .question = all, .answer = all};
  record.post.author = all;
  record.post.mentions = {"@anna_hr"};
  record.post.reply_to = Reply{.post = std::nullopt, .url = "", .text = all};
  record.post.forwarded_from = Forward{.name = all, .url = "https://t.me/anna_hr", .author = all};
  record.post.poll =
      Poll{.question = all, .type = "", .voters_text = "", .options = {{.text = all}}};
  record.post.buttons = {{.text = all, .url = "https://t.me/anna_hr"}};
  record.post.media = {{.type = MediaType::document, .title = all, .extra = all}};
  record.post.link_preview = LinkPreview{.url = "https://t.me/+AbCdEfGh12345678",
                                         .site_name = all,
                                         .title = all,
                                         .description = all,
                                         .image_url = ""};

  // "anna_hr" bare is nobody's handle to a reader of shapes; with its @ it is what the text lost.
  const std::string line = line_of(Redactor({}).redacted(std::move(record)));

  for (const std::string& secret : secrets) {
    CAPTURE(secret, line);
    CHECK(line.find(secret == "anna_hr" ? "@anna_hr" : secret) == std::string::npos);
  }
  CHECK(line.find("t.me/anna_hr") == std::string::npos);
}

TEST_CASE("what begins or ends like a value that the text lost stays in every field", "[redact]") {
  for (const auto& [text, redacted] : std::initializer_list<std::pair<std::string, std::string>>{
           {"@ivan77x или боту @ivan77xbot", "[HANDLE_1] или боту @ivan77xbot"},
           {"@ivan77 или боту @ivan77_bot", "[HANDLE_1] или боту @ivan77_bot"},
           {"https://t.me/sqlgroup/45 и автора https://t.me/ivan_group, https://t.me/ivan_group/45",
            "https://t.me/sqlgroup/45 и автора [HANDLE_1], https://t.me/ivan_group/45"},
           {"звоните 8 (916) 123-45-67, код 8 (916) 123-45-67-89",
            "звоните [PHONE_1], код 8 (916) 123-45-67-89"},
           {"тел. 123-45-67 и код 123-45-67-89", "тел. [PHONE_1] и код 123-45-67-89"},
           {"тел. 89161234567, код 8916123456789", "тел. [PHONE_1], код 8916123456789"}}) {
    CAPTURE(text);
    Record record = record_of(text);
    record.normalized.answer = text;
    record.post.reply_to = Reply{.post = {}, .url = "", .text = text};

    const Record shown = Redactor({}).redacted(std::move(record));

    CHECK(shown.post.text == redacted);
    CHECK(shown.normalized.answer == redacted);
    CHECK(shown.post.reply_to->text == redacted);
  }
}

TEST_CASE("a value that the text lost goes beside punctuation and other words", "[redact]") {
  const std::string text = "Пишите @ivan77x. Телефон: 123-45-67";
  for (const char* field :
       {"(@ivan77x)", "@ivan77x/@ivan77x.", "№123-45-67.Звоните", "123-45-67/"}) {
    CAPTURE(field);
    Record record = record_of(text);
    record.normalized.answer = field;

    const std::string answer = Redactor({}).redacted(std::move(record)).normalized.answer;

    CHECK_FALSE(answer.contains("ivan77x"));
    CHECK_FALSE(answer.contains("123-45"));
  }
}

TEST_CASE("every text of a row that people wrote is redacted", "[redact]") {
  const std::string text = "тел. 89123456789";
  const std::string address = "tel:89123456789";
  Record record = record_of(text);
  Post& post = record.post;
  post.author = text;
  post.forwarded_from = Forward{.name = text, .url = address, .author = text};
  post.reply_to = Reply{.post = 1, .url = address, .text = text};
  post.entities = {
      {.kind = EntityKind::link, .span = span_of(text, "89123456789"), .value = address}};
  post.links = {
      {.url = address, .text = text, .masked = true, .span = span_of(text, "89123456789")}};
  post.hashtags = {"#тел89123456789"};
  post.mentions = {"@anna_89123456789"};
  post.media = {{.type = MediaType::document, .title = text, .extra = text}};
  post.poll = Poll{.question = text, .type = "", .voters_text = "", .options = {{.text = text}}};
  post.link_preview = LinkPreview{
      .url = address, .site_name = text, .title = text, .description = text, .image_url = ""};
  post.buttons = {{.text = text, .url = address}};
  post.reactions = {{.emoji = "🔥"}};
  record.normalized = {.lang = "ru", .title = text, .question = text, .answer = text};
  const std::set<std::string> not_written_by_people = {"channel",
                                                       "content_sha256",
                                                       "cluster",
                                                       "entities.type",
                                                       "first_seen_at",
                                                       "id",
                                                       "kind",
                                                       "label",
                                                       "lang",
                                                       "last_seen_at",
                                                       "link_preview.image_url",
                                                       "media.type",
                                                       "media.url",
                                                       "outcome",
                                                       "poll.type",
                                                       "poll.voters_text",
                                                       "provenance.fetched_at",
                                                       "provenance.host",
                                                       "provenance.last_fetched_at",
                                                       "provenance.last_host",
                                                       "provenance.last_parser",
                                                       "provenance.last_snapshot",
                                                       "provenance.parser",
                                                       "provenance.ruleset",
                                                       "provenance.snapshot",
                                                       "published_at",
                                                       "reactions.count_text",
                                                       "reactions.custom_emoji_id",
                                                       "reactions.emoji",
                                                       "schema",
                                                       "url",
                                                       "via_bot",
                                                       "views_text"};

  CHECK(texts_without(record, "89123456789") == not_written_by_people);
  CHECK(line_of(Redactor({}).redacted(record)).find("89123456789") == std::string::npos);
}

TEST_CASE("the phone of a shared contact is taken whatever its shape", "[redact]") {
  Record record = record_of("");
  record.post.media = {{.type = MediaType::contact, .title = "Анна", .extra = "555 01"}};

  CHECK(Redactor({}).redacted(std::move(record)).post.media[0].extra == "[PHONE_1]");
}

TEST_CASE("in code, numbers and @words are code", "[redact]") {
  const std::string text = "Пишите @anna_hr\n@decorated\nx = 89123456789";
  Record record = record_of(text);
  record.post.entities = {
      {.kind = EntityKind::pre, .span = span_of(text, "@decorated\nx = 89123456789")}};

  CHECK(Redactor({}).redacted(std::move(record)).post.text ==
        "Пишите [HANDLE_1]\n@decorated\nx = 89123456789");
}

TEST_CASE("the hash of a redacted post is that of what is shown", "[redact]") {
  Record record = record_of("тел. 8 (912) 345-67-89");
  const std::string before = record.content_sha256;

  const Record redacted = Redactor({}).redacted(std::move(record));

  CHECK(redacted.content_sha256 != before);
  CHECK(redacted.content_sha256 == content_sha256(redacted.post));
}

TEST_CASE("a record without personal data comes back as it was", "[redact]") {
  const Record record = test::full_record();

  CHECK(line_of(Redactor({}).redacted(record)) == line_of(record));
}

TEST_CASE("redacting twice changes nothing more", "[redact]") {
  Redactor redactor({});
  const Record once = redactor.redacted(
      record_of("тел. 8 (912) 345-67-89, @anna_hr, a@example.org, 4111 1111 1111 1111"));

  CHECK(line_of(redactor.redacted(once)) == line_of(once));
}

TEST_CASE("each value is counted once a post, every kind has a count", "[redact]") {
  Redactor redactor({});
  (void)redactor.redacted(record_of("@anna_hr @ANNA_HR тел. 8 (912) 345-67-89"));
  (void)redactor.redacted(record_of("@anna_hr"));

  CHECK(redactor.counts() == exporting::RedactionCounts{{"phone", 1},
                                                        {"email", 0},
                                                        {"card", 0},
                                                        {"iban", 0},
                                                        {"snils", 0},
                                                        {"inn", 0},
                                                        {"invite", 0},
                                                        {"handle", 2}});
}

TEST_CASE("the rows of an export are redacted when its selection says so", "[redact]") {
  const test::TemporaryFolder folder;
  store::Store store = test::new_store(folder.file("q.db"));
  must(store.keep_page(test::page("some_channel", {test::judged("some_channel", 1, "@anna_hr")}),
                       test::kMonday));
  Redactor redactor = must(exporting::redactor_for(store, nullptr));
  std::vector<std::string> texts;
  const auto take = [&](const Record& record) -> Result<void> {
    texts.push_back(record.post.text);
    return {};
  };

  must(exporting::for_each_row(store, {}, take));
  must(exporting::for_each_row(store, {.redactor = &redactor}, take));

  CHECK(texts == std::vector<std::string>{"@anna_hr", "[HANDLE_1]"});
}

TEST_CASE("a name that was typed as a seed is not public for that, a channel with posts is",
          "[redact]") {
  const test::TemporaryFolder folder;
  store::Store store = test::new_store(folder.file("q.db"));
  must(store.add_channel(test::channel("ivan_person"), test::kMonday));
  must(store.remove_channel(test::channel("ivan_person")));
  must(store.add_channel(test::channel("a_user_in_fact"), test::kMonday));
  must(store.keep_page(test::page("a_user_in_fact", {}), test::kMonday));
  must(store.add_channel(test::channel("other_channel"), test::kMonday));
  must(store.keep_page(test::page("other_channel", {test::judged("other_channel", 1, "one")}),
                       test::kMonday));
  const std::string text = "@ivan_person, @a_user_in_fact, @other_channel";
  must(store.keep_page(test::page("some_channel", {test::judged("some_channel", 1, text)}),
                       test::kMonday));
  Redactor redactor = must(exporting::redactor_for(store, nullptr));

  const auto record = must(store.find({.channel = test::channel("some_channel"), .message = 1}));

  CHECK(redactor.redacted(*record).post.text == "[HANDLE_1], [HANDLE_2], @other_channel");
}

TEST_CASE("any text is redacted without harm, and its spans stay inside of it", "[redact]") {
  std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same texts every time
  const std::vector<std::string> pieces = {"8",
                                           "912",
                                           "345-67-89",
                                           "+7",
                                           "(",
                                           ")",
                                           " ",
                                           "-",
                                           ".",
                                           "@",
                                           "ivan_petrov",
                                           "t.me/",
                                           "+AbCdEfGh1234",
                                           "https://",
                                           "ж",
                                           "🔥",
                                           "\xff",
                                           "\n",
                                           "DE89",
                                           "example.org",
                                           "tel:",
                                           "№"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 12; ++i) text += pieces[random() % pieces.size()];
    Record record = record_of(text);
    const std::size_t a = random() % (text.size() + 1);
    const std::size_t b = random() % (text.size() + 1);
    const Span span{std::min(a, b), std::max(a, b)};
    record.post.entities = {{.kind = EntityKind::bold, .span = span}};
    record.verdict.removed = {{.span = {0, span.begin}}, {.span = span}};

    const Record redacted = Redactor({}).redacted(std::move(record));

    CAPTURE(text, redacted.post.text);
    CHECK(redacted.post.entities[0].span.end <= redacted.post.text.size());
    std::size_t at = 0;
    for (const Removed& part : redacted.verdict.removed) {
      CHECK(at <= part.span.begin);
      at = part.span.end;
    }
    CHECK(at <= redacted.post.text.size());
  }
}
