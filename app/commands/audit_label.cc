#include <algorithm>
#include <memory>
#include <set>

#include "app/audit/labelling.h"
#include "app/audit/queue.h"
#include "app/commands/audit.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/input.h"
#include "app/json_line.h"
#include "app/number_option.h"
#include "app/open_store.h"
#include "app/post_input.h"
#include "app/record_filter.h"
#include "app/units.h"

namespace qanat::app {
namespace {

struct LabelOptions {
  std::string file;
  std::string annotator;
  QueueRequest queue;
};

struct Tasks {
  std::vector<LabelTask> open;
  std::size_t done = 0;  ///< that this person has labelled before
};

Result<Tasks> queued_tasks(store::Store& store, const LabelOptions& options) {
  const auto queue = read_queue(store, options.queue);
  if (!queue) return fail(queue.error());
  Tasks tasks;
  for (const QueuedPost& post : *queue) {
    if (std::ranges::find(post.annotators, options.annotator) != post.annotators.end()) {
      ++tasks.done;
      continue;
    }
    tasks.open.push_back({.post = post.id,
                          .reason = std::string(classifier::name_of(post.asked.reason)),
                          .round = options.queue.seed,
                          .p_sample = post.asked.p_sample});
  }
  return tasks;
}

/// The posts that this person has labelled, as they are now.
Result<std::set<PostId>> labelled_by(store::Store& store, const std::string& annotator) {
  const auto rows = store.labels();
  if (!rows) return fail(rows.error());
  std::set<PostId> out;
  for (const store::LabelRow& row : *rows) {
    if (row.annotator != annotator) continue;
    const auto record = store.find(row.post);
    if (!record) return fail(record.error());
    if (*record && (*record)->revision == row.revision) out.insert(row.post);
  }
  return out;
}

/// A line of the file: an id or an address, perhaps as the "id" of a JSON object.
Result<PostId> read_task(std::string line) {
  line.erase(line.find_last_not_of(" \t\r") + 1);
  line.erase(0, line.find_first_not_of(" \t"));
  if (!line.starts_with('{')) return read_post_id(line);
  const auto object = read_json_object(line);
  if (!object) return fail(object.error());
  const auto id = object->find("id");
  if (id == object->end() || !id->is_string()) return fail(Errc::usage, "`id` must be text");
  return read_post_id(id->get<std::string>());
}

Result<Tasks> chosen_tasks(store::Store& store, const LabelOptions& options) {
  const auto done = labelled_by(store, options.annotator);
  if (!done) return fail(done.error());
  auto file = open_file(options.file);
  if (!file) return fail(file.error());
  Tasks tasks;
  const auto row = [&](const std::string& line) -> Result<void> {
    const auto id = read_task(line);
    if (!id) return fail(id.error());
    if (done->contains(*id)) {
      ++tasks.done;
      return {};
    }
    tasks.open.push_back({.post = *id, .reason = "chosen", .round = {}, .p_sample = {}});
    return {};
  };
  if (auto read = for_each_line(*file, options.file, row); !read) return fail(read.error());
  return tasks;
}

void tell_nothing(const Session& session, const LabelOptions& options, const Tasks& tasks) {
  session.err << (tasks.done > 0 ? "all " + counted(tasks.done, "post") + " are labelled by " +
                                       options.annotator
                                 : "no stored post needs a label");
  if (options.file.empty() && tasks.done > 0) {
    session.err << "; draw others with --seed " << options.queue.seed + 1;
  }
  session.err << '\n';
}

Result<int> label(const Session& session, const LabelOptions& options) {
  auto store = open_store(session, store::Access::read_write);
  if (!store) return fail(store.error());
  const auto tasks =
      options.file.empty() ? queued_tasks(*store, options) : chosen_tasks(*store, options);
  if (!tasks) return fail(tasks.error());
  if (tasks->open.empty()) {
    tell_nothing(session, options, *tasks);
    return kExitFine;
  }
  if (tasks->done > 0) {
    session.err << counted(tasks->done, "post") << " labelled before; going on\n";
  }
  const auto counts = Labelling(session, *store, options.annotator).run(tasks->open);
  if (!counts) return fail(counts.error());
  session.err << counted(counts->labelled, "label") << " kept, " << counts->skipped
              << " skipped, by " << options.annotator << ", guideline "
              << labelling_guideline_version() << '\n';
  return kExitFine;
}

}  // namespace

void add_audit_label(CLI::App& group, Session& session) {
  CLI::App* command = add_command(group,
                                  "label",
                                  "Label posts in the terminal, one at a time",
                                  "qanat audit label --annotator anna\n"
                                  "qanat audit label --queue 100 --seed 2 --annotator anna\n"
                                  "qanat audit label ids.txt --annotator boris");
  auto options = std::make_shared<LabelOptions>();
  CLI::Option* file = command->add_option(
      "file", options->file, "The posts, one per line: ids, addresses, or JSON objects with an id");
  file->type_name("FILE");
  command->add_option("--queue", options->queue.size, "Label the first N posts of `audit queue`")
      ->type_name("N")
      ->transform(whole_number(1))
      ->excludes(file)
      ->capture_default_str();
  add_seed_option(*command, options->queue);
  command->add_option("--annotator", options->annotator, "Who labels")
      ->type_name("NAME")
      ->required()
      ->check(CLI::Validator(
          [](const std::string& name) -> std::string { return name.empty() ? "it is empty" : ""; },
          ""));
  set_action(*command, session, [&session, options] { return label(session, *options); });
}

}  // namespace qanat::app
