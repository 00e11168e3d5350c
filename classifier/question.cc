#include "classifier/question.h"

#include <algorithm>
#include <optional>

#include <re2/re2.h>

#include "base/utf8.h"
#include "classifier/asked_code.h"
#include "classifier/characters.h"
#include "classifier/lines.h"
#include "classifier/ornaments.h"

namespace qanat::classifier {
namespace {

constexpr std::size_t kLongestQuestion = 400;
constexpr std::size_t kLongestTitle = 160;
/// A heading that nothing sets apart from the next line.
constexpr std::size_t kPlainTitle = 80;

/// Ends a sentence at `at`: what follows is no lower-case letter ("т. е. так" goes on).
bool ends_sentence(std::string_view text, std::size_t at) {
  if (!std::string_view(".!?").contains(text[at])) return false;
  std::size_t next = at + 1;
  while (next < text.size() && std::string_view("?!.)\"").contains(text[next])) ++next;
  if (next >= text.size()) return true;
  const utf8::CodePoint after = utf8::decode(text, next);
  if (!is_blank(after.value)) return is_emoji(after.value);
  const std::string_view rest = trimmed(text.substr(next));
  if (rest.empty()) return true;
  const char32_t begins = utf8::decode(rest, 0).value;
  return !is_letter(begins) || is_upper(begins);
}

/// Bytes of the sentences at the beginning that end with a question mark.
std::size_t leading_questions(std::string_view words) {
  std::size_t asked = 0;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (!ends_sentence(words, at)) continue;
    if (words[at] != '?') break;
    while (at + 1 < words.size() && std::string_view("?!.)\"").contains(words[at + 1])) ++at;
    asked = at + 1;
  }
  return asked;
}

bool sets_task(std::string_view words) {
  static const RE2 task(
      R"((?i)^(?:напишите|реализуйте|объясните|назовите|перечислите|опишите|приведите пример|сравните|докажите|вычислите|посчитайте|найдите|определите|решите|составьте|исправьте|угадайте|предскажите|explain|describe|(?:write|implement|find|compute|calculate|solve|fix|guess|predict|spot) (?:a|an|the|all))[ ,])");
  static const RE2 request(
      R"((?i)^\S+ (?:нам|нас|мне|меня|себя|время|в|свой|свою|свои|ваш|your|to us|in the) )");
  return RE2::PartialMatch(words, task) && !RE2::PartialMatch(words, request);
}

/// "Срезы списков: что это и зачем нужно".
bool asks_after_colon(std::string_view words) {
  static const RE2 asking(
      R"((?i)[:—–-] (?:что это|что такое|зачем|почему|как (?:это|он|работа|использ)|для чего|why|how|what it is|what is)(?:$|[^\p{L}]))");
  return RE2::PartialMatch(words, asking);
}

bool opens_as_question(std::string_view words) {
  static const RE2 opening(
      R"((?i)^(?:а |и |но |так )?(?:почему|зачем|как|что|чем|чему|куда|откуда|сколько|какой|какая|какое|какие|каким|каков|каковы|для чего|из чего|в чем|в чём|о чем|за что|можно ли|нужно ли|стоит ли|есть ли|правда ли|верно ли|когда (?:стоит|нужно|надо|лучше|следует|использовать|применять)|где (?:взять|найти|используется|применяется)|кто (?:такой|такая|такое|такие)|what|why|how|when to|where to)(?:$|[^\p{L}]))");
  return RE2::PartialMatch(words, opening);
}

bool is_choice(std::string_view words) {
  static const RE2 choice(R"(^(?:[A-Fa-f]|[А-Еа-е])[.):] ?\S)");
  return RE2::PartialMatch(without_decoration(words), choice);
}

/// Bytes of "12. " or "3) " before the words; 0 when there is no such number.
std::size_t number_length(std::string_view words) {
  static const RE2 number(R"(^\d{1,3}[.)]\s+)");
  re2::StringPiece rest(words);
  RE2::Consume(&rest, number);
  return words.size() - rest.size();
}

bool is_numbered(std::string_view words) { return number_length(words) > 0; }

/// Bytes of "Новый вопрос в рубрике:" or "Question of the day:" before the question; 0 without.
std::size_t rubric_length(std::string_view words) {
  static const RE2 rubric(
      R"((?i)^(?:[\p{L}]+ )?(?:вопрос|задача|загадка|question|quiz|puzzle)(?: (?:дня|недели|месяца|рубрики))?(?: (?:от|с|со|в|из|по|для|на|of|from|for|about) [^:,.?!\n]{1,40})?(?: ?[№#]?\d{1,4})? ?: ?)");
  const std::string_view bare = without_decoration(words);
  re2::StringPiece rest(bare);
  return RE2::Consume(&rest, rubric) ? words.size() - rest.size() : 0;
}

/// "Ответ" or "Ответ под спойлером:" alone on its line, as a heading of what follows.
bool is_answer_heading(std::string_view words) {
  static const RE2 heading(
      R"((?i)#?(?:(?:правильный |верный )?ответ(?: и (?:объяснение|пояснение|разбор)| ниже| внизу| (?:под|в) (?:спойлером|катом|спойлере))?|разбор|решение|объяснение|пояснение|(?:correct )?answer(?: (?:is )?(?:below|under the spoiler|in the spoiler))?|solution|explanation)[:.…]?)");
  return RE2::FullMatch(undecorated(words), heading);
}

/// "Ответ:", not merely "Решение:", which tutorials use as a subheading.
bool names_answer(std::string_view words) {
  static const RE2 naming(R"((?i)^(?:правильный |верный |correct )?(?:ответ|answer|a\b))");
  return RE2::PartialMatch(without_decoration(words), naming);
}

/// "Объяснение:": an answer stands above it, if it is not one itself. Above "Решение:" a task may
/// go on.
bool explains_answer(std::string_view words) {
  static const RE2 explaining(R"((?i)^#?(?:объяснение|пояснение|разбор|explanation))");
  return RE2::PartialMatch(without_decoration(words), explaining);
}

/// "Всем привет! Сегодня вопрос от подписчика."
bool announces_question(std::string_view words) {
  static const RE2 announcing(R"((?i)(?:^|[^\p{L}])(?:вопрос|задач|загадк|question|quiz|puzzle))");
  return utf8::length(words) <= kLongestTitle && RE2::PartialMatch(words, announcing);
}

class Splitter {
 public:
  explicit Splitter(KeptText kept) : kept_(std::move(kept)), end_(kept_.lines.size()) {}

