#include "classifier/pattern_automaton.h"

#include <algorithm>
#include <array>
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
    for (const auto& [position, condition] : whole.first) {
      if ((condition & kAtEnd) != 0) continue;  // a character follows
      built_.first_.push_back({.position = position, .at_text_begin = condition != 0});
    }
    for (const auto& [position, condition] : whole.last) {
      if ((condition & kAtBegin) != 0) continue;  // a character went before
      using End = PatternAutomaton::End;
      End& end = built_.positions_[position].end;
      end = std::max(end, condition == 0 ? End::anywhere : End::at_text_end);
    }
    join_followers();
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
    auto& positions = built_.positions_;
    too_long_ = too_long_ || positions.size() == PatternAutomaton::kMostPositions;
    if (too_long_) return {};
    const auto number = static_cast<std::uint16_t>(positions.size());
    positions.push_back(position_of(characters));
    followers_.emplace_back();
    Part part;
    part.first = part.last = {{.position = number}};
    return part;
  }

  PatternAutomaton::Position position_of(const CharacterSet& characters) {
    const auto ranges = characters.ranges();
    if (ranges.size() == 1) return {.characters = ranges.front()};
    built_.sets_.push_back(characters);
    return {.characters = {}, .set = static_cast<std::uint32_t>(built_.sets_.size())};
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

  void join_followers() {
    for (std::size_t i = 0; i < followers_.size(); ++i) {
      auto& each = followers_[i];
      std::ranges::sort(each);
      const auto repeated = std::ranges::unique(each);
      each.erase(repeated.begin(), repeated.end());
      PatternAutomaton::Position& position = built_.positions_[i];
      position.next = static_cast<std::uint32_t>(built_.next_.size());
      position.next_count = static_cast<std::uint16_t>(each.size());
      built_.next_.insert(built_.next_.end(), each.begin(), each.end());
    }
  }

  PatternAutomaton built_;
  std::vector<std::vector<std::uint16_t>> followers_;  ///< by position
  std::size_t follower_count_ = 0;
  bool too_long_ = false;
};
// NOLINTEND(misc-no-recursion)

/// The positions that one text has reached.
class PatternAutomaton::Run {
 public:
  Run(const PatternAutomaton& automaton, std::string_view text, bool ends_word, std::size_t& tries)
      : automaton_(automaton), text_(text), ends_word_(ends_word), tries_(tries) {}

  std::optional<std::size_t> longest_match(std::size_t begin) {
    if (begin == text_.size()) return std::nullopt;
    at_ = begin;
    read();
    for (const First& each : automaton_.first_) {
      if (!each.at_text_begin || begin == 0) try_position(each.position);
    }
    while (!reached_->empty()) step();
    return tries_ == 0 ? std::nullopt : longest_;
  }

 private:
  /// Numbers of positions, each once.
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): the first size_ of numbers_ are
  class Reached {
   public:
    void add(std::uint16_t position) {
      if (known_[position]) return;
      known_.set(position);
      numbers_[size_++] = position;
    }
    void clear() {
      size_ = 0;
      known_.reset();
    }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] std::span<const std::uint16_t> all() const {
      return std::span(numbers_).first(size_);
    }

   private:
    std::array<std::uint16_t, kMostPositions> numbers_;
    std::size_t size_ = 0;
    std::bitset<kMostPositions> known_;
  };

  /// Takes the next character.
  void read() {
    const utf8::CodePoint point = character_at(text_, at_);
    character_ = point.value;
    at_ += point.length;
  }

  void step() {
    std::swap(reached_, before_);
    reached_->clear();
    if (at_ == text_.size()) return;
    read();
    for (const std::uint16_t number : before_->all()) {
      const Position& position = automaton_.positions_[number];
      const auto next = std::span(automaton_.next_).subspan(position.next, position.next_count);
      for (const std::uint16_t each : next) try_position(each);
    }
  }

  void try_position(std::uint16_t number) {
    if (tries_ == 0) return;
    --tries_;
    const Position& position = automaton_.positions_[number];
    if (!automaton_.takes(position, character_)) return;
    reached_->add(number);
    if (position.end != End::no) note_end(position.end);
  }

  void note_end(End end) {
    if (longest_ == at_) return;
    const bool last = at_ == text_.size();
    if (!last && end == End::at_text_end) return;
    if (!last && ends_word_ && is_word_character(character_at(text_, at_).value)) return;
    longest_ = at_;
  }

  const PatternAutomaton& automaton_;
  std::string_view text_;
  bool ends_word_;
  std::size_t& tries_;
  std::size_t at_ = 0;
  char32_t character_ = 0;
  std::array<Reached, 2> sets_;
  Reached* reached_ = sets_.data();
  Reached* before_ = sets_.data() + 1;
  std::optional<std::size_t> longest_;
};

std::optional<PatternAutomaton> PatternAutomaton::build(const PatternNode& pattern) {
  return AutomatonBuilder().run(pattern);
}

std::optional<std::size_t> PatternAutomaton::longest_match(std::string_view text,
                                                           std::size_t begin,
                                                           bool ends_word,
                                                           std::size_t& tries) const {
  return Run(*this, text, ends_word, tries).longest_match(begin);
}

}  // namespace qanat::classifier
