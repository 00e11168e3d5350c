#include "app/audit/question_text.h"

#include <ranges>
#include <string>

#include "app/number_text.h"
#include "base/instant.h"
#include "base/names.h"

namespace qanat::app {
namespace {

/// A block's lines behind its number; blank ones at its end are its neighbours' distance.
void print_block(std::ostream& out,
                 const Terminal& terminal,
                 std::size_t number,
                 std::string_view text) {
  const std::size_t end = text.find_last_not_of(" \t\n");
  const std::string shown = printable(text.substr(0, end == std::string_view::npos ? 0 : end + 1));
  std::string margin = padded("[" + std::to_string(number) + "]", 5, true);
  for (const auto line : std::views::split(shown, '\n')) {
    out << styled(terminal, Style::dim, margin) << ' ' << std::string_view(line.begin(), line.end())
        << '\n';
    margin = std::string(5, ' ');
  }
}

void print_extra(std::ostream& out,
                 const Terminal& terminal,
                 std::string_view what,
                 std::string_view text) {
  if (text.empty()) return;
  out << styled(terminal, Style::dim, padded(what, 9, true)) << ' ' << one_line(text) << '\n';
}

/// Addresses that the text does not show, and what stands outside of the text.
void print_extras(std::ostream& out, const Terminal& terminal, const Post& post) {
  for (const Link& link : post.links) {
    if (link.masked) print_extra(out, terminal, "link", "«" + link.text + "» → " + link.url);
  }
  for (const Button& button : post.buttons) {
    print_extra(out, terminal, "button", "«" + button.text + "» → " + button.url);
  }
  if (post.forwarded_from) print_extra(out, terminal, "from", post.forwarded_from->name);
  if (post.link_preview) print_extra(out, terminal, "preview", post.link_preview->title);
  if (!post.poll) return;
  print_extra(out, terminal, "poll", post.poll->type + ": " + post.poll->question);
  for (const PollOption& option : post.poll->options) {
    print_extra(out, terminal, "option", option.text);
  }
}

}  // namespace

void print_question(std::ostream& out,
                    const Terminal& terminal,
                    const Record& record,
                    std::size_t number,
                    std::size_t of) {
  const Post& post = record.post;
  out << '\n'
      << styled(terminal, Style::bold, std::to_string(number) + " of " + std::to_string(of)) << "  "
      << post.id.str() << "  " << one_line(post.url) << "  "
      << (post.published_at ? format_instant(*post.published_at) : "no date") << "  "
      << name_of(post.kind) << "\n\n";
  std::size_t block = 0;
  for (const BlockVerdict& part : record.verdict.blocks) {
    print_block(out,
                terminal,
                ++block,
                std::string_view(post.text).substr(part.span.begin, part.span.size()));
  }
  if (record.verdict.blocks.empty()) out << printable(post.text) << '\n';
  print_extras(out, terminal, post);
  out << '\n';
}

void print_verdict_after(std::ostream& out,
                         const Terminal& terminal,
                         const Record& record,
                         const store::LabelRow& label) {
  const Verdict& verdict = record.verdict;
  const bool same = label.label == verdict.label;
  out << styled(terminal,
                same ? Style::green : Style::yellow,
                same ? "qanat says the same: " : "qanat says: ")
      << name_of(verdict.label) << ", " << name_of(verdict.outcome) << ", ad "
      << percent(verdict.ad_probability) << '\n';
}

}  // namespace qanat::app
