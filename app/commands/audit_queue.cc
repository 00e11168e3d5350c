#include <memory>

#include <spdlog/fmt/fmt.h>

#include "app/audit/queue.h"
#include "app/commands/audit.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/number_option.h"
#include "app/number_text.h"
#include "app/open_store.h"
#include "app/text_table.h"
#include "record/json.h"

namespace qanat::app {
namespace {

struct QueueOptions {
  QueueRequest request;
  bool json = false;
};

record::Json queued_json(const QueuedPost& post, std::int64_t seed) {
  return {{"schema", "qanat.queued/1"},
          {"id", post.id.str()},
          {"revision", post.revision},
          {"round", seed},
          {"reason", classifier::name_of(post.asked.reason)},
          {"p_sample", post.asked.p_sample},
          {"priority", classifier::priority(post.candidate)},
          {"ad_probability", post.candidate.ad_probability},
          {"copies", post.candidate.copies},
          {"views", post.candidate.views},
          {"annotators", post.annotators}};
}

void print_queue(const Session& session, const std::vector<QueuedPost>& queue) {
  TextTable table({{.title = "id"},
                   {.title = "why"},
                   {.title = "chance", .right = true},
                   {.title = "priority", .right = true},
                   {.title = "copies", .right = true},
                   {.title = "views", .right = true},
                   {.title = "labelled by"}});
  for (const QueuedPost& post : queue) {
    table.add({post.id.str(),
               std::string(classifier::name_of(post.asked.reason)),
               fixed(post.asked.p_sample, 3),
               fixed(classifier::priority(post.candidate), 3),
               std::to_string(post.candidate.copies),
               std::to_string(post.candidate.views),
               fmt::format("{}", fmt::join(post.annotators, ", "))});
  }
  table.print(session.out, session.out_terminal);
}

Result<int> show_queue(const Session& session, const QueueOptions& options) {
  auto store = open_store(session, store::Access::read_only);
  if (!store) return fail(store.error());
  const auto queue = read_queue(*store, options.request);
  if (!queue) return fail(queue.error());
  if (options.json) {
    for (const QueuedPost& post : *queue) {
      session.out << record::dump_line(queued_json(post, options.request.seed)) << '\n';
    }
  } else if (!queue->empty()) {
    print_queue(session, *queue);
  }
  if (queue->empty()) session.err << "no stored post waits for a label\n";
  return kExitFine;
}

}  // namespace

void add_audit_queue(CLI::App& group, Session& session) {
  CLI::App* command = add_command(group,
                                  "queue",
                                  "List which posts to label next, and why",
                                  "qanat audit queue\n"
                                  "qanat audit queue --size 200 --seed 2 --json");
  auto options = std::make_shared<QueueOptions>();
  command->add_option("--size", options->request.size, "How many posts")
      ->type_name("N")
      ->transform(whole_number(1))
      ->capture_default_str();
  add_seed_option(*command, options->request);
  command->add_flag(
      "--json", options->json, "One JSON object per post (docs/schema/queued.schema.json)");
  set_action(*command, session, [&session, options] { return show_queue(session, *options); });
}

}  // namespace qanat::app
