// What judging posts costs that the process has not met before.
//
//   bench_classify [POSTS.jsonl [PAGE…]]     without files: invented posts and pages
//   bench_classify --only N [POSTS.jsonl]    N posts and nothing else: for callgrind
//   bench_classify --prefilters [POSTS.jsonl]    ways to find which patterns match
//   bench_classify --hostile                 posts made to hurt, and twice as much of them
//
// Every post is judged once by each set of rules: caches that have met a text flatter whoever keeps
// them. The first third is not counted: RE2 builds a pattern's states when the pattern is first
// tried. Times are this thread's CPU time.

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/hostile_posts.h"
#include "bench/paired_time.h"
#include "bench/prefilters.h"
#include "bench/sample_pages.h"
#include "bench/sample_posts.h"
#include "classifier/classifier.h"
#include "classifier/explain.h"
#include "classifier/features.h"
#include "classifier/language.h"
#include "classifier/lines.h"
#include "classifier/segment.h"

namespace {

using namespace qanat;
using namespace qanat::classifier;

constexpr double kMicro = 1e6;

/// Adds the time of its life to a sum.
class Stopwatch {
 public:
  explicit Stopwatch(double& sum) : sum_(sum), begin_(bench::cpu_seconds()) {}
  ~Stopwatch() { sum_ += bench::cpu_seconds() - begin_; }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  double& sum_;
  double begin_;
};

Classifier loaded(std::size_t rules, std::string_view name) {
  const auto files = bench::packs(rules);
  double seconds = 0;
  const auto compile = [&] {
    const Stopwatch watch(seconds);
    return RuleSet::compile(files, PackChecks::reading);
  };
  auto set = compile();
  if (!set) {
    std::fprintf(stderr, "%s\n", set.error().message.c_str());
    std::exit(2);
  }
  std::printf("%-16.*s %5zu rules and composites, loaded in %6.1f ms (goal for the shipped: 100)\n",
              static_cast<int>(name.size()),
              name.data(),
              set->rules().size(),
              seconds * 1e3);
  return Classifier(*std::move(set));
}

bool is_warming(std::size_t index, std::size_t posts) { return index < posts / 3; }

/// Who judges which post changes from post to post, so that none is judged twice.
void compare_sizes(const std::vector<Post>& posts) {
  const std::vector<Classifier> judges{loaded(0, "shipped packs"), loaded(500, "500 rules")};
  std::vector<double> seconds(judges.size(), 0);
  std::vector<std::size_t> judged(judges.size(), 0);
  for (std::size_t i = 0; i < posts.size(); ++i) {
    const std::size_t turn = i % judges.size();
    double spent = 0;
    {
      const Stopwatch watch(spent);
      if (judges[turn].classify(posts[i]).blocks.empty()) continue;
    }
    if (is_warming(i, posts.size())) continue;
    seconds[turn] += spent;
    ++judged[turn];
  }
  std::printf("\nwhole classification       us/post   posts/s\n");
  std::vector<double> each;
  for (std::size_t i = 0; i < judges.size(); ++i) {
    each.push_back(seconds[i] * kMicro / static_cast<double>(judged[i]));
    std::printf(
        "%-24s %9.1f %9.0f\n", i == 0 ? "shipped packs" : "500 rules", each[i], kMicro / each[i]);
  }
  std::printf("500 rules / shipped      %9.2f   (goal 2)\n", each[1] / each[0]);
}

/// The same work, stage by stage.
void print_stages(const std::vector<Post>& posts) {
  const auto rules = RuleSet::compile(bench::packs(0), PackChecks::reading);
  if (!rules) return;
  double language = 0;
  double segmenting = 0;
  double describing = 0;
  double matching = 0;
  double scoring = 0;
  for (std::size_t i = 0; i < posts.size(); ++i) {
    const Post& post = posts[i];
    if (is_warming(i, posts.size())) language = segmenting = describing = matching = scoring = 0;
    const auto timed = [](double& sum, auto&& work) {
      const Stopwatch watch(sum);
      return work();
    };
    const auto lines = split_lines(post.text);
    const auto blocks = timed(segmenting, [&] { return segment(post, lines); });
    const auto languages = timed(language, [&] { return languages_of(post.text, lines, blocks); });
    const auto description =
        timed(describing, [&] { return std::make_unique<Description>(post, blocks, languages); });
    const auto matches = timed(matching, [&] { return rules->match(description->view()); });
    const Stopwatch watch(scoring);
    const PostEvidence evidence = gather(post, blocks, matches, rules->rules());
    const Decision decision = decide(evidence, rules->rules());
    const Verdict verdict = explain(blocks, matches, rules->rules(), evidence, decision);
  }
  const auto counted = static_cast<double>(posts.size() - posts.size() / 3 + 1);
  std::printf("\nstage                      us/post\n");
  const auto row = [&](const char* name, double seconds) {
    std::printf("%-24s %9.1f\n", name, seconds * kMicro / counted);
  };
  row("language", language);
  row("blocks", segmenting);
  row("features", describing);
  row("views and matching", matching);
  row("scoring and explaining", scoring);
}

void compare_with_gumbo(const std::vector<bench::SamplePage>& pages) {
  const Classifier judge(RuleSet::compile(bench::packs(0), PackChecks::reading).value());
  double parsing = 0;
  double judging = 0;
  std::size_t posts = 0;
  for (const bench::SamplePage& page : pages) {
    {
      const Stopwatch watch(parsing);
      bench::parse_bare(page.html);
    }
    const Stopwatch watch(judging);
    for (const Post& post : page.posts) posts += judge.classify(post).ruleset.empty() ? 0 : 1;
  }
  std::printf(
      "\n%zu pages, %zu posts: gumbo %.2f ms a page, classification %.2f ms: ratio %.3f (goal "
      "0.15)\n",
      pages.size(),
      posts,
      parsing * 1e3 / static_cast<double>(pages.size()),
      judging * 1e3 / static_cast<double>(pages.size()),
      judging / parsing);
}

void classify_only(std::size_t count, const std::vector<Post>& posts) {
  const Classifier judge(RuleSet::compile(bench::packs(0), PackChecks::reading).value());
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < count && i < posts.size(); ++i) {
    bytes += posts[i].text.size();
    if (judge.classify(posts[i]).ruleset.empty()) std::abort();
  }
  std::printf("%zu bytes\n", bytes);
}

