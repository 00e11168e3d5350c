#include "app/explanation_text.h"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <string>
#include <utility>

#include "app/number_text.h"
#include "base/names.h"
#include "base/utf8.h"

namespace qanat::app {
namespace {

Style style_of(BlockOutcome outcome) {
  switch (outcome) {
    case BlockOutcome::keep: return Style::green;
    case BlockOutcome::review: return Style::yellow;
    case BlockOutcome::ad:
    case BlockOutcome::signature:
    case BlockOutcome::boilerplate: return Style::red;
  }
  return Style::bold;
}

/// Blocks are long, and their text is known: enough of it to recognize them.
void print_quote(std::ostream& out, const Terminal& terminal, std::string_view text) {
  constexpr std::size_t kQuoteWidth = 200;
  out << "  " << styled(terminal, Style::dim, "│ " + clipped(one_line(text), kQuoteWidth)) << '\n';
}

std::string evidence_of(const RuleHit& hit) {
  std::string out;
  if (!hit.text.empty()) out += "«" + clipped(one_line(hit.text), 60) + "»";
  if (!hit.where.empty() && hit.where != "text") {
    out += (out.empty() ? "" : " ") + ("in " + one_line(hit.where));
  }
  if (!hit.note.empty()) out += (out.empty() ? "" : ", ") + one_line(hit.note);
  return out;
}

void print_hits(std::ostream& out,
                const Terminal& terminal,
                const std::string& title,
                const std::vector<RuleHit>& hits) {
  if (hits.empty()) return;
  std::size_t widest = 0;
  for (const RuleHit& hit : hits) widest = std::max(widest, display_width(hit.rule));
  out << "  " << styled(terminal, Style::bold, title) << '\n';
  for (const RuleHit& hit : hits) {
    out << "    " << padded(signed_weight(hit.weight), 8, true) << "  "
        << padded(one_line(hit.rule), widest) << "  " << evidence_of(hit) << '\n';
  }
}

/// Nobody asks for those that are unmet: they are dozens in a block, and the condition is the
/// rule's own. The JSON has them.
std::vector<RuleHit> with_effect(const std::vector<RuleHit>& hits, HitEffect effect) {
  std::vector<RuleHit> out;
  std::ranges::copy_if(
      hits, std::back_inserter(out), [&](const RuleHit& hit) { return hit.effect == effect; });
  return out;
}

void print_block(std::ostream& out,
                 const Terminal& terminal,
                 const Post& post,
                 const BlockVerdict& block) {
  print_quote(
      out, terminal, std::string_view(post.text).substr(block.span.begin, block.span.size()));
  print_hits(out, terminal, "because", block.because);
  print_hits(out, terminal, "against", block.against);
  out << "    " << padded(signed_weight(block.score), 8, true) << "  "
      << styled(terminal, Style::bold, "score") << ", that is " << percent(block.probability)
      << '\n';
  print_hits(
      out, terminal, "matched, but held back", with_effect(block.vetoed, HitEffect::held_back));
  print_hits(out, terminal, "only watching", block.shadow);
  if (!block.flip.empty()) out << "  would change: " << one_line(block.flip) << '\n';
}

/// Whole: where a question ends is what one looks for.
void print_part(std::ostream& out,
                const Terminal& terminal,
                std::string_view name,
                std::string_view text) {
  if (text.empty()) return;
  out << '\n' << styled(terminal, Style::bold, std::string(name)) << '\n';
  for (const auto line : std::views::split(text, '\n')) {
    out << "  │ " << printable(std::string_view(line.begin(), line.end())) << '\n';
  }
}

}  // namespace

void print_explanation(std::ostream& out, const Terminal& terminal, const Explained& explained) {
  const Post& post = explained.post;
  const Verdict& verdict = explained.verdict;
  if (post.id.message > 0) out << styled(terminal, Style::bold, post.id.str()) << "  ";
  out << styled(terminal, Style::bold, name_of(verdict.outcome)) << "  label "
      << name_of(verdict.label) << ", ad " << percent(verdict.ad_probability) << "\nrules  "
      << printable(verdict.ruleset) << '\n';
  const utf8::OffsetMap offsets(post.text);
  std::size_t number = 0;
  for (const BlockVerdict& block : verdict.blocks) {
    ++number;
    out << "\nblock " << number << " of " << verdict.blocks.size() << ", " << name_of(block.kind)
        << ", characters " << offsets.to_code_points(block.span.begin) << " to "
        << offsets.to_code_points(block.span.end) << ": "
        << styled(terminal, style_of(block.outcome), name_of(block.outcome)) << '\n';
    print_block(out, terminal, post, block);
  }
  if (!verdict.post_hits.empty()) {
    out << '\n';
    for (const auto& [effect, title] : {
             std::pair{HitEffect::counts, "about the whole post"},
             std::pair{HitEffect::held_back, "about the whole post, but held back"},
             std::pair{HitEffect::watches, "about the whole post, only watching"},
         }) {
      print_hits(out, terminal, title, with_effect(verdict.post_hits, effect));
    }
  }
  print_part(out, terminal, "title", explained.offered.title);
  print_part(out, terminal, "question", explained.offered.question);
  print_part(out, terminal, "answer", explained.offered.answer);
}

}  // namespace qanat::app
