#pragma once

#include <string>
#include <string_view>

#include "classifier/kept_lines.h"

namespace qanat::classifier {

/// A line that asks: it ends with a question mark, opens as questions do ("Почему …", "How …") and
/// is no statement, or sets a task ("Напишите функцию …"). Ornaments at both ends do not matter.
[[nodiscard]] bool is_question_like(std::string_view line);

/// One of its sentences does: "Задача № 10. Найдите сумму чисел от 1 до 10."
[[nodiscard]] bool holds_question(std::string_view line);

struct QuestionAndAnswer {
  std::string title;     ///< a heading that asks nothing
  std::string question;  ///< empty when nothing is asked
  std::string answer;
};

/// Splits what a post offers; the first of these that holds decides:
/// 1. markers ("Вопрос:", "Ответ", "Q1:", "A:"), also within one line;
/// 2. an answer under a spoiler behind something that asks;
/// 3. a first line, or first sentences, that ask; below a heading the second line;
/// 4. else all is the answer, below its heading.
/// Code and choices that a question speaks of belong to it. Of several questions with answers the
/// first is taken, the others stay in the answer. Lines of tags alone at either end are dropped:
/// the record lists its tags.
[[nodiscard]] QuestionAndAnswer split_question(KeptText kept);

}  // namespace qanat::classifier
