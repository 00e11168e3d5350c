#include "classifier/learning/vocabulary_learning.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <ranges>
#include <set>
#include <utility>

#include "classifier/language.h"
#include "classifier/learning/folds.h"
#include "classifier/learning/logistic.h"
#include "classifier/score.h"
#include "classifier/word_parts.h"

namespace qanat::classifier {
namespace {

constexpr std::array kPenalties = {0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001, 0.00003};
/// Room for any weight that a penalty leaves.
constexpr double kWidest = 20.0;

/// What a post says itself, its footer left out.
struct OwnText {
  std::size_t post = 0;
  bool speaking = false;        ///< the vocabulary should speak for it
  std::vector<WordPart> parts;  ///< each once
};

/// By the file's word, else by the text's.
bool is_of(const std::string& language, const LabelledPost& post) {
  return (post.lang.empty() ? language_of(post.text) : post.lang) == language;
}

OwnText own_text(const ExaminedPost& post, std::size_t index, Label speaking) {
  OwnText own{.post = index, .speaking = post.labelled.label == speaking, .parts = {}};
  std::vector<std::string_view> texts;
  for (std::size_t b = 0; b < post.truth.size(); ++b) {
    // Not every label marks footers.
    if (is_chrome(post.truth[b]) || looks_like_chrome(post.found.evidence.blocks[b])) continue;
    const Span span = post.found.blocks[b].text;
    texts.push_back(std::string_view(post.labelled.text).substr(span.begin, span.size()));
  }
  own.parts = parts_of(texts);
  return own;
}

bool is_lesson_or_news(Label label) { return label == Label::qa || label == Label::other; }

std::vector<OwnText> own_texts(std::span<const ExaminedPost> posts, const VocabularyPlan& plan) {
  const bool knowledge = plan.subject == VocabularySubject::knowledge;
  std::vector<OwnText> texts;
  for (std::size_t i = 0; i < posts.size(); ++i) {
    if (!is_of(plan.language, posts[i].labelled)) continue;
    if (knowledge && !is_lesson_or_news(posts[i].labelled.label)) continue;
    OwnText text = own_text(posts[i], i, knowledge ? Label::qa : Label::ad);
    if (!text.parts.empty()) texts.push_back(std::move(text));
  }
  return texts;
}

struct PartUse {
  std::size_t posts = 0;
  std::size_t speaking = 0;
  std::set<std::string> channels;
};

std::map<WordPart, PartUse> uses_of(std::span<const OwnText> texts,
                                    std::span<const ExaminedPost> posts) {
  std::map<WordPart, PartUse> uses;
  for (const OwnText& text : texts) {
    for (const WordPart part : text.parts) {
      PartUse& use = uses[part];
      ++use.posts;
      use.speaking += text.speaking ? 1 : 0;
      use.channels.insert(posts[text.post].labelled.channel);
    }
  }
  return uses;
}

std::int32_t milli(double logits) { return static_cast<std::int32_t>(std::lround(1000 * logits)); }

/// Inverse document frequency, never 0: a part of all posts has 1.
std::int32_t rarity_of(std::size_t having, std::size_t all) {
  return milli(1 + std::log(static_cast<double>(1 + all) / static_cast<double>(1 + having)));
}

/// What a part weighed so far, by its text; nothing of one that is new.
using Earlier = std::map<std::string, LearnedPart, std::less<>>;

/// The earlier parts and those that enough posts and channels have, with what they weighed so far.
std::vector<LearnedPart> candidates(std::span<const OwnText> texts,
                                    std::span<const ExaminedPost> posts,
                                    const VocabularyPlan& plan) {
  Earlier parts;
  for (const LearnedPart& part : plan.earlier.parts) parts.emplace(part.text, part);
  for (const auto& [known, use] : uses_of(texts, posts)) {
    const std::string text = known.text();
    const bool enough = use.posts >= plan.least_posts && use.channels.size() >= plan.least_channels;
    if (!enough && !parts.contains(text)) continue;
    const LearnedPart fresh{.text = text, .rarity = rarity_of(use.posts, texts.size())};
    LearnedPart& part = parts.try_emplace(text, fresh).first->second;
    part.posts += use.posts;
    part.speaking += use.speaking;
    part.channels += use.channels.size();
  }
  std::vector<LearnedPart> out;
  for (auto& [text, part] : parts) {
    if (!plan.without.contains(text)) out.push_back(std::move(part));
  }
  return out;
}

/// Of the terms of rows_of().
std::vector<Parameter> parameters_of(const WeighedParts& weighed) {
  const auto parameter = [&](std::int32_t weight) {
    return Parameter{.prior = weight / 1000.0, .low = -kWidest, .high = kWidest};
  };
  std::vector<Parameter> parameters = {parameter(weighed.base)};
  for (const LearnedPart& part : weighed.parts) parameters.push_back(parameter(part.weight));
  return parameters;
}

/// Term 0 is what any post has, term i + 1 the i-th part, as Vocabulary::weigh() counts it.
std::vector<TrainingRow> rows_of(std::span<const OwnText> texts,
                                 std::span<const LearnedPart> parts) {
  std::map<WordPart, std::size_t> numbers;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (const auto part = word_part_of(parts[i].text)) numbers.emplace(*part, i);
  }
  std::vector<TrainingRow> rows;
  for (const OwnText& text : texts) {
    TrainingRow row{.post = text.post,
                    .terms = {{.rule = 0, .count = 1}},
                    .offset = 0,
                    .promotion = text.speaking};
    double squares = 0;
    for (const WordPart part : text.parts) {
      const auto number = numbers.find(part);
      if (number == numbers.end()) continue;
      const double rarity = parts[number->second].rarity;
      squares += rarity * rarity;
      row.terms.push_back({.rule = number->second + 1, .count = rarity});
    }
    for (Term& term : row.terms | std::views::drop(1)) term.count /= std::sqrt(squares);
    rows.push_back(std::move(row));
  }
  return rows;
}

/// Rows for which `counts` holds: what speaks with `speaking` of the sum, the rest with the others.
template <class Counts>
std::vector<double> balanced_shares(std::span<const TrainingRow> rows,
                                    double speaking,
                                    Counts counts) {
  std::array<double, 2> totals{};
  for (const TrainingRow& row : rows) totals.at(row.promotion ? 1 : 0) += counts(row) ? 1 : 0;
  std::vector<double> shares;
  shares.reserve(rows.size());
  for (const TrainingRow& row : rows) {
    const double side = row.promotion ? speaking : 1 - speaking;
    shares.push_back(counts(row) ? side / totals.at(row.promotion ? 1 : 0) : 0);
  }
  return shares;
}

double held_out_loss(const Logistic& model,
                     std::span<const TrainingRow> rows,
                     std::span<const std::size_t> folds,
                     double speaking,
                     double l2) {
  const std::size_t count = folds.empty() ? 0 : std::ranges::max(folds) + 1;
  double loss = 0;
  for (std::size_t fold = 0; fold < count; ++fold) {
    const auto inside = [&](const TrainingRow& row) { return folds[row.post] == fold; };
    const auto weights =
        model.fit(balanced_shares(rows, speaking, std::not_fn(inside)), {.l1 = 0, .l2 = l2});
    loss += log_loss(rows, balanced_shares(rows, speaking, inside), weights);
  }
  return count == 0 ? 0 : loss / static_cast<double>(count);
}

}  // namespace

