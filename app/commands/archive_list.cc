#include <memory>
#include <optional>

#include "app/commands/archive.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/record_filter.h"
#include "app/terminal.h"
#include "app/text_table.h"
#include "base/instant.h"
#include "record/json.h"

namespace qanat::app {
namespace {

using record::Json;

struct ArchiveListOptions {
  std::string month;
  std::string channel;
  bool json = false;
};

// Months ------------------------------------------------------------------------------------------

Json month_json(const store::ArchiveMonth& month) {
  return {{"month", month.name},
          {"fetches", month.fetches},
          {"pages", month.pages},
          {"bytes", month.bytes},
          {"file_bytes", month.file_bytes}};
}

void print_months(const Session& session, const std::vector<store::ArchiveMonth>& months) {
  TextTable table({{.title = "month"},
                   {.title = "fetches", .right = true},
                   {.title = "pages", .right = true},
                   {.title = "fetched", .right = true},
                   {.title = "on disk", .right = true}});
  for (const store::ArchiveMonth& month : months) {
    table.add({month.name,
               std::to_string(month.fetches),
               std::to_string(month.pages),
               mebibytes(month.bytes),
               mebibytes(month.file_bytes)});
  }
  table.print(session.out, session.out_terminal);
}

Result<int> list_months(const Session& session,
                        store::SnapshotArchive& archive,
                        const std::vector<std::string>& names,
                        bool json) {
  std::vector<store::ArchiveMonth> months;
  for (const std::string& name : names) {
    auto month = archive.summary(name);
    if (!month) return fail(month.error());
    months.push_back(*std::move(month));
  }
  if (json) {
    Json list = Json::array();
    for (const store::ArchiveMonth& month : months) list.push_back(month_json(month));
    session.out << record::dump_line(
                       {{"schema", "qanat.archive_months/1"}, {"months", std::move(list)}})
                << '\n';
  } else if (months.empty()) {
    session.err << "the archive is empty\n";
  } else {
    print_months(session, months);
  }
  return kExitFine;
}

// Fetches -----------------------------------------------------------------------------------------

Json fetch_json(const store::ArchivedFetch& fetch) {
  return {{"channel", fetch.channel.str()},
          {"url", fetch.url},
          {"fetched_at", format_instant(fetch.fetched_at)},
          {"status", fetch.status},
          {"snapshot", fetch.snapshot},
          {"bytes", fetch.bytes},
          {"erased", fetch.erased}};
}

Result<int> list_fetches(const Session& session,
                         store::SnapshotArchive& archive,
                         const std::string& month,
                         const std::optional<ChannelName>& channel,
                         bool json) {
  bool found = false;
  const auto listed = archive.for_each_fetch(month, channel, [&](const auto& fetch) {
    found = true;
    if (json) {
      session.out << record::dump_line(fetch_json(fetch)) << '\n';
    } else {
      session.out << format_instant(fetch.fetched_at) << ' ' << fetch.status << ' '
                  << fetch.snapshot << ' ' << printable(fetch.url)
                  << (fetch.erased ? " (erased)" : "") << '\n';
    }
    return session.out.good();
  });
  if (!listed) return fail(listed.error());
  if (found) return kExitFine;
  if (auto met = check_empty_answer(session, channel); !met) return fail(met.error());
  return kExitFine;
}

Result<int> list_archive(const Session& session, const ArchiveListOptions& options) {
  if (options.month.empty() && !options.channel.empty()) {
    return fail(Errc::usage, "--channel goes with a month: qanat archive list 2026-07 --channel x");
  }
  auto archive = open_archive(session);
  if (!archive) return fail(archive.error());
  const auto months = archive->months();
  if (!months) return fail(months.error());
  if (options.month.empty()) return list_months(session, *archive, *months, options.json);
  const auto month = read_month(options.month, *months);
  if (!month) return fail(month.error());
  const auto channel = read_channel_option(options.channel);
  if (!channel) return fail(channel.error());
  return list_fetches(session, *archive, *month, *channel, options.json);
}

}  // namespace

void add_archive_list(CLI::App& group, Session& session) {
  CLI::App* command = add_command(group,
                                  "list",
                                  "List the archive's months, or the fetches of one month",
                                  "qanat archive list\n"
                                  "qanat archive list 2026-07 --channel some_channel");
  auto options = std::make_shared<ArchiveListOptions>();
  command->add_option("month", options->month, "List the fetches of this month, such as 2026-07")
      ->type_name("MONTH");
  command->add_option("--channel", options->channel, "Only fetches of this channel")
      ->type_name("CHANNEL");
  command->add_flag(
      "--json",
      options->json,
      "One JSON object (docs/schema/archive_months.schema.json); with MONTH one per line "
      "(archived_fetch.schema.json)");
  set_action(*command, session, [&session, options] { return list_archive(session, *options); });
}

}  // namespace qanat::app
