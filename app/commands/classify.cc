#include <memory>

#include "app/channel_profiles.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/open_input.h"
#include "app/post_input.h"
#include "record/json.h"

namespace qanat::app {
namespace {

struct ClassifyOptions {
  std::string file;
  ProfileOptions profile;
};

Result<int> classify(const Session& session, const ClassifyOptions& options) {
  const auto judge = load_judge(session);
  if (!judge) return fail(judge.error());
  const auto profiles = read_profiles(options.profile, options.file, session.in);
  if (!profiles) return fail(profiles.error());
  auto input = open_input(options.file, session.in);
  if (!input) return fail(input.error());
  const auto read =
      for_each_line(input->stream(), input->name(), [&](const std::string& line) -> Result<void> {
        const auto given = read_given_post(line);
        if (!given) return fail(given.error());
        const Verdict verdict = judge->classify(given->post, profiles->of(given->post.id.channel));
        session.out << record::dump_line(record::verdict_json(given->id, given->post, verdict))
                    << '\n';
        return {};
      });
  if (!read) return fail(read.error());
  return kExitFine;
}

}  // namespace

void add_classify(CLI::App& parent, Session& session) {
  CLI::App* command = add_command(parent,
                                  "classify",
                                  "Judge posts given as JSON lines; print one verdict per line",
                                  R"(qanat classify posts.jsonl
echo '{"id":"1","text":"Скидка 50 % по промокоду КУРС"}' | qanat classify -
qanat parse page.html | qanat classify - --rules my-rules
qanat classify posts.jsonl --profile-from-input)");
  auto options = std::make_shared<ClassifyOptions>();
  command
      ->add_option(
          "file",
          options->file,
          R"(Lines of {"id","channel"?,"text","links"?} or whole posts; - for standard input)")
      ->type_name("FILE|-")
      ->required();
  add_rules_option(*command, session);
  accept_json(*command);
  add_profile_options(*command, options->profile);
  set_action(*command, session, [&session, options] { return classify(session, *options); });
}

}  // namespace qanat::app
