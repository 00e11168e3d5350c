// What looks like a footer, and is the answer: nothing of it may go.
#include <string>
#include <vector>

#include "classifier/classifier.h"
#include "classifier/normalize.h"
#include "plain_sample.h"
#include "support/catch.h"
#include "support/shipped_packs.h"

namespace {

using namespace qanat;
using classifier::ChannelProfile;
using test::plain_post;
using test::shipped_classifier;

std::vector<std::string> removed_from(const Post& post, const ChannelProfile& profile = {}) {
  std::vector<std::string> parts;
  for (const Removed& part : shipped_classifier().classify(post, profile).removed) {
    parts.push_back(post.text.substr(part.span.begin, part.span.size()));
  }
  return parts;
}

bool stays_whole(const std::string& text) { return removed_from(plain_post(text)).empty(); }

Post in_channel(const std::string& channel, std::string text) {
  return classifier::post_from_text(*ChannelName::parse(channel), 7, std::move(text), {});
}

/// A post whose last line has this formatting.
Post with_last_line(std::string text, EntityKind kind) {
  Post post = plain_post(std::move(text));
  const std::size_t line = post.text.rfind('\n') + 1;
  post.entities.push_back({.kind = kind, .span = {line, post.text.size()}});
  return post;
}

/// Questions that differ, each followed by one of these lines.
std::vector<Post> quizzes(const std::vector<std::string>& lines, std::size_t count = 60) {
  std::vector<Post> posts;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string& line = lines[i % lines.size()];
    posts.push_back(plain_post("Верно ли, что у " + std::string(i + 1, 'q') + " есть хвост?\n\n" +
                               std::string(i + 1, 'w') + " это объясняет.\n\n" + line));
  }
  return posts;
}

std::size_t cut_of(const std::vector<Post>& posts) {
  const ChannelProfile profile = ChannelProfile::of(posts);
  std::size_t cut = 0;
  for (const Post& post : posts) cut += removed_from(post, profile).empty() ? 0 : 1;
  return cut;
}

}  // namespace

TEST_CASE("a number below a question is its answer", "[answer-guard]") {
  CHECK(stays_whole("Сколько будет 2+2*2?\n\n6"));
  CHECK(stays_whole("Сколько будет 2+2*2?\n\nОтвет:\n\n8"));
  CHECK(stays_whole("Что выведет range(1, 4)?\n\n1\n2\n3"));
  CHECK(stays_whole("Посчитаем длину строки.\n\n12"));
}

TEST_CASE("a number below the page's own words is a counter", "[answer-guard]") {
  const Post post = plain_post(
      "Чем поток отличается от процесса?\n\nПотоки делят память.\n\nVIEW IN TELEGRAM\n12");

  CHECK(removed_from(post) == std::vector<std::string>{"VIEW IN TELEGRAM\n12"});
}

TEST_CASE("code and what a spoiler hides are never a footer", "[answer-guard]") {
  for (const EntityKind kind : {EntityKind::code, EntityKind::pre, EntityKind::spoiler}) {
    for (const char* line : {"7", "👍 1", "@Service", "@uroki_code", "Библиотека lxml"}) {
      INFO(line);
      CHECK(removed_from(with_last_line("Что выведет код?\n\nПорядок важен: читаем сверху.\n\n" +
                                            std::string(line),
                                        kind))
                .empty());
    }
  }
}

TEST_CASE("the only text below a question is its answer, whatever it looks like",
          "[answer-guard]") {
  CHECK(stays_whole("Какая библиотека парсит HTML быстрее?\n\nБиблиотека lxml"));
  CHECK(stays_whole("Где спросить о Python?\n\nКанал #python"));
  CHECK(stays_whole("Кто читает сообщения?\n\nЧат сервер"));
  CHECK(stays_whole("Чем помечают компонент?\n\n@component"));
  CHECK(removed_from(in_channel("python_qa", "На каком языке написан проект?\n\nPython")).empty());
}

TEST_CASE("below a question the channel's own address and calls go all the same",
          "[answer-guard]") {
  CHECK(removed_from(plain_post("Какой язык вы учите?\n\n@uroki_koda")) ==
        std::vector<std::string>{"@uroki_koda"});
  CHECK_FALSE(stays_whole("Какой язык вы учите?\n\n📡 Уроки — Подписаться"));
  CHECK_FALSE(stays_whole("Зачем нужен индекс?\n\nОн ускоряет выборку.\n\n@another_channel"));
}

TEST_CASE("a footer stands at the end: what the post's own words follow is none",
          "[answer-guard]") {
  CHECK(
      stays_whole("Как заменить метод родителя?\n\n@Redefine\npublic String toString() {\n"
                  "  return name;\n}"));
  CHECK(
      stays_whole("Как ускорить чтение?\n\nБиблиотека делает две вещи:\n\n"
                  "▪️читает файл целиком\n▪️пишет его по частям"));
}

TEST_CASE("annotations are code", "[answer-guard]") {
  for (const char* line : {"@Bean", "@Override", "@property", "@staticmethod", "@media"}) {
    INFO(line);
    CHECK(stays_whole("Как это пометить?\n\nОдной строкой над методом.\n\n" + std::string(line)));
  }
}

TEST_CASE("to subscribe to events is no call to follow the channel", "[answer-guard]") {
  for (const char* line : {"Подпишитесь на Observable: obs.subscribe(console.log).",
                           "Вызовите subscription.unsubscribe(). Подпишитесь снова.",
                           "Подпишитесь на топик методом subscribe()."}) {
    INFO(line);
    CHECK(stays_whole("Как получать события?\n\n" + std::string(line)));
  }
}

TEST_CASE("a sentence about what the channel is called after is no footer", "[answer-guard]") {
  const std::string question = "Почему так?\n\nЗначение вычисляется при определении.\n\n";
  for (const auto& [channel, sentence] : std::vector<std::pair<std::string, std::string>>{
           {"python_qa", "Python создаёт его один раз и хранит в функции."},
           {"django_ru", "Django склеивает условия через AND"},
           {"javascript_ru", "JavaScript вернёт object и для null."},
           {"kubernetes", "Kubernetes restarts it"}}) {
    INFO(sentence);
    CHECK(removed_from(in_channel(channel, question + sentence)).empty());
  }
}

TEST_CASE("what answers recurs in a channel of quizzes, and is no footer", "[answer-guard]") {
  CHECK(cut_of(quizzes({"Правильный ответ: A", "Правильный ответ: B", "Правильный ответ: C"})) ==
        0);
  CHECK(cut_of(quizzes({"Ответ: да.", "Ответ: нет."})) == 0);
  CHECK(cut_of(quizzes({"Верно", "Неверно", "Верно"})) == 0);
  CHECK(cut_of(quizzes({"Результат: 911 мс", "Результат: 12 мс", "Результат: 87 мс"})) == 0);
  CHECK(cut_of(quizzes({"Сложность: O(n)", "Сложность: O(n log n)"})) == 0);
}

TEST_CASE("a line that mostly stands alone below a question answers it", "[answer-guard]") {
  std::vector<Post> posts;
  for (std::size_t i = 1; i <= 20; ++i) {
    posts.push_back(plain_post("Что даст " + std::string(i, 'q') + "?\n\nОшибка компиляции"));
  }
  CHECK(cut_of(posts) == 0);
}

TEST_CASE("a footer with a label and one address is still one", "[answer-guard]") {
  CHECK(cut_of(quizzes({"Обсуждение: в комментариях под постом"})) == 60);
}
