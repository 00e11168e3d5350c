#include <memory>

#include "app/channel_profiles.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/labels.h"
#include "app/open_input.h"
#include "app/open_store.h"
#include "app/post_input.h"
#include "app/reclassify.h"
#include "app/rule_packs.h"
#include "app/verdict_diff_report.h"

namespace qanat::app {
namespace {

constexpr std::string_view kEmbedded = "embedded";

struct DiffOptions {
  std::string before;
  std::string after;
  std::string corpus;
  bool json = false;
};

/// Two judges, and what their verdicts on the same posts differ in.
struct Comparison {
  classifier::Classifier before;
  classifier::Classifier after;
  classifier::VerdictDiffer differ{kMostFlips};

  void judge(std::string_view id,
             const Post& post,
             const classifier::ChannelProfile& profile,
             std::optional<Label> truth) {
    differ.add(id, post.text, before.classify(post, profile), after.classify(post, profile), truth);
  }
};

Result<classifier::Classifier> load_side(const std::string& side) {
  return load_classifier(side == kEmbedded ? std::string() : side);
}

Result<void> compare_corpus(const Session& session,
                            const std::string& path,
                            Comparison& comparison) {
  auto input = open_input(path, session.in);
  if (!input) return fail(input.error());
  return for_each_line(
      input->stream(), input->name(), [&](const std::string& line) -> Result<void> {
        const auto given = read_given_post(line);
        if (!given) return fail(given.error());
        const auto truth = read_truth(line);
        if (!truth) return fail(truth.error());
        comparison.judge(given->id, given->post, {}, *truth);
        return {};
      });
}

Result<void> compare_stored(const Session& session, Comparison& comparison) {
  auto store = open_store(session, store::Access::read_only);
  if (!store) return fail(store.error());
  StoredProfiles profiles(*store);
  return for_each_stored(*store, {}, [&](const Record& record) -> Result<void> {
    const auto profile = profiles.of(record.post.id.channel);
    if (!profile) return fail(profile.error());
    comparison.judge(record.post.id.str(), record.post, **profile, std::nullopt);
    return {};
  });
}

Result<int> diff(const Session& session, const DiffOptions& options) {
  auto before = load_side(options.before);
  if (!before) return fail(before.error());
  auto after = load_side(options.after);
  if (!after) return fail(after.error());
  Comparison comparison{.before = *std::move(before), .after = *std::move(after)};
  const auto compared = options.corpus.empty()
                            ? compare_stored(session, comparison)
                            : compare_corpus(session, options.corpus, comparison);
  if (!compared) return fail(compared.error());
  const classifier::VerdictDiff result = comparison.differ.result();
  if (options.json) {
    session.out << record::dump_line({{"schema", "qanat.rules_diff/1"},
                                      {"before", comparison.before.fingerprint()},
                                      {"after", comparison.after.fingerprint()},
                                      {"diff", verdict_diff_json(result)}})
                << '\n';
  } else {
    print_verdict_diff(session.out, session.out_terminal, result);
  }
  return kExitFine;
}

}  // namespace

void add_rules_diff(CLI::App& group, Session& session) {
  CLI::App* command = add_command(group,
                                  "diff",
                                  "Show which posts two sets of packs judge differently",
                                  "qanat rules diff embedded my-rules --corpus posts.jsonl\n"
                                  "qanat rules diff old-rules new-rules --store qanat.db --json");
  auto options = std::make_shared<DiffOptions>();
  command->add_option("before", options->before, "A folder of rule packs, or `embedded`")
      ->type_name("DIR|embedded")
      ->required();
  command->add_option("after", options->after, "The packs to compare with, a folder or `embedded`")
      ->type_name("DIR|embedded")
      ->required();
  command
      ->add_option(
          "--corpus",
          options->corpus,
          "Judge these posts (lines as for `classify`) instead of the stored ones; with labels, "
          "wins and losses are counted")
      ->type_name("FILE|-");
  command->add_flag(
      "--json", options->json, "As one JSON object (docs/schema/rules_diff.schema.json)");
  set_action(*command, session, [&session, options] { return diff(session, *options); });
}

}  // namespace qanat::app
