#include "classifier/asked_code.h"

#include <string>

#include <re2/re2.h>

namespace qanat::classifier {
namespace {

// RE2's \b knows Latin letters alone.
const std::string kWordBegin = R"((?i)(?:^|[^\p{L}\d_]))";
const std::string kWordEnd = R"((?:$|[^\p{L}\d_]))";

/// "вывести", "найти", "сделать", "сберечь"; not "часть", "области".
const std::string kInfinitive = R"([\p{L}-]+(?:[аеиоуыя]ть|йти|ести|езть|чь)(?:ся|сь)?)";

const std::string kOneWord = "[^ ,.:;!?]+ ";

bool finds(std::string_view words, const RE2& pattern) { return RE2::PartialMatch(words, pattern); }

/// "этот код", "код ниже", "the following snippet".
bool points_at_code(std::string_view words) {
  static const std::string code =
      "(?:код|фрагмент|пример|запрос|программ|функци|цикл|скрипт|алгоритм|выражени|команд|строк|"
      "класс|метод)"
      "[^ ,.:;!?]{0,3}";
  static const std::string this_one =
      "(?:эт(?:от|ого|ому|им|ом|ой|у|а|и|их)|(?:данн|следующ|привед[её]нн|показанн)[^ ]{2,3}) ";
  static const RE2 russian(kWordBegin + this_one + "(?:" + kOneWord + ")?" + code + kWordEnd);
  static const RE2 placed(kWordBegin + "(?:" + code + " (?:ниже|выше|здесь|тут)|(?:ниже|выше) " +
                          code + ")" + kWordEnd);
  static const RE2 english(
      R"((?i)\b(?:(?:this|these|following|next|given|above|below) (?:\w+ ){0,2}(?:code|snippet|program|quer(?:y|ie)|function|loop|script|expression|example|command|line|class|method|statement)s?|(?:code|snippet|program|query|function|script|example)s? (?:below|above|here))\b)");
  return finds(words, russian) || finds(words, placed) || finds(words, english);
}

/// "Что выведет", "чему равно", "what is printed": what comes out of code.
bool asks_for_outcome(std::string_view words) {
  static const RE2 verb(
      kWordBegin +
      R"((?:вывед|выводи|печата|напечата|верн|возвраща|получ|произойд|случ|выполн|сработа|скомпилиру|выброс|окаж|измен|повед|упад|увид)(?:[её]т|ит|ут|ют|ят|ат|им)(?:ся|сь)?)" +
      kWordEnd);
  static const RE2 value(
      R"((?i)(?:^|[.!?:] *|[^\p{L}][иа] )(?:чему (?:)" + kOneWord +
      R"()?рав|(?:что|чему|чем|как(?:ой|ая|ое|ие|им|ово|ов|ова|овы)|сколько) (?:)" + kOneWord +
      R"(){0,2}будет|как(?:ой|ое|им|ов|ово) (?:)" + kOneWord +
      R"(){0,2}(?:вывод|результат|ответ|значение)|(?:угада|назов|предскаж)\p{L}+ (?:вывод|результат|значение)))");
  static const RE2 english(
      R"((?i)\b(?:(?:will|does|do|did|would|going to)\b[^.!?]* (?:print|output|return|happen|display|log|evaluate|throw|raise|compile|produce|show|result|get|see)|(?:is|are|be|gets?)\b[^.!?]* (?:printed|returned|displayed|logged|thrown|raised)|(?:what|which) (?:\w+ )?(?:prints|happens|returns|throws|fails)|how many times|(?:what(?:'s|’s| will be| would be)|is|are|guess|predict) (?:the |its )?(?:\w+ ){0,2}(?:output|result|value)s?)\b)");
  return finds(words, verb) || finds(words, value) || finds(words, english);
}

/// "Как вывести …", "Какая команда вернёт …", "How do I print …": by what means.
bool asks_for_means(std::string_view words) {
  static const RE2 way(
      kWordBegin +
      R"((?:как|чем|что|где|куда|откуда|можно|нужно|надо|как(?:ой|ую|ое|ие|им|ими)) (?:)" +
      kOneWord + "){0,3}" + kInfinitive + kWordEnd);
  static const RE2 means(
      kWordBegin + R"(как(?:ой|ая|ое|ие|ого|ому|ую|им|ими|их|ом) (?:)" + kOneWord +
      R"()?(?:функци|метод|команд|оператор|запрос|ключ|флаг|опци|инструкци|конструкци|выражени|код|способ|модул|тег|свойств|аннотаци|декоратор|хук))");
  static const RE2 english(
      R"((?i)\b(?:how (?:do|does|did|to|can|could|should|would|is|are)|(?:do|does|can|could|should|would|must) (?:i|you|we|one)|(?:what|which) (?:\w+ )?(?:function|method|command|operator|query|flag|option|keyword|statement|expression|code|tag|property|decorator|hook|annotation)s?)\b)");
  return finds(words, way) || finds(words, means) || finds(words, english);
}

/// "Где ошибка", "spot the bug": what is looked for is in the code.
bool asks_for_flaw(std::string_view words) {
  static const RE2 russian(
      R"((?i)^(?:где|в ч[её]м|найдите|что|есть ли)(?: здесь| тут| в коде| у нас)? (?:ошибк|баг|не так))");
  static const RE2 of_code(R"((?i)^почему (?:код|программа|скрипт|цикл|здесь|тут)(?:$|[^\p{L}]))");
  static const RE2 english(
      R"((?i)^(?:can you )?(?:find|spot|see|where(?:'s|’s| is)|what(?:'s|’s| is)) (?:the |an? |any )?(?:bug|error|mistake|wrong)\b)");
  return finds(words, russian) || finds(words, of_code) || finds(words, english);
}

/// "Что должен вывести цикл", "what do you get": the infinitive and the reader name no means.
bool foretells(std::string_view words) {
  static const RE2 russian(kWordBegin +
                           R"((?:буд[её]т|будут|может|могут|долж(?:ен|на|но|ны)) (?:)" + kOneWord +
                           ")?" + kInfinitive + kWordEnd);
  static const RE2 english(
      R"((?i)\bwhat (?:will|do|would|should) (?:you|we|i) (?:get|see|expect)\b)");
  return finds(words, russian) || finds(words, english);
}

/// "Что произойдёт если сложить …": the infinitive is of a condition.
bool supposes(std::string_view words) {
  static const RE2 condition(kWordBegin + R"(если (?:)" + kOneWord + "){0,2}" + kInfinitive +
                             kWordEnd);
  return finds(words, condition);
}

}  // namespace

bool asks_of_code(std::string_view question) {
  if (points_at_code(question) || asks_for_flaw(question) || foretells(question)) return true;
  return asks_for_outcome(question) && (!asks_for_means(question) || supposes(question));
}

}  // namespace qanat::classifier
