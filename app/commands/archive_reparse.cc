#include <memory>
#include <optional>

#include "app/commands/archive.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/number_option.h"
#include "app/open_store.h"
#include "app/record_filter.h"
#include "app/reparse.h"
#include "app/terminal.h"
#include "app/units.h"
#include "parser/page.h"
#include "record/json.h"

namespace qanat::app {
namespace {

using record::Json;

struct ReparseOptions {
  std::string channel;
  std::int64_t limit = 50;
  bool apply = false;
  bool json = false;
};

Json difference_json(const ReparseDifference& difference) {
  return {{"id", difference.id}, {"parser", difference.parser}, {"fields", difference.fields}};
}

Json report_json(const ReparseReport& report, const std::vector<ReparseDifference>& shown) {
  Json differences = Json::array();
  for (const ReparseDifference& difference : shown) {
    differences.push_back(difference_json(difference));
  }
  return {{"schema", "qanat.reparse/1"},
          {"parser", parser::kParserVersion},
          {"posts", report.posts},
          {"identical", report.identical},
          {"different", report.different},
          {"not_archived", report.not_archived},
          {"without_page", report.without_page},
          {"written", report.written},
          {"differences", std::move(differences)}};
}

std::string words_for(const ReparseDifference& difference) {
  if (difference.fields.empty()) return "not on its page any more";
  std::string out;
  for (const std::string& field : difference.fields) out += (out.empty() ? "" : ", ") + field;
  return out;
}

void print_report(const Session& session,
                  const ReparseReport& report,
                  const std::vector<ReparseDifference>& shown) {
  session.out << counted(report.posts - report.without_page, "post") << " read again by parser "
              << parser::kParserVersion << ": " << report.identical << " identical, "
              << report.different << " different, " << report.not_archived
              << " whose page is archived no more\n";
  if (report.without_page > 0) {
    session.out << counted(report.without_page, "post")
                << " imported from Telegram Desktop: there is no page to read again\n";
  }
  for (const ReparseDifference& difference : shown) {
    session.out << "  " << difference.id << " (parser " << printable(difference.parser)
                << "): " << words_for(difference) << '\n';
  }
  const std::int64_t more = report.different - std::ssize(shown);
  if (more > 0) session.out << "  and " << more << " more; --limit 0 shows all\n";
}

void tell(const Session& session,
          const ReparseOptions& options,
          const ReparseReport& report,
          const std::vector<ReparseDifference>& shown) {
  if (options.json) {
    session.out << record::dump_line(report_json(report, shown)) << '\n';
  } else {
    print_report(session, report, shown);
  }
  if (options.apply) {
    session.err << counted(report.written, "post") << " updated; earlier texts stay as "
                << "revisions\n";
  } else if (!report.agrees()) {
    session.err << "nothing was written; --apply writes the differences\n";
  }
}

/// Nothing is judged anew where nothing is written.
Result<std::optional<classifier::Classifier>> judge_to_apply(const Session& session,
                                                             const ReparseOptions& options) {
  if (!options.apply) return std::nullopt;
  auto made = load_judge(session);
  if (!made) return fail(made.error());
  return *std::move(made);
}

Result<int> reparse_command(const Session& session, const ReparseOptions& options) {
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  const auto channel = read_channel_option(options.channel);
  if (!channel) return fail(channel.error());
  const auto judge = judge_to_apply(session, options);
  if (!judge) return fail(judge.error());
  auto store =
      open_store(session, options.apply ? store::Access::read_write : store::Access::read_only);
  if (!store) return fail(store.error());
  auto archive = open_archive(loaded->config.store);
  if (!archive) return fail(archive.error());
  std::vector<ReparseDifference> shown;
  const auto report = reparse(*store,
                              *archive,
                              {.channel = *channel, .apply = *judge ? &**judge : nullptr},
                              now(),
                              [&](const ReparseDifference& difference) {
                                const bool room =
                                    options.limit == 0 || std::ssize(shown) < options.limit;
                                if (room) shown.push_back(difference);
                              });
  if (!report) return fail(report.error());
  if (report->posts == 0) {
    if (auto met = check_empty_answer(session, *channel); !met) return fail(met.error());
  }
  tell(session, options, *report, shown);
  return report->agrees() ? kExitFine : kExitFailure;
}

}  // namespace

void add_archive_reparse(CLI::App& group, Session& session) {
  CLI::App* command =
      add_command(group,
                  "reparse",
                  "Parse the archived pages again and compare them with the stored posts",
                  "qanat archive reparse\n"
                  "qanat archive reparse --channel some_channel --limit 0 --json\n"
                  "qanat archive reparse --apply    # after an update of qanat");
  auto options = std::make_shared<ReparseOptions>();
  command->add_option("--channel", options->channel, "Only posts of this channel")
      ->type_name("CHANNEL");
  command->add_option("--limit", options->limit, "Show at most N differences; 0 for all")
      ->type_name("N")
      ->transform(whole_number(0))
      ->capture_default_str();
  CLI::Option* apply = command->add_flag(
      "--apply",
      options->apply,
      "Store what differs: changed content becomes a new revision and is judged again");
  add_rules_option(*command, session);
  command->get_option("--rules")->needs(apply);
  command->add_flag("--json", options->json, "One JSON object (docs/schema/reparse.schema.json)");
  set_action(*command, session, [&session, options] { return reparse_command(session, *options); });
}

}  // namespace qanat::app
