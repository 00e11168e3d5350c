#include "bench/russian_text.h"

#include <array>
#include <string_view>

namespace qanat::bench {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kNouns{
    "алгоритм"sv,    "анализ"sv,    "аудит"sv,   "баз"sv,          "баланс"sv,  "библиотек"sv,
    "блок"sv,        "бюджет"sv,    "вариант"sv, "верси"sv,        "вопрос"sv,  "встреч"sv,
    "выборк"sv,      "график"sv,    "групп"sv,   "данн"sv,         "договор"sv, "документ"sv,
    "доступ"sv,      "журнал"sv,    "задач"sv,   "запрос"sv,       "индекс"sv,  "институт"sv,
    "канал"sv,       "карт"sv,      "клиент"sv,  "ключ"sv,         "книг"sv,    "команд"sv,
    "компани"sv,     "контракт"sv,  "курс"sv,    "лекци"sv,        "магазин"sv, "метод"sv,
    "модел"sv,       "модул"sv,     "навык"sv,   "налог"sv,        "новост"sv,  "обзор"sv,
    "объект"sv,      "ответ"sv,     "отчет"sv,   "ошибк"sv,        "памят"sv,   "парол"sv,
    "партнер"sv,     "платеж"sv,    "подписк"sv, "поиск"sv,        "поток"sv,   "почт"sv,
    "правил"sv,      "практик"sv,   "пример"sv,  "проект"sv,       "процент"sv, "процесс"sv,
    "работ"sv,       "разбор"sv,    "рынк"sv,    "сайт"sv,         "сервер"sv,  "сервис"sv,
    "систем"sv,      "скидк"sv,     "служб"sv,   "собеседовани"sv, "совет"sv,   "список"sv,
    "ставк"sv,       "статист"sv,   "стать"sv,   "строк"sv,        "таблиц"sv,  "тест"sv,
    "товар"sv,       "транзакци"sv, "тренинг"sv, "удар"sv,         "урок"sv,    "услуг"sv,
    "файл"sv,        "формул"sv,    "функци"sv,  "цен"sv,          "цикл"sv,    "шаблон"sv,
    "эксперимент"sv,
};

constexpr std::array kVerbs{
    "возвраща"sv, "выбира"sv,  "вызыва"sv,  "выполня"sv,  "говор"sv,     "добавля"sv,  "дела"sv,
    "запуска"sv,  "знача"sv,   "измеря"sv,  "использу"sv, "настраива"sv, "находи"sv,   "обеща"sv,
    "объясня"sv,  "описыва"sv, "отвеча"sv,  "открыва"sv,  "оценива"sv,   "передава"sv, "платит"sv,
    "повторя"sv,  "получа"sv,  "помога"sv,  "понима"sv,   "предлага"sv,  "проверя"sv,  "продава"sv,
    "работа"sv,   "разбира"sv, "расскаж"sv, "реша"sv,     "сообща"sv,    "спрашива"sv, "сравнива"sv,
    "сохраня"sv,  "счита"sv,   "узнава"sv,  "учит"sv,     "храни"sv,     "чита"sv,     "пишу"sv,
};

constexpr std::array kAdjectives{
    "бесплатн"sv, "больш"sv,   "быстр"sv,    "важн"sv,     "верн"sv,    "глубок"sv, "готов"sv,
    "должн"sv,    "доступн"sv, "закрыт"sv,   "известн"sv,  "коротк"sv,  "крупн"sv,  "лучш"sv,
    "медленн"sv,  "нов"sv,     "обычн"sv,    "открыт"sv,   "отдельн"sv, "полезн"sv, "полн"sv,
    "последн"sv,  "прост"sv,   "разн"sv,     "российск"sv, "свободн"sv, "сложн"sv,  "средн"sv,
    "старш"sv,    "удобн"sv,   "финансов"sv, "хорош"sv,    "ценн"sv,    "част"sv,   "электронн"sv,
};

constexpr std::array kNounEnds{
    ""sv, "а"sv, "у"sv, "ом"sv, "е"sv, "ы"sv, "ов"sv, "ам"sv, "ами"sv, "и"sv};
constexpr std::array kVerbEnds{"ет"sv, "ют"sv, "ть"sv, "л"sv, "ла"sv, "ли"sv, "ем"sv, "йте"sv};
constexpr std::array kAdjectiveEnds{
    "ый"sv, "ая"sv, "ое"sv, "ые"sv, "ого"sv, "ой"sv, "ым"sv, "ую"sv};
constexpr std::array kSmall{"и"sv,      "в"sv,   "на"sv,  "не"sv,    "что"sv,   "как"sv,  "для"sv,
                            "это"sv,    "по"sv,  "из"sv,  "или"sv,   "если"sv,  "то"sv,   "при"sv,
                            "только"sv, "уже"sv, "еще"sv, "чтобы"sv, "когда"sv, "потом"sv};
constexpr std::array kTerms{"SQL"sv, "Python"sv, "API"sv, "HTTP"sv, "DNS"sv, "GPT"sv, "Linux"sv};

constexpr std::array kPieces{
    "Почему запрос выполняется дважды?"sv,
    "Ответ: потому что кэш пуст, а блокировка снята раньше времени."sv,
    "for row in rows:\n    print(row.total)"sv,
    "Подробности: https://docs.example.org/guide/streams?page=2"sv,
    "#вопрос #практика"sv,
    "Реклама. ООО «Ромашка», ИНН 7700000000, erid: 2VtzqwQabc1"sv,
    "Скидка 30% по промокоду ПОТОК до 12 мая 👉 https://shop.example.ru/?utm_source=tg"sv,
    "Регистрируйтесь на вебинар: места ограничены, ссылка внизу 👇"sv,
    "Подписывайтесь на @uroki_koda"sv,
};

/// "скидк[а-я]* (?:на |для |в )?курс[а-я]*": a pair of neighbours.
std::string pair_pattern(test::Random& random) {
  return "'" + std::string(random.pick(kAdjectives)) + "[а-я]* (?:на |для |в )?" +
         std::string(random.pick(kNouns)) + "[а-я]*'";
}

/// "(?:плати|получа)[а-я]{1,4} курс": one of two, then a third.
std::string choice_pattern(test::Random& random) {
  return "'(?:" + std::string(random.pick(kVerbs)) + "|" + std::string(random.pick(kVerbs)) +
         ")[а-я]{1,4} " + std::string(random.pick(kNouns)) + "'";
}

}  // namespace

