#include "classifier/patterns.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <tuple>
#include <utility>

#include <re2/re2.h>

#include "base/utf8.h"
#include "classifier/characters.h"

namespace qanat::classifier {
namespace {

/// Places of its keys at which a pattern is tried, and ways to end a match there: where they do not
/// suffice, the text is searched as a whole. So no text takes more than its length.
constexpr std::size_t kMostPlaces = 16;

RE2::Options options(std::int64_t memory) {
  RE2::Options chosen;
  chosen.set_max_mem(memory);
  chosen.set_log_errors(false);
  chosen.set_longest_match(true);
  return chosen;
}

char32_t first_character(std::string_view text) { return utf8::decode(text, 0).value; }

char32_t final_character(std::string_view text) {
  std::size_t at = text.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
  return utf8::decode(text, at).value;
}

bool asks_start(WordEdges edges) { return edges == WordEdges::whole || edges == WordEdges::start; }
bool asks_end(WordEdges edges) { return edges == WordEdges::whole || edges == WordEdges::end; }

bool ends_apart(std::string_view text, std::size_t end, WordEdges edges) {
  return !asks_end(edges) || end == text.size() ||
         !is_word_character(first_character(text.substr(end)));
}

/// Is the match the edge of a word at the ends that are asked for? The character before it must lie
/// behind `from`, as a pattern with edges would find it.
bool stands_apart(std::string_view text, Span match, std::size_t from, WordEdges edges) {
  if (asks_start(edges) && match.begin > 0) {
    if (match.begin == from) return false;
    if (is_word_character(final_character(text.substr(0, match.begin)))) return false;
  }
  return ends_apart(text, match.end, edges);
}

/// The last character between `begin` and `end`, neither of them, that is of no word.
std::optional<std::size_t> last_gap(std::string_view text, std::size_t begin, std::size_t end) {
  while (end > begin) {
    --end;
    const bool starts = (static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U;
    if (end > begin && starts && !is_word_character(utf8::decode(text, end).value)) return end;
  }
  return std::nullopt;
}

std::optional<Span> match(const RE2& pattern,
                          std::string_view text,
                          Span within,
                          RE2::Anchor anchor) {
  re2::StringPiece found;
  const re2::StringPiece all(text.data(), text.size());
  if (!pattern.Match(all, within.begin, within.end, anchor, &found, 1)) return std::nullopt;
  const auto begin = static_cast<std::size_t>(found.data() - text.data());
  return Span{.begin = begin, .end = begin + found.size()};
}

}  // namespace

std::string quoted_pattern(std::string_view literal) {
  return RE2::QuoteMeta(re2::StringPiece(literal.data(), literal.size()));
}

WordEdges edges_for_literal(std::string_view literal, WordEdges wanted) {
  if (literal.empty()) return WordEdges::part;
  const bool start = (wanted == WordEdges::whole || wanted == WordEdges::start) &&
                     is_word_character(first_character(literal));
  const bool end = (wanted == WordEdges::whole || wanted == WordEdges::end) &&
                   is_word_character(final_character(literal));
  if (start && end) return WordEdges::whole;
  if (start) return WordEdges::start;
  return end ? WordEdges::end : WordEdges::part;
}

std::string with_edges(std::string_view pattern, WordEdges edges, View view) {
  const std::string word(view == View::raw ? kRawWordClass : kFoldedWordClass);
  std::string out;
  if (edges == WordEdges::whole || edges == WordEdges::start) out += "(?:^|[^" + word + "])";
  out.append("(").append(pattern).append(")");
  if (edges == WordEdges::whole || edges == WordEdges::end) out += "(?:[^" + word + "]|$)";
  return out;
}

PatternFacts examine_pattern(const std::string& pattern) {
  const RE2 compiled(pattern, options(PatternSet::kUsualMemory));
  if (!compiled.ok()) return {.error = compiled.error()};
  return {.matches_empty = RE2::FullMatch("", compiled), .program_size = compiled.ProgramSize()};
}

PatternSet::Regex::Regex() = default;
PatternSet::Regex::~Regex() = default;

const RE2& PatternSet::Regex::get(const std::string& pattern, std::int64_t memory) const {
  std::call_once(once_, [&] { compiled_ = std::make_unique<RE2>(pattern, options(memory)); });
  return *compiled_;
}

PatternSet::PatternSet(View view, std::int64_t memory) : view_(view), memory_(memory) {}
PatternSet::~PatternSet() = default;
PatternSet::PatternSet(PatternSet&&) noexcept = default;
PatternSet& PatternSet::operator=(PatternSet&&) noexcept = default;

std::size_t PatternSet::add(std::string pattern, WordEdges edges) {
  const std::size_t number = entries_.size();
  PatternKeys keys = keys_of(pattern, asks_start(edges));
  entries_.emplace_back(std::move(pattern), edges);
  traits_.push_back({.edges = edges, .place = keys.place, .complete = keys.complete});
  if (keys.place == PatternKeys::Place::unknown) always_.push_back(number);
  for (std::string& key : keys.strings) {
    const bool word = keys.place == PatternKeys::Place::start && asks_start(edges) &&
                      is_word_character(first_character(key));
    (word ? word_keys_ : other_keys_).add(std::move(key), number);
  }
  return number;
}

void PatternSet::compile() {
  word_keys_.compile();
  other_keys_.compile();
}

/// Reads one text for the keys of all patterns.
class PatternSet::KeySearch {
 public:
  KeySearch(const PatternSet& set, std::string_view text, PatternCandidates& found)
      : set_(set), text_(text), found_(found) {
    found.met_.resize(std::max(found.met_.size(), set.size()), 0);
    found.hits_.clear();
  }

