#include "classifier/channel_profile.h"

#include <algorithm>

#include "classifier/classifier.h"
#include "classifier/profile_pack.h"
#include "plain_sample.h"
#include "rule_pack_sample.h"
#include "support/catch.h"
#include "support/shipped_packs.h"

namespace {

using namespace qanat;
using classifier::ChannelProfile;
using classifier::Classifier;
using classifier::Edge;
using classifier::RecurringLine;
using classifier::RuleSet;
using test::plain_post;
using test::shipped_classifier;

/// Posts whose own words differ, each followed by `footer`.
std::vector<Post> posts_with(const std::string& footer, std::size_t count) {
  std::vector<Post> posts;
  for (std::size_t i = 0; i < count; ++i) {
    std::string words = "Заметка";
    for (std::size_t k = 0; k <= i; ++k) words += " о котле";
    posts.push_back(plain_post(words + ".\n\n" + footer));
  }
  return posts;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
    text.replace(at, what.size(), with);
  }
  return text;
}

/// Posts with `line` in the place of "%", in which "%" counts down, "#" goes up and down and "*"
/// is a word of its own.
std::vector<Post> numbered_posts(const std::string& text, const std::string& line) {
  std::vector<Post> posts;
  std::string word = "котле";
  for (int i = 9; i > 1; --i) {
    word += "котле";
    std::string post = replaced(replaced(text, "%", line), "%", std::to_string(i));
    post = replaced(post, "#", std::to_string((i * 5) % 9));
    posts.push_back(plain_post(replaced(post, "*", word)));
  }
  return posts;
}

std::vector<std::string> recurring(const ChannelProfile& profile) {
  std::vector<std::string> lines;
  for (const RecurringLine& line : profile.lines()) {
    if (line.recurs()) lines.push_back(line.text);
  }
  return lines;
}

std::vector<std::string> signatures(const Post& post, const Verdict& verdict) {
  std::vector<std::string> parts;
  for (const Removed& part : verdict.removed) {
    if (part.kind != RemovedKind::signature) continue;
    parts.push_back(post.text.substr(part.span.begin, part.span.size()));
  }
  return parts;
}

}  // namespace

TEST_CASE("a line under a fifth of the posts is the channel's footer", "[profile]") {
  std::vector<Post> posts = posts_with("Тёплый дом: всё о котлах", 4);
  for (const Post& other : posts_with("", 16)) posts.push_back(other);

  const ChannelProfile profile = ChannelProfile::of(posts);

  REQUIRE(recurring(profile) == std::vector<std::string>{"Тёплый дом: всё о котлах"});
  CHECK(profile.lines().front().edge == Edge::footer);
  CHECK(profile.lines().front().posts == 4);
  CHECK(profile.lines().front().of == 20);
}

TEST_CASE("fewer than three posts, or less than a fifth, make no footer", "[profile]") {
  CHECK(recurring(ChannelProfile::of(posts_with("Тёплый дом", 2))).empty());

  std::vector<Post> posts = posts_with("Тёплый дом", 3);
  for (const Post& other : posts_with("", 17)) posts.push_back(other);
  CHECK(recurring(ChannelProfile::of(posts)).empty());
}

TEST_CASE("a footer is the same line whatever its numbers, marks and emoji", "[profile]") {
  const std::vector<Post> posts{plain_post("Первая заметка\n\n🔥 Нас уже 1 500 в «Тёплом доме»"),
                                plain_post("Вторая заметка\n\n❄️ Нас уже 1400 в Тёплом доме!"),
                                plain_post("Третья заметка\n\nНас уже 1 300 в тёплом доме"),
                                plain_post("Четвёртая\n\nНас уже 999 в тёплом доме")};

  CHECK(recurring(ChannelProfile::of(posts)).size() == 1);
}

