#include "classifier/rule_set.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "classifier/engine.h"
#include "classifier/examples.h"
#include "classifier/lint.h"
#include "classifier/pack.h"
#include "classifier/pack_hash.h"
#include "classifier/vocabulary_evidence.h"

namespace qanat::classifier {

struct RuleSet::Compiled {
  std::vector<RuleInfo> rules;
  Engine engine;
  std::vector<PackVocabulary> vocabularies;
  std::string hash;
};

namespace {

Pack read_and_lint(const std::vector<PackFile>& files, Findings& findings) {
  Pack pack = read_pack(files, findings);
  lint_pack(pack, findings);
  return pack;
}

std::string one_line(std::string text) {
  for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
    text[at] = ' ';
  }
  return text;
}

/// A draft may fail its examples: that is what makes it one.
bool is_draft(const std::vector<RuleInfo>& rules, const std::string& id) {
  const auto rule = std::ranges::find(rules, id, &RuleInfo::id);
  return rule != rules.end() && rule->status == RuleStatus::draft;
}

void run_examples(const Pack& pack,
                  const Engine& engine,
                  const std::vector<RuleInfo>& rules,
                  Findings& findings) {
  std::size_t count = 0;
  for (const ExampleFailure& failure : failing_examples(pack, engine, count)) {
    const std::string problem =
        failure.rule + " " + what_failed(failure) + ": '" + one_line(failure.text) + "'" +
        (failure.reason.empty() ? "" : " (" + one_line(failure.reason) + ")");
    const std::string remedy = failure.promise == "known_miss"
                                   ? "the rule matches it now; move it to `match`"
                                   : "correct the rule or the example";
    if (is_draft(rules, failure.rule)) {
      findings.warning(failure.where, problem, remedy, failure.rule);
    } else {
      findings.error(failure.where, problem, remedy, failure.rule);
    }
  }
}

}  // namespace

std::string what_failed(const ExampleFailure& failure) {
  const std::string verb = failure.promise == "match" ? "does not match" : "matches";
  return verb + " its `" + failure.promise + "` example";
}

Result<RuleSet> RuleSet::compile(const std::vector<PackFile>& files, PackChecks checks) {
  Findings findings;
  const bool all = checks == PackChecks::all;
  Pack pack = all ? read_and_lint(files, findings) : read_pack(files, findings);
  if (findings.fatal()) return fail(Errc::rule, findings.message());

  auto compiled = std::make_shared<Compiled>();
  compiled->engine = build_engine(pack);
  compiled->rules = infos_of(pack);
  if (all) run_examples(pack, compiled->engine, compiled->rules, findings);
  if (findings.fatal()) return fail(Errc::rule, findings.message());
  compiled->hash = qanat::classifier::pack_hash(pack);
  compiled->vocabularies = std::move(pack.vocabularies);
  if (!compiled->vocabularies.empty()) {
    std::ranges::move(vocabulary_rules(), std::back_inserter(compiled->rules));
  }
  return RuleSet(std::move(compiled));
}

std::vector<LintFinding> RuleSet::lint(const std::vector<PackFile>& files) {
  Findings findings;
  const Pack pack = read_and_lint(files, findings);
  if (findings.fatal()) return findings.all();

  run_examples(pack, build_engine(pack), infos_of(pack), findings);
  return findings.all();
}

PostMatches RuleSet::match(const PostView& post) const { return match(post, look_up_words(post)); }

PostMatches RuleSet::match(const PostView& post, const PostWords& words) const {
  PostMatches matches = match_post(compiled_->engine, post);
  words.add_matches(compiled_->rules, matches);
  return matches;
}

PostWords RuleSet::look_up_words(const PostView& post) const {
  return {compiled_->vocabularies, post};
}

const std::vector<RuleInfo>& RuleSet::rules() const { return compiled_->rules; }

const std::string& RuleSet::pack_hash() const { return compiled_->hash; }

Result<ExampleReport> run_examples(const std::vector<PackFile>& files) {
  Findings findings;
  const Pack pack = read_and_lint(files, findings);
  if (findings.fatal()) return fail(Errc::rule, findings.message());

  ExampleReport report{.rules = pack.rules.size() + pack.composites.size()};
  report.failures = failing_examples(pack, build_engine(pack), report.examples);
  return report;
}

}  // namespace qanat::classifier
