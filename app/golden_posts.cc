#include "app/golden_posts.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>
#include <system_error>

#include "app/input.h"
#include "app/json_line.h"
#include "app/label_doubts.h"
#include "app/post_input.h"
#include "app/rule_packs.h"
#include "base/names.h"

namespace qanat::app {
namespace {

namespace fs = std::filesystem;

struct GoldenPost {
  GivenLabel given;
  std::optional<Outcome> outcome;
  bool marks_spans = false;
  bool known_miss = false;
};

Result<GoldenPost> read_golden_post(const std::string& line) {
  auto given = read_labelled_post(line);
  if (!given) return fail(given.error());
  const auto object = read_json_object(line);
  if (!object) return fail(object.error());
  if (const auto slips = misspelt_keys(*object, kGoldenKeys); !slips.empty()) {
    return fail(Errc::usage, slips.front());
  }
  GoldenPost post{.given = std::move(*given),
                  .outcome = std::nullopt,
                  .marks_spans = object->contains("spans"),
                  .known_miss = false};
  if (const auto outcome = object->find("outcome"); outcome != object->end()) {
    post.outcome = outcome->is_string() ? from_name<Outcome>(outcome->get<std::string>())
                                        : std::optional<Outcome>();
    if (!post.outcome) {
      return fail(Errc::usage, "`outcome` is not one of " + all_names<Outcome>());
    }
  }
  if (const auto miss = object->find("known_miss"); miss != object->end()) {
    if (!miss->is_boolean()) return fail(Errc::usage, "`known_miss` must be true or false");
    post.known_miss = miss->get<bool>();
  }
  return post;
}

constexpr std::array kKinds{RemovedKind::ad, RemovedKind::signature, RemovedKind::boilerplate};

/// The bytes of `text` that parts of one kind cover, blanks aside.
template <class Part>
std::vector<bool> covered(const std::string& text,
                          const std::vector<Part>& parts,
                          RemovedKind kind) {
  std::vector<bool> bytes(text.size(), false);
  for (const Part& part : parts) {
    if (part.kind != kind) continue;
    for (std::size_t i = part.span.begin; i < part.span.end; ++i) {
      bytes[i] = text[i] != ' ' && text[i] != '\n';
    }
  }
  return bytes;
}

/// What is wrong with the verdict; "" when nothing is.
std::string problem_of(const GoldenPost& post, const Verdict& verdict) {
  const auto& labelled = post.given.labelled;
  if (verdict.label != labelled.label) {
    return "label is " + std::string(name_of(verdict.label)) + ", not " +
           std::string(name_of(labelled.label));
  }
  if (post.outcome && verdict.outcome != *post.outcome) {
    return "outcome is " + std::string(name_of(verdict.outcome)) + ", not " +
           std::string(name_of(*post.outcome));
  }
  if (!post.marks_spans || labelled.label == Label::ad) return "";
  for (const RemovedKind kind : kKinds) {
    if (covered(labelled.text, labelled.spans, kind) !=
        covered(labelled.text, verdict.removed, kind)) {
      return "removes other characters as " + std::string(name_of(kind)) + " than its spans say";
    }
  }
  return "";
}

void judge_one(GoldenReport& report,
               const std::string& file,
               const GoldenPost& post,
               const classifier::Classifier& judge) {
  ++report.posts;
  report.known_misses += post.known_miss ? 1 : 0;
  std::string problem = problem_of(post, judge.classify(post.given.post));
  if (problem.empty() != post.known_miss) return;
  if (post.known_miss) problem = "is judged as it says: take `known_miss` away";
  report.failures.push_back({.file = file, .id = post.given.labelled.id, .problem = problem});
}

Result<std::vector<fs::path>> golden_files(const fs::path& dir) {
  std::error_code error;
  std::vector<fs::path> files = files_below(dir, error);
  std::erase_if(files, [](const fs::path& path) { return !is_golden_file(path); });
  if (error) return fail(Errc::usage, "golden posts in " + dir.string() + ": " + error.message());
  return files;
}

}  // namespace

Result<GoldenReport> judge_golden_posts(const fs::path& dir, const classifier::Classifier& judge) {
  GoldenReport report;
  const auto files = golden_files(dir);
  if (!files) return fail(files.error());
  std::set<std::string, std::less<>> ids;
  for (const fs::path& path : *files) {
    auto file = open_file(path.string());
    if (!file) return fail(file.error());
    const std::string name = path.lexically_relative(dir).generic_string();
    const auto row = [&](const std::string& line) -> Result<void> {
      const auto post = read_golden_post(line);
      if (!post) return fail(post.error());
      const std::string& id = post->given.labelled.id;
      if (!ids.insert(id).second) {
        return fail(Errc::usage,
                    "there is already a golden post \"" + id + "\": give it another id");
      }
      judge_one(report, name, *post, judge);
      return {};
    };
    if (auto read = for_each_line(*file, name, row); !read) return fail(read.error());
  }
  return report;
}

}  // namespace qanat::app
