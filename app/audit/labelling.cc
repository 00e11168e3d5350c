#include "app/audit/labelling.h"

#include <algorithm>
#include <utility>

#include "app/audit/marked_words.h"
#include "app/audit/question_text.h"
#include "app/embedded.h"
#include "app/record_text.h"
#include "base/names.h"

namespace qanat::app {
namespace {

/// The marked blocks and words as spans; what touches becomes one.
/// Errors: usage, for words that are not in the post, or not once.
Result<std::vector<LabelledSpan>> ad_spans(const Answer& answer, const Record& record) {
  std::vector<Span> marked;
  marked.reserve(answer.ad_blocks.size() + answer.ad_words.size());
  for (const std::size_t number : answer.ad_blocks) {
    marked.push_back(record.verdict.blocks.at(number - 1).span);
  }
  for (const std::string& words : answer.ad_words) {
    const auto found = find_marked_words(record.post.text, words);
    if (!found) return fail(found.error());
    marked.push_back(*found);
  }
  std::ranges::sort(marked, {}, &Span::begin);
  std::vector<LabelledSpan> spans;
  for (const Span& part : marked) {
    if (!spans.empty() && part.begin <= spans.back().span.end) {
      spans.back().span.end = std::max(spans.back().span.end, part.end);
    } else {
      spans.push_back({.span = part, .kind = RemovedKind::ad});
    }
  }
  return spans;
}

}  // namespace

std::string_view labelling_guideline() { return embedded_guideline().front().text; }

std::string labelling_guideline_version() {
  constexpr std::string_view kMark = "\nVersion ";
  const std::string_view text = labelling_guideline();
  const std::size_t begin = text.find(kMark) + kMark.size();
  return std::string(text.substr(begin, text.find_first_of(".\n", begin) - begin));
}

Result<LabellingCounts> Labelling::run(const std::vector<LabelTask>& tasks) {
  std::size_t at = 0;
  while (at < tasks.size()) {
    const auto next = ask(tasks[at], at + 1, tasks.size());
    if (!next) return fail(next.error());
    if (*next == Next::stop) break;
    if (*next == Next::post) ++at;
    if (*next == Next::post_before) {
      const auto before = std::ranges::find(tasks, given_.back().post, &LabelTask::post);
      at = static_cast<std::size_t>(before - tasks.begin());
      given_.pop_back();
    }
  }
  return counts_;
}

Result<Labelling::Next> Labelling::ask(const LabelTask& task, std::size_t number, std::size_t of) {
  const auto record = find_record(store_, task.post);
  if (!record) return fail(record.error());
  print_question(session_.out, session_.out_terminal, *record, number, of);
  for (;;) {
    session_.out << kLabelKeys << "\n> " << std::flush;
    std::string line;
    if (!std::getline(session_.in, line)) {
      session_.out << '\n';
      return Next::stop;
    }
    const auto answer = parse_answer(line, record->verdict.blocks.size());
    if (!answer) {
      tell(answer.error().message);
      continue;
    }
    const auto next = act(*answer, task, *record);
    if (!next || *next != Next::same_post) return next;
  }
}

Result<Labelling::Next> Labelling::act(const Answer& answer,
                                       const LabelTask& task,
                                       const Record& record) {
  switch (answer.kind) {
    case Answer::Kind::label:
    case Answer::Kind::cannot_tell: return keep(answer, task, record);
    case Answer::Kind::undo: return undo();
    case Answer::Kind::skip: ++counts_.skipped; return Next::post;
    case Answer::Kind::guideline:
      session_.out << labelling_guideline() << '\n';
      return Next::same_post;
    case Answer::Kind::stop: return Next::stop;
  }
  return Next::stop;
}

Result<Labelling::Next> Labelling::keep(const Answer& answer,
                                        const LabelTask& task,
                                        const Record& record) {
  auto spans = ad_spans(answer, record);
  if (!spans) {
    tell(spans.error().message);
    return Next::same_post;
  }
  store::LabelRow row{.post = task.post,
                      .revision = record.revision,
                      .annotator = annotator_,
                      .label = std::nullopt,
                      .spans = *std::move(spans),
                      .guideline = labelling_guideline_version(),
                      .reason = task.reason,
                      .round = task.round,
                      .p_sample = task.p_sample,
                      .labelled_at = now(),
                      .note = answer.note};
  if (answer.kind == Answer::Kind::label) row.label = answer.label;
  if (auto kept = store_.keep_label(row); !kept) return fail(kept.error());
  given_.push_back(std::move(row));
  ++counts_.labelled;
  print_verdict_after(session_.out, session_.out_terminal, record, given_.back());
  return Next::post;
}

Result<Labelling::Next> Labelling::undo() {
  if (given_.empty()) {
    tell("nothing to undo: no label was given in this session");
    return Next::same_post;
  }
  store::LabelRow row = given_.back();
  row.label = std::nullopt;
  row.withdrawn = true;
  row.spans.clear();
  row.note.clear();
  row.labelled_at = now();
  if (auto kept = store_.keep_label(row); !kept) return fail(kept.error());
  --counts_.labelled;
  session_.out << "withdrawn: the label of " << row.post.str() << "\n";
  return Next::post_before;
}

void Labelling::tell(std::string_view problem) const {
  session_.out << styled(session_.out_terminal, Style::yellow, problem) << '\n';
}

}  // namespace qanat::app
