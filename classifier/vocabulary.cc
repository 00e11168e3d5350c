#include "classifier/vocabulary.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <utility>

#include "classifier/pack_lines.h"
#include "classifier/stems.h"

namespace qanat::classifier {
namespace {

constexpr std::string_view kBaseStem = "*";
/// No single word decides: that is what rules are for.
constexpr std::int32_t kMostOfOneWord = 3000;

/// What stands before the first tab and after it.
std::pair<std::string_view, std::string_view> cut(std::string_view line) {
  const std::size_t tab = std::min(line.find('\t'), line.size());
  return {line.substr(0, tab), line.substr(std::min(tab + 1, line.size()))};
}

std::optional<std::int32_t> read_weight(std::string_view text) {
  std::int32_t weight = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), weight);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  if (!whole || std::abs(weight) > kMostOfOneWord) return std::nullopt;
  return weight;
}

/// The stem that is written so.
std::optional<Stem> stem_of(std::string_view text) {
  const auto stem = StemReader(text).next();
  return stem && stem->text() == text ? stem : std::nullopt;
}

bool heavier(const WordWeight& a, const WordWeight& b) {
  const auto of_a = std::abs(a.weight);
  const auto of_b = std::abs(b.weight);
  return of_a != of_b ? of_a > of_b : a.stem < b.stem;
}

bool same_word(const WordWeight& a, const WordWeight& b) { return a.stem == b.stem; }

}  // namespace

Vocabulary Vocabulary::read(std::string_view path, std::string_view text, Findings& findings) {
  Vocabulary vocabulary;
  for_each_line(path, text, [&](std::string_view line, const std::string& where) {
    if (!line.empty() && !line.starts_with('#')) vocabulary.add_line(line, where, findings);
    return true;
  });
  return vocabulary;
}

void Vocabulary::add_line(std::string_view line, const std::string& where, Findings& findings) {
  const auto [text, rest] = cut(line);
  const auto weight = read_weight(cut(rest).first);
  if (!weight) {
    findings.error(where,
                   "not a line of a vocabulary: \"" + std::string(line) + "\"",
                   "write a stem, a tab and whole milli-logits, at most " +
                       std::to_string(kMostOfOneWord) + " either way");
    return;
  }
  if (text == kBaseStem) {
    base_ = *weight;
    return;
  }
  const auto stem = stem_of(text);
  if (!stem) {
    findings.error(where,
                   "\"" + std::string(text) + "\" is not a stem",
                   "write the first " + std::to_string(kStemLetters) +
                       " letters of the word at most, lower case");
    return;
  }
  const Known known{.stem = std::string(text), .weight = *weight};
  if (!known_.emplace(stem->code(), known).second) {
    findings.error(where, "\"" + known.stem + "\" is listed twice", "keep one of them");
  }
}

std::vector<WordWeight> Vocabulary::words_of(std::string_view text) const {
  return words_of(std::span(&text, 1));
}

std::vector<WordWeight> Vocabulary::words_of(std::span<const std::string_view> texts) const {
  constexpr std::size_t kUsualWords = 64;
  std::vector<WordWeight> words;
  words.reserve(kUsualWords);
  const auto look_up = [&](const Stem& stem) {
    const auto known = known_.find(stem.code());
    if (known == known_.end()) return;
    words.push_back({.stem = known->second.stem, .weight = known->second.weight});
  };
  for (const std::string_view text : texts) {
    StemReader reader(text);
    while (const auto stem = reader.next()) look_up(*stem);
  }
  std::ranges::sort(words, heavier);
  const auto again = std::ranges::unique(words, same_word);
  words.erase(again.begin(), again.end());
  return words;
}

std::vector<WordWeight> Vocabulary::words() const {
  std::vector<WordWeight> words;
  words.reserve(known_.size());
  for (const auto& [code, known] : known_) {
    words.push_back({.stem = known.stem, .weight = known.weight});
  }
  std::ranges::sort(words, {}, &WordWeight::stem);
  return words;
}

}  // namespace qanat::classifier