TEST_CASE("what leads elsewhere in each post is no footer", "[profile]") {
  std::vector<Post> posts;
  for (const char* path : {"a", "b", "c", "d"}) {
    Post post = plain_post(std::string("Заметка ") + path + " о котлах.\n\nЧитать дальше");
    const std::size_t at = post.text.find("Читать");
    post.links.push_back({.url = std::string("https://example.org/") + path,
                          .text = "Читать дальше",
                          .masked = true,
                          .span = {at, post.text.size()}});
    posts.push_back(post);
  }
  CHECK(recurring(ChannelProfile::of(posts)).empty());

  for (Post& post : posts) post.links.front().url = "https://example.org/?from=" + post.text;
  CHECK(recurring(ChannelProfile::of(posts)).size() == 1);
}

TEST_CASE("tags, code, lead-ins and lines of numbers are no footer", "[profile]") {
  CHECK(recurring(ChannelProfile::of(posts_with("#котлы #дом", 5))).empty());
  CHECK(recurring(ChannelProfile::of(posts_with("return boiler", 5))).empty());
  CHECK(recurring(ChannelProfile::of(posts_with("Примеры:", 5))).empty());
  CHECK(recurring(ChannelProfile::of(posts_with("+3 (13 мин)", 5))).empty());
}

TEST_CASE("what a post asks is no header, however many posts ask alike", "[profile]") {
  for (const char* question : {"Что нового в Python 3.%?",
                               "Что нового в Python 3.%",
                               "What is % + 20 in binary?",
                               "Сколько будет % * 13?",
                               "Задача LeetCode № %. Найдите сумму чисел от 1 до %.",
                               "Write a loop that prints % lines",
                               "Вопрос %. Дан массив, какова его сумма?",
                               "Что выведет код?"}) {
    CAPTURE(question);
    CHECK(recurring(ChannelProfile::of(numbered_posts("%\n\nПотому что *.", question))).empty());
    CHECK(recurring(ChannelProfile::of(numbered_posts("Задача дня\n\n%", question))) ==
          std::vector<std::string>{"Задача дня"});
  }
}

TEST_CASE(
    "a question with other numbers each time is no footer, one that is always the same may be",
    "[profile]") {
  const std::string text = "Заметка о *\n\nО том же *\n\n%";
  CHECK(recurring(ChannelProfile::of(numbered_posts(text, "Сколько будет % * 13?"))).empty());
  CHECK(recurring(ChannelProfile::of(numbered_posts(text, "Понравилась заметка?"))).size() == 1);
}

TEST_CASE("a number that counts is part of header and footer, any other of the content",
          "[profile]") {
  const auto header = [](const std::string& line) {
    return !recurring(ChannelProfile::of(numbered_posts("%\n\nЗаметка о *.\n\nИ ещё о *.", line)))
                .empty();
  };
  const auto footer = [](const std::string& line) {
    return !recurring(ChannelProfile::of(numbered_posts("Заметка о *.\n\nИ о *.\n\n%", line)))
                .empty();
  };
  CHECK(header("📌 Дайджест недели № %"));
  CHECK(header("Заметки о доме, выпуск % из 100."));
  CHECK(header("Новости для всех, 1%.03.2026"));
  CHECK(header("Утренние новости 1% марта"));
  CHECK(footer("Нас уже 1 %00"));
  CHECK(footer("С нами 1 2%0 читателей"));
  std::vector<Post> posts;
  for (const auto* number : {"980", "995", "1 010", "1 025"}) {
    posts.push_back(
        posts_with(number + std::string(" читателей уже с нами"), 1 + posts.size()).back());
  }
  CHECK(recurring(ChannelProfile::of(posts)) ==
        std::vector<std::string>{"980 читателей уже с нами"});

  CHECK_FALSE(header("Что в Python 3.%"));
  CHECK_FALSE(header("Новый Python 3.%"));
  CHECK_FALSE(header("Код ответа HTTP 40%"));
  CHECK_FALSE(header("Задача из сборника № #"));
  CHECK_FALSE(header("День % из 100, что я узнал"));
  CHECK_FALSE(footer("Правильный вариант — #"));
  CHECK_FALSE(footer("Поэтому выведется число #"));
}

