#include "classifier/normalize.h"

#include <string>

#include "classifier/characters.h"
#include "classifier/classifier.h"
#include "classifier/idle_strokes.h"
#include "classifier/kept_lines.h"
#include "classifier/language.h"
#include "classifier/ornaments.h"
#include "classifier/question.h"

namespace qanat::classifier {
namespace {

std::string poll_question(const Poll& poll) {
  std::string question(
      trimmed(without_trailing_ornaments(without_leading_ornaments(poll.question))));
  for (const PollOption& option : poll.options) question += "\n— " + option.text;
  return question;
}

/// A poll asks by itself, so the text beside it explains, whatever it asks; "Ответ:" before it is
/// no part of it.
std::string explanation(const KeptText& kept, QuestionAndAnswer parts) {
  if (parts.question.empty() && parts.title.empty()) return std::move(parts.answer);
  return join_lines(kept, 0, kept.lines.size());
}

}  // namespace

Normalized normalize(const Post& post, const Verdict& verdict) {
  Normalized result;
  result.lang = language_of(post.text);
  // What Telegram itself says ("X pinned …") asks and answers nothing.
  if (verdict.outcome == Outcome::ad_only || post.kind == PostKind::service) return result;
  KeptText kept = keep_lines(post, verdict.removed);
  drop_idle_strokes(kept);
  QuestionAndAnswer parts = split_question(kept);
  if (post.poll) {
    result.question = poll_question(*post.poll);
    result.answer = explanation(kept, std::move(parts));
    return result;
  }
  result.title = std::move(parts.title);
  result.question = std::move(parts.question);
  result.answer = std::move(parts.answer);
  return result;
}

}  // namespace qanat::classifier
