#include "classifier/normalize.h"

#include <algorithm>
#include <string>
#include <vector>

#include <re2/re2.h>

#include "base/utf8.h"
#include "classifier/characters.h"
#include "classifier/classifier.h"
#include "classifier/language.h"
#include "classifier/lines.h"

namespace qanat::classifier {
namespace {

constexpr std::size_t kLongestQuestion = 400;
constexpr std::size_t kLongestTitle = 160;

/// Without blanks at the ends, and with one blank line where removals left several. Indentation
/// stays: it belongs to code.
std::string tidied(std::string_view text) {
  text = trimmed(text);
  std::string result;
  bool apart = false;
  for (const Line& line : split_lines(text)) {
    if (line.kind == LineKind::blank) {
      apart = true;
      continue;
    }
    if (!result.empty()) result.append(apart ? "\n\n" : "\n");
    apart = false;
    const auto begin = static_cast<std::size_t>(line.text.data() - text.data());
    const std::size_t indent = begin - line.span.begin;
    if (indent > 1) result.append(text.substr(line.span.begin, indent));
    result.append(line.text);
  }
  return result;
}

std::string undecorated(std::string_view line) {
  return std::string(trimmed(without_trailing_decoration(without_decoration(line))));
}

/// The kept text, cut into its first line and the rest.
struct Opening {
  std::string_view first;
  std::string_view rest;
};

Opening open_at_first_line(std::string_view text) {
  text = trimmed(text);
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return {.first = text, .rest = {}};
  return {.first = trimmed(text.substr(0, end)), .rest = text.substr(end + 1)};
}

/// "Вопрос: … Ответ: …": the markers say what is what. Nothing is filled without an answer marker.
bool split_by_markers(Normalized& result, std::string_view text) {
  std::size_t question_at = std::string_view::npos;
  std::string question;
  for (const Line& line : split_lines(text)) {
    const MarkedLine marked = read_marker(line.text);
    if (marked.marker == Marker::question && question_at == std::string_view::npos) {
      question_at = line.span.begin;
      question = marked.rest;
    } else if (marked.marker == Marker::answer) {
      const std::size_t from = question_at == std::string_view::npos ? 0 : question_at;
      if (question_at == std::string_view::npos && line.span.begin == 0) return false;
      const auto rest_at = static_cast<std::size_t>(marked.rest.data() - text.data());
      std::string_view asked = text.substr(from, line.span.begin - from);
      if (!question.empty()) {
        asked.remove_prefix(asked.find(question));
        result.title = undecorated(tidied(text.substr(0, from)));
      }
      result.question = undecorated(tidied(asked));
      result.answer = tidied(text.substr(rest_at));
      return true;
    }
  }
  return false;
}

void split_by_first_line(Normalized& result, std::string_view text) {
  const Opening opening = open_at_first_line(text);
  const std::string first = undecorated(opening.first);
  if (is_question_like(first) && utf8::length(first) <= kLongestQuestion) {
    result.question = first;
    result.answer = tidied(opening.rest);
    return;
  }
  const bool titled = !opening.rest.empty() && !first.empty() &&
                      utf8::length(first) <= kLongestTitle && last_character(first) != U'.' &&
                      split_lines(opening.first).front().kind != LineKind::code;
  if (!titled) {
    result.answer = tidied(text);
    return;
  }
  result.title = first;
  const Opening next = open_at_first_line(opening.rest);
  const std::string second = undecorated(next.first);
  if (second.ends_with('?') && utf8::length(second) <= kLongestQuestion) {
    result.question = second;
    result.answer = tidied(next.rest);
  } else {
    result.answer = tidied(opening.rest);
  }
}

std::string poll_question(const Poll& poll) {
  std::string question = undecorated(poll.question);
  for (const PollOption& option : poll.options) question += "\n— " + option.text;
  return question;
}

}  // namespace

bool is_question_like(std::string_view line) {
  static const RE2 opening(
      R"((?i)^(?:а |и |но |так )?(?:почему|зачем|как|что|чем|чему|когда|где|куда|откуда|кто|сколько|какой|какая|какое|какие|каким|каков|каковы|для чего|из чего|в чем|в чём|о чем|за что|можно ли|нужно ли|стоит ли|есть ли|правда ли|верно ли|объясните|назовите|перечислите|опишите|расскажите|what|why|how|when|where|which|who|can|could|should|does|do|is|are|explain|describe)(?:$|[^\p{L}]))");
  const std::string_view words = without_trailing_decoration(without_decoration(line));
  if (words.empty()) return false;
  const char32_t last = last_character(words);
  if (last == U'?') return true;
  if (!RE2::PartialMatch(words, opening)) return false;
  return words.contains("? ") || !std::u32string_view(U".!:;,…").contains(last);
}

Normalized normalize(const Post& post, const Verdict& verdict) {
  Normalized result;
  result.lang = language_of(post.text);
  const std::string text =
      verdict.outcome == Outcome::ad_only ? std::string() : kept_text(post.text, verdict.removed);
  if (post.poll && verdict.outcome != Outcome::ad_only) {
    result.question = poll_question(*post.poll);
    result.answer = tidied(text);
    return result;
  }
  if (trimmed(text).empty()) return result;
  if (!split_by_markers(result, text)) split_by_first_line(result, text);
  return result;
}

}  // namespace qanat::classifier
