#include <algorithm>
#include <memory>

#include "app/commands/commands.h"
#include "app/commands/export_file.h"
#include "app/web_address.h"
#include "export/feed.h"

namespace qanat::app {
namespace {

constexpr std::int64_t kUsualEntries = 100;

struct FeedExport {
  FileExport file;
  exporting::FeedOptions feed;
  std::string format = "atom";
};

/// A reader follows it.
std::string address_problem(const std::string& text) {
  if (is_web_address(text)) return "";
  return "`" + text + "` is no http or https address; write https://example.org/all.atom";
}

std::vector<std::string> format_names() {
  std::vector<std::string> out(exporting::kFeedFormats.size());
  std::ranges::transform(
      exporting::kFeedFormats, out.begin(), [](auto format) { return name_of(format); });
  return out;
}

void add_feed_options(CLI::App& command, FeedExport& options) {
  command.add_option("--format", options.format, "rss (2.0), atom, or json (JSON Feed 1.1)")
      ->type_name("FORMAT")
      ->check(CLI::IsMember(format_names()))
      ->capture_default_str();
  exporting::FeedOptions& feed = options.feed;
  command.add_option("--title", feed.title, "The feed's title; by default the channel's")
      ->type_name("TEXT");
  command
      .add_option(
          "--url", feed.url, "Where it will be served (http or https); the feed's link to itself")
      ->type_name("URL")
      ->check(CLI::Validator(address_problem, ""));
}

Result<int> export_feed(const Session& session, FeedExport& options) {
  for (const exporting::FeedFormat format : exporting::kFeedFormats) {
    if (name_of(format) == options.format) options.feed.format = format;
  }
  return export_file(session,
                     options.file,
                     [&](store::Store& store, const auto& selection, const std::string& path) {
                       return exporting::write_feed(store, selection, options.feed, path);
                     });
}

}  // namespace

void add_export_feed(CLI::App& group, Session& session) {
  CLI::App* command =
      add_command(group,
                  "feed",
                  "Write the newest posts, without advertising, as a feed",
                  "qanat export feed --format rss -o feed.xml --channel some_channel\n"
                  "qanat export feed --format json -o feed.json --label qa --limit 50");
  auto options = std::make_shared<FeedExport>();
  options->file.file = "-";
  options->file.selection.filter.limit = kUsualEntries;
  add_feed_options(*command, *options);
  add_file_export_options(*command, options->file);
  set_action(*command, session, [&session, options] { return export_feed(session, *options); });
}

}  // namespace qanat::app
