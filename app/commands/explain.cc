#include <memory>
#include <optional>
#include <utility>

#include "app/channel_profiles.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/explanation_text.h"
#include "app/input.h"
#include "app/open_input.h"
#include "app/open_store.h"
#include "app/post_input.h"
#include "app/record_filter.h"
#include "app/record_text.h"
#include "app/units.h"
#include "base/utf8.h"
#include "classifier/classifier.h"
#include "record/json.h"

namespace qanat::app {
namespace {

struct ExplainOptions {
  std::string id;
  std::string text;
  std::string posts;  ///< file of JSON lines
  ProfileOptions profile;
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
  if (text != "-") return judge_now(session, post_of_text(utf8::repaired(text)), {});
  constexpr InputCap kCap{.bytes = std::size_t{4} << 20, .remedy = "explain one post at a time"};
  const auto read = read_input(text, session.in, kCap);
  if (!read) return fail(read.error());
  return judge_now(session, post_of_text(utf8::repaired(*read)), {});
}

/// The post of the file that has the id, or its only one when `id` is empty.
Result<Post> find_given_post(const Session& session,
                             const std::string& file,
                             const std::string& id) {
  auto input = open_input(file, session.in);
  if (!input) return fail(input.error());
  std::optional<Post> found;
  std::size_t count = 0;
  const auto look = [&](const std::string& line) -> Result<void> {
    auto given = read_given_post(line);
    if (!given) return fail(given.error());
    if (!id.empty() && given->id != id) return {};
    if (count++ == 0) found = std::move(given->post);
    return {};
  };
  if (auto read = for_each_line(input->stream(), input->name(), look); !read) {
    return fail(read.error());
  }
  if (count == 1) return *std::move(found);
  if (id.empty()) {
    return fail(Errc::usage,
                input->name() + ": " + counted(count, "post") + "; name one of them by its id");
  }
  return fail(Errc::usage,
              input->name() + ": " + counted(count, "post") + " with the id \"" + id + "\"");
}

Result<Explained> explain_given(const Session& session, const ExplainOptions& options) {
  const auto profiles = read_profiles(options.profile, options.posts, session.in);
  if (!profiles) return fail(profiles.error());
  auto post = find_given_post(session, options.posts, options.id);
  if (!post) return fail(post.error());
  const classifier::ChannelProfile& profile = profiles->of(post->id.channel);
  return judge_now(session, *std::move(post), profile);
}

Result<Explained> explain_what_is_named(const Session& session, const ExplainOptions& options) {
  const bool has_text = !options.text.empty();
  if (!options.posts.empty() && !has_text) return explain_given(session, options);
  if (!options.profile.file.empty() || options.profile.from_input) {
    return fail(Errc::usage, "--profile and --profile-from-input go with --posts");
  }
  if (has_text && options.id.empty() && options.posts.empty()) {
    return explain_text(session, options.text);
  }
  if (!has_text && !options.id.empty()) return explain_stored(session, options);
  return fail(Errc::usage,
              "name one stored post, or give a text with --text, or posts with --posts; see "
              "`qanat explain --help`");
}

Result<int> explain(const Session& session, const ExplainOptions& options) {
  const auto explained = explain_what_is_named(session, options);
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
                  "qanat explain --text 'Скидка 50 % по промокоду КУРС'\n"
                  "qanat explain --text - < post.txt\n"
                  "qanat explain ru-059 --posts labelled.jsonl");
  auto options = std::make_shared<ExplainOptions>();
  command->add_option("id", options->id, "A stored post, or one of --posts")->type_name("ID");
  command->add_option("--text", options->text, "Judge this text instead; - for standard input")
      ->type_name("TEXT|-");
  command
      ->add_option(
          "--posts",
          options->posts,
          "Judge the post with this ID of a file instead, its only one without ID; lines as "
          "`classify` takes them")
      ->type_name("FILE|-");
  add_profile_options(*command, options->profile);
  add_rules_option(*command, session);
  command->add_flag(
      "--json", options->json, "As one JSON object (docs/schema/explanation.schema.json)");
  command->callback([&session, options, command] {
    options->afresh = command->count("--rules") > 0;
    session.action = [&session, options] { return explain(session, *options); };
  });
}

}  // namespace qanat::app
