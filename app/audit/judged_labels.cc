#include "app/audit/judged_labels.h"

#include <utility>

#include "app/audit/stored_labels.h"
#include "app/label_remarks.h"
#include "app/open_input.h"
#include "app/open_store.h"
#include "app/post_input.h"
#include "app/units.h"

namespace qanat::app {
namespace {

/// Judges one labelled post after another.
class Judging {
 public:
  Judging(const LabelSource& source, const classifier::Classifier& judge)
      : source_(&source), judge_(&judge) {}

  [[nodiscard]] bool wants(const std::string& lang) const {
    return source_->lang.empty() || lang == source_->lang;
  }

  void add(Post post,
           const classifier::ChannelProfile& profile,
           classifier::LabelledPost label,
           const classifier::Sampling& sampling) {
    judged_.verdicts.push_back(judge_->classify(post, profile));
    judged_.posts.push_back(std::move(post));
    judged_.labels.push_back(std::move(label));
    judged_.sampling.push_back(sampling);
  }

  /// Errors: usage, when there is nothing.
  Result<JudgedLabels> result(const std::string& place, const std::string& remedy) {
    if (!judged_.posts.empty()) return std::move(judged_);
    const std::string wanted =
        source_->lang.empty() ? "" : R"( with "lang":")" + source_->lang + "\"";
    return fail(Errc::usage, place + ": no labelled post" + wanted + remedy);
  }

 private:
  const LabelSource* source_;
  const classifier::Classifier* judge_;
  JudgedLabels judged_;
};

Result<JudgedLabels> judge_file(const Session& session,
                                const LabelSource& source,
                                const classifier::Classifier& judge) {
  const auto profiles = read_profiles(source.profile, source.file, session.in);
  if (!profiles) return fail(profiles.error());
  auto input = open_input(source.file, session.in);
  if (!input) return fail(input.error());
  Judging judging(source, judge);
  LabelRemarks remarks;
  const auto row = [&](GivenLabel given) -> Result<void> {
    remarks.doubt(given.doubts);
    if (!judging.wants(given.labelled.lang)) return {};
    remarks.leave_out(given.other_spans);
    const classifier::ChannelProfile& profile = profiles->of(given.post.id.channel);
    judging.add(std::move(given.post), profile, std::move(given.labelled), {});
    return {};
  };
  if (auto read = for_each_labelled_post(input->stream(), input->name(), row); !read) {
    return fail(read.error());
  }
  remarks.tell(session.err);
  return judging.result(input->name(), "");
}

Result<JudgedLabels> judge_stored(const Session& session,
                                  const LabelSource& source,
                                  const classifier::Classifier& judge) {
  auto store = open_store(session, store::Access::read_only);
  if (!store) return fail(store.error());
  auto stored = read_stored_labels(*store, source.annotator);
  if (!stored) return fail(stored.error());
  Judging judging(source, judge);
  StoredProfiles profiles(*store);
  int undecided = 0;
  for (LabelledRecord& post : stored->posts) {
    auto label = deciding_label(post);
    undecided += label ? 0 : 1;
    if (!label || !judging.wants(label->lang)) continue;
    const auto profile = profiles.of(post.record.post.id.channel);
    if (!profile) return fail(profile.error());
    judging.add(std::move(post.record.post), **profile, *std::move(label), sampling_of(post));
  }
  if (undecided > 0) {
    session.err << "left out, because the annotators could not tell: " << counted(undecided, "post")
                << '\n';
  }
  if (stored->outdated > 0) {
    session.err << "left out, because the post was edited since: "
                << counted(stored->outdated, "label") << '\n';
  }
  return judging.result("the store", ": label some with `qanat audit label`");
}

}  // namespace

void add_label_source(CLI::App& command, Session& session, LabelSource& source) {
  command
      .add_option("file",
                  source.file,
                  "Lines of {id, text, label} with channel, lang, links, ambiguous and spans "
                  "[{start, end, kind}] in code points; by default the store's labels")
      ->type_name("FILE|-");
  command
      .add_option_function<std::string>(
          "--store",
          [&session, &source](const std::string& path) {
            source.store = true;
            if (path.empty()) return;
            session.settings.push_back({.key = "store.path", .value = path, .origin = "--store"});
          },
          "The labels of the configured database, or of this one")
      ->expected(0, 1)
      ->type_name("FILE");
  command.add_option("--annotator", source.annotator, "Only this person's labels in the store")
      ->type_name("NAME");
  command.add_option("--lang", source.lang, "Only posts of this language")->type_name("LANG");
  add_profile_options(command, source.profile);
}

Result<JudgedLabels> judge_labels(const Session& session,
                                  const LabelSource& source,
                                  const classifier::Classifier& judge) {
  const bool profiled = !source.profile.file.empty() || source.profile.from_input;
  if (source.file.empty() && profiled) {
    return fail(
        Errc::usage,
        "stored posts are judged with their channels' own profiles; leave out --profile and "
        "--profile-from-input, or name a file of labelled posts");
  }
  if (source.file.empty()) return judge_stored(session, source, judge);
  if (source.store || !source.annotator.empty()) {
    return fail(Errc::usage,
                source.file +
                    ": use labels from a file or from the store, not both; leave out the file, "
                    "or --store and --annotator");
  }
  return judge_file(session, source, judge);
}

}  // namespace qanat::app
