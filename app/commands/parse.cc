#include <memory>
#include <string>
#include <vector>

#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/input.h"
#include "app/name_counts.h"
#include "app/terminal.h"
#include "app/units.h"
#include "base/names.h"
#include "parser/page.h"
#include "record/json.h"
#include "record/markdown.h"

namespace qanat::app {
namespace {

std::string shown_name(const std::string& file) { return file == "-" ? "standard input" : file; }

/// What the page did not give, for the person at the terminal.
void tell_losses(const Session& session, const ChannelPage& page) {
  if (page.skipped > 0) {
    session.err << "left out, because they cannot be read reliably: "
                << counted(page.skipped, "post") << '\n';
  }
  for (const auto& [field, count] : page.malformed) {
    session.err << "unreadable " << printable(field) << ": " << count << '\n';
  }
  if (!page.unknown_markup.empty()) {
    session.err << "unknown in the posts: " << listed(page.unknown_markup) << '\n';
  }
  if (!page.notice.empty()) {
    session.err << "the page says: " << one_line(printable(page.notice)) << '\n';
  }
  if (!page.complete) {
    session.err << "the page ends early"
                << (page.kind == PageKind::channel ? ": its last post may be cut" : "")
                << "; save it again\n";
  }
}

constexpr const char* kExpected =
    "qanat reads pages as Telegram serves them, such as https://t.me/s/some_channel: save one "
    "again";

Result<ChannelPage> read_page(const Session& session, const std::string& file) {
  const auto bytes = read_input(file,
                                session.in,
                                {.bytes = parser::Limits().max_bytes,
                                 .remedy = "no page of Telegram is that large; name a saved page, "
                                           "such as https://t.me/s/some_channel gives",
                                 .code = Errc::markup});
  if (!bytes) return fail(bytes.error());
  auto page = parser::parse_page(*bytes);
  if (page) return page;
  const std::string problem = page.error().message + "; " + kExpected;
  return fail(Error{.code = page.error().code, .message = problem}.within(shown_name(file)));
}

/// A heading that leads to the post, and its text.
std::string markdown_of(const Post& post) {
  std::string out = "## [" + post.id.str() + "](" + post.url + ")\n\n";
  if (post.published_at) out += format_instant(*post.published_at) + ", ";
  out += std::string(name_of(post.kind)) + "\n";
  const std::string text = printable(record::markdown(post));
  return text.empty() ? out : out + "\n" + text + "\n";
}

void print_markdown(const Session& session, const std::vector<Post>& posts) {
  for (const Post& post : posts) {
    session.out << (&post == &posts.front() ? "" : "\n") << markdown_of(post);
  }
}

struct ParseOptions {
  std::string file;
  std::string format = "json";
  bool whole_page = false;
};

Result<int> parse(const Session& session, const ParseOptions& options) {
  const std::string& file = options.file;
  const bool as_markdown = options.format == "markdown";
  if (as_markdown && options.whole_page) {
    return fail(Errc::usage, "--page is JSON: leave it out, or --format markdown");
  }
  const auto page = read_page(session, file);
  if (!page) return fail(page.error());
  if (options.whole_page) {
    session.out << record::dump_line(record::page_json(*page)) << '\n';
    tell_losses(session, *page);
    return kExitFine;
  }
  if (as_markdown) {
    print_markdown(session, page->posts);
  } else {
    for (const Post& post : page->posts) {
      session.out << record::dump_line(record::parsed_post_json(post)) << '\n';
    }
  }
  if (page->kind != PageKind::channel) {
    session.err << printable(shown_name(file)) << ": not a channel page but `"
                << name_of(page->kind) << "`; --page prints what it says\n";
  }
  tell_losses(session, *page);
  return kExitFine;
}

}  // namespace

void add_parse(CLI::App& parent, Session& session) {
  CLI::App* command = add_command(parent,
                                  "parse",
                                  "Read a saved page; print one JSON post per line, or Markdown",
                                  "qanat parse page.html\n"
                                  "qanat parse --page page.html\n"
                                  "qanat parse --format markdown page.html\n"
                                  "curl -s https://t.me/s/some_channel | qanat parse -");
  auto options = std::make_shared<ParseOptions>();
  command->add_option("file", options->file, "The page, or - for standard input")
      ->type_name("FILE|-")
      ->required();
  command->add_flag("--page",
                    options->whole_page,
                    "Print the whole page as one JSON object: its kind, channel, cursors, posts");
  command
      ->add_option("--format", options->format, "json, or markdown for the posts' formatted text")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"json", "markdown"}));
  accept_json(*command);
  set_action(*command, session, [&session, options] { return parse(session, *options); });
}

}  // namespace qanat::app
