// Ads, and what only looks like one: docs/traps.md, E.
#include <initializer_list>

#include "classifier/classifier.h"
#include "plain_sample.h"
#include "rule_pack_sample.h"
#include "support/catch.h"
#include "support/shipped_packs.h"

namespace {

using namespace qanat;
using namespace qanat::classifier;
using test::plain_post;
using test::shipped_classifier;

const std::string kCoursePromotion =
    "Приходите на наш курс: скидка 30% по промокоду POTOK до 12 мая. Реклама. ООО «Ромашка», "
    "erid: 2VtzqwQabc1";

/// "Слово", a link over all of it.
Post linked(std::string url) {
  Post post = plain_post("Слово");
  post.links = {{.url = std::move(url), .text = post.text, .span = {0, post.text.size()}}};
  return post;
}

/// Whether the condition holds in the only block of the post.
bool holds(const std::string& condition, const Post& post) {
  const std::string lines = "when = '" + condition + "'";
  const Verdict verdict =
      Classifier(test::compiled(test::pack_of(test::rule("a.b", lines)))).classify(post);
  REQUIRE(verdict.blocks.size() == 1);
  return !verdict.blocks[0].shadow.empty();
}

}  // namespace

TEST_CASE("a link to the channel itself leads nowhere else, however it is spelt", "[traps]") {
  for (const char* own : {"https://t.me/Uroki_Koda",
                          "https://t.me/s/uroki_koda/12",
                          "https://telegram.me/uroki_koda/12?single",
                          "https://telegram.dog/uroki_koda",
                          "https://uroki_koda.t.me/12"}) {
    INFO(own);
    CHECK_FALSE(holds("block.ext_links >= 1", linked(own)));
  }
  for (const char* other : {"https://t.me/uroki_koda2",
                            "https://shop_qa.t.me/",
                            "https://t.me/+AbCdEf",
                            "https://uroki_koda.example/"}) {
    INFO(other);
    CHECK(holds("block.ext_links >= 1", linked(other)));
  }
}

TEST_CASE("a name with @ is a link to its owner, so that it can be an ad's only one", "[traps]") {
  CHECK(holds("block.ext_links >= 1", plain_post("Пишите @shop_qa")));
  CHECK_FALSE(holds("block.ext_links >= 1", plain_post("Пишите @uroki_koda")));
}

TEST_CASE("what a post answers or links to is not held against it", "[traps]") {
  REQUIRE(shipped_classifier().classify(plain_post(kCoursePromotion)).label == Label::ad);
  Post reply = plain_post("Согласен, так оно и есть.");
  reply.reply_to = Reply{.post = 3, .text = kCoursePromotion};
  Post article = plain_post("Вышла статья о потоках.");
  article.link_preview = LinkPreview{
      .url = "https://example.ru/a", .title = "Потоки", .description = kCoursePromotion};

  for (const Post& post : {reply, article}) {
    const Verdict verdict = shipped_classifier().classify(post);
    CHECK(verdict.label == Label::other);
    CHECK(verdict.outcome == Outcome::clean);
  }
}

TEST_CASE("a notice is not judged by the words that it quotes", "[traps]") {
  Post notice = plain_post("Уроки кода pinned «" + kCoursePromotion + "»");
  notice.kind = PostKind::service;

  const Verdict verdict = shipped_classifier().classify(notice);

  CHECK(verdict.label == Label::other);
  CHECK(verdict.outcome == Outcome::clean);
  CHECK(verdict.removed.empty());
}

TEST_CASE("a link under invisible letters is seen, its address too", "[traps]") {
  Post post = plain_post("\u200bНовости дня");
  post.links = {{.url = "https://example.ru/?erid=2VtzqwQabc1",
                 .text = "\u200b",
                 .masked = true,
                 .span = {0, 3}}};

  CHECK(holds("block.masked_links >= 1", post));
  CHECK(shipped_classifier().classify(post).label == Label::ad);
}

TEST_CASE("a token of the law makes an ad in the words, in an address, behind a button",
          "[traps]") {
  const std::string news = "Банк представил сервис для продавцов.";
  Post button = plain_post(news);
  button.buttons = {{.text = "Подробнее", .url = "https://example.ru/?erid=2VtzqwQabc1"}};

  CHECK(shipped_classifier().classify(plain_post(news)).label != Label::ad);
  CHECK(shipped_classifier().classify(plain_post(news + "\n\nerid: 2VtzqwQabc1")).label ==
        Label::ad);
  CHECK(shipped_classifier()
            .classify(plain_post(news, {"https://example.ru/?erid=2VtzqwQabc1"}))
            .label == Label::ad);
  CHECK(shipped_classifier().classify(button).label == Label::ad);
}

TEST_CASE("the law's mark counts whatever the language of the goods", "[traps]") {
  const auto label_of = [](const Post& post) { return shipped_classifier().classify(post).label; };
  const std::string words = "Samsung Galaxy S25 Ultra: the best camera phone of the year";

  CHECK(label_of(plain_post(words, {"https://shop.example/?erid=2VtzqX8abc9"})) == Label::ad);
  CHECK(label_of(plain_post(words + ". Erid: 2VtzqX8abc9")) == Label::ad);
  CHECK(label_of(plain_post("erid: 2VtzqX8abc9")) == Label::ad);
  CHECK(label_of(plain_post("#реклама Samsung Galaxy")) == Label::ad);
  CHECK(label_of(plain_post(words)) != Label::ad);
}

TEST_CASE("who explains how ads are marked shows a mark, and sells nothing", "[traps]") {
  for (const char* text :
       {"Нужно ли маркировать пост о своём товаре?\n\nДа. Пишут так: «Реклама. ООО «Ромашка», ИНН "
        "7701234567, erid: 2VtzqxX8abc9».",
        "Что такое erid и где его смотреть?\n\nТокен стоит в адресе: "
        "https://example.ru/?erid=2VtzqX8abc9. Его выдаёт оператор рекламных данных."}) {
    const Verdict verdict = shipped_classifier().classify(plain_post(text));
    INFO(text);
    CHECK(verdict.label == Label::qa);
    CHECK(verdict.outcome == Outcome::clean);
  }
}