  QuestionAndAnswer split();

 private:
  void drop_tags();
  bool by_markers();
  bool by_spoiler();
  bool by_question_marker();
  bool by_opening();
  void by_heading();

  void cut_inline_answer();
  [[nodiscard]] std::optional<std::size_t> find_marker(Marker marker) const;
  [[nodiscard]] bool is_answer_mark(std::size_t line) const;
  [[nodiscard]] bool is_question_mark(std::size_t line) const;
  void cut_after_questions(std::size_t line);
  void strip_marker(std::size_t line);
  void strip_number(std::size_t line);
  void ask_between(std::size_t first, std::size_t end);
  void ask_until(std::size_t answer);
  [[nodiscard]] std::optional<std::size_t> find_hidden() const;
  [[nodiscard]] std::size_t answer_before(std::size_t mark) const;
  [[nodiscard]] bool asks(std::size_t line) const;
  [[nodiscard]] bool asks_between(std::size_t first, std::size_t end) const;
  [[nodiscard]] bool is_title(std::size_t line) const;
  [[nodiscard]] bool begins_list() const;
  [[nodiscard]] std::size_t next_words(std::size_t line) const;
  [[nodiscard]] std::size_t with_attachments(std::size_t first, std::size_t end) const;
  [[nodiscard]] std::size_t past_code(std::size_t line) const;
  [[nodiscard]] std::size_t past_choices(std::size_t line) const;

  [[nodiscard]] std::string text_of(std::size_t first, std::size_t end) const;
  [[nodiscard]] std::string answer_from(std::size_t line) const;

