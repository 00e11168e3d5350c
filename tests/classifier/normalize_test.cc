#include "classifier/normalize.h"

#include "classifier/classifier.h"
#include "classifier/question.h"
#include "plain_sample.h"
#include "support/catch.h"

namespace {

using namespace qanat;
using classifier::is_question_like;
using classifier::normalize;
using test::plain_post;

Verdict kept() { return {}; }

Verdict without(const Post& post, std::string_view part, RemovedKind kind) {
  Verdict verdict;
  verdict.outcome = Outcome::stripped;
  const std::size_t at = post.text.find(part);
  verdict.removed.push_back({.span = {at, at + part.size()}, .kind = kind, .rules = {}});
  return verdict;
}

}  // namespace

TEST_CASE("a first line that asks is the question, the rest is the answer", "[normalize]") {
  const Normalized result = normalize(
      plain_post("👉 Почему индексы ускоряют чтение\n\nПотому что дерево низкое."), kept());

  CHECK(result.lang == "ru");
  CHECK(result.question == "Почему индексы ускоряют чтение");
  CHECK(result.answer == "Потому что дерево низкое.");
  CHECK(result.title.empty());
}

TEST_CASE("what Telegram says of the channel asks and answers nothing", "[normalize]") {
  Post post = plain_post("Channel pinned \"Почему индексы ускоряют чтение?\"");
  post.kind = PostKind::service;

  CHECK(normalize(post, kept()) == Normalized{.lang = "ru"});
}

TEST_CASE("markers say what is question and what is answer", "[normalize]") {
  const Normalized ru = normalize(
      plain_post("Задача дня\n\nВопрос: чему равно 2+2?\n\nОтвет: 4\nПотому что так."), kept());
  CHECK(ru.title == "Задача дня");
  CHECK(ru.question == "чему равно 2+2?");
  CHECK(ru.answer == "4\nПотому что так.");

  const Normalized en = normalize(plain_post("Q: What prints?\nA: Nothing."), kept());
  CHECK(en.question == "What prints?");
  CHECK(en.answer == "Nothing.");
}

TEST_CASE("a heading that asks nothing is the title", "[normalize]") {
  const Normalized result =
      normalize(plain_post("🐍 Срезы списков\n\nСрез копирует часть списка."), kept());

  CHECK(result.title == "Срезы списков");
  CHECK(result.question.empty());
  CHECK(result.answer == "Срез копирует часть списка.");
}

TEST_CASE("a greeting that announces the question stands above it", "[normalize]") {
  const Normalized result = normalize(
      plain_post(
          "Всем привет! Сегодня вопрос от подписчика.\n\nКак отменить коммит?\n\ngit revert."),
      kept());

  CHECK(result.title == "Всем привет! Сегодня вопрос от подписчика.");
  CHECK(result.question == "Как отменить коммит?");
  CHECK(result.answer == "git revert.");
}

TEST_CASE("a title is measured in characters and never cut, whatever its script", "[normalize]") {
  std::string heading;
  for (int i = 0; i < 25; ++i) heading += "Срезы ";
  heading += "списков";

  const Normalized result = normalize(plain_post(heading + "\n\nСрез копирует."), kept());

  CHECK(result.title == heading);
}

TEST_CASE("what was removed is in no field, and leaves no hole", "[normalize]") {
  const Post post = plain_post("Зачем нужен кеш?\n\nОн быстрее.\n\nКупите курс!\n\nИ дешевле.");

  const Normalized result = normalize(post, without(post, "Купите курс!", RemovedKind::ad));

  CHECK(result.answer == "Он быстрее.\n\nИ дешевле.");
}

