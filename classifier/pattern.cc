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

const PatternAutomaton* Pattern::automaton() const {
  const auto make = [&]() -> std::unique_ptr<const PatternAutomaton> {
    const auto tree = parse_pattern(text_);
    auto built = tree ? PatternAutomaton::build(*tree) : std::nullopt;
    return built ? std::make_unique<const PatternAutomaton>(*std::move(built)) : nullptr;
  };
  return automaton_.get(make).get();
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
/// hold there goes. No place is in two windows.
class Pattern::Windows {
 public:
  Windows(const MatchPart& before, std::string_view text, std::size_t from)
      : before_(before), text_(text), next_(from) {}

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
  std::size_t next_;  ///< the first that was in no window
};

/// The automaton at one place of a text after another, while there are tries.
class Pattern::Trial {
 public:
  struct Text {
    std::string_view text;
    std::size_t from = 0;
  };
  Trial(const PatternAutomaton& automaton, WordEdges edges, Text text, std::size_t tries)
      : automaton_(automaton), edges_(edges), text_(text.text), from_(text.from), tries_(tries) {}

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::size_t from() const { return from_; }
  [[nodiscard]] bool tires() const { return tries_ == 0; }

  /// The first match that begins in the window, or at its end.
  std::optional<Span> first_in(Span window) {
    bool apart = begins_apart(text_, window.begin, from_, edges_);
    for (std::size_t at = window.begin; at <= window.end && at < text_.size();) {
      const utf8::CodePoint point = character_at(text_, at);
      if (apart && automaton_.may_begin_with(point.value)) {
        const auto end = automaton_.longest_match(text_, at, asks_end(edges_), tries_);
        if (end) return Span{.begin = at, .end = *end};
        if (tires()) return std::nullopt;
      }
      apart = !asks_start(edges_) || !is_word_character(point.value);
      at += point.length;
    }
    return std::nullopt;
  }

  std::optional<Span> at_text_begin() { return from_ == 0 ? first_in({}) : std::nullopt; }

 private:
  const PatternAutomaton& automaton_;
  WordEdges edges_;
  std::string_view text_;
  std::size_t from_;
  std::size_t tries_;
};

std::optional<Span> Pattern::find_anywhere(std::string_view text, std::size_t from) const {
  const PatternAutomaton* matcher = automaton();
  if (matcher == nullptr) return find(text, from);
  Trial trial(*matcher, edges_, {.text = text, .from = from}, kFewTries);
  const auto found = matcher->begins_with_text()
                         ? trial.at_text_begin()
                         : trial.first_in({.begin = from, .end = text.size()});
  return trial.tires() ? find(text, from) : found;
}

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
  const PatternAutomaton* matcher = automaton();
  if (matcher == nullptr) return find(text, from);
  const std::size_t tries = kTriesPerByte * (text.size() + kTriesPerByte);
  Trial trial(*matcher, edges_, {.text = text, .from = from}, tries);
  if (matcher->begins_with_text()) {
    const auto found = trial.at_text_begin();
    return trial.tires() ? find(text, from) : found;
  }
  const auto found = first_around(places, trial);
  const bool sure = found || (!more && !trial.tires());
  return sure ? found : find(text, from);
}

/// The first match that the automaton finds while it has tries.
std::optional<Span> Pattern::first_around(std::span<const Span> places, Trial& trial) const {
  Windows windows(keys_.before, trial.text(), trial.from());
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