std::vector<Post> sample(const std::vector<std::string>& arguments, std::size_t at) {
  constexpr std::size_t kInvented = 1600;
  return bench::russian_posts(at < arguments.size() ? bench::posts_of_file(arguments[at])
                                                    : bench::invented_posts(kInvented));
}

/// Each comparison gets posts of its own.
std::vector<Post> share_of(const std::vector<Post>& posts, std::size_t part, std::size_t parts) {
  std::vector<Post> share;
  for (std::size_t i = part; i < posts.size(); i += parts) share.push_back(posts[i]);
  return share;
}

}  // namespace

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const std::vector<std::string> arguments{argv + 1, argv + argc};
  const std::string mode = arguments.empty() ? "" : arguments[0];
  if (mode == "--only") {
    const std::string count = arguments.size() > 1 ? arguments[1] : "";
    classify_only(std::strtoul(count.c_str(), nullptr, 10), sample(arguments, 2));
    return 0;
  }
  if (mode == "--hostile") {
    bench::judge_hostile_posts(
        Classifier(RuleSet::compile(bench::packs(0), PackChecks::reading).value()));
    return 0;
  }
  if (mode == "--prefilters") {
    constexpr std::size_t kPart = 4;  // one by one takes its time
    bench::compare_prefilters(share_of(sample(arguments, 1), 0, kPart));
    return 0;
  }
  const std::vector<Post> posts = sample(arguments, 0);
  std::size_t bytes = 0;
  for (const Post& post : posts) bytes += post.text.size();
  std::printf("%zu Russian posts of %zu bytes on average\n", posts.size(), bytes / posts.size());
  compare_sizes(share_of(posts, 0, 2));
  print_stages(share_of(posts, 1, 2));
  compare_with_gumbo(arguments.size() > 1
                         ? bench::read_pages({arguments.begin() + 1, arguments.end()})
                         : bench::invented_pages(40));
  return 0;
}