std::string PostWriter::word() {
  switch (random_.below(8)) {
    case 0:
    case 1: return std::string(random_.pick(kSmall));
    case 2: return std::string(random_.pick(kVerbs)).append(random_.pick(kVerbEnds));
    case 3:
    case 4: return std::string(random_.pick(kAdjectives)).append(random_.pick(kAdjectiveEnds));
    case 5:
      if (random_.one_in(6)) return std::string(random_.pick(kTerms));
      [[fallthrough]];
    default: return std::string(random_.pick(kNouns)).append(random_.pick(kNounEnds));
  }
}

std::string PostWriter::sentence() {
  std::string text = "— ";
  if (!random_.one_in(12)) text.clear();
  const std::size_t words = random_.between<std::size_t>(5, 14);
  for (std::size_t i = 0; i < words; ++i) {
    if (i > 0) text += random_.one_in(9) ? ", " : " ";
    text += random_.one_in(30) ? std::to_string(random_.below(5000)) : word();
  }
  return text + (random_.one_in(10) ? "? " : ". ");
}

std::string PostWriter::paragraph() {
  std::string text;
  const std::size_t sentences = random_.between<std::size_t>(1, 4);
  for (std::size_t i = 0; i < sentences; ++i) text += sentence();
  return text + "\n\n";
}

std::string PostWriter::list() {
  std::string text = word() + " и " + word() + ":\n";
  const std::size_t items = random_.between<std::size_t>(2, 5);
  for (std::size_t i = 0; i < items; ++i)
    text += "• " + word() + " " + word() + " " + word() + "\n";
  return text + "\n";
}

std::string PostWriter::piece() { return std::string(random_.pick(kPieces)) + "\n\n"; }

std::string PostWriter::write(std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) {
    const std::uint64_t kind = random_.below(8);
    text += kind == 0 ? list() : kind == 1 ? piece() : paragraph();
  }
  while (text.ends_with('\n') || text.ends_with(' ')) text.pop_back();
  return text;
}

std::string made_rules(std::size_t count, std::uint64_t seed) {
  test::Random random(seed);
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += "[[rule]]\nid = 'made.r" + std::to_string(i) +
            "'\nlabel = 'ad'\nstatus = 'shadow'\nweight = { init = 100 }\nany = [";
    for (int k = 0; k < 3; ++k) text += pair_pattern(random) + ", ";
    text += choice_pattern(random) + ", " + choice_pattern(random) + "]\n\n";
  }
  return text;
}

}  // namespace qanat::bench
