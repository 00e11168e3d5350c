#include "classifier/evaluation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>

#include "base/utf8.h"

namespace qanat::classifier {
namespace {

template <class Array, class Value>
std::size_t place_of(const Array& values, Value value) {
  return static_cast<std::size_t>(std::ranges::find(values, value) - values.begin());
}

double ratio(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// Which bytes of a text lie in a part of one kind.
class Marked {
 public:
  template <class Parts>
  Marked(std::string_view text, const Parts& parts, RemovedKind kind) : marks_(text.size(), false) {
    for (const auto& part : parts) {
      if (part.kind == kind) mark(part.span);
    }
  }

  [[nodiscard]] bool at(std::size_t byte) const { return marks_[byte]; }

 private:
  void mark(Span span) {
    const std::size_t end = std::min(span.end, marks_.size());
    for (std::size_t i = span.begin; i < end; ++i) marks_[i] = true;
  }

  std::vector<bool> marks_;
};

void count_spans(SpanScore& score, const LabelledPost& post, const Verdict& verdict) {
  if (score.kind == RemovedKind::ad && post.label == Label::ad) return;
  const Marked labelled(post.text, post.spans, score.kind);
  const Marked removed(post.text, verdict.removed, score.kind);
  for (std::size_t at = 0; at < post.text.size(); at += utf8::decode(post.text, at).length) {
    score.labelled += labelled.at(at) ? 1 : 0;
    score.removed += removed.at(at) ? 1 : 0;
    score.agreed += labelled.at(at) && removed.at(at) ? 1 : 0;
  }
}

void count(Figures& figures, const LabelledPost& post, const Verdict& verdict) {
  ++figures.posts;
  ++figures.confusion.at(place_of(kLabels, post.label)).at(place_of(kLabels, verdict.label));
  for (SpanScore& score : figures.spans) count_spans(score, post, verdict);
  if (post.label != Label::qa) return;
  ++figures.qa_posts;
  if (verdict.outcome == Outcome::ad_only) figures.qa_lost.push_back(post.id);
}

void conclude(Figures& figures) {
  std::size_t right = 0;
  for (std::size_t label = 0; label < kLabels.size(); ++label) {
    std::size_t judged = 0;
    std::size_t labelled = 0;
    for (std::size_t other = 0; other < kLabels.size(); ++other) {
      judged += figures.confusion.at(other).at(label);
      labelled += figures.confusion.at(label).at(other);
    }
    const std::size_t agreed = figures.confusion.at(label).at(label);
    right += agreed;
    ClassScore& score = figures.classes.at(label);
    score.precision = wilson(agreed, judged);
    score.recall = wilson(agreed, labelled);
    score.f1 = f1_score(score.precision.value, score.recall.value);
  }
  figures.agreed = wilson(right, figures.posts);
  for (SpanScore& score : figures.spans) {
    score.precision = ratio(score.agreed, score.removed);
    score.recall = ratio(score.agreed, score.labelled);
    score.f1 = f1_score(score.precision, score.recall);
  }
}

Figures empty_figures(std::string name) {
  Figures figures;
  figures.name = std::move(name);
  for (std::size_t i = 0; i < kLabels.size(); ++i) figures.classes.at(i).label = kLabels.at(i);
  for (std::size_t i = 0; i < kRemovedKinds.size(); ++i) {
    figures.spans.at(i).kind = kRemovedKinds.at(i);
  }
  return figures;
}

using FiguresByGroup = std::map<std::string, Figures>;

void count_in_group(FiguresByGroup& groups,
                    const std::string& name,
                    const LabelledPost& post,
                    const Verdict& verdict) {
  const auto [group, added] = groups.try_emplace(name, empty_figures(name));
  count(group->second, post, verdict);
}

std::vector<Figures> concluded(FiguresByGroup groups) {
  std::vector<Figures> result;
  for (auto& [name, figures] : groups) {
    conclude(figures);
    result.push_back(std::move(figures));
  }
  return result;
}

}  // namespace

Interval wilson_interval(double share, double n) {
  if (n <= 0) return {};
  const double z2 = kNormal95 * kNormal95;
  const double centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const double half =
      kNormal95 * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n);
  return {.low = std::max(0.0, centre - half), .high = std::min(1.0, centre + half)};
}

Proportion wilson(std::size_t hits, std::size_t total) {
  const double share = ratio(hits, total);
  const Interval interval = wilson_interval(share, static_cast<double>(total));
  return {.hits = hits, .total = total, .value = share, .low = interval.low, .high = interval.high};
}

double f1_score(double precision, double recall) {
  const double sum = precision + recall;
  return sum > 0 ? 2 * precision * recall / sum : 0.0;
}

Evaluation evaluate(std::span<const LabelledPost> posts,
                    std::span<const Verdict> verdicts,
                    Ambiguous ambiguous) {
  assert(posts.size() == verdicts.size());
  Evaluation result;
  result.all = empty_figures("all");
  result.ambiguous = empty_figures("ambiguous");
  FiguresByGroup channels;
  FiguresByGroup languages;
  for (std::size_t i = 0; i < posts.size(); ++i) {
    const LabelledPost& post = posts[i];
    const Verdict& verdict = verdicts[i];
    if (post.label != verdict.label) {
      result.disagreements.push_back({.id = post.id,
                                      .labelled = post.label,
                                      .judged = verdict.label,
                                      .outcome = verdict.outcome,
                                      .ad_probability = verdict.ad_probability,
                                      .ambiguous = post.ambiguous});
    }
    if (post.ambiguous && ambiguous == Ambiguous::apart) {
      count(result.ambiguous, post, verdict);
      continue;
    }
    count(result.all, post, verdict);
    count_in_group(channels, post.channel, post, verdict);
    count_in_group(languages, post.lang, post, verdict);
  }
  conclude(result.all);
  conclude(result.ambiguous);
  result.channels = concluded(std::move(channels));
  result.languages = concluded(std::move(languages));
  return result;
}

}  // namespace qanat::classifier
