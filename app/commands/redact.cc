#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/commands/commands.h"
#include "app/erasure.h"
#include "app/exit_code.h"
#include "app/open_store.h"
#include "app/record_filter.h"
#include "app/redact_report.h"
#include "base/ascii.h"
#include "base/post_id.h"
#include "store/erasure.h"
#include "store/run_lock.h"

namespace qanat::app {
namespace {

using store::RemovalTarget;

struct RedactOptions {
  std::vector<std::string> targets;
  std::string reason;
  bool dry_run = false;
  bool undo = false;
  bool yes = false;
  bool ahead = false;  ///< also what the store never met
  bool json = false;
};

/// Nothing behind the channel's name: "https://t.me/some_channel/12x" must not mean the channel.
bool is_channel_alone(std::string_view text, const ChannelName& name) {
  if (text.ends_with('/')) text.remove_suffix(1);
  return text.size() >= name.str().size() &&
         equal_without_case(text.substr(text.size() - name.str().size()), name.str());
}

Result<RemovalTarget> read_target(const std::string& text) {
  if (auto post = parse_post_id(std::string_view(text).substr(0, text.find_first_of("?#")))) {
    return RemovalTarget{.channel = post->channel, .post = post->message};
  }
  auto channel = ChannelName::parse(text);
  if (channel && is_channel_alone(text, *channel)) {
    return RemovalTarget{.channel = *std::move(channel), .post = {}};
  }
  return fail(Errc::usage,
              "`" + text + "` is neither a post nor a channel; write some_channel/1020 or " +
                  "some_channel, or an address");
}

Result<std::vector<RemovalTarget>> read_targets(const std::vector<std::string>& texts) {
  std::vector<RemovalTarget> targets;
  for (const std::string& text : texts) {
    auto target = read_target(text);
    if (!target) return fail(target.error());
    if (std::ranges::find(targets, *target) == targets.end()) targets.push_back(*std::move(target));
  }
  return targets;
}

/// The files that a removal touches, while nobody crawls.
struct RemovalFiles {
  store::RunLock lock;
  store::Erasure erasure;
  store::SnapshotArchive archive;
};

Result<RemovalFiles> open_files(const LoadedConfig& loaded) {
  if (auto found = find_database(loaded); !found) return fail(found.error());
  const Config::Store& config = loaded.config.store;
  auto erasure = store::Erasure::open(config.path.string());
  if (!erasure) return fail(erasure.error());
  auto lock = store::RunLock::take(config.path.string());
  if (!lock) return fail(lock.error());
  auto archive = store::SnapshotArchive::open(config.archive.string(), config.path.string());
  if (!archive) return fail(archive.error());
  return RemovalFiles{
      .lock = *std::move(lock), .erasure = *std::move(erasure), .archive = *std::move(archive)};
}

/// A picture's own id would remove nothing, and nobody would notice.
Result<void> check_no_picture(RemovalFiles& files, const RemovalTarget& target) {
  const auto owner = files.erasure.album_of(target);
  if (!owner) return fail(owner.error());
  if (!*owner) return {};
  return fail(Errc::usage,
              target.str() + ": a picture in the album " +
                  RemovalTarget{.channel = target.channel, .post = *owner}.str() +
                  "; name that post");
}

/// A name that was mistyped would be kept out for ever, and what was meant would stay.
Result<void> check_known(RemovalFiles& files, std::span<const RemovalTarget> targets) {
  const auto known = files.erasure.known_channels();
  if (!known) return fail(known.error());
  for (const RemovalTarget& target : targets) {
    if (std::ranges::binary_search(*known, target.channel)) continue;
    return fail(
        Errc::usage,
        no_such_channel(target.channel, *known) + "; --ahead keeps out what was never followed");
  }
  return {};
}

/// Adds what goes under one name, unless it is there.
Result<void> add_target(RemovalFiles& files,
                        RedactedTarget redacted,
                        std::vector<RedactedTarget>& found) {
  const RemovalTarget& target = redacted.target;
  const auto is_it = [&](const RedactedTarget& one) { return one.target == target; };
  if (std::ranges::any_of(found, is_it)) return {};
  const auto rows = files.erasure.look(target);
  if (!rows) return fail(rows.error());
  redacted.rows = *rows;
  auto shown_in = files.erasure.shown_elsewhere(target);
  if (!shown_in) return fail(shown_in.error());
  redacted.shown_in = *std::move(shown_in);
  found.push_back(std::move(redacted));
  return {};
}

/// Adds the target, the same under the channel's other names, and the notices of it to what goes.
Result<void> look_at(RemovalFiles& files,
                     const RemovalTarget& asked,
                     std::vector<RedactedTarget>& found) {
  const auto all = files.erasure.with_other_names(asked);
  if (!all) return fail(all.error());
  for (const RemovalTarget& target : *all) {
    if (auto checked = check_no_picture(files, target); !checked) return fail(checked.error());
    const std::string same_as = target.channel == asked.channel ? "" : asked.str();
    if (auto added = add_target(files, {.target = target, .same_as = same_as}, found); !added) {
      return added;
    }
    const auto notices = files.erasure.notices_of(target);
    if (!notices) return fail(notices.error());
    for (const RemovalTarget& notice : *notices) {
      auto added = add_target(files, {.target = notice, .notice_of = asked.str()}, found);
      if (!added) return added;
    }
  }
  return {};
}

Result<RedactReport> look(RemovalFiles& files, std::span<const RemovalTarget> targets) {
  RedactReport report{.act = "would_remove", .targets = {}};
  for (const RemovalTarget& target : targets) {
    if (auto looked = look_at(files, target, report.targets); !looked) return fail(looked.error());
  }
  std::vector<RemovalTarget> all;
  all.reserve(report.targets.size());
  for (const RedactedTarget& one : report.targets) all.push_back(one.target);
  const auto pages = count_pages(files.archive, all);
  if (!pages) return fail(pages.error());
  report.pages = *pages;
  return report;
}

/// What stands on a terminal is asked once more.
bool is_confirmed(const Session& session, const RedactReport& report) {
  print_redact_report(session.out, report, false);
  session.err << "this cannot be undone; type yes to go ahead: " << std::flush;
  std::string answer;
  return std::getline(session.in, answer) && answer == "yes";
}

Result<int> undo(const Session& session,
                 RemovalFiles& files,
                 std::span<const RemovalTarget> targets,
                 bool json) {
  RedactReport report{.act = "allowed", .targets = {}};
  std::string strangers;
  for (const RemovalTarget& target : targets) {
    const auto allowed = files.erasure.allow(target);
    if (!allowed) return fail(allowed.error());
    if (*allowed) {
      report.targets.push_back({.target = target});
      session.err
          << target.str()
          << ": will be stored again when it is next seen; what was deleted stays deleted\n";
    } else {
      strangers += (strangers.empty() ? "" : ", ") + target.str();
    }
  }
  if (json) print_redact_report(session.out, report, true);
  if (strangers.empty()) return kExitFine;
  return fail(Errc::usage, strangers + ": not removed, so there is nothing to undo");
}

Result<int> remove(const Session& session,
                   RemovalFiles& files,
                   std::span<const RemovalTarget> targets,
                   const RedactOptions& options) {
  if (!options.ahead) {
    if (auto known = check_known(files, targets); !known) return fail(known.error());
  }
  auto report = look(files, targets);
  if (!report) return fail(report.error());
  if (options.dry_run) {
    print_redact_report(session.out, *report, options.json);
    return kExitFine;
  }
  if (!options.yes && !is_confirmed(session, *report)) {
    session.err << "nothing was removed\n";
    return kExitFailure;
  }
  if (auto erased = files.erasure.erase(targets, options.reason, now()); !erased) {
    return fail(erased.error());
  }
  if (auto finished = finish_removals(files.erasure, files.archive, now()); !finished) {
    return fail(
        Error{finished.error()}.within("removed from the posts, not yet from all files; "
                                       "run the same again"));
  }
  report->act = "removed";
  print_redact_report(session.out, *report, options.json);
  session.err << "backups and exports made earlier still contain it\n";
  return kExitFine;
}

Result<int> redact(const Session& session, const RedactOptions& options) {
  const auto targets = read_targets(options.targets);
  if (!targets) return fail(targets.error());
  const bool asks = !options.dry_run && !options.undo && !options.yes;
  if (asks && (!session.err_terminal.is_tty || options.json)) {
    return fail(Errc::usage,
                "this removes posts, labels and fetched bytes for good; check with --dry-run, then "
                "give --yes");
  }
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  auto files = open_files(*loaded);
  if (!files) return fail(files.error());
  // What a process that died has left comes first.
  if (!options.dry_run) {
    if (auto finished = finish_removals(files->erasure, files->archive, now()); !finished) {
      return fail(finished.error());
    }
  }
  return options.undo ? undo(session, *files, *targets, options.json)
                      : remove(session, *files, *targets, options);
}

}  // namespace

void add_redact(CLI::App& parent, Session& session) {
  CLI::App* command =
      add_command(parent,
                  "redact",
                  "Remove posts or channels for good: records, labels, fetched bytes",
                  "qanat redact some_channel/1020 --dry-run\n"
                  "qanat redact some_channel/1020 --reason \"its author asked\"\n"
                  "qanat redact some_channel --yes\n"
                  "qanat redact some_channel --undo");
  auto options = std::make_shared<RedactOptions>();
  command
      ->add_option("targets",
                   options->targets,
                   "Posts (some_channel/1020) and whole channels, or their addresses")
      ->type_name("POST|CHANNEL")
      ->required();
  command
      ->add_option("--reason", options->reason, "The reason; kept in the database, never exported")
      ->type_name("TEXT");
  CLI::Option* dry_run =
      command->add_flag("--dry-run", options->dry_run, "Only print what would be deleted");
  CLI::Option* take_back = command->add_flag(
      "--undo", options->undo, "Allow it to be stored again; what was deleted stays deleted");
  take_back->excludes(dry_run);
  command
      ->add_flag("--ahead",
                 options->ahead,
                 "Also accept a channel that was never followed, to keep it out from the start")
      ->excludes(take_back);
  command->add_flag(
      "--yes", options->yes, "Do not ask for confirmation; required without a terminal");
  command->add_flag("--json", options->json, "One JSON object (docs/schema/redact.schema.json)");
  set_action(*command, session, [&session, options] { return redact(session, *options); });
}

}  // namespace qanat::app