  KeptText kept_;
  std::size_t first_ = 0;
  std::size_t end_;
  QuestionAndAnswer parts_;
};

QuestionAndAnswer Splitter::split() {
  drop_tags();
  if (first_ == end_) return {};
  cut_inline_answer();
  if (!by_markers() && !by_spoiler() && !by_question_marker() && !by_opening()) by_heading();
  return std::move(parts_);
}

void Splitter::drop_tags() {
  const auto is_idle = [this](std::size_t line) {
    if (kept_.is_blank(line)) return true;
    return kept_.lines[line].kind != LineKind::code && is_tags_only(kept_.words(line));
  };
  while (first_ < end_ && is_idle(first_)) ++first_;
  while (first_ < end_ && is_idle(end_ - 1)) --end_;
}

/// "Вопрос: сколько? Ответ: три." in one line.
void Splitter::cut_inline_answer() {
  static const RE2 inside(R"((?i)[?.!…)»] +((?:(?:правильный |верный )?ответ|answer|a) ?: ))");
  for (std::size_t i = first_; i < end_; ++i) {
    if (kept_.lines[i].kind == LineKind::code) continue;
    re2::StringPiece found;
    if (!RE2::PartialMatch(kept_.words(i), inside, &found)) continue;
    split_line(kept_, i, static_cast<std::size_t>(found.data() - kept_.text.data()));
    ++end_;
    return;
  }
}

std::size_t Splitter::next_words(std::size_t line) const {
  while (line < end_ && kept_.is_blank(line)) ++line;
  return line;
}

bool Splitter::asks(std::size_t line) const {
  return kept_.lines[line].kind != LineKind::code && is_question_like(kept_.words(line));
}

bool Splitter::asks_between(std::size_t first, std::size_t end) const {
  for (std::size_t i = first; i < end; ++i) {
    if (asks(i)) return true;
  }
  return false;
}

bool Splitter::is_answer_mark(std::size_t line) const {
  if (kept_.lines[line].kind == LineKind::code) return false;
  const std::string_view words = kept_.words(line);
  if (is_answer_heading(words)) return line > first_;
  if (read_marker(words).marker != Marker::answer) return false;
  const std::size_t next = next_words(line + 1);
  const bool choices = is_choice(words) && next < end_ && is_choice(kept_.words(next));
  return !choices;
}

bool Splitter::is_question_mark(std::size_t line) const {
  if (kept_.lines[line].kind == LineKind::code) return false;
  const std::string_view words = kept_.words(line);
  return read_marker(words).marker == Marker::question || rubric_length(words) > 0;
}

std::optional<std::size_t> Splitter::find_marker(Marker marker) const {
  for (std::size_t i = first_; i < end_; ++i) {
    if (marker == Marker::answer ? is_answer_mark(i) : is_question_mark(i)) return i;
  }
  return std::nullopt;
}

void Splitter::strip_marker(std::size_t line) {
  const std::string_view words = kept_.words(line);
  KeptLine& one = kept_.lines[line];
  const MarkedLine marked = read_marker(words);
  const bool heading = marked.marker == Marker::none && is_answer_heading(words);
  if (heading) one.words.begin = one.words.end;
  if (marked.marker != Marker::none) one.words.begin = one.words.end - marked.rest.size();
  if (marked.marker == Marker::none && !heading) one.words.begin += rubric_length(words);
  one.whole.begin = one.words.begin;
}

/// "Зачем нужен индекс? Он ускоряет …" → two lines.
void Splitter::cut_after_questions(std::size_t line) {
  const std::string_view words = kept_.words(line);
  const std::size_t asked = leading_questions(words);
  if (asked == 0 || !holds_words(words.substr(asked))) return;
  split_line(kept_, line, kept_.lines[line].words.begin + asked);
  ++end_;
}

/// "12. Что такое …?" is a question of a series.
void Splitter::strip_number(std::size_t line) {
  KeptLine& one = kept_.lines[line];
  one.words.begin += number_length(kept_.words(line));
  one.whole.begin = one.words.begin;
}

/// The question of the lines [first, end), below a heading where one asks nothing.
void Splitter::ask_between(std::size_t first, std::size_t end) {
  const std::size_t next = next_words(first + 1);
  if (!asks(first) && is_title(first) && next < end && asks_between(next, end)) {
    parts_.title = text_of(first, first + 1);
    first = next;
  }
  parts_.question = text_of(first, end);
}

/// The question in front of the answer, by its mark if it has one.
void Splitter::ask_until(std::size_t answer) {
  const auto question = find_marker(Marker::question);
  if (!question || *question > answer) {
    if (answer > first_) ask_between(first_, answer);
    return;
  }
  if (*question > first_) parts_.title = text_of(first_, *question);
  strip_marker(*question);
  parts_.question = text_of(*question, answer);
}

/// Where the answer begins that the mark does not name: at the spoiler that hides it, or, above an
/// explanation, behind the question; at the mark where nothing of both is above.
std::size_t Splitter::answer_before(std::size_t mark) const {
  if (names_answer(kept_.words(mark))) return mark;
  const auto hidden = find_hidden();
  if (hidden && *hidden < mark) return *hidden;
  if (!explains_answer(kept_.words(mark))) return mark;
  std::size_t end = mark;
  while (end > first_ && !asks(end - 1)) --end;
  if (end == first_) return mark;
  const bool whole = undecorated(kept_.words(end - 1)).ends_with('?');
  while (!whole && end < mark && !kept_.is_blank(end)) ++end;
  return std::min(mark, next_words(with_attachments(first_, end)));
}

bool Splitter::by_markers() {
  const auto mark = find_marker(Marker::answer);
  if (!mark) return false;
  const auto question = find_marker(Marker::question);
  const bool asked = (question && *question < *mark) || names_answer(kept_.words(*mark)) ||
                     asks_between(first_, *mark);
  if (!asked) return false;
  const std::size_t answer = answer_before(*mark);
  ask_until(answer);
  if (answer == *mark) strip_marker(answer);
  parts_.answer = answer_from(answer);
  return true;
}

/// The first line that a spoiler hides behind a question.
std::optional<std::size_t> Splitter::find_hidden() const {
  for (std::size_t i = first_ + 1; i < end_; ++i) {
    if (!kept_.lines[i].hidden) continue;
    return asks_between(first_, i) ? std::optional(i) : std::nullopt;
  }
  return std::nullopt;
}

bool Splitter::by_spoiler() {
  const auto hidden = find_hidden();
  if (!hidden) return false;
  ask_until(*hidden);
  parts_.answer = answer_from(*hidden);
  return true;
}

/// "Вопрос 7: …" and no word of where the answer begins: it begins behind the paragraph that asks.
bool Splitter::by_question_marker() {
  const auto found = find_marker(Marker::question);
  if (!found) return false;
  const std::size_t question = *found;
  if (question > first_) parts_.title = text_of(first_, question);
  strip_marker(question);
  std::size_t end = next_words(question);
  while (end < end_ && !kept_.is_blank(end)) ++end;
  end = with_attachments(question, end);
  parts_.question = text_of(question, end);
  parts_.answer = answer_from(end);
  return true;
}

/// "1. …" above "2. …": neither is what the post is about.
bool Splitter::begins_list() const {
  const std::size_t next = next_words(first_ + 1);
  return next < end_ && is_numbered(kept_.words(first_)) && is_numbered(kept_.words(next));
}

bool Splitter::by_opening() {
  const std::size_t next = next_words(first_ + 1);
  std::size_t line = first_;
  if (begins_list()) return false;
  const bool heads = is_title(line) || announces_question(kept_.words(line));
  if (!asks(line) && heads && next < end_) {
    const bool below =
        kept_.lines[next].kind != LineKind::code && undecorated(kept_.words(next)).ends_with('?');
    if (!below) return false;
    line = next;
  }
  const std::string_view words = kept_.words(line);
  if (!asks(line) || utf8::length(words) > kLongestQuestion) return false;
  if (line > first_) parts_.title = text_of(first_, line);
  cut_after_questions(line);
  strip_number(line);
  const std::size_t end = with_attachments(line, line + 1);
  parts_.question = text_of(line, end);
  parts_.answer = answer_from(end);
  return true;
}

void Splitter::by_heading() {
  const std::size_t next = next_words(first_ + 1);
  if (next == end_ || begins_list() || !is_title(first_)) {
    parts_.answer = answer_from(first_);
    return;
  }
  parts_.title = text_of(first_, first_ + 1);
  parts_.answer = answer_from(next);
}

/// A heading: short, no sentence, and set apart by formatting, an ornament, a blank line or its
/// shortness.
bool Splitter::is_title(std::size_t line) const {
  const KeptLine& one = kept_.lines[line];
  const std::string_view words = undecorated(kept_.words(line));
  if (one.kind == LineKind::code || one.kind == LineKind::links || words.empty()) return false;
  if (utf8::length(words) > kLongestTitle) return false;
  if (std::u32string_view(U".,;:…").contains(last_character(words))) return false;
  const bool apart = line + 1 < end_ && kept_.is_blank(line + 1);
  const bool marked = one.bold || one.kind == LineKind::item;
  return apart || marked || utf8::length(words) <= kPlainTitle;
}

std::size_t Splitter::past_code(std::size_t line) const {
  std::size_t end = line;
  while (line < end_ && kept_.lines[line].kind == LineKind::code) {
    end = line + 1;
    line = next_words(end);
  }
  return end;
}

std::size_t Splitter::past_choices(std::size_t line) const {
  std::size_t end = line;
  while (line < end_ && is_choice(kept_.words(line))) {
    end = line + 1;
    line = next_words(end);
  }
  return end;
}

/// Where the question of [first, end) ends with the code and the choices that it speaks of.
std::size_t Splitter::with_attachments(std::size_t first, std::size_t end) const {
  const bool of_code = asks_of_code(text_of(first, end));
  const std::size_t code = next_words(end);
  if (of_code && past_code(code) > code) end = past_code(code);
  const std::size_t choice = next_words(end);
  const std::size_t choices = past_choices(choice);
  return choices > choice + 1 ? choices : end;
}

/// Lines without the ornaments at both ends; of code every character stays.
std::string Splitter::text_of(std::size_t first, std::size_t end) const {
  std::string text = join_lines(kept_, first, end);
  first = next_words(first);
  while (end > first && kept_.is_blank(end - 1)) --end;
  if (first >= end) return text;
  std::string_view shown = text;
  if (!ends_in_code(kept_, end - 1)) shown = without_trailing_ornaments(shown);
  const std::string_view plain = shown.substr(0, bytes_before_code(kept_, first));
  const std::string_view bare = trimmed(without_leading_tags(without_leading_ornaments(plain)));
  if (bare.empty()) return std::string(trimmed(shown.substr(plain.size())));
  return std::string(trimmed(shown.substr(static_cast<std::size_t>(bare.data() - shown.data()))));
}

/// The lines from `line` on. An ornament before the only line that has one is no list's bullet.
std::string Splitter::answer_from(std::size_t line) const {
  const std::size_t first = next_words(line);
  std::string text = join_lines(kept_, first, end_);
  if (first >= end_ || kept_.lines[first].kind != LineKind::item) return text;
  for (std::size_t i = first + 1; i < end_; ++i) {
    if (kept_.lines[i].kind == LineKind::item) return text;
  }
  const std::string_view plain = std::string_view(text).substr(0, bytes_before_code(kept_, first));
  const std::size_t ornaments = plain.size() - without_leading_ornaments(plain).size();
  return std::string(trimmed(std::string_view(text).substr(ornaments)));
}

}  // namespace

bool is_question_like(std::string_view line) {
  const std::string_view words = without_leading_tags(undecorated(line));
  if (words.empty()) return false;
  if (words.ends_with('?') || leading_questions(words) > 0 || sets_task(words)) return true;
  if (std::u32string_view(U".!:;,…").contains(last_character(words))) return false;
  return opens_as_question(words) || asks_after_colon(words);
}

bool holds_question(std::string_view line) {
  line = trimmed(line);
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (at + 1 == line.size() || ends_sentence(line, at)) {
      if (is_question_like(line.substr(0, at + 1))) return true;
      line.remove_prefix(at + 1);
      at = 0;
    }
  }
  return false;
}

QuestionAndAnswer split_question(KeptText kept) { return Splitter(std::move(kept)).split(); }

}  // namespace qanat::classifier