TEST_CASE("a drawn line that parts nothing any more is in no field", "[normalize]") {
  for (const std::string line : {"———", "➖➖➖➖➖", "___", "— — —", "• • •", "▪️▪️▪️", "⸻"}) {
    CAPTURE(line);
    const Post above = plain_post("Зачем нужен кеш?\n\nОн быстрее.\n\n" + line + "\nНаш канал");
    CHECK(normalize(above, without(above, "Наш канал", RemovedKind::signature)).answer ==
          "Он быстрее.");

    const Post below = plain_post("Наш канал\n" + line + "\nКеш быстрее.");
    CHECK(normalize(below, without(below, "Наш канал", RemovedKind::signature)).answer ==
          "Кеш быстрее.");

    const Post tagged = plain_post("Зачем нужен кеш?\n\nОн быстрее.\n\n" + line + "\n#кеш #ру");
    CHECK(normalize(tagged, kept()).answer == "Он быстрее.");
  }
}

TEST_CASE("a drawn line between two kept parts stays, once", "[normalize]") {
  const Post one = plain_post("Зачем нужен кеш?\n\nОн быстрее.\n\n———\n\nКупите!\n\nИ дешевле.");
  CHECK(normalize(one, without(one, "Купите!", RemovedKind::ad)).answer ==
        "Он быстрее.\n\n———\n\nИ дешевле.");

  const Post two =
      plain_post("Зачем нужен кеш?\n\nОн быстрее.\n\n———\n\nКупите!\n\n———\n\nИ дешевле.");
  CHECK(normalize(two, without(two, "Купите!", RemovedKind::ad)).answer ==
        "Он быстрее.\n\n———\n\nИ дешевле.");
}

TEST_CASE("a drawn line or an emoji that no removal touches stays", "[normalize]") {
  CHECK(normalize(plain_post("Зачем нужен кеш?\n\nОн быстрее.\n———"), kept()).answer ==
        "Он быстрее.\n———");

  const Post emoji = plain_post("Верно ли, что 2 > 1?\n\n✅\n\nНаш канал");
  CHECK(normalize(emoji, without(emoji, "Наш канал", RemovedKind::signature)).answer == "✅");

  const Post far = plain_post("———\nКеш быстрее.\n\nНаш канал");
  CHECK(normalize(far, without(far, "Наш канал", RemovedKind::signature)).answer ==
        "———\nКеш быстрее.");
}

TEST_CASE("the indentation of code survives", "[normalize]") {
  const Normalized result =
      normalize(plain_post("Как написать функцию?\n\ndef f(x):\n    return x\n"), kept());

  CHECK(result.answer == "def f(x):\n    return x");
}

TEST_CASE("a post that goes as a whole offers nothing", "[normalize]") {
  Verdict verdict;
  verdict.outcome = Outcome::ad_only;

  const Normalized result = normalize(plain_post("Почему мы? Купите!"), verdict);

  CHECK(result.question.empty());
  CHECK(result.answer.empty());
  CHECK(result.lang == "ru");
}

TEST_CASE("a poll asks its question with its options", "[normalize]") {
  Post post = plain_post("Пояснение внизу.");
  post.poll = Poll{.question = "Что напечатает код?",
                   .type = "Anonymous Quiz",
                   .voters_text = {},
                   .options = {{.text = "1", .percent = {}}, {.text = "2", .percent = {}}}};

  const Normalized result = normalize(post, kept());

  CHECK(result.question == "Что напечатает код?\n— 1\n— 2");
  CHECK(result.answer == "Пояснение внизу.");
}

TEST_CASE("the sentences that ask are the question, though the answer shares their line",
          "[normalize]") {
  const Normalized ru = normalize(
      plain_post("Зачем нужен кеш? И где он живёт? В памяти процессора, т. е. рядом с ядром."),
      kept());
  CHECK(ru.question == "Зачем нужен кеш? И где он живёт?");
  CHECK(ru.answer == "В памяти процессора, т. е. рядом с ядром.");

  const Normalized en =
      normalize(plain_post("Is a tuple hashable? Only if its items are."), kept());
  CHECK(en.question == "Is a tuple hashable?");
  CHECK(en.answer == "Only if its items are.");
}

