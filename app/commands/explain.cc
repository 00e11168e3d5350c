#include <memory>
#include <utility>

#include "app/channel_profiles.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/explanation_text.h"
#include "app/open_store.h"
#include "app/post_input.h"
#include "app/record_filter.h"
#include "app/record_text.h"
#include "base/utf8.h"
#include "classifier/classifier.h"
#include "record/json.h"

namespace qanat::app {
namespace {

struct ExplainOptions {
  std::string id;
  std::string text;
  bool afresh = false;  ///< --rules was given
  bool json = false;
};

Result<Explained> judge_now(const Session& session,
                            Post post,
                            const classifier::ChannelProfile& profile) {
  const auto judge = load_judge(session);
  if (!judge) return fail(judge.error());
  Verdict verdict = judge->classify(post, profile);
  Normalized offered = classifier::normalize(post, verdict);
  return Explained{
      .post = std::move(post), .verdict = std::move(verdict), .offered = std::move(offered)};
}

/// The stored verdict as it was reached; other rules judge anew.
Result<Explained> explain_stored(const Session& session, const ExplainOptions& options) {
  const auto id = read_post_id(options.id);
  if (!id) return fail(id.error());
  auto store = open_store(session, store::Access::read_only);
  if (!store) return fail(store.error());
  const auto record = find_record(*store, *id);
  if (!record) return fail(record.error());
  if (!options.afresh) {
    return Explained{
        .post = record->post, .verdict = record->verdict, .offered = record->normalized};
  }
  const auto profile = stored_profile(*store, id->channel);
  if (!profile) return fail(profile.error());
  return judge_now(session, record->post, *profile);
}

Result<Explained> explain_text(const Session& session, const std::string& text) {
  return judge_now(session, post_of_text(utf8::repaired(text)), {});
}

Result<int> explain(const Session& session, const ExplainOptions& options) {
  if (options.id.empty() == options.text.empty()) {
    return fail(Errc::usage,
                "name one stored post, or give a text with --text; see `qanat explain --help`");
  }
  const auto explained =
      options.text.empty() ? explain_stored(session, options) : explain_text(session, options.text);
  if (!explained) return fail(explained.error());
  if (options.json) {
    session.out << record::dump_line(record::explanation_json(
                       explained->post, explained->verdict, explained->offered))
                << '\n';
  } else {
    print_explanation(session.out, session.out_terminal, *explained);
  }
  return kExitFine;
}

}  // namespace

void add_explain(CLI::App& parent, Session& session) {
  CLI::App* command =
      add_command(parent,
                  "explain",
                  "Explain why a post was judged as it was, and what would change the verdict",
                  "qanat explain some_channel/1020\n"
                  "qanat explain some_channel/1020 --rules my-rules\n"
                  "qanat explain --text 'Скидка 50 % по промокоду КУРС'");
  auto options = std::make_shared<ExplainOptions>();
  command->add_option("id", options->id, "A stored post")->type_name("ID");
  command->add_option("--text", options->text, "Judge this text instead")->type_name("TEXT");
  add_rules_option(*command, session);
  command->add_flag(
      "--json", options->json, "As one JSON object (docs/schema/explanation.schema.json)");
  command->callback([&session, options, command] {
    options->afresh = command->count("--rules") > 0;
    session.action = [&session, options] { return explain(session, *options); };
  });
}

}  // namespace qanat::app