VocabularyPlan advertising_plan(std::string language) {
  VocabularyPlan plan;
  plan.language = std::move(language);
  plan.speaking_share = 0.56;
  return plan;
}

VocabularyPlan knowledge_plan(std::string language) {
  VocabularyPlan plan;
  plan.language = std::move(language);
  plan.subject = VocabularySubject::knowledge;
  plan.l2 = 0.0001;
  return plan;
}

LearnedVocabulary learn_vocabulary(std::span<const ExaminedPost> posts,
                                   const VocabularyPlan& plan) {
  const std::vector<OwnText> texts = own_texts(posts, plan);
  WeighedParts weighed{.base = plan.earlier.base, .parts = candidates(texts, posts, plan)};
  const std::vector<TrainingRow> rows = rows_of(texts, weighed.parts);
  const Logistic model(rows, parameters_of(weighed));
  LearnedVocabulary learned{
      .subject = plan.subject, .passages = texts.size(), .weighed = {}, .path = {}};
  const std::vector<std::size_t> folds = spread_over_folds(leakage_groups(posts), plan.folds);
  for (const double l2 : kPenalties) {
    learned.path.push_back(
        {.l2 = l2, .loss = held_out_loss(model, rows, folds, plan.speaking_share, l2)});
  }
  learned.l2 =
      plan.l2.value_or(std::ranges::min_element(learned.path, {}, &VocabularyPoint::loss)->l2);
  const auto all = [](const TrainingRow&) { return true; };
  const auto weights =
      model.fit(balanced_shares(rows, plan.speaking_share, all), {.l1 = 0, .l2 = learned.l2});
  weighed.base = milli(weights[0]);
  for (std::size_t i = 0; i < weighed.parts.size(); ++i) {
    weighed.parts[i].weight = std::clamp(milli(weights[i + 1]), -kMostOfOnePart, kMostOfOnePart);
  }
  learned.weighed = std::move(weighed);
  return learned;
}

}  // namespace qanat::classifier
