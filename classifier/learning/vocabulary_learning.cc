#include "classifier/learning/vocabulary_learning.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <utility>

#include "classifier/language.h"
#include "classifier/learning/folds.h"
#include "classifier/learning/logistic.h"
#include "classifier/score.h"
#include "classifier/stems.h"

namespace qanat::classifier {
namespace {

constexpr std::array kPenalties = {0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001};
/// Room for any weight that a penalty leaves.
constexpr double kWidest = 20.0;

using StemCounts = std::map<std::string, double, std::less<>>;

/// What a reader takes for one text: a post, or one side of a mixed one.
struct Passage {
  std::size_t post = 0;
  bool speaking = false;  ///< the vocabulary should speak for it
  StemCounts stems;       ///< how often each counts
};

/// By the file's word, else by the text's.
bool is_of(const std::string& language, const LabelledPost& post) {
  return (post.lang.empty() ? language_of(post.text) : post.lang) == language;
}

void add_stems(StemCounts& stems, std::string_view text) {
  std::set<std::string, std::less<>> distinct;
  StemReader reader(text);
  while (const auto stem = reader.next()) distinct.insert(stem->text());
  for (const std::string& stem : distinct) stems[stem] += 1;
}

/// Adds the stems of the blocks that are the post's own to the passages that `passage_of` names.
template <class PassageOf>
void add_blocks(const ExaminedPost& post, PassageOf passage_of) {
  for (std::size_t b = 0; b < post.truth.size(); ++b) {
    // Not every label marks footers.
    if (is_chrome(post.truth[b]) || looks_like_chrome(post.found.evidence.blocks[b])) continue;
    const Span span = post.found.blocks[b].text;
    add_stems(passage_of(post.truth[b]).stems,
              std::string_view(post.labelled.text).substr(span.begin, span.size()));
  }
}

/// The promotion and the rest of a post.
std::vector<Passage> sides_of(const ExaminedPost& post, std::size_t index) {
  std::vector<Passage> sides = {{.post = index, .speaking = false, .stems = {}},
                                {.post = index, .speaking = true, .stems = {}}};
  add_blocks(post, [&](BlockOutcome truth) -> Passage& {
    return sides[truth == BlockOutcome::ad ? 1 : 0];
  });
  return sides;
}

/// A post that is no promotion.
std::vector<Passage> lesson_or_news(const ExaminedPost& post, std::size_t index) {
  const Label label = post.labelled.label;
  if (label != Label::qa && label != Label::other) return {};
  Passage whole{.post = index, .speaking = label == Label::qa, .stems = {}};
  add_blocks(post, [&](BlockOutcome) -> Passage& { return whole; });
  for (auto& [stem, count] : whole.stems) count = 1;
  return {std::move(whole)};
}

std::vector<Passage> passages_of(std::span<const ExaminedPost> posts, const VocabularyPlan& plan) {
  const auto of_one = plan.subject == VocabularySubject::knowledge ? lesson_or_news : sides_of;
  std::vector<Passage> passages;
  for (std::size_t i = 0; i < posts.size(); ++i) {
    if (!is_of(plan.language, posts[i].labelled)) continue;
    for (Passage& each : of_one(posts[i], i)) {
      if (!each.stems.empty()) passages.push_back(std::move(each));
    }
  }
  return passages;
}

struct StemUse {
  std::set<std::size_t> posts;
  std::set<std::size_t> speaking;
  std::set<std::string> channels;
};

std::map<std::string, StemUse> uses_of(std::span<const Passage> passages,
                                       std::span<const ExaminedPost> posts) {
  std::map<std::string, StemUse> uses;
  for (const Passage& passage : passages) {
    for (const auto& [stem, count] : passage.stems) {
      StemUse& use = uses[stem];
      use.posts.insert(passage.post);
      if (passage.speaking) use.speaking.insert(passage.post);
      use.channels.insert(posts[passage.post].labelled.channel);
    }
  }
  return uses;
}

/// The earlier words and those that enough posts and channels have, by stem, with what they weighed
/// so far.
std::vector<LearnedWord> candidates(const std::map<std::string, StemUse>& uses,
                                    const VocabularyPlan& plan) {
  std::map<std::string, LearnedWord> words;
  for (const LearnedWord& word : plan.earlier.words) words.emplace(word.stem, word);
  for (const auto& [stem, use] : uses) {
    const bool enough =
        use.posts.size() >= plan.least_posts && use.channels.size() >= plan.least_channels;
    if (!enough && !words.contains(stem)) continue;
    LearnedWord& word = words.try_emplace(stem, LearnedWord{.stem = stem}).first->second;
    word.posts += use.posts.size();
    word.speaking += use.speaking.size();
    word.channels += use.channels.size();
  }
  std::vector<LearnedWord> out;
  for (auto& [stem, word] : words) {
    if (!plan.without.contains(stem)) out.push_back(std::move(word));
  }
  return out;
}

/// Of the terms of rows_of().
std::vector<Parameter> parameters_of(const WeighedWords& weighed, double scale) {
  const auto parameter = [&](std::int32_t weight) {
    return Parameter{.prior = weight / (1000 * scale), .low = -kWidest, .high = kWidest};
  };
  std::vector<Parameter> parameters = {parameter(weighed.base)};
  for (const LearnedWord& word : weighed.words) parameters.push_back(parameter(word.weight));
  return parameters;
}

/// Term 0 is what any passage has, term i + 1 the i-th word.
std::vector<TrainingRow> rows_of(std::span<const Passage> passages,
                                 std::span<const LearnedWord> words) {
  std::vector<TrainingRow> rows;
  for (const Passage& passage : passages) {
    TrainingRow row{.post = passage.post,
                    .terms = {{.rule = 0, .count = 1}},
                    .offset = 0,
                    .promotion = passage.speaking};
    for (const auto& [stem, count] : passage.stems) {
      const auto word = std::ranges::lower_bound(words, stem, {}, &LearnedWord::stem);
      if (word == words.end() || word->stem != stem) continue;
      const auto number = static_cast<std::size_t>(word - words.begin());
      row.terms.push_back({.rule = number + 1, .count = count});
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

/// Rows for which `counts` holds, promotion and the rest with half the sum each.
template <class Counts>
std::vector<double> balanced_shares(std::span<const TrainingRow> rows, Counts counts) {
  std::array<double, 2> totals{};
  for (const TrainingRow& row : rows) totals.at(row.promotion ? 1 : 0) += counts(row) ? 1 : 0;
  std::vector<double> shares;
  shares.reserve(rows.size());
  for (const TrainingRow& row : rows) {
    shares.push_back(counts(row) ? 0.5 / totals.at(row.promotion ? 1 : 0) : 0);
  }
  return shares;
}

double held_out_loss(const Logistic& model,
                     std::span<const TrainingRow> rows,
                     std::span<const std::size_t> folds,
                     double l2) {
  const std::size_t count = folds.empty() ? 0 : std::ranges::max(folds) + 1;
  double loss = 0;
  for (std::size_t fold = 0; fold < count; ++fold) {
    const auto inside = [&](const TrainingRow& row) { return folds[row.post] == fold; };
    const auto weights = model.fit(balanced_shares(rows, std::not_fn(inside)), {.l1 = 0, .l2 = l2});
    loss += log_loss(rows, balanced_shares(rows, inside), weights);
  }
  return count == 0 ? 0 : loss / static_cast<double>(count);
}

std::int32_t milli(double logits) { return static_cast<std::int32_t>(std::lround(1000 * logits)); }

}  // namespace

VocabularyPlan advertising_plan(std::string language) {
  VocabularyPlan plan;
  plan.language = std::move(language);
  return plan;
}

VocabularyPlan knowledge_plan(std::string language) {
  VocabularyPlan plan = advertising_plan(std::move(language));
  plan.subject = VocabularySubject::knowledge;
  plan.scale = 1.0;
  plan.l2 = 0.03;
  return plan;
}

LearnedVocabulary learn_vocabulary(std::span<const ExaminedPost> posts,
                                   const VocabularyPlan& plan) {
  const std::vector<Passage> passages = passages_of(posts, plan);
  WeighedWords weighed{.base = plan.earlier.base,
                       .words = candidates(uses_of(passages, posts), plan)};
  const std::vector<TrainingRow> rows = rows_of(passages, weighed.words);
  const Logistic model(rows, parameters_of(weighed, plan.scale));
  LearnedVocabulary learned{
      .subject = plan.subject, .passages = passages.size(), .weighed = {}, .path = {}};
  const std::vector<std::size_t> folds = spread_over_folds(leakage_groups(posts), plan.folds);
  for (const double l2 : kPenalties) {
    learned.path.push_back({.l2 = l2, .loss = held_out_loss(model, rows, folds, l2)});
  }
  learned.l2 =
      plan.l2.value_or(std::ranges::min_element(learned.path, {}, &VocabularyPoint::loss)->l2);
  const auto all = [](const TrainingRow&) { return true; };
  const auto weights = model.fit(balanced_shares(rows, all), {.l1 = 0, .l2 = learned.l2});
  const auto weight = [&](std::size_t term) {
    return std::clamp(milli(plan.scale * weights[term]), -plan.most_weight, plan.most_weight);
  };
  weighed.base = weight(0);
  for (std::size_t i = 0; i < weighed.words.size(); ++i) weighed.words[i].weight = weight(i + 1);
  std::erase_if(weighed.words,
                [&](const LearnedWord& word) { return std::abs(word.weight) < plan.least_weight; });
  learned.weighed = std::move(weighed);
  return learned;
}

}  // namespace qanat::classifier
