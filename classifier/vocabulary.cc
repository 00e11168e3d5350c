#include "classifier/vocabulary.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <utility>

#include "classifier/pack_lines.h"

namespace qanat::classifier {
namespace {

constexpr std::string_view kBaseText = "*";
/// In thousandths; what all posts have has the least.
constexpr std::int32_t kLeastRarity = 1000;
constexpr std::int32_t kMostRarity = 100'000;

/// What stands before the first tab and after it.
std::pair<std::string_view, std::string_view> cut(std::string_view line) {
  const std::size_t tab = std::min(line.find('\t'), line.size());
  return {line.substr(0, tab), line.substr(std::min(tab + 1, line.size()))};
}

/// A whole number from -`most` to `most`.
std::optional<std::int32_t> read_number(std::string_view text, std::int32_t most) {
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  if (!whole || std::abs(number) > most) return std::nullopt;
  return number;
}

std::int64_t squares_of(std::span<const KnownPart* const> parts) {
  std::int64_t squares = 0;
  for (const KnownPart* part : parts) squares += std::int64_t{part->rarity} * part->rarity;
  return squares;
}

/// Rounded down; the sums of whole numbers are exact.
std::int64_t root_of(std::int64_t squares) {
  return std::max<std::int64_t>(1,
                                static_cast<std::int64_t>(std::sqrt(static_cast<double>(squares))));
}

}  // namespace

Vocabulary Vocabulary::read(std::string_view path, std::string_view text, Findings& findings) {
  Vocabulary vocabulary;
  // One complaint is enough: a file of another kind has thousands.
  for_each_line(path, text, [&](std::string_view line, LinePlace where) {
    return line.empty() || line.starts_with('#') || vocabulary.add_line(line, where, findings);
  });
  return vocabulary;
}

bool Vocabulary::add_line(std::string_view line, LinePlace where, Findings& findings) {
  const auto [text, columns] = cut(line);
  const auto [first, others] = cut(columns);
  const auto weight = read_number(first, kMostOfOnePart);
  const bool is_base = text == kBaseText;
  const auto rarity = is_base ? 0 : read_number(cut(others).first, kMostRarity);
  if (!weight || !rarity || (!is_base && *rarity < kLeastRarity)) {
    findings.error(where.text(),
                   "not a line of a vocabulary: \"" + std::string(line) + "\"",
                   "write a part of words, a tab, whole milli-logits, at most " +
                       std::to_string(kMostOfOnePart) +
                       " either way, a tab and its rarity in thousandths, at least " +
                       std::to_string(kLeastRarity));
    return false;
  }
  if (is_base) {
    base_ = *weight;
    return true;
  }
  const auto part = word_part_of(text);
  if (!part) {
    findings.error(where.text(),
                   "\"" + std::string(text) + "\" is not a part of words",
                   "write, in lower case, the first " + std::to_string(kHeadLetters) + " or " +
                       std::to_string(kBeginningLetters) +
                       " letters of a word at most, or the first " + std::to_string(kHeadLetters) +
                       " of two words that are neighbours");
    return false;
  }
  if ((part->is_pair() ? pairs_ : words_).emplace(part->code(), parts_.size()).second) {
    parts_.push_back({.part = *part, .weight = *weight, .rarity = *rarity});
    return true;
  }
  findings.error(where.text(), "\"" + std::string(text) + "\" is listed twice", "keep one of them");
  return false;
}

std::vector<const KnownPart*> Vocabulary::known_of(std::span<const WordPart> parts) const {
  std::vector<const KnownPart*> known;
  known.reserve(parts.size());
  for (const WordPart part : parts) {
    const ByCode& places = part.is_pair() ? pairs_ : words_;
    const auto found = places.find(part.code());
    if (found != places.end()) known.push_back(&parts_[found->second]);
  }
  return known;
}

WeighedText Vocabulary::weigh(std::span<const WordPart> parts) const { return weigh(parts, 0); }

WeighedText Vocabulary::weigh_passage(std::span<const WordPart> parts) const {
  return weigh(parts, kPassagePrior);
}

WeighedText Vocabulary::weigh(std::span<const WordPart> parts, std::int64_t prior) const {
  const std::vector<const KnownPart*> known = known_of(parts);
  const std::int64_t squares = squares_of(known);
  const std::int64_t size = root_of(squares + (prior * prior));
  const auto base = static_cast<std::int32_t>(base_ * root_of(squares) / size);
  WeighedText weighed{.base = base, .sum = base, .parts = {}};
  weighed.parts.reserve(known.size());
  for (const KnownPart* part : known) {
    const auto weight = static_cast<std::int32_t>(std::int64_t{part->weight} * part->rarity / size);
    weighed.sum += weight;
    weighed.parts.push_back({.part = part->part, .weight = weight});
  }
  return weighed;
}

}  // namespace qanat::classifier
