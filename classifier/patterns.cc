#include "classifier/patterns.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <unordered_map>
#include <utility>

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include "base/utf8.h"

namespace qanat::classifier {
namespace {

/// In bytes. At 4, 79 of 814 patterns were tried on a post; at 3, 42; the literals cost less than
/// that.
constexpr int kShortestAtom = 3;

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

/// Is the match the edge of a word at the ends that are asked for? The character before it must lie
/// behind `from`, as a pattern with edges would find it.
bool stands_apart(std::string_view text, Span match, std::size_t from, WordEdges edges) {
  const bool start = edges == WordEdges::whole || edges == WordEdges::start;
  const bool end = edges == WordEdges::whole || edges == WordEdges::end;
  if (start && match.begin > 0) {
    if (match.begin == from) return false;
    if (is_word_character(final_character(text.substr(0, match.begin)))) return false;
  }
  return !end || match.end == text.size() ||
         !is_word_character(first_character(text.substr(match.end)));
}

/// Signs stand for themselves behind a backslash; letters and digits do not.
bool is_ascii_sign(char byte) {
  constexpr std::string_view kSigns = R"(!"#$%&'()*+,-./:;<=>?@[\]^`{|}~)";
  return kSigns.contains(byte);
}

/// The only string that the pattern matches; nothing when it is not plain.
std::optional<std::string> plain_string(std::string_view pattern) {
  constexpr std::string_view kSpecial = "^$.|?*+()[]{}";
  std::string plain;
  bool escaped = false;
  for (const char byte : pattern) {
    if (escaped ? !is_ascii_sign(byte) : kSpecial.contains(byte)) return std::nullopt;
    escaped = !escaped && byte == '\\';
    if (!escaped) plain += byte;
  }
  if (escaped) return std::nullopt;
  return plain;
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

PatternSet::PatternSet(View view, std::int64_t memory)
    : view_(view), memory_(memory), filtered_(std::make_unique<re2::FilteredRE2>(kShortestAtom)) {}
PatternSet::~PatternSet() = default;
PatternSet::PatternSet(PatternSet&&) noexcept = default;
PatternSet& PatternSet::operator=(PatternSet&&) noexcept = default;

std::optional<std::size_t> PatternSet::add(const std::string& pattern, WordEdges edges) {
  Entry entry{.edges = edges};
  const auto plain = plain_string(pattern);
  if (plain && plain->size() >= kShortestAtom && utf8::is_valid(*plain)) {
    entry.plain = *plain;
  } else {
    if (filtered_->Add(pattern, options(memory_), &entry.regex) != RE2::NoError) {
      return std::nullopt;
    }
    number_of_regex_.push_back(static_cast<int>(entries_.size()));
  }
  entries_.push_back(std::move(entry));
  return entries_.size() - 1;
}

void PatternSet::compile() {
  if (view_ == View::raw) {
    // Raw texts keep their case, and the prefilter's pieces are lower case.
    const auto all = std::views::iota(0, static_cast<int>(entries_.size()));
    always_.assign(all.begin(), all.end());
    return;
  }
  std::vector<std::string> atoms;
  if (!number_of_regex_.empty()) {
    filtered_->Compile(&atoms);
    filtered_->AllPotentials({}, &always_);
    for (int& number : always_) number = number_of_regex_[static_cast<std::size_t>(number)];
    std::ranges::sort(always_);
  }
  filter_atoms_ = atoms.size();
  add_plain_strings(atoms);
  literals_ = LiteralMatcher(atoms);
}

void PatternSet::add_plain_strings(std::vector<std::string>& atoms) {
  std::unordered_map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < atoms.size(); ++i) places.emplace(atoms[i], i);
  plain_uses_.resize(atoms.size());
  for (std::size_t number = 0; number < entries_.size(); ++number) {
    const std::string& plain = entries_[number].plain;
    if (plain.empty()) continue;
    const auto [place, is_new] = places.emplace(plain, atoms.size());
    if (is_new) {
      atoms.push_back(plain);
      plain_uses_.emplace_back();
    }
    plain_uses_[place->second].push_back(static_cast<int>(number));
  }
}

void PatternSet::candidates(std::string_view text,
                            PatternScratch& scratch,
                            std::vector<int>& found) const {
  scratch.seen.resize(std::max(scratch.seen.size(), literals_.size()), 0);
  literals_.find(text, scratch.seen, scratch.literals);
  found.clear();
  for (const int literal : scratch.literals) {
    const auto& uses = plain_uses_[static_cast<std::size_t>(literal)];
    found.insert(found.end(), uses.begin(), uses.end());
  }
  std::erase_if(scratch.literals,
                [this](int literal) { return static_cast<std::size_t>(literal) >= filter_atoms_; });
  if (scratch.literals.empty()) {
    found.insert(found.end(), always_.begin(), always_.end());
  } else {
    filtered_->AllPotentials(scratch.literals, &scratch.regexes);
    for (const int regex : scratch.regexes) {
      found.push_back(number_of_regex_[static_cast<std::size_t>(regex)]);
    }
  }
  std::ranges::sort(found);
}

bool PatternSet::is_always_tried(std::size_t number) const {
  return std::ranges::binary_search(always_, static_cast<int>(number));
}

std::optional<Span> PatternSet::find(std::size_t number,
                                     std::string_view text,
                                     std::size_t from) const {
  Entry& entry = entries_[number];
  if (!entry.plain.empty()) return find_plain(entry, text, from);
  re2::StringPiece found;
  const RE2& pattern = filtered_->GetRE2(entry.regex);
  const re2::StringPiece all(text.data(), text.size());
  if (!pattern.Match(all, from, text.size(), RE2::UNANCHORED, &found, 1)) return std::nullopt;
  const auto begin = static_cast<std::size_t>(found.data() - text.data());
  const Span span{.begin = begin, .end = begin + found.size()};
  // The leftmost and longest of all matches is that of those with edges, if it has them.
  if (!span.empty() && stands_apart(text, span, from, entry.edges)) return span;
  return find_edged(entry, text, from);
}

std::optional<Span> PatternSet::find_plain(const Entry& entry,
                                           std::string_view text,
                                           std::size_t from) {
  for (auto at = text.find(entry.plain, from); at != std::string_view::npos;
       at = text.find(entry.plain, at + 1)) {
    const Span span{.begin = at, .end = at + entry.plain.size()};
    if (stands_apart(text, span, from, entry.edges)) return span;
  }
  return std::nullopt;
}

std::optional<Span> PatternSet::find_edged(Entry& entry,
                                           std::string_view text,
                                           std::size_t from) const {
  std::call_once(*entry.once, [&] {
    const std::string& bare = filtered_->GetRE2(entry.regex).pattern();
    entry.edged = std::make_unique<RE2>(with_edges(bare, entry.edges, view_), options(memory_));
  });
  std::array<re2::StringPiece, 2> groups;
  if (!entry.edged->Match(re2::StringPiece(text.data(), text.size()),
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
