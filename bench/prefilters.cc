#include "bench/prefilters.h"

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>

#include <re2/re2.h>
#include <re2/set.h>

#include "bench/paired_time.h"
#include "bench/sample_posts.h"
#include "classifier/pack.h"
#include "classifier/patterns.h"
#include "classifier/segment.h"
#include "classifier/views.h"

namespace qanat::bench {
namespace {

using namespace classifier;

struct Pattern {
  std::string text;
  WordEdges edges = WordEdges::whole;
};

void collect(std::vector<Pattern>& out, const std::vector<Sourced>& sources, WordEdges edges) {
  for (const Sourced& source : sources) out.push_back({.text = source.value, .edges = edges});
}

/// What looks at the folded text of a block.
std::vector<Pattern> patterns_of(const std::vector<PackFile>& files) {
  Findings findings;
  const Pack pack = read_pack(files, findings);
  std::vector<Pattern> patterns;
  for (const RuleSource& rule : pack.rules) {
    const bool of_text = rule.scopes.empty() || rule.scopes.front() == Scope::text;
    if (rule.view != View::fold || !of_text) continue;
    collect(patterns, rule.any, rule.words);
    collect(patterns, rule.all, rule.words);
    if (rule.near) {
      collect(patterns, rule.near->a, rule.words);
      collect(patterns, rule.near->b, rule.words);
    }
    for (const Sourced& literal : rule.literals) {
      patterns.push_back({.text = quoted_pattern(literal.value),
                          .edges = edges_for_literal(literal.value, rule.words)});
    }
  }
  return patterns;
}

RE2::Options options(std::int64_t memory) {
  RE2::Options chosen;
  chosen.set_max_mem(memory);
  chosen.set_log_errors(false);
  return chosen;
}

/// One way to find matches; `count` patterns matched in the text.
class Way {
 public:
  virtual ~Way() = default;
  Way() = default;
  Way(const Way&) = delete;
  Way& operator=(const Way&) = delete;
  virtual std::size_t count(const std::string& text) = 0;
};

class OneByOne final : public Way {
 public:
  explicit OneByOne(const std::vector<Pattern>& patterns) : set_(View::fold) {
    for (const Pattern& pattern : patterns) set_.add(pattern.text, pattern.edges);
    set_.compile();
  }

  std::size_t count(const std::string& text) override {
    std::size_t found = 0;
    for (std::size_t i = 0; i < set_.size(); ++i) found += set_.find(i, text, 0) ? 1 : 0;
    return found;
  }

 private:
  PatternSet set_;
};

class Keyed final : public Way {
 public:
  explicit Keyed(const std::vector<Pattern>& patterns) : set_(View::fold) {
    for (const Pattern& pattern : patterns) set_.add(pattern.text, pattern.edges);
    set_.compile();
  }

  std::size_t count(const std::string& text) override {
    candidates_.clear();
    const NumberedText numbered(text);
    set_.find_candidates(numbered, candidates_);
    std::size_t found = 0;
    for (const PatternCandidate& each : candidates_.patterns) {
      found += set_.find(each, candidates_.places_of(each), numbered, 0) ? 1 : 0;
    }
    return found;
  }

 private:
  PatternSet set_;
  PatternCandidates candidates_;
};

class Set final : public Way {
 public:
  Set(const std::vector<Pattern>& patterns, std::int64_t memory)
      : set_(options(memory), RE2::UNANCHORED), single_(View::fold) {
    for (const Pattern& pattern : patterns) {
      single_.add(pattern.text, pattern.edges);
      set_.Add(with_edges(pattern.text, pattern.edges, View::fold), nullptr);
    }
    single_.compile();
    compiled_ = set_.Compile();
  }

  std::size_t count(const std::string& text) override {
    if (!compiled_) return 0;
    RE2::Set::ErrorInfo error{};
    if (!set_.Match(text, &matched_, &error)) {
      out_of_memory_ += error.kind == RE2::Set::kOutOfMemory ? 1 : 0;
      return 0;
    }
    std::size_t found = 0;
    for (const int i : matched_) {
      found += single_.find(static_cast<std::size_t>(i), text, 0) ? 1 : 0;
    }
    return found;
  }

 private:
  RE2::Set set_;
  bool compiled_ = false;  ///< false: over the memory
  PatternSet single_;
  std::vector<int> matched_;
  std::size_t out_of_memory_ = 0;
};

std::vector<std::string> folded_blocks(const std::vector<Post>& posts) {
  std::vector<std::string> texts;
  for (const Post& post : posts) {
    for (const Block& block : segment(post)) {
      texts.push_back(
          fold_view(std::string_view(post.text).substr(block.text.begin, block.text.size()))
              .text());
    }
  }
  return texts;
}

void print_way(const char* name,
               const std::vector<std::string>& texts,
               std::size_t posts,
               const std::function<std::unique_ptr<Way>()>& make) {
  const double load_begin = cpu_seconds();
  const auto way = make();
  const double begin = cpu_seconds();
  std::size_t found = 0;
  for (const std::string& text : texts) found += way->count(text);
  const double end = cpu_seconds();
  std::printf("  %-34s %8.1f us/post %7zu matches   compiled in %5.0f ms\n",
              name,
              (end - begin) * 1e6 / static_cast<double>(posts),
              found,
              (begin - load_begin) * 1e3);
}

}  // namespace

void compare_prefilters(const std::vector<Post>& posts) {
  constexpr std::int64_t kUsual = std::int64_t{8} << 20;
  constexpr std::int64_t kAmple = std::int64_t{64} << 20;
  const std::vector<std::string> texts = folded_blocks(posts);
  for (const std::size_t rules : {std::size_t{0}, std::size_t{500}}) {
    const std::vector<Pattern> patterns = patterns_of(packs(rules));
    std::printf("\nprefilters, %zu patterns\n", patterns.size());
    print_way("keys, then patterns", texts, posts.size(), [&] {
      return std::make_unique<Keyed>(patterns);
    });
    print_way("RE2::Set, 64 MB", texts, posts.size(), [&] {
      return std::make_unique<Set>(patterns, kAmple);
    });
    print_way("RE2::Set, 8 MB", texts, posts.size(), [&] {
      return std::make_unique<Set>(patterns, kUsual);
    });
    print_way(
        "one by one", texts, posts.size(), [&] { return std::make_unique<OneByOne>(patterns); });
  }
}

}  // namespace qanat::bench
