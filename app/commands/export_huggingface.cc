#include <memory>
#include <string>

#include "app/commands/commands.h"
#include "app/commands/export_file.h"
#include "app/export_selection.h"
#include "app/redaction_option.h"
#include "app/units.h"
#include "app/version.h"
#include "export/huggingface.h"

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

void tell(const exporting::DataSet& set, std::ostream& err) {
  for (const exporting::DataPart& part : set.parts) {
    err << part.name << ": " << counted(part.rows(), "post") << ", "
        << counted(part.bytes(), "byte") << '\n';
  }
  if (set.without_date > 0) {
    err << "left out, because they have no date: " << counted(set.without_date, "post") << '\n';
  }
  if (set.kept_places > 0) {
    err << "in their earlier split: " << counted(set.kept_places, "post") << '\n';
  }
  if (set.left_out_leaks > 0) {
    err << "left out, because near-duplicates were published in several splits: "
        << counted(set.left_out_leaks, "post") << '\n';
  }
  if (set.parts.size() > 1) {
    err << counted(set.leaked, "post") << " outside of " << set.parts.front().name
        << " with a near-duplicate in it\n";
  }
}

Result<int> export_huggingface(const Session& session, const HuggingFaceExport& options) {
  const auto plan = read_plan(options);
  if (!plan) return fail(plan.error());
  const auto write = [&](store::Store& store,
                         const exporting::Selection& selection) -> Result<void> {
    const auto written =
        exporting::write_huggingface(store,
                                     selection,
                                     {.folder = options.folder,
                                      .title = options.title,
                                      .program = "qanat version " + std::string(kVersion),
                                      .plan = *plan,
                                      .splits_of = options.splits_of,
                                      .not_redacted_because = options.redaction.reason_against});
    if (!written) return fail(written.error());
    tell(*written, session.err);
    return {};
  };
  return export_selected(session, options.selection, options.redaction, write);
}

}  // namespace

void add_export_huggingface(CLI::App& group, Session& session) {
  CLI::App* command =
      add_command(group,
                  "huggingface",
                  "A folder for the Hugging Face Hub: Parquet files, card, descriptions, manifest",
                  "qanat export huggingface my-set --label qa,mixed --outcome clean,stripped\n"
                  "qanat export huggingface my-set --split 90/5/5 --split-by channel");
  auto options = std::make_shared<HuggingFaceExport>();
  command->add_option("DIR", options->folder, "A new folder")->required();
  command->add_option("--title", options->title, "What the card calls it; else the folder's name")
      ->type_name("TEXT");
  command->add_option("--split", options->split, "Shares of train/validation/test, as 90/5/5")
      ->type_name("SHARES");
  command->add_option("--split-by", options->split_by, "What stays together")
      ->type_name("KEY")
      ->check(CLI::IsMember({"cluster", "channel", "time"}))
      ->capture_default_str();
  command
      ->add_option(
          "--splits-of", options->splits_of, "An earlier export: its posts keep their split")
      ->type_name("DIR");
  add_selection_options(*command, options->selection);
  add_redaction_option(*command, options->redaction);
  command->callback([&session, options] {
    session.action = [&session, options] { return export_huggingface(session, *options); };
  });
}

}  // namespace qanat::app
