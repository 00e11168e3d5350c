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
/// The same where no key says where to look: many a match stands near the beginning.
constexpr std::size_t kFewTries = 32;

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

std::unique_ptr<const Pattern::Matcher> Pattern::make_matcher() const {
  const auto tree = parse_pattern(text_);
  auto built = tree ? PatternAutomaton::build(*tree) : std::nullopt;
  if (!built) return nullptr;
  Matcher matcher{.automaton = *std::move(built), .before = {}};
  for (std::size_t each = 1; each < kNumbers && keys_.before.most > 0; ++each) {
    matcher.before[each] =
        keys_.before.characters.contains(character_of(static_cast<std::uint8_t>(each)));
  }
  return std::make_unique<const Matcher>(std::move(matcher));
}

const Pattern::Matcher* Pattern::matcher() const {
  return matcher_.get([&] { return make_matcher(); }).get();
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

/// Where a match that holds one of the keys may begin: before it, as far back as what a match may
/// hold there goes. No place is in two windows. Places are counted in characters.
class Pattern::Windows {
 public:
  Windows(const MatchPart& before,
          const std::bitset<kNumbers>& numbers,
          const NumberedText& text,
          std::size_t from)
      : before_(before), numbers_(numbers), text_(text), next_(from) {}

  /// That of the next key, which stands at `key`: it ends there. Nothing when all of it was in
  /// earlier ones.
  std::optional<Span> before(std::size_t key) {
    if (key < next_) return std::nullopt;
    const Span window{.begin = begin_of(key), .end = key};
    next_ = key + 1;
    return window;
  }

 private:
  [[nodiscard]] std::size_t begin_of(std::size_t key) const {
    std::size_t begin = key;
    const std::size_t most = std::min(before_.most, key - next_);
    while (key - begin < most && may_stand_before(begin - 1)) --begin;
    return begin;
  }

  [[nodiscard]] bool may_stand_before(std::size_t at) const {
    const std::uint8_t number = text_.number(at);
    return number != 0 ? numbers_[number] : before_.characters.contains(text_.character(at));
  }

  const MatchPart& before_;
  const std::bitset<kNumbers>& numbers_;  ///< of the characters of before_
  const NumberedText& text_;
  std::size_t next_;  ///< the first that was in no window
};

/// The automaton at one place of a text after another, while there are tries. Places are counted in
/// characters.
class Pattern::Trial {
 public:
  struct Text {
    const NumberedText& text;
    std::size_t from = 0;
  };
  Trial(const PatternAutomaton& automaton, WordEdges edges, Text text, std::size_t tries)
      : automaton_(automaton), edges_(edges), text_(text.text), from_(text.from), tries_(tries) {}

  [[nodiscard]] std::size_t from() const { return from_; }
  [[nodiscard]] bool tires() const { return tries_ == 0; }

  /// The first match that begins in the window, or at its end.
  std::optional<Span> first_in(Span window) {
    const std::size_t end = std::min(window.end + 1, text_.size());
    for (std::size_t at = window.begin; at < end; ++at) {
      if (!automaton_.may_begin_with(text_, at) || !begins_apart(text_, at, from_, edges_))
        continue;
      const auto found = automaton_.longest_match(text_, at, asks_end(edges_), tries_);
      if (found) return Span{.begin = at, .end = *found};
      if (tires()) return std::nullopt;
    }
    return std::nullopt;
  }

  std::optional<Span> at_text_begin() { return from_ == 0 ? first_in({}) : std::nullopt; }

 private:
  const PatternAutomaton& automaton_;
  WordEdges edges_;
  const NumberedText& text_;
  std::size_t from_;
  std::size_t tries_;
};

std::optional<Span> Pattern::find_anywhere(const NumberedText& text, std::size_t from) const {
  const Matcher* made = matcher();
  if (made == nullptr) return find(text.text(), from);
  Trial trial(
      made->automaton, edges_, {.text = text, .from = text.character_from(from)}, kFewTries);
  const auto found = made->automaton.begins_with_text()
                         ? trial.at_text_begin()
                         : trial.first_in({.begin = trial.from(), .end = text.size()});
  if (trial.tires()) return find(text.text(), from);
  return found ? std::optional(text.bytes_of(*found)) : std::nullopt;
}

std::optional<Span> Pattern::find_near(std::span<const Span> places,
                                       bool more,
                                       const NumberedText& text,
                                       std::size_t from) const {
  std::optional<Span> found;
  bool sure = false;
  const std::size_t first = text.character_from(from);
  if (keys_.complete) {
    found = first_key(places, text, first);
    // At the last place there may be longer ones.
    sure = !more || (found && found->begin != places.back().begin);
  } else if (const Matcher* made = matcher()) {
    const std::size_t tries = kTriesPerByte * (text.text().size() + kTriesPerByte);
    Trial trial(made->automaton, edges_, {.text = text, .from = first}, tries);
    const bool anchored = made->automaton.begins_with_text();
    Windows windows(keys_.before, made->before, text, first);
    found = anchored ? trial.at_text_begin() : first_around(places, windows, trial);
    sure = found || (!trial.tires() && (anchored || !more));
  }
  if (!sure) return find(text.text(), from);
  return found ? std::optional(text.bytes_of(*found)) : std::nullopt;
}

/// The first match that the automaton finds while it has tries.
std::optional<Span> Pattern::first_around(std::span<const Span> places,
                                          Windows& windows,
                                          Trial& trial) {
  for (const Span& key : places) {
    const auto window = windows.before(key.begin);
    if (!window) continue;
    const auto found = trial.first_in(*window);
    if (found || trial.tires()) return found;
  }
  return std::nullopt;
}

/// The longest of the keys at the first place where one of them stands apart.
std::optional<Span> Pattern::first_key(std::span<const Span> places,
                                       const NumberedText& text,
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