TEST_CASE("markers count within a line, with numbers, and as headings", "[normalize]") {
  const Normalized inline_ru =
      normalize(plain_post("Вопрос: сколько бит в байте? Ответ: восемь."), kept());
  CHECK(inline_ru.question == "сколько бит в байте?");
  CHECK(inline_ru.answer == "восемь.");

  const Normalized numbered = normalize(
      plain_post("Вопрос №12: зачем нужен volatile?\n\nЧтобы читать из памяти, а не из регистра."),
      kept());
  CHECK(numbered.question == "зачем нужен volatile?");
  CHECK(numbered.answer == "Чтобы читать из памяти, а не из регистра.");

  const Normalized heading = normalize(
      plain_post("What does the shell print?\n\necho $((2**3))\n\n✅ Answer\n\nEight."), kept());
  CHECK(heading.question == "What does the shell print?\n\necho $((2**3))");
  CHECK(heading.answer == "Eight.");

  const Normalized rubric = normalize(
      plain_post("❓Новый вопрос рубрики от читателя: почему небо синее?\n\nОтвет: рассеяние."),
      kept());
  CHECK(rubric.question == "почему небо синее?");
  CHECK(rubric.answer == "рассеяние.");
}

TEST_CASE("a letter with a dot begins a word, a name or an address, not an answer", "[normalize]") {
  for (const char* text : {"a.out is the default name of what gcc links.",
                           "A.I. models overfit.",
                           "Q.E.D. is what ends a proof.",
                           "a.b@example.com reads mail."}) {
    CAPTURE(text);
    CHECK(normalize(plain_post(text), kept()).answer == text);
  }
  CHECK(normalize(plain_post("Кто написал книгу?\n\nA. Smith wrote it."), kept()).answer ==
        "A. Smith wrote it.");
  CHECK(normalize(plain_post("Q2. What is UDP?\nA2. Datagrams."), kept()).answer == "Datagrams.");
}

TEST_CASE("of several questions the first is split, the others stay in the answer", "[normalize]") {
  const Normalized result = normalize(
      plain_post("Q1: What is TCP?\nA1: A stream.\n\nQ2: And UDP?\nA2: Datagrams."), kept());

  CHECK(result.question == "What is TCP?");
  CHECK(result.answer == "A stream.\n\nQ2: And UDP?\nA2: Datagrams.");
}

TEST_CASE("lettered choices are part of the question and no answer markers", "[normalize]") {
  const Normalized marked =
      normalize(plain_post("Which one is mutable?\nA. tuple\nB. list\n\nAnswer: B"), kept());
  CHECK(marked.question == "Which one is mutable?\nA. tuple\nB. list");
  CHECK(marked.answer == "B");

  const Normalized unmarked =
      normalize(plain_post("Что хранит set?\nA) пары\nБ) ключи\n\nКлючи, без значений."), kept());
  CHECK(unmarked.question == "Что хранит set?\nA) пары\nБ) ключи");
  CHECK(unmarked.answer == "Ключи, без значений.");
}

TEST_CASE("the code that a question speaks of belongs to it", "[normalize]") {
  const Normalized result =
      normalize(plain_post("🤔 Что выведет этот код?\n\nx = [1, 2]\n\nfor i in x:\n    print(i)\n\n"
                           "Два числа, каждое на своей строке."),
                kept());

  CHECK(result.question == "Что выведет этот код?\n\nx = [1, 2]\n\nfor i in x:\n    print(i)");
  CHECK(result.answer == "Два числа, каждое на своей строке.");
}

TEST_CASE("what a spoiler hides behind a question is its answer", "[normalize]") {
  Post post = plain_post("Сколько ног у паука?\nПодумай минуту.\nВосемь: он не насекомое.");
  const std::size_t at = post.text.find("Восемь");
  post.entities.push_back(
      {.kind = EntityKind::spoiler, .span = {at, post.text.size()}, .value = {}});
  const Normalized lines = normalize(post, kept());
  CHECK(lines.question == "Сколько ног у паука?\nПодумай минуту.");
  CHECK(lines.answer == "Восемь: он не насекомое.");

  post = plain_post("Сколько будет 2+2*2? Шесть");
  post.entities.push_back({.kind = EntityKind::spoiler,
                           .span = {post.text.find("Шесть"), post.text.size()},
                           .value = {}});
  const Normalized one_line = normalize(post, kept());
  CHECK(one_line.question == "Сколько будет 2+2*2?");
  CHECK(one_line.answer == "Шесть");
}

