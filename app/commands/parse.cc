#include <memory>

#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/input.h"
#include "base/names.h"
#include "parser/page.h"
#include "record/json.h"

namespace qanat::app {
namespace {

std::string shown_name(const std::string& file) { return file == "-" ? "standard input" : file; }

/// What the page did not give, for the person at the terminal.
void tell_losses(const Session& session, const ChannelPage& page) {
  if (page.skipped > 0) {
    session.err << page.skipped << " posts without a readable id were left out\n";
  }
  for (const auto& [field, count] : page.malformed) {
    session.err << "unreadable " << printable(field) << ": " << count << '\n';
  }
  if (page.kind == PageKind::channel && !page.complete) {
    session.err << "the page ends early: its last post may be cut\n";
  }
}

Result<int> parse(const Session& session, const std::string& file, bool whole_page) {
  const auto bytes = read_input(file, session.in, parser::Limits().max_bytes);
  if (!bytes) return fail(Errc::markup, bytes.error().message);
  const auto page = parser::parse_page(*bytes);
  if (!page) return fail(Error{page.error()}.within(shown_name(file)));
  if (whole_page) {
    session.out << record::dump_line(record::page_json(*page)) << '\n';
    return kExitFine;
  }
  for (const Post& post : page->posts) {
    session.out << record::dump_line(record::parsed_post_json(post)) << '\n';
  }
  if (page->kind != PageKind::channel) {
    session.err << printable(shown_name(file)) << ": not a channel's page but `"
                << name_of(page->kind) << "`; --page prints what it says\n";
  }
  tell_losses(session, *page);
  return kExitFine;
}

}  // namespace

void add_parse(CLI::App& parent, Session& session) {
  CLI::App* command = add_command(parent,
                                  "parse",
                                  "Read a saved page: one JSON post a line",
                                  "qanat parse page.html\n"
                                  "qanat parse --page page.html\n"
                                  "curl -s https://t.me/s/some_channel | qanat parse -");
  struct Options {
    std::string file;
    bool whole_page = false;
  };
  auto options = std::make_shared<Options>();
  command->add_option("file", options->file, "The page, or - for standard input")
      ->type_name("FILE|-")
      ->required();
  command->add_flag("--page",
                    options->whole_page,
                    "The whole page as one JSON object: its kind, the channel, cursors, posts");
  command->callback([&session, options] {
    session.action = [&session, options] {
      return parse(session, options->file, options->whole_page);
    };
  });
}

}  // namespace qanat::app
