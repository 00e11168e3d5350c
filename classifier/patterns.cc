#include "classifier/patterns.h"

#include <algorithm>
#include <array>
#include <ranges>

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include "base/utf8.h"

namespace qanat::classifier {
namespace {

/// In bytes. At 4, 79 of 814 patterns were tried on a post; at 3, 42; the literals cost less than
/// that.
constexpr int kShortestAtom = 3;
constexpr std::int64_t kPatternMemory = std::int64_t{8} << 20;

RE2::Options options() {
  RE2::Options chosen;
  chosen.set_max_mem(kPatternMemory);
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
  const RE2 compiled(pattern, options());
  if (!compiled.ok()) return {.error = compiled.error()};
  return {.matches_empty = RE2::FullMatch("", compiled), .program_size = compiled.ProgramSize()};
}

PatternSet::PatternSet(View view)
    : view_(view), filtered_(std::make_unique<re2::FilteredRE2>(kShortestAtom)) {}
PatternSet::~PatternSet() = default;
PatternSet::PatternSet(PatternSet&&) noexcept = default;
PatternSet& PatternSet::operator=(PatternSet&&) noexcept = default;

std::optional<std::size_t> PatternSet::add(const std::string& pattern, WordEdges edges) {
  int number = 0;
  const auto error = filtered_->Add(with_edges(pattern, edges, view_), options(), &number);
  if (error != RE2::NoError) return std::nullopt;
  ++count_;
  return static_cast<std::size_t>(number);
}

void PatternSet::compile() {
  // Raw texts keep their case, and the prefilter's pieces are lower case: raw rules run unfiltered.
  if (count_ == 0 || view_ == View::raw) return;
  std::vector<std::string> atoms;
  filtered_->Compile(&atoms);
  literals_ = LiteralMatcher(atoms);
}

void PatternSet::candidates(std::string_view text,
                            PatternScratch& scratch,
                            std::vector<int>& found) const {
  found.clear();
  if (count_ == 0) return;
  if (view_ == View::raw) {
    const auto all = std::views::iota(0, static_cast<int>(count_));
    found.assign(all.begin(), all.end());
    return;
  }
  scratch.seen.resize(std::max(scratch.seen.size(), literals_.size()), 0);
  literals_.find(text, scratch.seen, scratch.atoms);
  filtered_->AllPotentials(scratch.atoms, &found);
  std::ranges::sort(found);
}

std::optional<Span> PatternSet::find(std::size_t number,
                                     std::string_view text,
                                     std::size_t from) const {
  std::array<re2::StringPiece, 2> groups;
  const RE2& pattern = filtered_->GetRE2(static_cast<int>(number));
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
