#include <map>
#include <memory>

#include "app/channel_profiles.h"
#include "app/commands/commands.h"
#include "app/evaluation_report.h"
#include "app/exit_code.h"
#include "app/open_input.h"
#include "app/post_input.h"
#include "app/rule_packs.h"
#include "app/units.h"
#include "classifier/evaluation.h"
#include "record/json.h"

namespace qanat::app {
namespace {

struct EvaluateOptions {
  std::string file;
  std::string lang;
  ProfileOptions profile;
  bool exclude_ambiguous = false;
  bool errors = false;
  bool json = false;
};

/// Labels and the verdicts on the same posts, in the file's order.
struct Judged {
  std::vector<classifier::LabelledPost> posts;
  std::vector<Verdict> verdicts;
  std::map<std::string, int> other_spans;
};

Result<Judged> judge_file(const Session& session,
                          const EvaluateOptions& options,
                          const classifier::Classifier& judge) {
  const auto profiles = read_profiles(options.profile, options.file, session.in);
  if (!profiles) return fail(profiles.error());
  auto input = open_input(options.file, session.in);
  if (!input) return fail(input.error());
  Judged judged;
  const auto row = [&](const std::string& line) -> Result<void> {
    auto given = read_labelled_post(line);
    if (!given) return fail(given.error());
    if (!options.lang.empty() && given->labelled.lang != options.lang) return {};
    for (const std::string& kind : given->other_spans) ++judged.other_spans[kind];
    judged.verdicts.push_back(judge.classify(given->post, profiles->of(given->post.id.channel)));
    judged.posts.push_back(std::move(given->labelled));
    return {};
  };
  if (auto read = for_each_line(input->stream(), input->name(), row); !read) {
    return fail(read.error());
  }
  if (judged.posts.empty()) {
    return fail(Errc::usage,
                input->name() + ": no labelled post" +
                    (options.lang.empty() ? "" : R"( with "lang":")" + options.lang + "\""));
  }
  return judged;
}

Result<int> evaluate(const Session& session, const EvaluateOptions& options) {
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  const auto judge = load_classifier(loaded->config.rules.dir);
  if (!judge) return fail(judge.error());
  const auto judged = judge_file(session, options, *judge);
  if (!judged) return fail(judged.error());
  for (const auto& [kind, count] : judged->other_spans) {
    session.err << "left out, as no verdict knows the kind `" << printable(kind)
                << "`: " << counted(count, "span") << '\n';
  }
  const auto evaluation = classifier::evaluate(
      judged->posts,
      judged->verdicts,
      options.exclude_ambiguous ? classifier::Ambiguous::apart : classifier::Ambiguous::included);
  if (options.json) {
    session.out << record::dump_line(evaluation_json(evaluation, judge->fingerprint())) << '\n';
  } else {
    print_evaluation(session.out, session.out_terminal, evaluation, options.errors);
  }
  return kExitFine;
}

}  // namespace

void add_audit(CLI::App& parent, Session& session) {
  CLI::App* group = add_group(parent, "audit", "The filter held against labels of people");
  CLI::App* command =
      add_command(*group,
                  "evaluate",
                  "Judge a labelled file and count where labels and verdicts differ",
                  "qanat audit evaluate labelled.jsonl\n"
                  "qanat audit evaluate labelled.jsonl --lang ru --errors\n"
                  "qanat audit evaluate labelled.jsonl --rules my-rules --json");
  auto options = std::make_shared<EvaluateOptions>();
  command
      ->add_option("file",
                   options->file,
                   "Lines of {id, text, label} with channel, lang, links, ambiguous and "
                   "spans [{start, end, kind}] in code points")
      ->type_name("FILE|-")
      ->required();
  command->add_option("--lang", options->lang, "Only posts of this language")->type_name("LANG");
  add_profile_options(*command, options->profile);
  command->add_flag(
      "--exclude-ambiguous", options->exclude_ambiguous, "Count the posts marked ambiguous apart");
  command->add_flag("--errors", options->errors, "List every post judged otherwise than labelled");
  add_rules_option(*command, session);
  command->add_flag(
      "--json", options->json, "As one JSON object (docs/schema/evaluation.schema.json)");
  command->callback([&session, options] {
    session.action = [&session, options] { return evaluate(session, *options); };
  });
}

}  // namespace qanat::app