TEST_CASE("an explanation explains the answer above it, which is none of the question",
          "[normalize]") {
  const Normalized plain = normalize(
      plain_post(
          "Что вернёт [].every(x => false)?\n\ntrue\n\nОбъяснение: для пустого массива верно."),
      kept());
  CHECK(plain.question == "Что вернёт [].every(x => false)?");
  CHECK(plain.answer == "true\n\nОбъяснение: для пустого массива верно.");

  const Normalized marked = normalize(
      plain_post("Q: How many bits has a byte?\nEight.\nExplanation: by convention."), kept());
  CHECK(marked.question == "How many bits has a byte?");
  CHECK(marked.answer == "Eight.\nExplanation: by convention.");

  const Normalized bare =
      normalize(plain_post("Which one is odd?\n\nA) 2\nB) 3\n\nExplanation: 2 is even."), kept());
  CHECK(bare.question == "Which one is odd?\n\nA) 2\nB) 3");
  CHECK(bare.answer == "2 is even.");

  const Normalized task = normalize(
      plain_post("Как развернуть строку?\n\nПамяти лишней нет.\n\nРешение: менять с концов."),
      kept());
  CHECK(task.question == "Как развернуть строку?\n\nПамяти лишней нет.");
  CHECK(task.answer == "менять с концов.");
}

TEST_CASE("a spoiler above the explanation hides the answer", "[normalize]") {
  Post post = plain_post("Вопрос: что такое nil?\n\nНичего.\n\nПояснение: это указатель.");
  const std::size_t hidden = post.text.find("Ничего.");
  post.entities.push_back(
      {.kind = EntityKind::spoiler, .span = {hidden, hidden + std::string_view("Ничего.").size()}});

  const Normalized result = normalize(post, kept());

  CHECK(result.question == "что такое nil?");
  CHECK(result.answer == "Ничего.\n\nПояснение: это указатель.");
}

TEST_CASE("an answer is marked in many ways, and the mark is no part of it", "[normalize]") {
  const auto split = [](std::string_view mark) {
    return normalize(plain_post("Чему равно 1 + 1?\n\n1) 1\n2) 2\n\n" + std::string(mark)), kept());
  };
  for (const auto* mark : {"Правильный ответ — 2",
                           "Ответ - 2",
                           "Ans: 2",
                           "Ответ ниже 👇\n\n2",
                           "Ответ под спойлером:\n2",
                           "#ответ\n2",
                           "Answer below\n\n2"}) {
    CAPTURE(mark);
    CHECK(split(mark).question == "Чему равно 1 + 1?\n\n1) 1\n2) 2");
    CHECK(split(mark).answer == "2");
  }
  const Normalized subject =
      normalize(plain_post("Что такое ответ в HTTP?\n\nОтвет — сообщение сервера."), kept());
  CHECK(subject.answer == "Ответ — сообщение сервера.");
  CHECK(normalize(plain_post("Вопрос на засыпку: что такое nil?\n\nНичего."), kept()).question ==
        "что такое nil?");
}

TEST_CASE("a hidden word of a story is no answer", "[normalize]") {
  Post post = plain_post("Развязка фильма\n\nВсё было сном\nСмотреть стоит.");
  const std::size_t at = post.text.find("Всё");
  post.entities.push_back(
      {.kind = EntityKind::spoiler, .span = {at, post.text.find("\nСмотреть")}, .value = {}});

  const Normalized result = normalize(post, kept());

  CHECK(result.title == "Развязка фильма");
  CHECK(result.question.empty());
}

TEST_CASE("tags at either end are neither question nor answer", "[normalize]") {
  const Normalized result = normalize(plain_post("#собеседование\n#sql Чем WHERE отличается от "
                                                 "HAVING?\n\nHAVING — после группировки.\n\n#базы"),
                                      kept());

  CHECK(result.question == "Чем WHERE отличается от HAVING?");
  CHECK(result.answer == "HAVING — после группировки.");

  const Normalized named =
      normalize(plain_post("#c++\n#c++ Что делает move?\n\nНичего.\n\n#stl, #c++"), kept());
  CHECK(named.question == "Что делает move?");
  CHECK(named.answer == "Ничего.");
}

