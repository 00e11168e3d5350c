#include <algorithm>
#include <memory>
#include <set>

#include <spdlog/fmt/fmt.h>

#include "app/audit/stored_labels.h"
#include "app/commands/audit.h"
#include "app/commands/commands.h"
#include "app/evaluation_report.h"
#include "app/exit_code.h"
#include "app/open_store.h"
#include "classifier/audit/agreement.h"
#include "record/json.h"

namespace qanat::app {
namespace {

struct AgreementOptions {
  std::vector<std::string> annotators;
  bool json = false;
};

/// The two that were named, else the only two that there are.
Result<std::vector<std::string>> two_annotators(const StoredLabels& labels,
                                                const AgreementOptions& options) {
  if (options.annotators.size() == 2) return options.annotators;
  std::set<std::string> names;
  for (const LabelledRecord& post : labels.posts) {
    for (const store::LabelRow& row : post.labels) names.insert(row.annotator);
  }
  if (names.size() == 2) return std::vector(names.begin(), names.end());
  return fail(Errc::usage,
              "agreement needs two people, and there are labels by " +
                  (names.empty() ? "nobody" : fmt::format("{}", fmt::join(names, ", "))) +
                  ": name two, as in `qanat audit agreement anna boris`");
}

struct Pairs {
  std::vector<classifier::LabelledPost> first;
  std::vector<classifier::LabelledPost> second;
};

/// The posts that both labelled; where one could not tell there is nothing to compare.
Pairs pairs_of(const StoredLabels& labels, const std::vector<std::string>& names) {
  Pairs pairs;
  for (const LabelledRecord& post : labels.posts) {
    const auto by = [&](const std::string& name) {
      return std::ranges::find_if(post.labels, [&](const store::LabelRow& row) {
        return row.annotator == name && row.label;
      });
    };
    const auto first = by(names[0]);
    const auto second = by(names[1]);
    if (first == post.labels.end() || second == post.labels.end()) continue;
    pairs.first.push_back(labelled_post(post.record, *first));
    pairs.second.push_back(labelled_post(post.record, *second));
  }
  return pairs;
}

record::Json agreement_json(const classifier::Agreement& found,
                            const std::vector<std::string>& names) {
  return {{"schema", "qanat.agreement/1"},
          {"annotators", names},
          {"posts", found.posts},
          {"same", proportion_json(found.same)},
          {"expected", found.expected},
          {"kappa", found.kappa},
          {"kappa_low", found.kappa_low},
          {"kappa_high", found.kappa_high},
          {"confusion", confusion_json(found.confusion)},
          {"mixed_posts", found.mixed_posts},
          {"span_f1", found.span_f1}};
}

void print_agreement(const Session& session,
                     const classifier::Agreement& found,
                     const std::vector<std::string>& names) {
  session.out << fmt::format(
      "{} posts, the same label on {} ({:.3f})\n"
      "Cohen's kappa {:.3f} [{:.2f}, {:.2f}]\n",
      found.posts,
      found.same.hits,
      found.same.value,
      found.kappa,
      found.kappa_low,
      found.kappa_high);
  if (found.mixed_posts > 0) {
    session.out << fmt::format(
        "ad spans of {} mixed posts: F1 {:.3f} by character\n", found.mixed_posts, found.span_f1);
  }
  session.out << '\n';
  print_confusion(session.out, session.out_terminal, names[0] + " \\ " + names[1], found.confusion);
}

Result<int> agree(const Session& session, const AgreementOptions& options) {
  auto store = open_store(session, store::Access::read_only);
  if (!store) return fail(store.error());
  const auto labels = read_stored_labels(*store);
  if (!labels) return fail(labels.error());
  const auto names = two_annotators(*labels, options);
  if (!names) return fail(names.error());
  const Pairs pairs = pairs_of(*labels, *names);
  if (pairs.first.empty()) {
    return fail(Errc::usage,
                "no post was labelled by both " + names->front() + " and " + names->back() +
                    ": let both work on one round of `qanat audit label`");
  }
  const classifier::Agreement found = classifier::agreement(pairs.first, pairs.second);
  if (options.json) {
    session.out << record::dump_line(agreement_json(found, *names)) << '\n';
  } else {
    print_agreement(session, found, *names);
  }
  return kExitFine;
}

}  // namespace

void add_audit_agreement(CLI::App& group, Session& session) {
  CLI::App* command = add_command(group,
                                  "agreement",
                                  "Measure how far two annotators agree on the same posts",
                                  "qanat audit agreement\n"
                                  "qanat audit agreement anna boris --json");
  auto options = std::make_shared<AgreementOptions>();
  command
      ->add_option(
          "annotators", options->annotators, "Two names; may be left out when there are just two")
      ->type_name("NAME")
      ->expected(0, 2);
  command->add_flag(
      "--json", options->json, "As one JSON object (docs/schema/agreement.schema.json)");
  set_action(*command, session, [&session, options] { return agree(session, *options); });
}

}  // namespace qanat::app
