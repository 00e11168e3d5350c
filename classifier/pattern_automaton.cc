#include "classifier/pattern_automaton.h"

#include <algorithm>
#include <array>
#include <bit>
#include <bitset>
#include <span>
#include <utility>

#include "base/utf8.h"
#include "classifier/characters.h"
#include "classifier/views.h"

namespace qanat::classifier {
namespace {

using NodeKind = PatternNode::Kind;

constexpr std::size_t kMostFollowers = std::size_t{1} << 16U;

/// What must hold where a part of a pattern matches nothing: a bit for '^', one for '$'.
constexpr unsigned kAtBegin = 1;
constexpr unsigned kAtEnd = 2;
constexpr unsigned kConditions = 4;  ///< both, either, none

/// A position at an end of a part, and the edges of the text that stand beyond it.
struct Outermost {
  std::uint16_t position = 0;
  unsigned condition = 0;
};

/// A part of a pattern: how it begins, how it ends, and under which conditions it may be empty.
struct Part {
  std::vector<Outermost> first;
  std::vector<Outermost> last;
  std::bitset<kConditions> empty;
};

Part nothing(unsigned condition = 0) {
  Part part;
  part.empty.set(condition);
  return part;
}

/// What stands at an end of two parts in a row: `outer`, or `inner` where `between` is empty.
std::vector<Outermost> ends_of(std::vector<Outermost> outer,
                               const std::vector<Outermost>& inner,
                               const std::bitset<kConditions>& empty) {
  for (unsigned condition = 0; condition < kConditions; ++condition) {
    if (!empty[condition]) continue;
    for (const Outermost& each : inner) {
      outer.push_back({.position = each.position, .condition = each.condition | condition});
    }
  }
  return outer;
}

}  // namespace

// NOLINTBEGIN(misc-no-recursion): as deep as the pattern's brackets, which parse_pattern() counts
class AutomatonBuilder {
  using Nodes = std::span<const PatternNode>;

 public:
  std::optional<PatternAutomaton> run(const PatternNode& pattern) && {
    const Part whole = part_of(pattern);
    if (too_long_ || whole.empty.any()) return std::nullopt;
    built_.classes_ = CharacterClasses(characters_);
    if (built_.classes_.size() == 0) return std::nullopt;
    built_.words_ = (characters_.size() + kBits - 1) / kBits;
    note_ends(whole);
    note_followers();
    note_classes();
    return std::move(built_);
  }

 private:
  Part part_of(const PatternNode& node) {
    switch (node.kind) {
      case NodeKind::text_begin: return nothing(kAtBegin);
      case NodeKind::text_end: return nothing(kAtEnd);
      case NodeKind::characters: return character(node.characters);
      case NodeKind::repetition: return repetition(node);
      case NodeKind::sequence: return sequence_of(node.parts);
      case NodeKind::alternative: break;
    }
    std::vector<Nodes> all;
    for (const PatternNode& each : node.parts) {
      const bool sequence = each.kind == NodeKind::sequence;
      all.push_back(sequence ? Nodes(each.parts) : Nodes(&each, 1));
    }
    return alternative_of(std::move(all));
  }

  Part sequence_of(Nodes nodes) {
    Part all = nothing();
    for (const PatternNode& each : nodes) all = sequence(std::move(all), part_of(each));
    return all;
  }

  /// Those that begin with the same characters share the position: there are fewer to try. Each
  /// level makes one, so they are not too many.
  Part alternative_of(std::vector<Nodes> all) {
    Part either;
    for (auto begin = all.begin(); begin != all.end() && !too_long_;) {
      const Nodes first = *begin;
      const auto end = std::stable_partition(
          begin + 1, all.end(), [first](Nodes other) { return begin_alike(first, other); });
      std::vector<Nodes> alike(begin, end);
      begin = end;
      if (alike.size() == 1) {
        add(either, sequence_of(first));
        continue;
      }
      for (Nodes& each : alike) each = each.subspan(1);
      Part head = character(first.front().characters);
      add(either, sequence(std::move(head), alternative_of(std::move(alike))));
    }
    return either;
  }

