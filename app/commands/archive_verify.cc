#include <memory>

#include "app/commands/archive.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/open_store.h"
#include "app/units.h"
#include "record/json.h"

namespace qanat::app {
namespace {

using record::Json;

struct VerifyReport {
  std::int64_t months = 0;
  std::int64_t pages = 0;         ///< whose bytes were held against their names
  std::int64_t not_archived = 0;  ///< that the store names and no month has
  std::vector<std::string> damage;
};

Result<void> verify_months(store::SnapshotArchive& archive, VerifyReport& report) {
  const auto months = archive.months();
  if (!months) return fail(months.error());
  for (const std::string& month : *months) {
    const auto pages = archive.verify(
        month, [&](const std::string& finding) { report.damage.push_back(finding); });
    if (!pages && pages.error().code == Errc::storage_unusable) {
      report.damage.push_back(pages.error().message);
      continue;
    }
    if (!pages) return fail(pages.error());
    ++report.months;
    report.pages += *pages;
  }
  return {};
}

/// Posts lead back to pages: how many do not any more.
Result<void> look_for_pages(store::Store& store,
                            store::SnapshotArchive& archive,
                            VerifyReport& report) {
  const auto names = store.snapshots();
  if (!names) return fail(names.error());
  for (const std::string& name : *names) {
    const auto has = archive.has(name);
    if (!has) return fail(has.error());
    if (!*has) ++report.not_archived;
  }
  return {};
}

void print_report(const Session& session, const VerifyReport& report) {
  session.out << counted(report.pages, "page") << " of " << counted(report.months, "month")
              << " read and checked against their hashes; " << counted(report.not_archived, "page")
              << " that posts came from " << (report.not_archived == 1 ? "is" : "are")
              << " archived no more\n";
  for (const std::string& finding : report.damage) {
    session.out << "  " << styled(session.out_terminal, Style::red, "damaged") << ' '
                << printable(finding) << '\n';
  }
}

Result<int> verify(const Session& session, bool json) {
  auto archive = open_archive(session);
  if (!archive) return fail(archive.error());
  VerifyReport report;
  if (auto verified = verify_months(*archive, report); !verified) return fail(verified.error());
  // A damaged file can answer nothing for sure.
  if (report.damage.empty()) {
    auto store = open_store(session, store::Access::read_only);
    if (!store) return fail(store.error());
    if (auto looked = look_for_pages(*store, *archive, report); !looked) {
      return fail(looked.error());
    }
  }
  if (json) {
    session.out << record::dump_line({{"schema", "qanat.archive_verify/1"},
                                      {"months", report.months},
                                      {"pages", report.pages},
                                      {"not_archived", report.not_archived},
                                      {"damage", report.damage}})
                << '\n';
  } else {
    print_report(session, report);
  }
  return report.damage.empty() ? kExitFine : kExitUnusable;
}

}  // namespace

void add_archive_verify(CLI::App& group, Session& session) {
  CLI::App* command = add_command(
      group, "verify", "Check every archived page against its hash", "qanat archive verify");
  auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "One JSON object (docs/schema/archive_verify.schema.json)");
  set_action(*command, session, [&session, json] { return verify(session, *json); });
}

}  // namespace qanat::app
