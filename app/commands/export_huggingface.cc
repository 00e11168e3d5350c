#include <memory>
#include <sstream>
#include <string>

#include "app/commands/commands.h"
#include "app/commands/export_file.h"
#include "app/export_selection.h"
#include "app/input.h"
#include "app/output_target.h"
#include "app/redaction_option.h"
#include "app/units.h"
#include "app/version.h"
#include "export/huggingface.h"
#include "store/snapshot_archive.h"

namespace qanat::app {
namespace {

struct HuggingFaceExport {
  SelectionOptions selection;
  RedactionOptions redaction;
  std::string folder;
  std::string title;
  std::string split = "1";
  std::string split_by = "cluster";
  std::string splits_of;
  std::string evaluation;
};

Result<exporting::SplitPlan> read_plan(const HuggingFaceExport& options) {
  auto parts = exporting::read_split(options.split);
  if (!parts) return fail(Error{parts.error()}.within("--split"));
  exporting::SplitPlan plan{.parts = *std::move(parts)};
  for (const exporting::SplitBy by : exporting::kSplitChoices) {
    if (name_of(by) == options.split_by) plan.by = by;
  }
  return plan;
}

/// Of a file of figures; nothing when none was named.
Result<std::optional<exporting::JudgingFigures>> read_figures(const std::string& path) {
  if (path.empty()) return std::nullopt;
  constexpr InputCap kCap{.bytes = std::size_t{64} << 20U,
                          .remedy = "leave --errors out of `qanat audit evaluate`"};
  const auto text = read_file(path, kCap);
  if (!text) return fail(text.error());
  auto figures = exporting::read_judging_figures(*text);
  if (!figures) return fail(Error{figures.error()}.within(path));
  return *std::move(figures);
}

std::string told_of(const exporting::DataSet& set) {
  std::ostringstream out;
  for (const exporting::DataPart& part : set.parts) {
    out << part.name << ": " << counted(part.rows(), "post") << ", "
        << counted(part.bytes(), "byte") << '\n';
  }
  if (set.without_date > 0) {
    out << "left out, because they have no date: " << counted(set.without_date, "post") << '\n';
  }
  if (set.kept_places > 0) {
    out << "in their earlier split: " << counted(set.kept_places, "post") << '\n';
  }
  if (set.left_out_leaks > 0) {
    out << "left out, because near-duplicates were published in several splits: "
        << counted(set.left_out_leaks, "post") << '\n';
  }
  if (set.parts.size() > 1) {
    out << counted(set.leaked, "post") << " outside of " << set.parts.front().name
        << " with a near-duplicate in it\n";
  }
  return out.str();
}

Result<int> export_huggingface(const Session& session, const HuggingFaceExport& options) {
  if (auto free = check_output(session, {.files = {options.folder}, .read = {}}); !free) {
    return fail(free.error());
  }
  const auto plan = read_plan(options);
  if (!plan) return fail(plan.error());
  const auto figures = read_figures(options.evaluation);
  if (!figures) return fail(figures.error());
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  auto archive = store::SnapshotArchive::open_to_read(loaded->config.store.archive.string());
  // What cannot be found now is not promised.
  const auto is_archived = [&](const std::string& snapshot) {
    return archive.has(snapshot).value_or(false);
  };
  const auto write = [&](store::Store& store,
                         const exporting::Selection& selection) -> Result<std::string> {
    const auto written =
        exporting::write_huggingface(store,
                                     selection,
                                     {.folder = options.folder,
                                      .title = options.title,
                                      .program = "qanat version " + std::string(kVersion),
                                      .plan = *plan,
                                      .splits_of = options.splits_of,
                                      .requests_per_second = loaded->config.crawl.rate,
                                      .contact = loaded->config.crawl.contact,
                                      .judging = *figures,
                                      .is_archived = is_archived});
    if (!written) return fail(written.error());
    return told_of(*written);
  };
  return export_selected(session, options.selection, options.redaction, write);
}

}  // namespace

void add_export_huggingface(CLI::App& group, Session& session) {
  CLI::App* command =
      add_command(group,
                  "huggingface",
                  "Write a folder for the Hugging Face Hub: Parquet files, card, manifest",
                  "qanat export huggingface my-set --label qa,mixed --outcome clean,stripped\n"
                  "qanat export huggingface my-set --split 90/5/5 --split-by channel");
  auto options = std::make_shared<HuggingFaceExport>();
  command->add_option("DIR", options->folder, "A new folder")->required();
  command
      ->add_option(
          "--title", options->title, "The data set's name on the card; by default the folder's")
      ->type_name("TEXT");
  command->add_option("--split", options->split, "Shares of train/validation/test, such as 90/5/5")
      ->type_name("SHARES");
  command->add_option("--split-by", options->split_by, "What is never divided between splits")
      ->type_name("KEY")
      ->check(CLI::IsMember({"cluster", "channel", "time"}))
      ->capture_default_str();
  command
      ->add_option(
          "--splits-of", options->splits_of, "An earlier export whose posts keep their split")
      ->type_name("DIR");
  command
      ->add_option("--evaluation",
                   options->evaluation,
                   "Figures for the card, as printed by `qanat audit evaluate --json`")
      ->type_name("FILE");
  add_selection_options(*command, options->selection);
  add_redaction_option(*command, options->redaction);
  set_action(
      *command, session, [&session, options] { return export_huggingface(session, *options); });
}

}  // namespace qanat::app