TEST_CASE("the same posts give the same profile, other ones another", "[profile]") {
  const ChannelProfile profile = ChannelProfile::of(posts_with("Тёплый дом", 5));

  CHECK(profile.identity() == ChannelProfile::of(posts_with("Тёплый дом", 5)).identity());
  CHECK(profile.identity() != ChannelProfile::of(posts_with("Тёплый дом", 6)).identity());
  CHECK(ChannelProfile().identity().empty());
  CHECK(ChannelProfile().empty());
}

TEST_CASE("a footer that no rule knows is stripped, and says in how many posts it is",
          "[profile]") {
  const std::string footer = "Тёплый дом: всё о котлах и печах!";
  const Post post = plain_post("Зачем чистить котёл?\n\nСажа греет трубу, а не воду.\n" + footer);
  REQUIRE(signatures(post, shipped_classifier().classify(post)).empty());

  const ChannelProfile profile = ChannelProfile::of(posts_with(footer, 10));
  const Verdict verdict = shipped_classifier().classify(post, profile);

  CHECK(signatures(post, verdict) == std::vector<std::string>{footer});
  const BlockVerdict& block = verdict.blocks.back();
  const auto hit = std::ranges::find(block.because, "profile.footer", &RuleHit::rule);
  REQUIRE(hit != block.because.end());
  CHECK(hit->note == "in 10 of 10 posts, profile " + profile.identity());
  std::int32_t sum = 0;
  for (const RuleHit& one : block.because) sum += one.weight;
  for (const RuleHit& one : block.against) sum += one.weight;
  CHECK(sum == block.score);
}

TEST_CASE("without a profile, and with an empty one, verdicts are the same", "[profile]") {
  const Post post =
      plain_post("Зачем чистить котёл?\n\nСажа греет трубу.\n\nПодписаться: @uroki_koda");

  CHECK(shipped_classifier().classify(post) ==
        shipped_classifier().classify(post, ChannelProfile::of({})));
}

TEST_CASE("a signature makes no post an ad, and a post is never all signature", "[profile]") {
  const std::string footer = "Скидки на котлы у наших друзей: @uroki_koda_shop";
  const ChannelProfile profile = ChannelProfile::of(posts_with(footer, 10));

  const Post answer =
      plain_post("Зачем чистить котёл?\n\nСажа греет трубу, а не воду.\n\n" + footer);
  const Verdict verdict = shipped_classifier().classify(answer, profile);
  CHECK(verdict.outcome == Outcome::stripped);
  CHECK(signatures(answer, verdict) == std::vector<std::string>{footer});

  const Post alone = plain_post(footer);
  CHECK(signatures(alone, shipped_classifier().classify(alone, profile)).empty());
}

TEST_CASE("the law's words make an ad of a line that many posts end with", "[profile]") {
  const std::string footer = "Реклама. ООО «Тёплый дом», ИНН 7700000000, erid: 2VtzqxAbCdE";
  const ChannelProfile profile = ChannelProfile::of(posts_with(footer, 10));
  const Post post = plain_post("Котлы со склада.\n\n" + footer);

  const Verdict verdict = shipped_classifier().classify(post, profile);

  CHECK(verdict.label == Label::ad);
  CHECK(signatures(post, verdict).empty());
}

TEST_CASE("a handle that no other post ends with is no signature of a channel we know",
          "[profile]") {
  const ChannelProfile profile = ChannelProfile::of(posts_with("@uroki_koda", 40));
  const Post own = plain_post("Зачем чистить котёл?\n\nСажа греет трубу.\n\n@uroki_koda");
  const Post foreign = plain_post("Зачем чистить котёл?\n\nСажа греет трубу.\n\n@chuzhoy_magazin");

  CHECK(signatures(own, shipped_classifier().classify(own, profile)) ==
        std::vector<std::string>{"@uroki_koda"});
  REQUIRE(signatures(foreign, shipped_classifier().classify(foreign)).size() == 1);
  CHECK(signatures(foreign, shipped_classifier().classify(foreign, profile)).empty());
}

