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
    if (too_long_ || refused_ || whole.empty.any()) return std::nullopt;
    built_.classes_ = CharacterClasses(characters_);
    if (built_.classes_.size() == 0) return std::nullopt;
    built_.words_ = words_for(characters_.size());
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

  /// Once for each time that it must, and for each that it may. Each follows the one before it and
  /// no other, so that a text is in one of them at a time: what may be empty need not be repeated.
  Part repetition(const PatternNode& node) {
    const PatternNode& repeated = node.parts.front();
    const bool endless = node.most == PatternNode::kWithoutEnd;
    const std::size_t times = endless ? std::max<std::size_t>(node.least, 1) : node.most;
    std::size_t least = node.least;
    Part all;
    Part before;
    for (std::size_t i = 0; i < times && !too_long_; ++i) {
      Part once = part_of(repeated);
      if (endless && i + 1 == times) follow(once, once);
      follow(before, once);
      if (once.empty[0]) least = 0;
      refused_ = refused_ || (least > 0 && once.empty.any());
      if (i == 0) all.first = once.first;
      if (i < least) all.last.clear();
      all.last.insert(all.last.end(), once.last.begin(), once.last.end());
      before = std::move(once);
    }
    all.empty.set(0, least == 0);
    return all;
  }

  using Positions = PatternAutomaton::Positions;
  static constexpr std::size_t kBits = PatternAutomaton::kBitsOfWord;

  /// One of the numbers that Run is made for.
  static std::size_t words_for(std::size_t positions) {
    return std::bit_ceil((positions + kBits - 1) / kBits);
  }

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
      for (std::size_t i = 0; i < built_.words_; ++i) {
        if ((built_.first_of_text_[i] & built_.taking_[begin + i]) != 0) built_.opening_.set(each);
      }
    }
  }

  PatternAutomaton built_;
  std::vector<CharacterSet> characters_;               ///< by position
  std::vector<std::vector<std::uint16_t>> followers_;  ///< by position
  std::size_t follower_count_ = 0;
  bool too_long_ = false;
  bool refused_ = false;  ///< it repeats what is empty at an edge of the text
};
// NOLINTEND(misc-no-recursion)

/// The positions that one text has reached. As most patterns have few, their number is known here.
template <std::size_t kWords>
class PatternAutomaton::Run {
 public:
  Run(const PatternAutomaton& automaton, const NumberedText& text, bool ends_word)
      : automaton_(automaton), text_(text), ends_word_(ends_word) {}

  std::optional<std::size_t> longest_match(std::size_t begin, std::size_t& tries) {
    at_ = begin;
    next_ = set_of(begin == 0 ? automaton_.first_of_text_ : automaton_.first_, 0);
    for (pay(tries, 1); at_ < text_.size() && tries > 0 && reach(); pay(tries, follow())) {
      note_end();
    }
    return tries == 0 ? std::nullopt : longest_;
  }

 private:
  using Set = std::array<std::uint64_t, kWords>;

  static void pay(std::size_t& tries, std::size_t count) { tries -= std::min(tries, count); }

  /// The set that has this number among many.
  static Set set_of(const Positions& sets, std::size_t number) {
    Set set;
    std::copy_n(sets.begin() + static_cast<std::ptrdiff_t>(number * kWords), kWords, set.begin());
    return set;
  }

  /// Leaves what is in `other`, too; whether that is anything.
  static bool meets(Set& set, const Set& other) {
    std::uint64_t any = 0;
    for (std::size_t i = 0; i < kWords; ++i) any |= set[i] &= other[i];
    return any != 0;
  }

  /// Takes the next character; whether one of the next positions does, too.
  bool reach() {
    return meets(next_, set_of(automaton_.taking_, automaton_.class_at(text_, at_++)));
  }

  /// What may come next; how many positions it comes from.
  std::size_t follow() {
    const Set reached = std::exchange(next_, {});
    std::size_t count = 0;
    std::size_t first = 0;
    for (std::uint64_t word : reached) {
      for (; word != 0; word &= word - 1) {
        const auto position = first + static_cast<std::size_t>(std::countr_zero(word));
        const Set followers = set_of(automaton_.followers_, position);
        for (std::size_t i = 0; i < kWords; ++i) next_[i] |= followers[i];
        ++count;
      }
      first += kBitsOfWord;
    }
    return count;
  }

  void note_end() {
    const bool last = at_ == text_.size();
    Set ending = next_;
    if (!meets(ending, set_of(last ? automaton_.last_of_text_ : automaton_.last_, 0))) return;
    if (!last && ends_word_ && text_.is_word(at_)) return;
    longest_ = at_;
  }

  const PatternAutomaton& automaton_;
  const NumberedText& text_;
  bool ends_word_;
  std::size_t at_ = 0;
  Set next_{};  ///< that may be reached; once a character is taken, those that are
  std::optional<std::size_t> longest_;
};

std::optional<PatternAutomaton> PatternAutomaton::build(const PatternNode& pattern) {
  return AutomatonBuilder().run(pattern);
}

std::optional<std::size_t> PatternAutomaton::longest_match(const NumberedText& text,
                                                           std::size_t begin,
                                                           bool ends_word,
                                                           std::size_t& tries) const {
  switch (words_) {
    case 1: return Run<1>(*this, text, ends_word).longest_match(begin, tries);
    case 2: return Run<2>(*this, text, ends_word).longest_match(begin, tries);
    case 4: return Run<4>(*this, text, ends_word).longest_match(begin, tries);
    case 8: return Run<8>(*this, text, ends_word).longest_match(begin, tries);
    default: return Run<kMostWords>(*this, text, ends_word).longest_match(begin, tries);
  }
}

}  // namespace qanat::classifier
