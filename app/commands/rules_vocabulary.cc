#include <algorithm>
#include <memory>
#include <string>

#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/labelled_corpus.h"
#include "app/number_text.h"
#include "app/output_target.h"
#include "app/units.h"
#include "app/vocabulary_file.h"
#include "classifier/learning/vocabulary_learning.h"
#include "export/output_file.h"

namespace qanat::app {
namespace {

struct VocabularyOptions {
  std::string corpus;
  std::string out;
  std::string language;
  std::string subject = "advertising";
  std::vector<std::string> without;
  std::string from;
};

void print_path(const Session& session, const classifier::LearnedVocabulary& learned) {
  session.out << "penalty  held-out log-loss (0.693: no better than chance)\n";
  for (const classifier::VocabularyPoint& point : learned.path) {
    session.out << fixed(point.l2, 5) << "   " << fixed(point.loss, 3)
                << (point.l2 == learned.l2 ? "  chosen\n" : "\n");
  }
}

Result<int> learn(const Session& session, const VocabularyOptions& options) {
  if (auto free = check_output(session, options.out, options.corpus); !free) {
    return fail(free.error());
  }
  const auto judge = load_judge(session);
  if (!judge) return fail(judge.error());
  const auto posts = examine_corpus(session, options.corpus, *judge);
  if (!posts) return fail(posts.error());
  const bool knowledge = options.subject == "knowledge";
  classifier::VocabularyPlan plan = knowledge ? classifier::knowledge_plan(options.language)
                                              : classifier::advertising_plan(options.language);
  plan.without = {options.without.begin(), options.without.end()};
  if (!options.from.empty()) {
    auto earlier = read_vocabulary(options.from, plan.subject);
    if (!earlier) return fail(earlier.error());
    plan.earlier = *std::move(earlier);
  }
  const auto learned = classifier::learn_vocabulary(*posts, plan);
  if (learned.weighed.parts.empty()) {
    return fail(Errc::usage,
                options.corpus + ": no word of `" + options.language +
                    "` occurs in four posts of two channels; give more labelled posts");
  }
  if (auto written = exporting::write_file(options.out, vocabulary_tsv(learned)); !written) {
    return fail(written.error());
  }
  print_path(session, learned);
  session.err << printable(options.out) << ": " << counted(learned.weighed.parts.size(), "part")
              << " of words; they take effect once the file is in a pack's folder as "
              << (knowledge ? "knowledge.tsv\n" : "vocabulary.tsv\n");
  return kExitFine;
}

}  // namespace

void add_rules_vocabulary(CLI::App& group, Session& session) {
  CLI::App* command = add_command(
      group,
      "vocabulary",
      "Propose the words that one kind of labelled posts uses more often; change nothing",
      "qanat rules vocabulary labelled.jsonl --language ru --out vocabulary.tsv\n"
      "qanat rules vocabulary labelled.jsonl --language ru --subject knowledge --out "
      "knowledge.tsv\n"
      "qanat rules vocabulary more.jsonl --language ru --from vocabulary.tsv --out new.tsv");
  auto options = std::make_shared<VocabularyOptions>();
  add_corpus_argument(*command, options->corpus);
  command->add_option("--language", options->language, "Learn from the posts with this `lang`")
      ->type_name("LANG")
      ->check(CLI::IsMember({"ru", "en"}))
      ->required();
  command
      ->add_option("--subject",
                   options->subject,
                   "What the words tell apart: promotions from the rest, or Q&A from news and talk")
      ->type_name("SUBJECT")
      ->check(CLI::IsMember({"advertising", "knowledge"}))
      ->capture_default_str();
  command->add_option("--out", options->out, "Where the proposed vocabulary goes")
      ->type_name("FILE")
      ->required();
  command
      ->add_option("--from", options->from, "A vocabulary learned from other posts, to start from")
      ->type_name("FILE");
  command->add_option("--without", options->without, "A part of words to leave out; repeatable")
      ->type_name("PART")
      ->allow_extra_args(false);
  add_rules_option(*command, session);
  set_action(*command, session, [&session, options] { return learn(session, *options); });
}

}  // namespace qanat::app