  static bool begin_alike(Nodes a, Nodes b) {
    const auto of_characters = [](Nodes nodes) {
      return !nodes.empty() && nodes.front().kind == NodeKind::characters;
    };
    return of_characters(a) && of_characters(b) && a.front().characters == b.front().characters;
  }

  static void add(Part& either, const Part& part) {
    either.first.insert(either.first.end(), part.first.begin(), part.first.end());
    either.last.insert(either.last.end(), part.last.begin(), part.last.end());
    either.empty |= part.empty;
  }

  Part character(const CharacterSet& characters) {
    too_long_ = too_long_ || characters_.size() == PatternAutomaton::kMostPositions;
    if (too_long_) return {};
    const auto number = static_cast<std::uint16_t>(characters_.size());
    characters_.push_back(characters);
    followers_.emplace_back();
    Part part;
    part.first = part.last = {{.position = number}};
    return part;
  }

  Part sequence(Part left, Part right) {
    follow(left, right);
    Part both;
    for (unsigned i = 0; i < kConditions; ++i) {
      for (unsigned j = 0; j < kConditions; ++j) {
        if (left.empty[i] && right.empty[j]) both.empty.set(i | j);
      }
    }
    both.first = ends_of(std::move(left.first), right.first, left.empty);
    both.last = ends_of(std::move(right.last), left.last, right.empty);
    return both;
  }

  /// No edge of the text lies between two characters.
  void follow(const Part& left, const Part& right) {
    for (const Outermost& from : left.last) {
      for (const Outermost& to : right.first) {
        if (from.condition != 0 || to.condition != 0) continue;
        too_long_ = too_long_ || ++follower_count_ > kMostFollowers;
        if (too_long_) return;
        followers_[from.position].push_back(to.position);
      }
    }
  }

  /// Once for each time that it must, and for each that it may.
  Part repetition(const PatternNode& node) {
    const PatternNode& repeated = node.parts.front();
    const bool endless = node.most == PatternNode::kWithoutEnd;
    const std::size_t times = endless ? std::max<std::size_t>(node.least, 1) : node.most;
    Part all = nothing();
    for (std::size_t i = 0; i < times && !too_long_; ++i) {
      Part once = part_of(repeated);
      if (endless && i + 1 == times) follow(once, once);
      if (i >= node.least) once.empty.set(0);
      all = sequence(std::move(all), std::move(once));
    }
    return all;
  }

  using Positions = PatternAutomaton::Positions;
  static constexpr std::size_t kBits = 64;

  /// Puts the position into the set that begins with the word `begin`.
  static void put(Positions& sets, std::size_t begin, std::size_t position) {
    sets[begin + position / kBits] |= std::uint64_t{1} << (position % kBits);
  }

  [[nodiscard]] Positions sets_of(std::size_t count) const {
    return Positions(count * built_.words_);
  }

  void note_ends(const Part& whole) {
    built_.first_ = built_.first_of_text_ = built_.last_ = built_.last_of_text_ = sets_of(1);
    for (const auto& [position, condition] : whole.first) {
      if ((condition & kAtEnd) != 0) continue;  // a character follows
      put(built_.first_of_text_, 0, position);
      if (condition != 0) continue;
      put(built_.first_, 0, position);
      built_.begins_with_text_ = false;
    }
    for (const auto& [position, condition] : whole.last) {
      if ((condition & kAtBegin) != 0) continue;  // a character went before
      put(built_.last_of_text_, 0, position);
      if (condition == 0) put(built_.last_, 0, position);
    }
  }

  void note_followers() {
    built_.followers_ = sets_of(followers_.size());
    for (std::size_t i = 0; i < followers_.size(); ++i) {
      for (const std::uint16_t each : followers_[i]) {
        put(built_.followers_, i * built_.words_, each);
      }
    }
  }

  void note_classes() {
    built_.taking_ = sets_of(built_.classes_.size());
    for (std::size_t each = 0; each < built_.classes_.size(); ++each) {
      const std::size_t begin = each * built_.words_;
      for (std::size_t i = 0; i < characters_.size(); ++i) {
        if (characters_[i].contains(built_.classes_.example(each))) put(built_.taking_, begin, i);
      }
      bool opening = false;
      for (std::size_t i = 0; i < built_.words_; ++i) {
        opening = opening || (built_.first_of_text_[i] & built_.taking_[begin + i]) != 0;
      }
      built_.opening_.push_back(opening);
    }
  }

