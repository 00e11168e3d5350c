#include "store/content_sketch.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/sha256.h"
#include "base/utf8.h"
#include "store/search_text.h"

namespace qanat::store {
namespace {

/// Few bands of few rows: each band is a row at a random place of the store's index, the dearest
/// part of a commit, while unlike posts seldom share even one shingle.
constexpr std::size_t kRowsPerBand = 3;
constexpr std::size_t kShingle = 3;
/// Fewer characters, and one word more or less already makes another text.
constexpr std::size_t kShortText = 50;

bool is_address(std::string_view word) {
  return word.contains("://") || word.starts_with("t.me/") || word.starts_with("www.") ||
         word.starts_with('@');
}

bool is_of_word(char32_t value) {
  const bool ascii = (value >= U'a' && value <= U'z') || (value >= U'0' && value <= U'9');
  // Beyond ASCII: letters of all scripts; punctuation, symbols and pictures stand in these blocks.
  const bool symbol = value < 0xC0 || (value >= 0x2000 && value <= 0x2BFF) ||
                      (value >= 0x3000 && value <= 0x303F) ||
                      (value >= 0xFE00 && value <= 0xFE0F) || value >= 0x1F000;
  return ascii || !symbol;
}

void append_word(std::vector<std::string>& words, std::string_view text) {
  std::string word;
  for (std::size_t at = 0; at < text.size();) {
    const utf8::CodePoint point = utf8::decode(text, at);
    if (is_of_word(point.value)) {
      word.append(text.substr(at, point.length));
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
    at += point.length;
  }
  if (!word.empty()) words.push_back(std::move(word));
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string& part : search_words(text)) {
    if (!is_address(part)) append_word(words, part);
  }
  return words;
}

/// The finalizer of SplitMix64: every bit of the result depends on every bit of `value`.
std::uint64_t mixed(std::uint64_t value) {
  value ^= value >> 30U;
  value *= 0xBF58476D1CE4E5B9U;
  value ^= value >> 27U;
  value *= 0x94D049BB133111EBU;
  return value ^ (value >> 31U);
}

/// FNV-1a, mixed: the same on every machine, as the store keeps it.
std::uint64_t hash_of(std::span<const std::string> words) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const std::string& word : words) {
    for (const char byte : word) {
      hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3U;
    }
    hash = (hash ^ U' ') * 0x100000001B3U;
  }
  return mixed(hash);
}

std::vector<std::uint32_t> shingles_of(std::span<const std::string> words) {
  std::vector<std::uint32_t> shingles;
  for (std::size_t i = 0; i + kShingle <= words.size(); ++i) {
    shingles.push_back(static_cast<std::uint32_t>(hash_of(words.subspan(i, kShingle))));
  }
  std::ranges::sort(shingles);
  const auto repeated = std::ranges::unique(shingles);
  shingles.erase(repeated.begin(), repeated.end());
  return shingles;
}

/// The smallest value that permutation number `row` gives to a shingle.
std::uint64_t min_hash(std::span<const std::uint32_t> shingles, std::uint64_t row) {
  const std::uint64_t key = mixed(row + 1);
  std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
  for (const std::uint32_t shingle : shingles) least = std::min(least, mixed(key ^ shingle));
  return least;
}

/// What is left out before posts are compared.
std::vector<Removed> set_aside(const Verdict& verdict) {
  std::vector<Removed> parts;
  for (const Removed& part : verdict.removed) {
    const bool whole = part.kind == RemovedKind::ad && verdict.outcome == Outcome::ad_only;
    if (!whole) parts.push_back(part);
  }
  return parts;
}

}  // namespace

ContentSketch sketch_of(std::string_view text) {
  ContentSketch sketch;
  const std::vector<std::string> words = words_of(text);
  if (words.empty()) return sketch;
  std::string joined;
  for (const std::string& word : words) joined.append(word).push_back(' ');
  sketch.words_sha256 = sha256_hex(joined);
  if (utf8::length(joined) < kShortText) return sketch;
  sketch.shingles = shingles_of(words);
  return sketch;
}

ContentSketch sketch_of(std::string_view text, const Verdict& verdict) {
  return sketch_of(kept_text(text, set_aside(verdict)));
}

std::vector<std::int64_t> bands_of(std::span<const std::uint32_t> shingles) {
  std::vector<std::int64_t> bands;
  if (shingles.empty()) return bands;
  for (std::size_t band = 0; band < kBands; ++band) {
    std::uint64_t hash = mixed(band + 1);
    for (std::size_t row = 0; row < kRowsPerBand; ++row) {
      hash = mixed(hash ^ min_hash(shingles, (band * kRowsPerBand) + row));
    }
    bands.push_back(static_cast<std::int64_t>(hash));
  }
  return bands;
}

double jaccard(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  std::size_t shared = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      ++shared;
      ++i;
      ++j;
    } else if (a[i] < b[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  const std::size_t all = a.size() + b.size() - shared;
  return all == 0 ? 0.0 : static_cast<double>(shared) / static_cast<double>(all);
}

}  // namespace qanat::store
