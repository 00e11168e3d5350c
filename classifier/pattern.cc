#include "classifier/pattern.h"

#include <algorithm>
#include <array>
#include <utility>

#include <re2/re2.h>

#include "classifier/characters.h"
#include "classifier/pattern_syntax.h"

namespace qanat::classifier {
namespace {

/// Positions of the automaton that may be tried: so no text takes more than its length.
constexpr std::size_t kTriesPerByte = 16;

RE2::Options options(std::int64_t memory) {
  RE2::Options chosen;
  chosen.set_max_mem(memory);
  chosen.set_log_errors(false);
  chosen.set_longest_match(true);
  return chosen;
}

/// Where the last of so many groups matches, the first of which is the whole.
template <std::size_t kGroups>
std::optional<Span> search(const RE2& pattern, std::string_view text, std::size_t from) {
  std::array<re2::StringPiece, kGroups> groups;
  const re2::StringPiece all(text.data(), text.size());
  if (!pattern.Match(
          all, from, text.size(), RE2::UNANCHORED, groups.data(), static_cast<int>(kGroups))) {
    return std::nullopt;
  }
  const auto begin = static_cast<std::size_t>(groups.back().data() - text.data());
  return Span{.begin = begin, .end = begin + groups.back().size()};
}

}  // namespace

std::string quoted_pattern(std::string_view literal) {
  return RE2::QuoteMeta(re2::StringPiece(literal.data(), literal.size()));
}

PatternFacts examine_pattern(const std::string& pattern) {
  const RE2 compiled(pattern, options(kUsualPatternMemory));
  if (!compiled.ok()) return {.error = compiled.error()};
  return {.matches_empty = RE2::FullMatch("", compiled), .program_size = compiled.ProgramSize()};
}

Pattern::Pattern(
    std::string text, WordEdges edges, View view, std::int64_t memory, PatternKeys keys)
    : text_(std::move(text)), edges_(edges), view_(view), memory_(memory), keys_(std::move(keys)) {}

Pattern::~Pattern() = default;

const std::optional<PatternAutomaton>& Pattern::automaton() const {
  return automaton_.get([&]() -> std::optional<PatternAutomaton> {
    const auto tree = parse_pattern(text_);
    return tree ? PatternAutomaton::build(*tree) : std::nullopt;
  });
}

std::optional<Span> Pattern::find(std::string_view text, std::size_t from) const {
  const RE2& bare = *bare_.get([&] { return std::make_unique<RE2>(text_, options(memory_)); });
  const auto span = search<1>(bare, text, from);
  if (!span) return std::nullopt;
  // The leftmost and longest of all matches is that of those with edges, if it has them.
  const bool apart =
      begins_apart(text, span->begin, from, edges_) && ends_apart(text, span->end, edges_);
  return apart && !span->empty() ? span : find_edged(text, from);
}

std::optional<Span> Pattern::find_edged(std::string_view text, std::size_t from) const {
  const RE2& edged = *edged_.get(
      [&] { return std::make_unique<RE2>(with_edges(text_, edges_, view_), options(memory_)); });
  return search<2>(edged, text, from);
}

/// The places where a match that holds one of the keys may begin, ascending, each once. They lie
/// before a key as far back as what a match may hold there goes.
class Pattern::Windows {
 public:
  Windows(const MatchPart& before, std::string_view text, std::size_t from)
      : before_(before), text_(text), next_(from) {}

  /// Those of the key at `key`, up to the first for which `take` is true: nothing when there is
  /// none. A key further back may begin nothing that this one did not.
  template <class Take>
  bool visit(std::size_t key, Take take) {
    if (key < next_) return false;
    std::size_t at = begin_of(key);
    next_ = key + 1;
    for (; at < key; at += character_at(text_, at).length) {
      if (take(at)) return true;
    }
    return take(key);
  }

 private:
  [[nodiscard]] std::size_t begin_of(std::size_t key) const {
    std::size_t begin = key;
    for (std::size_t count = 0; count < before_.most && begin > next_; ++count) {
      const std::size_t at = start_of_character(begin - 1);
      if (at < next_ || !before_.characters.contains(character_at(text_, at).value)) break;
      begin = at;
    }
    return begin;
  }

  /// Of the character that the byte belongs to.
  [[nodiscard]] std::size_t start_of_character(std::size_t byte) const {
    while (byte > 0 && (static_cast<unsigned char>(text_[byte]) & 0xC0U) == 0x80U) --byte;
    return byte;
  }

  const MatchPart& before_;
  std::string_view text_;
  std::size_t next_;  ///< the first that was not visited
};

std::optional<Span> Pattern::find_near(std::span<const Span> places,
                                       bool more,
                                       std::string_view text,
                                       std::size_t from) const {
  if (keys_.complete) {
    const auto found = first_key(places, text, from);
    // At the last place there may be longer ones.
    const bool sure = !more || (found && found->begin != places.back().begin);
    return sure ? found : find(text, from);
  }
  if (!automaton()) return find(text, from);
  std::size_t tries = kTriesPerByte * (text.size() + kTriesPerByte);
  const auto found = first_around(places, text, from, tries);
  const bool sure = found || (!more && tries > 0);
  return sure ? found : find(text, from);
}

/// The first match that the automaton finds while it has tries.
std::optional<Span> Pattern::first_around(std::span<const Span> places,
                                          std::string_view text,
                                          std::size_t from,
                                          std::size_t& tries) const {
  Windows windows(keys_.before, text, from);
  std::optional<Span> found;
  const auto match_at = [&](std::size_t begin) {
    if (!begins_apart(text, begin, from, edges_)) return false;
    const auto end = automaton()->longest_match(text, begin, asks_end(edges_), tries);
    if (end) found = Span{.begin = begin, .end = *end};
    return end || tries == 0;
  };
  for (const Span& key : places) {
    if (windows.visit(key.begin, match_at)) break;
  }
  return found;
}

/// The longest of the keys at the first place where one of them stands apart.
std::optional<Span> Pattern::first_key(std::span<const Span> places,
                                       std::string_view text,
                                       std::size_t from) const {
  std::optional<Span> found;
  for (const Span& key : places) {
    if (found && key.begin != found->begin) break;
    if (key.begin < from || !begins_apart(text, key.begin, from, edges_)) continue;
    const bool longer = !found || key.end > found->end;
    if (longer && ends_apart(text, key.end, edges_)) found = key;
  }
  return found;
}

}  // namespace qanat::classifier