  PatternAutomaton built_;
  std::vector<CharacterSet> characters_;               ///< by position
  std::vector<std::vector<std::uint16_t>> followers_;  ///< by position
  std::size_t follower_count_ = 0;
  bool too_long_ = false;
};
// NOLINTEND(misc-no-recursion)

/// The positions that one text has reached.
class PatternAutomaton::Run {
 public:
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): next_ is filled, then reached_
  Run(const PatternAutomaton& automaton, std::string_view text, bool ends_word)
      : automaton_(automaton),
        text_(text),
        ends_word_(ends_word),
        reached_(std::span(room_).first(automaton.words_)),
        next_(std::span(room_).subspan(automaton.words_, automaton.words_)) {}

  std::optional<std::size_t> longest_match(std::size_t begin, std::size_t& tries) {
    at_ = begin;
    std::ranges::copy(begin == 0 ? automaton_.first_of_text_ : automaton_.first_, next_.begin());
    for (pay(tries, 1); at_ < text_.size() && tries > 0 && reach(); pay(tries, follow()))
      note_end();
    return tries == 0 ? std::nullopt : longest_;
  }

 private:
  static void pay(std::size_t& tries, std::size_t count) { tries -= std::min(tries, count); }

  /// The set that has this number among many.
  [[nodiscard]] std::span<const std::uint64_t> set_of(const Positions& sets,
                                                      std::size_t number) const {
    return std::span(sets).subspan(number * automaton_.words_, automaton_.words_);
  }

  /// Takes the next character; whether one of the next positions does, too.
  bool reach() {
    const utf8::CodePoint point = character_at(text_, at_);
    at_ += point.length;
    const auto taking = set_of(automaton_.taking_, automaton_.classes_.of(point.value));
    std::uint64_t any = 0;
    for (std::size_t i = 0; i < taking.size(); ++i) {
      reached_[i] = next_[i] & taking[i];
      any |= reached_[i];
    }
    return any != 0;
  }

  /// What may come next; how many positions it comes from.
  std::size_t follow() {
    std::ranges::fill(next_, 0);
    std::size_t count = 0;
    for (std::size_t word = 0; word < reached_.size(); ++word) {
      for (std::uint64_t bits = reached_[word]; bits != 0; bits &= bits - 1) {
        const auto position = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        const auto followers = set_of(automaton_.followers_, position);
        for (std::size_t i = 0; i < followers.size(); ++i) next_[i] |= followers[i];
        ++count;
      }
    }
    return count;
  }

  void note_end() {
    const bool last = at_ == text_.size();
    const Positions& ends = last ? automaton_.last_of_text_ : automaton_.last_;
    if (!meets(ends)) return;
    if (!last && ends_word_ && is_word_character(character_at(text_, at_).value)) return;
    longest_ = at_;
  }

  [[nodiscard]] bool meets(const Positions& positions) const {
    std::uint64_t both = 0;
    for (std::size_t i = 0; i < reached_.size(); ++i) both |= reached_[i] & positions[i];
    return both != 0;
  }

  const PatternAutomaton& automaton_;
  std::string_view text_;
  bool ends_word_;
  std::size_t at_ = 0;
  std::array<std::uint64_t, 2 * kMostPositions / 64> room_;
  std::span<std::uint64_t> reached_;
  std::span<std::uint64_t> next_;
  std::optional<std::size_t> longest_;
};

std::optional<PatternAutomaton> PatternAutomaton::build(const PatternNode& pattern) {
  return AutomatonBuilder().run(pattern);
}

std::optional<std::size_t> PatternAutomaton::longest_match(std::string_view text,
                                                           std::size_t begin,
                                                           bool ends_word,
                                                           std::size_t& tries) const {
  return Run(*this, text, ends_word).longest_match(begin, tries);
}

}  // namespace qanat::classifier