TEST_CASE("a post without the footer of nearly all others is likelier an ad, none by that alone",
          "[profile]") {
  const ChannelProfile profile = ChannelProfile::of(posts_with("Тёплый дом: всё о котлах", 40));
  const auto unsigned_weight = [&](const std::string& text, const ChannelProfile& known) {
    const Verdict verdict = shipped_classifier().classify(plain_post(text), known);
    CHECK(verdict.label == Label::other);
    const auto hit =
        std::ranges::find(verdict.post_hits, std::string("profile.unsigned"), &RuleHit::rule);
    return hit == verdict.post_hits.end() ? 0 : hit->weight;
  };
  const std::string text = "Зимой котёл шумит сильнее";

  CHECK(unsigned_weight(text, profile) > 0);
  CHECK(unsigned_weight(text + "\n\nТёплый дом: всё о котлах", profile) == 0);

  SECTION("few posts, or a footer that many lack, say nothing") {
    CHECK(unsigned_weight(text, ChannelProfile::of(posts_with("Тёплый дом", 20))) == 0);
    std::vector<Post> posts = posts_with("Тёплый дом", 30);
    for (const Post& other : posts_with("", 15)) posts.push_back(other);
    CHECK(unsigned_weight(text, ChannelProfile::of(posts)) == 0);
  }

  SECTION("a line that some posts have beside it is not that footer") {
    std::vector<Post> posts = posts_with("Тёплый дом: всё о котлах", 32);
    const std::string talk = "Обсудить заметку вместе";
    for (const Post& other : posts_with(talk + "\n\nТёплый дом: всё о котлах", 8)) {
      posts.push_back(other);
    }
    const ChannelProfile both = ChannelProfile::of(posts);
    CHECK(unsigned_weight(text + "\n\n" + talk, both) > 0);
    CHECK(unsigned_weight(text + "\n\n" + talk + "\n\nТёплый дом: всё о котлах", both) == 0);
  }
}

TEST_CASE("a disclosure in shadow does not hold a channel's footer back", "[profile]") {
  const std::string footer = "Тёплый дом: всё о котлах";
  const ChannelProfile profile = ChannelProfile::of(posts_with(footer, 40));
  const Post post = plain_post("Зачем чистить котёл?\n\nСажа греет трубу.\n\n" + footer);
  const auto judge = [](const std::string& status) {
    return Classifier(test::compiled(test::pack_of(
        "[[rule]]\nid = 'disc.all'\ntitle = 'all'\nwhy = 'w'\nlabel = 'ad'\nkind = 'disclosure'\n"
        "status = '" +
        status +
        "'\nany = ['все о котлах']\n"
        "weight = { init = 500, min = 0, max = 900 }\n"
        "match = ['всё о котлах']\nno_match = ['о котлах']\n")));
  };

  CHECK(signatures(post, judge("shadow").classify(post, profile)) ==
        std::vector<std::string>{footer});
  CHECK(signatures(post, judge("active").classify(post, profile)).empty());
}

TEST_CASE("a proposed rule file lints clean and strips the footer by itself", "[profile]") {
  const ChannelName channel = *ChannelName::parse("uroki_koda");
  const std::string footer = "🔥 \"Тёплый дом\" \\ нас уже 1 200!";
  const ChannelProfile profile = ChannelProfile::of(posts_with(footer, 10));

  const std::string rules = classifier::profile_pack(channel, profile);

  std::vector<classifier::PackFile> files = test::shipped_packs();
  files.push_back({.path = "telegram/channels/uroki_koda.toml", .text = rules});
  INFO(rules);
  CHECK(RuleSet::lint(files).empty());
  const auto compiled = RuleSet::compile(files);
  REQUIRE(compiled);
  const Post post = plain_post("Зачем чистить котёл?\n\nСажа греет трубу, а не воду.\n\n" + footer);
  CHECK(signatures(post, Classifier(*compiled).classify(post)) == std::vector<std::string>{footer});
}

TEST_CASE("of a channel without a signature no rule is proposed", "[profile]") {
  const ChannelName channel = *ChannelName::parse("uroki_koda");

  CHECK(classifier::profile_pack(channel, ChannelProfile::of(posts_with("", 10))).empty());
}