TEST_CASE("code in the answer stays as it was written", "[normalize]") {
  Post post = plain_post("How do I indent?\n\ndef f():\n    a = 1 \n\n\n    return a");
  const std::size_t at = post.text.find("def");
  post.entities.push_back(
      {.kind = EntityKind::pre, .span = {at, post.text.size()}, .value = "python"});

  CHECK(normalize(post, kept()).answer == "def f():\n    a = 1 \n\n\n    return a");
}

TEST_CASE("an ornament before the answer goes, a list's bullets stay", "[normalize]") {
  CHECK(normalize(plain_post("Что такое срез?\n\n✅ Часть списка."), kept()).answer ==
        "Часть списка.");
  CHECK(
      normalize(plain_post("Что умеет срез?\n\n✅ копировать\n✅ разворачивать"), kept()).answer ==
      "✅ копировать\n✅ разворачивать");
}

TEST_CASE("a number that counts stays in the title, a signed star in its name", "[normalize]") {
  CHECK(normalize(plain_post("5️⃣ способов развернуть список\n\nСрез и reversed."), kept()).title ==
        "5️⃣ способов развернуть список");
  CHECK(normalize(plain_post("🔟 способов развернуть список\n\nСрез и reversed."), kept()).title ==
        "🔟 способов развернуть список");
  CHECK(normalize(plain_post("🐍 *args и **kwargs: зачем это нужно\n\nОни собирают аргументы."),
                  kept())
            .question == "*args и **kwargs: зачем это нужно");
}

TEST_CASE("a flag and a doubled operator keep the signs that they begin with", "[normalize]") {
  const auto answer_of = [](const std::string& answer) {
    return normalize(plain_post("Как включить подробный вывод?\n\n" + answer), kept()).answer;
  };
  CHECK(answer_of("--verbose") == "--verbose");
  CHECK(answer_of(">> notes.txt") == ">> notes.txt");
  CHECK(answer_of("-- Ключом.") == "Ключом.");
  CHECK(answer_of("--ключ") == "--ключ");
  CHECK(answer_of("*Ключом.") == "Ключом.");
  CHECK(normalize(plain_post("|| и && чем отличаются?\n\nПервое это или."), kept()).question ==
        "|| и && чем отличаются?");
}

TEST_CASE("an answer keeps the signs that it begins with, whatever they mean", "[normalize]") {
  for (const char* answer : {"- 2",
                             "– 2,5",
                             "—40 °C",
                             "-2",
                             "-v или --verbose",
                             "| grep x",
                             "| a | b |",
                             "> notes.txt",
                             ">>> import this",
                             "|x| это модуль.",
                             "-> в Rust",
                             "*args",
                             "**kwargs",
                             "*p",
                             "*/ закрывает.",
                             "#define MAX 5",
                             "/etc/passwd",
                             "@property",
                             "~/bin",
                             "$HOME",
                             "%d печатает",
                             "^a в начале",
                             ".gitignore файл",
                             ":wq",
                             "+7",
                             "\\n",
                             "🐍",
                             "||",
                             "->",
                             "!important"}) {
    CAPTURE(answer);
    CHECK(normalize(plain_post(std::string("Что тут стоит?\n\n") + answer), kept()).answer ==
          answer);
  }
  CHECK(normalize(plain_post("Что тут стоит?\n\n- Ключ."), kept()).answer == "Ключ.");
  CHECK(normalize(plain_post("Что тут стоит?\n\n- 5 минут, не больше."), kept()).answer ==
        "5 минут, не больше.");
  CHECK(normalize(plain_post("Что тут стоит?\n\n-> Ключ."), kept()).answer == "Ключ.");
}

