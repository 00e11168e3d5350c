#include <algorithm>
#include <memory>
#include <optional>

#include "app/archive_retention.h"
#include "app/commands/commands.h"
#include "app/crawl_tools.h"
#include "app/exit_code.h"
#include "app/import/import_source.h"
#include "app/record_filter.h"
#include "app/units.h"
#include "base/link_address.h"
#include "base/names.h"
#include "crawler/page_url.h"
#include "record/json.h"

namespace qanat::app {
namespace {

struct ImportOptions {
  std::vector<std::string> paths;
  std::string channel;
  bool json = false;
};

/// Hosts that serve channels' previews: Telegram's, and those that this store is crawled from.
std::vector<std::string> preview_hosts(const Config& config) {
  std::vector<std::string> hosts(kTelegramHosts.begin(), kTelegramHosts.end());
  for (const std::string& base : config.crawl.hosts) hosts.push_back(crawler::host_of(base));
  return hosts;
}

record::Json without_posts_json(const ImportReport& report) {
  record::Json out = record::Json::array();
  for (const PageWithoutPosts& page : report.without_posts) {
    out.push_back(
        {{"url", page.url},
         {"channel", page.channel.empty() ? record::Json(nullptr) : record::Json(page.channel)},
         {"kind", name_of(page.kind)},
         {"has_preview", page.has_preview}});
  }
  return out;
}

record::Json report_json(const ImportReport& report) {
  return {{"schema", "qanat.import/1"},
          {"pages", report.pages},
          {"without_posts", report.without_posts.size()},
          {"pages_without_posts", without_posts_json(report)},
          {"new", report.posts.fresh},
          {"edited", report.posts.edited},
          {"unchanged", report.posts.unchanged},
          {"known", report.known},
          {"removed", report.removed},
          {"followed", report.followed},
          {"kept_as", report.kept_as},
          {"refused", report.refused}};
}

/// "a channel whose preview is off", …
std::string_view words_for(const PageWithoutPosts& page) {
  switch (page.kind) {
    case PageKind::channel: return "a preview without posts";
    case PageKind::landing_channel:
      return page.has_preview ? "a channel's landing page, which has none of its posts"
                              : "a channel whose preview is off";
    case PageKind::landing_group: return "a group";
    case PageKind::landing_user: return "a user";
    case PageKind::landing_bot: return "a bot";
    case PageKind::free_name: return "a name that nobody owns";
    case PageKind::private_invite: return "a private invitation";
    case PageKind::post: return "a single post";
    case PageKind::home: return "Telegram's front page";
    case PageKind::unknown: break;
  }
  return "no page of Telegram's";
}

void print_without_posts(std::ostream& out, const std::vector<PageWithoutPosts>& pages) {
  constexpr std::size_t kNamed = 20;
  if (pages.empty()) return;
  out << counted(pages.size(), "page") << " without posts:\n";
  for (std::size_t i = 0; i < std::min(pages.size(), kNamed); ++i) {
    out << "  " << printable(pages[i].url) << ": " << words_for(pages[i]);
    if (!pages[i].channel.empty()) out << ", " << pages[i].channel;
    out << '\n';
  }
  if (pages.size() > kNamed) {
    out << "  and " << pages.size() - kNamed << " more; --json names all\n";
  }
}

void print_text(std::ostream& out, const ImportReport& report) {
  out << counted(report.pages, "page") << " with posts: " << report.posts.fresh << " new, "
      << report.posts.edited << " edited, " << report.posts.unchanged << " unchanged, "
      << report.known << " known already\n";
  if (report.removed > 0) {
    out << "not kept, because removed for good: " << counted(report.removed, "post") << '\n';
  }
  print_without_posts(out, report.without_posts);
  for (const auto& [shown, kept] : report.kept_as) {
    out << "kept as " << kept << ": posts of pages that call the channel " << shown << '\n';
  }
  for (const std::string& channel : report.followed) {
    out << "now followed: " << channel << "; `qanat channels remove " << channel << "` stops it\n";
  }
}

/// Says what came of it on `session`; gives the exit code.
int tell(const Session& session, const ImportReport& report, bool json) {
  if (json) {
    session.out << record::dump_line(report_json(report)) << '\n';
  } else {
    print_text(session.out, report);
  }
  for (const std::string& why : report.refused) session.err << "not read: " << why << '\n';
  if (report.pages == 0) {
    session.err << "nothing was imported; `qanat import --help` says what can be imported\n";
    return kExitFailure;
  }
  return report.refused.empty() ? kExitFine : kExitDegraded;
}

/// Pages belong to the month in which they were fetched, and old months go with the next run.
Result<void> warn_of_pruning(const Session& session,
                             const ImportReport& report,
                             store::SnapshotArchive& archive,
                             std::int64_t keep) {
  const auto since = kept_since(archive, keep, now());
  if (!since) return fail(since.error());
  if (!*since || !report.oldest || *report.oldest >= **since) return {};
  session.err << "the next crawl deletes archived pages that were fetched before "
              << format_instant(**since).substr(0, 10) << ", imported ones too: "
              << "`store.archive_months` is " << keep << "; their posts stay\n";
  return {};
}

Result<int> import_command(const Session& session, const ImportOptions& options) {
  const auto channel = read_channel_option(options.channel);
  if (!channel) return fail(channel.error());
  const auto sources = find_sources(options.paths, *channel);
  if (!sources) return fail(sources.error());
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  auto judge = load_judge(session);
  if (!judge) return fail(judge.error());
  auto files = open_crawl_files(*loaded);
  if (!files) return fail(files.error());
  Importer importer(files->store, files->archive, *judge, now());
  const auto hosts = preview_hosts(loaded->config);
  for (const ImportSource& source : *sources) {
    if (auto imported = import_source(source, *channel, hosts, importer); !imported) {
      return fail(imported.error());
    }
  }
  auto warned = warn_of_pruning(
      session, importer.report(), files->archive, loaded->config.store.archive_months);
  if (!warned) return fail(warned.error());
  return tell(session, importer.report(), options.json);
}

}  // namespace

void add_import(CLI::App& parent, Session& session) {
  CLI::App* command =
      add_command(parent,
                  "import",
                  "Import posts from saved pages, WARCs or a Telegram Desktop export",
                  "qanat import saved-pages/ crawl.warc.gz\n"
                  "qanat import ChatExport/result.json --channel some_channel");
  auto options = std::make_shared<ImportOptions>();
  command
      ->add_option("paths",
                   options->paths,
                   "Saved pages of t.me/s/…, WARCs, result.json, or folders of them")
      ->type_name("PATH")
      ->required();
  command
      ->add_option("--channel",
                   options->channel,
                   "The channel whose posts the Telegram Desktop exports hold")
      ->type_name("NAME");
  add_rules_option(*command, session);
  command->add_flag(
      "--json", options->json, "The report as one JSON object (docs/schema/import.schema.json)");
  set_action(*command, session, [&session, options] { return import_command(session, *options); });
}

}  // namespace qanat::app
