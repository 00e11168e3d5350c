#include "classifier/plug_sentence.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/utf8.h"
#include "classifier/characters.h"
#include "classifier/score.h"

namespace qanat::classifier {
namespace {

using namespace std::string_view_literals;

/// Finds where sentences begin, character by character: behind a line break, or behind a sign that
/// ends one and a blank, with anything but a small letter. "г. Москва" is one sentence.
class SentenceReader {
 public:
  /// Whether a sentence begins with this character.
  bool begins_with(char32_t value) {
    if (value == U'\n') {
      place_ = Place::line;
      letters_ = 0;
      return false;
    }
    if (is_blank(value)) {
      if (place_ == Place::ended) place_ = Place::between;
      letters_ = 0;
      return false;
    }
    const bool is_small = is_letter(value) && !is_upper(value);
    const bool begins = place_ == Place::line || (place_ == Place::between && !is_small);
    if (ends(value)) {
      place_ = Place::ended;
    } else if (place_ != Place::ended || !closes(value)) {
      place_ = Place::inside;
    }
    letters_ = is_letter(value) ? letters_ + 1 : 0;
    return begins;
  }

 private:
  enum class Place : std::uint8_t { inside, ended, between, line };

  [[nodiscard]] bool ends(char32_t value) const {
    return U".!?…"sv.contains(value) && letters_ != 1;
  }
  static bool closes(char32_t value) { return U")]»\"”’"sv.contains(value); }

  Place place_ = Place::inside;
  std::size_t letters_ = 0;  ///< of the word so far: a single one is an initial or abbreviates
};

/// Where the sentence of `block` begins that holds the byte `at`.
std::size_t sentence_begin(std::string_view text, Span block, std::size_t at) {
  SentenceReader reader;
  std::size_t begin = block.begin;
  for (std::size_t i = block.begin; i <= at && i < block.end;) {
    const utf8::CodePoint point = character_at(text, i);
    if (reader.begins_with(point.value)) begin = i;
    i += point.length;
  }
  return begin;
}

/// Whether it speaks for a label somewhere in the text.
bool speaks_for(RuleLabel label, const RuleMatch& match, std::span<const RuleInfo> rules) {
  return match.span && adds_up(match, rules) && rules[match.rule].label == label;
}

/// What hits of a label with a place in `part` add up to.
std::int32_t said_in(Span part,
                     RuleLabel label,
                     const std::vector<RuleMatch>& matches,
                     std::span<const RuleInfo> rules) {
  std::int32_t sum = 0;
  for (const RuleMatch& match : matches) {
    if (!speaks_for(label, match, rules)) continue;
    const bool here = part.begin <= match.span->begin && match.span->begin < part.end;
    if (here) sum += match.weight;
  }
  return sum;
}

/// The first hit that alone marks a sentence as promotional.
std::optional<std::size_t> first_sign(const std::vector<RuleMatch>& matches,
                                      std::span<const RuleInfo> rules) {
  std::optional<std::size_t> first;
  for (const RuleMatch& match : matches) {
    const bool is_sign =
        match.weight >= kThresholds.touching && speaks_for(RuleLabel::ad, match, rules);
    if (is_sign) first = std::min(first.value_or(match.span->begin), match.span->begin);
  }
  return first;
}

/// A paragraph, and where its last sentences begin that promote.
class Parting {
 public:
  Parting(std::string_view text,
          const Block& block,
          const std::vector<RuleMatch>& matches,
          std::span<const RuleInfo> rules)
      : matches_(matches), rules_(rules), before_(block.text), plug_(block.text) {
    const auto sign = first_sign(matches, rules);
    if (block.kind != BlockKind::paragraph || !sign || *sign >= block.text.end) {
      plug_.begin = block.text.end;
      return;
    }
    before_.end = plug_.begin = sentence_begin(text, block.text, *sign);
    chars_before_ = utf8::length(text.substr(before_.begin, before_.size()));
    is_longer_ = chars_before_ >= utf8::length(text.substr(plug_.begin, plug_.size()));
    found_ = chars_before_ >= chars(kThresholds.least_answer) &&
             said(plug_, RuleLabel::ad) >= kThresholds.plug_sentence &&
             said(before_, RuleLabel::ad) < kThresholds.touching;
  }

  [[nodiscard]] bool found() const { return found_; }
  [[nodiscard]] std::size_t begin() const { return plug_.begin; }
  [[nodiscard]] std::int32_t explained() const { return -said(before_, RuleLabel::qa); }
  [[nodiscard]] bool is_behind_text() const {
    const bool is_plain = said(before_, RuleLabel::ad) <= 0;
    return explained() >= kThresholds.touching ||
           (is_plain && is_longer_ && chars_before_ >= chars(kThresholds.least_text));
  }

 private:
  static std::size_t chars(std::int32_t number) { return static_cast<std::size_t>(number); }

  [[nodiscard]] std::int32_t said(Span part, RuleLabel label) const {
    return said_in(part, label, matches_, rules_);
  }

  const std::vector<RuleMatch>& matches_;
  std::span<const RuleInfo> rules_;
  Span before_;
  Span plug_;
  std::size_t chars_before_ = 0;
  bool found_ = false;
  bool is_longer_ = false;
};

}  // namespace

std::vector<Plug> find_plugs(std::string_view text,
                             std::span<const Block> blocks,
                             const PostMatches& matches,
                             std::span<const RuleInfo> rules) {
  std::vector<Plug> plugs;
  std::int32_t explained = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Parting parting(text, blocks[i], matches.blocks[i], rules);
    explained += parting.explained();
    if (!parting.found()) continue;
    plugs.push_back({.block = i,
                     .begin = parting.begin(),
                     .behind_answer = explained >= kThresholds.touching,
                     .behind_text = parting.is_behind_text()});
  }
  return plugs;
}

std::vector<Block> part_off(std::span<const Plug> plugs,
                            std::string_view text,
                            std::span<const Block> blocks) {
  std::vector<Block> parted;
  auto plug = plugs.begin();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    parted.push_back(blocks[i]);
    if (plug == plugs.end() || plug->block != i) continue;
    Block& answer = parted.back();
    const Block rest{.span = {.begin = plug->begin, .end = answer.span.end},
                     .text = {.begin = plug->begin, .end = answer.text.end}};
    answer.span.end = plug->begin;
    const std::size_t begin = answer.text.begin;
    answer.text.end = begin + trimmed(text.substr(begin, plug->begin - begin)).size();
    parted.push_back(rest);
    ++plug;
  }
  return parted;
}

}  // namespace qanat::classifier