TEST_CASE("a question keeps the signs that it asks about", "[normalize]") {
  for (const char* question : {"-> в Rust что значит?",
                               "| в оболочке зачем?",
                               "#define MAX что делает?",
                               "#ifdef зачем нужен?",
                               "/etc/passwd что хранит?",
                               "@property зачем нужен?",
                               "~ что делает?",
                               "$HOME что хранит?",
                               "%d что печатает?",
                               "Что делает оператор *",
                               "Что делает i--",
                               "Чем vector<int> отличается от vector<bool>",
                               "Что значит ->",
                               ".gitignore зачем нужен?",
                               "\\n что печатает?"}) {
    CAPTURE(question);
    CHECK(normalize(plain_post(std::string(question) + "\n\nОтвет на это."), kept()).question ==
          question);
  }
  const auto question_of = [](const std::string& question) {
    return normalize(plain_post(question + "\n\nОтвет на это."), kept()).question;
  };
  CHECK(question_of("*** Зачем нужен срез ***") == "Зачем нужен срез");
  CHECK(question_of("- Зачем нужен срез? 🐍") == "Зачем нужен срез?");
  CHECK(question_of("-> Зачем нужен срез —") == "Зачем нужен срез");
  CHECK(question_of("#python Зачем нужен срез?") == "Зачем нужен срез?");
}

TEST_CASE("what is formatted as code loses no sign", "[normalize]") {
  const auto with_code = [](const std::string& text, const std::string& code) {
    Post post = plain_post(text);
    const std::size_t at = text.find(code);
    post.entities.push_back(
        {.kind = EntityKind::code, .span = {at, at + code.size()}, .value = {}});
    return normalize(post, kept());
  };
  CHECK(with_code("👉 > зачем стоит?\n\nОтвет.", ">").question == "> зачем стоит?");
  CHECK(with_code("#fff что за цвет?\n\nБелый.", "#fff").question == "#fff что за цвет?");
  CHECK(with_code("Что значит →\n\nСтрелка.", "→").question == "Что значит →");
  CHECK(with_code("Чем это пишут?\n\n* звёздочкой", "*").answer == "* звёздочкой");
  CHECK(with_code("Какой цвет белый?\n\n#fff", "#fff").answer == "#fff");
  CHECK(with_code("Чем это пишут?\n\n— > или <", "> или <").answer == "> или <");
}

TEST_CASE("code that answers a question is no part of it", "[normalize]") {
  const auto with_code = [](const std::string& question) {
    Post post = plain_post(question + "\n\nx[-1]\n\nТак короче.");
    const std::size_t at = post.text.find("x[");
    post.entities.push_back({.kind = EntityKind::pre, .span = {at, at + 5}, .value = {}});
    return normalize(post, kept());
  };
  CHECK(with_code("Как получить последний элемент списка?").answer == "x[-1]\n\nТак короче.");
  CHECK(with_code("Что вернёт этот код?").question == "Что вернёт этот код?\n\nx[-1]");
}

TEST_CASE("a list of questions has no first one", "[normalize]") {
  const Normalized result =
      normalize(plain_post("1. Что такое индекс?\n2. Что такое транзакция?"), kept());

  CHECK(result.question.empty());
  CHECK(result.answer == "1. Что такое индекс?\n2. Что такое транзакция?");
}

TEST_CASE("a task is a question", "[normalize]") {
  CHECK(is_question_like("Напишите функцию, которая переворачивает строку."));
  CHECK(is_question_like("Explain the difference between a process and a thread."));
  CHECK_FALSE(is_question_like("Напишите нам в комментариях."));
}

TEST_CASE("a line asks by its mark or by its opening, and a statement does not", "[normalize]") {
  CHECK(is_question_like("❓ Списки или кортежи?"));
  CHECK(is_question_like("Как работает сборщик мусора"));
  CHECK(is_question_like("What is a closure"));
  CHECK(is_question_like("Кто такой тимлид, и чем он занят"));
  CHECK_FALSE(is_question_like("Как говорил классик, всё течёт."));
  CHECK_FALSE(is_question_like("Срезы списков"));
  CHECK_FALSE(is_question_like("Когда я пришёл на работу, лил дождь"));
  CHECK_FALSE(is_question_like("Who we are"));
  CHECK_FALSE(is_question_like("👉👉"));
}