  void run() {
    bool in_word = false;
    for (std::size_t at = 0; at < text_.size();) {
      const utf8::CodePoint character = character_at(text_, at);
      const bool word = is_word_character(character.value);
      if (word && !in_word) look(set_.word_keys_, at);
      // What looks for one character does not ask where it stands.
      if (is_new(character.value) || set_.other_keys_.may_stand_at(text_, at)) {
        look(set_.other_keys_, at);
      }
      in_word = word;
      at += character.length;
    }
    gather();
  }

 private:
  bool is_new(char32_t character) {
    if (character >= seen_.size()) return true;
    const bool before = seen_[character];
    seen_[character] = true;
    return !before;
  }

  void look(const KeyIndex& keys, std::size_t at) {
    keys.visit_at(text_, at, [&](std::size_t pattern, std::size_t end) {
      note(pattern, {.begin = at, .end = end});
    });
  }

  void note(std::size_t pattern, Span key) {
    const Traits& traits = set_.traits_[pattern];
    std::uint8_t& met = found_.met_[pattern];
    const bool placed = traits.place == PatternKeys::Place::start;
    if (met == (placed ? kMostPlaces : 1)) return;
    if (traits.complete && !stands_apart(text_, key, text_.size(), traits.edges)) return;
    ++met;
    found_.hits_.push_back({.pattern = pattern, .key = key});
  }

  void gather() {
    auto& hits = found_.hits_;
    for (const std::size_t pattern : set_.always_) hits.push_back({.pattern = pattern, .key = {}});
    std::ranges::sort(hits, {}, [](const auto& hit) { return std::tie(hit.pattern, hit.key); });
    for (std::size_t i = 0; i < hits.size(); ++i) {
      const auto& [pattern, key] = hits[i];
      found_.met_[pattern] = 0;
      if (i == 0 || hits[i - 1].pattern != pattern) {
        found_.patterns.push_back({.pattern = pattern, .first_place = found_.places_.size()});
      }
      if (set_.traits_[pattern].place != PatternKeys::Place::start) continue;
      ++found_.patterns.back().places;
      found_.places_.push_back(key);
    }
  }

  const PatternSet& set_;
  std::string_view text_;
  PatternCandidates& found_;
  std::bitset<kTableSize> seen_;
};

void PatternSet::find_candidates(std::string_view text, PatternCandidates& found) const {
  KeySearch(*this, text, found).run();
}

bool PatternSet::is_always_tried(std::size_t number) const {
  return traits_[number].place == PatternKeys::Place::unknown;
}

std::optional<Span> PatternSet::find(const PatternCandidate& candidate,
                                     std::span<const Span> places,
                                     std::string_view text,
                                     std::size_t from) const {
  if (places.empty()) return find(candidate.pattern, text, from);
  const bool full = places.size() == kMostPlaces;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Span& key = places[i];
    // Of the keys that stand at one place the last is the longest.
    if (i + 1 < places.size() && places[i + 1].begin == key.begin) continue;
    if (full && key.begin == places.back().begin) break;  // there may be more
    if (const auto span = find_at(key, candidate.pattern, text, from)) return span;
  }
  if (!full) return std::nullopt;
  return find(candidate.pattern, text, from);
}

std::optional<Span> PatternSet::find_at(const Span& key,
                                        std::size_t number,
                                        std::string_view text,
                                        std::size_t from) const {
  const Entry& entry = entries_[number];
  const Span rest{.begin = key.begin, .end = text.size()};
  if (key.begin < from || !stands_apart(text, rest, from, entry.edges)) return std::nullopt;
  return traits_[number].complete ? key : longest_at(entry, text, key.begin, from);
}

/// The longest match that begins there and ends as it must.
std::optional<Span> PatternSet::longest_at(const Entry& entry,
                                           std::string_view text,
                                           std::size_t begin,
                                           std::size_t from) const {
  const RE2& pattern = entry.bare.get(entry.pattern, memory_);
  std::size_t end = text.size();
  for (std::size_t round = 0; round < kMostPlaces; ++round) {
    const auto span = match(pattern, text, {.begin = begin, .end = end}, RE2::ANCHOR_START);
    if (!span || span->empty()) return std::nullopt;
    if (ends_apart(text, span->end, entry.edges)) return span;
    // A shorter one may end where a word does.
    const auto gap = last_gap(text, begin, span->end);
    if (!gap) return std::nullopt;
    end = *gap;
  }
  return find_edged(entry, text, from);
}

std::optional<Span> PatternSet::find(std::size_t number,
                                     std::string_view text,
                                     std::size_t from) const {
  const Entry& entry = entries_[number];
  const RE2& pattern = entry.bare.get(entry.pattern, memory_);
  const auto span = match(pattern, text, {.begin = from, .end = text.size()}, RE2::UNANCHORED);
  if (!span) return std::nullopt;
  // The leftmost and longest of all matches is that of those with edges, if it has them.
  if (!span->empty() && stands_apart(text, *span, from, entry.edges)) return span;
  return find_edged(entry, text, from);
}

std::optional<Span> PatternSet::find_edged(const Entry& entry,
                                           std::string_view text,
                                           std::size_t from) const {
  const RE2& pattern = entry.edged.get(with_edges(entry.pattern, entry.edges, view_), memory_);
  std::array<re2::StringPiece, 2> groups;
  if (!pattern.Match(re2::StringPiece(text.data(), text.size()),
                     from,
                     text.size(),
                     RE2::UNANCHORED,
                     groups.data(),
                     static_cast<int>(groups.size()))) {
    return std::nullopt;
  }
  const auto begin = static_cast<std::size_t>(groups[1].data() - text.data());
  return Span{.begin = begin, .end = begin + groups[1].size()};
}

}  // namespace qanat::classifier
