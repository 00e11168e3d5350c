#include "app/record_text.h"

#include <algorithm>
#include <optional>
#include <ranges>
#include <utility>

#include <spdlog/fmt/fmt.h>

#include "app/number_text.h"
#include "app/units.h"
#include "base/instant.h"
#include "base/names.h"
#include "base/utf8.h"

namespace qanat::app {
namespace {

std::optional<Style> style_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::clean: return std::nullopt;
    case Outcome::stripped: return Style::green;
    case Outcome::ad_only: return Style::red;
    case Outcome::review: return Style::yellow;
  }
  return std::nullopt;
}

/// Each line behind a bar; blank lines at both ends and doubled ones are left out.
void print_barred(std::ostream& out, std::string_view title, const std::string& text) {
  out << '\n' << title << '\n';
  bool blank = true;
  bool has_begun = false;
  for (const auto part : std::views::split(text, '\n')) {
    const std::string_view line(part.begin(), part.end());
    const bool was_blank =
        std::exchange(blank, std::ranges::all_of(line, [](char c) { return c == ' '; }));
    if (blank) continue;
    if (was_blank && has_begun) out << "  │\n";
    has_begun = true;
    out << "  │ " << line << '\n';
  }
}

std::string date_of(const Post& post) {
  return post.published_at ? format_instant(*post.published_at) : "no date";
}

/// What there is beside the text, in a few words.
std::string extras_of(const Post& post) {
  std::string out;
  const auto add = [&out](const std::string& what) { out += (out.empty() ? "" : ", ") + what; };
  const auto count = [&add](std::size_t number, std::string_view singular) {
    if (number > 0) add(counted(number, singular));
  };
  if (!post.media.empty()) add(std::to_string(post.media.size()) + " media");
  count(post.links.size(), "link");
  count(post.buttons.size(), "button");
  count(post.reactions.size(), "reaction");
  count(post.poll ? 1 : 0, "poll");
  count(post.forwarded_from ? 1 : 0, "forward");
  count(post.reply_to ? 1 : 0, "reply");
  return out.empty() ? "none" : out;
}

}  // namespace

RecordTable::RecordTable()
    : table_({{.title = "id"},
              {.title = "published"},
              {.title = "label"},
              {.title = "outcome"},
              {.title = "ad", .right = true},
              {.title = "text"}}) {}

void RecordTable::add(const Record& record) {
  constexpr std::size_t kBeginning = 100;
  table_.add({record.post.id.str(),
              date_of(record.post),
              std::string(name_of(record.verdict.label)),
              std::string(name_of(record.verdict.outcome)),
              percent(record.verdict.ad_probability),
              clipped(one_line(record.post.text), kBeginning)},
             style_of(record.verdict.outcome));
}

void print_record(std::ostream& out, const Terminal& terminal, const Record& record) {
  TextTable facts({{.title = ""}, {.title = ""}});
  const Post& post = record.post;
  facts.add({"post", post.id.str() + "  " + post.url});
  facts.add({"published",
             date_of(post) + (post.edited ? ", edited" : "") + ", revision " +
                 std::to_string(record.revision)});
  if (record.deleted_at) {
    facts.add({"deleted", "missing from its channel since " + format_instant(*record.deleted_at)});
  }
  facts.add({"kind", std::string(name_of(post.kind)) + "; " + extras_of(post)});
  facts.add({"judged",
             std::string(name_of(record.verdict.label)) + ", " +
                 std::string(name_of(record.verdict.outcome)) + ", ad " +
                 percent(record.verdict.ad_probability)});
  for (const Removed& part : record.verdict.removed) {
    const std::string_view text =
        std::string_view(post.text).substr(part.span.begin, part.span.size());
    facts.add({"removed",
               counted(utf8::length(text), "character") + ", " + std::string(name_of(part.kind)) +
                   " (" + percent(part.probability) +
                   "): " + fmt::format("{}", fmt::join(part.rules, ", "))});
  }
  facts.add({"question", record.normalized.question});
  facts.add({"from",
             record.provenance.host + " at " + format_instant(record.provenance.fetched_at) + ", " +
                 record.provenance.snapshot});
  if (record.latest.snapshot != record.provenance.snapshot) {
    facts.add({"last read",
               record.latest.host + " at " + format_instant(record.latest.fetched_at) + ", " +
                   record.latest.snapshot});
  }
  facts.print(out, terminal);
  const std::vector<Removed>& removed = record.verdict.removed;
  if (removed.empty()) {
    print_barred(out, "text", printable(post.text));
    return;
  }
  print_barred(out,
               terminal.colour ? "before, with the removed parts in red"
                               : "before, with the removed parts in [-…-]",
               marked_text(terminal, post.text, removed));
  print_barred(out, "after", printable(kept_text(post.text, removed)));
}

std::string marked_text(const Terminal& terminal,
                        std::string_view text,
                        const std::vector<Removed>& removed) {
  std::string out;
  std::size_t at = 0;
  for (const Removed& part : removed) {
    out += printable(text.substr(at, part.span.begin - at));
    const std::string gone = printable(text.substr(part.span.begin, part.span.size()));
    out += terminal.colour ? styled(terminal, Style::red, gone) : "[-" + gone + "-]";
    at = part.span.end;
  }
  return out + printable(text.substr(at));
}

Result<Record> find_record(store::Store& store, const PostId& id) {
  auto found = store.find(id);
  if (!found) return fail(found.error());
  if (*found) return std::move(**found);
  return fail(Errc::usage,
              id.str() + ": not in the store; `qanat posts --channel " + id.channel.str() +
                  "` lists what is");
}

}  // namespace qanat::app
