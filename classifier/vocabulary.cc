#include "classifier/vocabulary.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_set>
#include <utility>

#include "base/number.h"
#include "classifier/pack_lines.h"

namespace qanat::classifier {
namespace {

/// In thousandths; what all posts have has the least.
constexpr std::int32_t kLeastRarity = 1000;
constexpr std::int32_t kMostRarity = 100'000;

/// What stands before the first tab and after it.
std::pair<std::string_view, std::string_view> cut(std::string_view line) {
  const std::size_t tab = std::min(line.find('\t'), line.size());
  return {line.substr(0, tab), line.substr(std::min(tab + 1, line.size()))};
}

std::optional<std::int32_t> whole_between(std::string_view text,
                                          std::int32_t least,
                                          std::int32_t most) {
  const auto number = read_number<std::int32_t>(text);
  return number && *number >= least && *number <= most ? number : std::nullopt;
}

std::optional<std::int32_t> read_weight(std::string_view text) {
  return whole_between(text, -kMostOfOnePart, kMostOfOnePart);
}

/// Rounded down; the sums of whole numbers are exact.
std::int64_t root_of(std::int64_t squares) {
  return std::max<std::int64_t>(1,
                                static_cast<std::int64_t>(std::sqrt(static_cast<double>(squares))));
}

void refuse_line(std::string_view line, LinePlace where, Findings& findings) {
  findings.error(where.text(),
                 "not a line of a vocabulary: \"" + std::string(line) + "\"",
                 "write a part of words, a tab, whole milli-logits, at most " +
                     std::to_string(kMostOfOnePart) +
                     " either way, a tab and its rarity in thousandths, at least " +
                     std::to_string(kLeastRarity));
}

void refuse_part(std::string_view text, LinePlace where, Findings& findings) {
  findings.error(where.text(),
                 "\"" + std::string(text) + "\" is not a part of words",
                 "write, in lower case, the first " + std::to_string(kHeadLetters) + " or " +
                     std::to_string(kBeginningLetters) +
                     " letters of a word at most, or the first " + std::to_string(kHeadLetters) +
                     " of two words that are neighbours");
}

/// Nothing of what is none; a finding says why.
std::optional<ListedPart> read_part(std::string_view line, LinePlace where, Findings& findings) {
  const auto [text, columns] = cut(line);
  const auto [first, others] = cut(columns);
  const auto [second, more] = cut(others);
  const auto weight = read_weight(first);
  const auto rarity = whole_between(second, kLeastRarity, kMostRarity);
  const auto part = word_part_of(text);
  if (!weight || !rarity) {
    refuse_line(line, where, findings);
  } else if (!part) {
    refuse_part(text, where, findings);
  } else {
    return ListedPart{.known = {.part = *part, .weight = *weight, .rarity = *rarity}, .more = more};
  }
  return std::nullopt;
}

}  // namespace

std::int64_t squares_of(const KnownParts& parts) {
  std::int64_t squares = 0;
  for (const KnownPart* part : parts) squares += std::int64_t{part->rarity} * part->rarity;
  return squares;
}

WordSums& WordSums::operator+=(const WordSums& other) {
  weights += other.weights;
  squares += other.squares;
  return *this;
}

std::int32_t WordSums::sum() const { return static_cast<std::int32_t>(weights / root_of(squares)); }

std::int32_t for_each_listed_part(std::string_view path,
                                  std::string_view text,
                                  Findings& findings,
                                  const std::function<bool(const ListedPart& part)>& take) {
  std::int32_t base = 0;
  for_each_line(path, text, [&](std::string_view line, LinePlace where) {
    if (line.empty() || line.starts_with('#')) return true;
    const auto [words, columns] = cut(line);
    if (words == kBaseText) {
      const auto weight = read_weight(cut(columns).first);
      if (!weight) refuse_line(line, where, findings);
      base = weight.value_or(0);
      return weight.has_value();
    }
    const auto part = read_part(line, where, findings);
    if (!part || take(*part)) return part.has_value();
    findings.error(
        where.text(), "\"" + std::string(words) + "\" is listed twice", "keep one of them");
    return false;
  });
  return base;
}

Vocabulary Vocabulary::read(std::string_view path, std::string_view text, Findings& findings) {
  Vocabulary vocabulary;
  vocabulary.base_ = for_each_listed_part(
      path, text, findings, [&](const ListedPart& part) { return vocabulary.add(part.known); });
  return vocabulary;
}

bool Vocabulary::add(const KnownPart& part) {
  ByCode& places = part.part.is_pair() ? pairs_ : words_;
  if (!places.emplace(part.part.code(), parts_.size()).second) return false;
  parts_.push_back(part);
  return true;
}

KnownParts Vocabulary::look_up(std::span<const WordPart> parts) const {
  KnownParts known;
  for (const WordPart part : parts) {
    const ByCode& places = part.is_pair() ? pairs_ : words_;
    const auto found = places.find(part.code());
    if (found != places.end()) known.push_back(&parts_[found->second]);
  }
  return known;
}

WeighedText Vocabulary::weigh(const KnownParts& parts, std::int64_t beside) const {
  const std::int64_t squares = squares_of(parts);
  const std::int64_t size = root_of(squares + beside);
  const auto base = static_cast<std::int32_t>(base_ * root_of(squares) / size);
  WeighedText weighed{.base = base, .sum = base, .parts = {}};
  weighed.parts.reserve(parts.size());
  for (const KnownPart* part : parts) {
    const auto weight = static_cast<std::int32_t>(std::int64_t{part->weight} * part->rarity / size);
    weighed.sum += weight;
    weighed.parts.push_back({.part = part->part, .weight = weight});
  }
  return weighed;
}

std::vector<WordSums> Vocabulary::sum_growing(std::span<const KnownParts* const> texts) const {
  std::vector<WordSums> sums;
  sums.reserve(texts.size());
  std::unordered_set<const KnownPart*> counted;
  WordSums parts;
  for (const KnownParts* text : texts) {
    for (const KnownPart* part : *text) {
      if (!counted.insert(part).second) continue;
      parts.weights += std::int64_t{part->weight} * part->rarity;
      parts.squares += std::int64_t{part->rarity} * part->rarity;
    }
    sums.push_back(parts);
    if (!counted.empty()) sums.back().weights += base_ * root_of(parts.squares);
  }
  return sums;
}

}  // namespace qanat::classifier
