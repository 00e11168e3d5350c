// Any post gets a verdict: lines that are addresses are its links, the rest its text.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "classifier/classifier.h"
#include "classifier/engine.h"
#include "classifier/features.h"
#include "classifier/language.h"
#include "classifier/lines.h"
#include "classifier/pack.h"
#include "classifier/plain_post.h"
#include "classifier/segment.h"
#include "fuzz/promise.h"

namespace {

using namespace qanat;
using namespace qanat::classifier;
using fuzz::promise;

std::vector<PackFile> shipped_packs() {
  const std::filesystem::path root = QANAT_RULES_FOLDER;
  std::vector<PackFile> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file{entry.path(), std::ios::binary};
    files.push_back({.path = std::filesystem::relative(entry.path(), root).string(),
                     .text = {std::istreambuf_iterator<char>{file}, {}}});
  }
  return files;
}

const Classifier& judge() {
  static const Classifier instance(RuleSet::compile(shipped_packs(), PackChecks::reading).value());
  return instance;
}

Engine built_engine() {
  Findings findings;
  const Pack pack = read_pack(shipped_packs(), findings);
  return build_engine(pack);
}

Post post_of(std::string_view bytes) {
  std::string text;
  std::vector<std::string> links;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
    const std::string_view line = bytes.substr(0, end);
    if (line.starts_with("https://"))
      links.emplace_back(line.substr(0, line.find('\n')));
    else
      text += line;
    bytes.remove_prefix(end);
  }
  return post_from_text(*ChannelName::parse("uroki_koda"), 7, std::move(text), links);
}

std::int32_t sum(const std::vector<RuleHit>& hits) {
  std::int32_t total = 0;
  for (const RuleHit& hit : hits) total += hit.weight;
  return total;
}

void check_hits(const std::vector<RuleHit>& hits, std::string_view text) {
  for (const RuleHit& hit : hits) {
    promise(!hit.span || (hit.span->begin <= hit.span->end && hit.span->end <= text.size()),
            "evidence lies in the text");
  }
}

void check_blocks(const Verdict& verdict, std::string_view text) {
  std::size_t at = 0;
  for (const BlockVerdict& block : verdict.blocks) {
    promise(block.span.begin == at && block.span.end > at, "blocks tile the text");
    at = block.span.end;
    promise(sum(block.because) + sum(block.against) == block.score, "the parts are the score");
    promise(block.probability >= 0 && block.probability <= 1, "a probability is one");
    check_hits(block.because, text);
    check_hits(block.against, text);
  }
  promise(at == text.size(), "blocks tile the text");
}

void check_removed(const Verdict& verdict, std::string_view text) {
  std::size_t at = 0;
  std::size_t removed = 0;
  for (const Removed& part : verdict.removed) {
    promise(part.span.begin >= at && part.span.begin < part.span.end, "removals stand apart");
    at = part.span.end;
    removed += part.span.size();
  }
  promise(at <= text.size(), "what is removed lies in the text");
  promise(kept_text(text, verdict.removed).size() + removed == text.size(),
          "kept and removed are the whole text");
}

bool same(const RuleMatch& a, const RuleMatch& b) {
  return a.rule == b.rule && a.span == b.span && a.text == b.text && a.vetoed == b.vetoed;
}

void check_prefilter(const Post& post) {
  static const Engine engine = built_engine();
  const std::vector<Line> lines = split_lines(post.text);
  const std::vector<Block> blocks = segment(post, lines);
  const Description description(post, blocks, languages_of(post.text, lines, blocks));
  const PostMatches on = match_post(engine, description.view());
  const PostMatches off = match_post(engine, description.view(), {.prefilter = Prefilter::off});
  promise(std::ranges::equal(on.whole, off.whole, same), "the prefilter hides no match");
  for (std::size_t i = 0; i < on.blocks.size(); ++i)
    promise(std::ranges::equal(on.blocks[i], off.blocks[i], same), "the prefilter hides no match");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Post post = post_of(fuzz::text_of(data, size));
  const Verdict verdict = judge().classify(post);
  check_blocks(verdict, post.text);
  check_removed(verdict, post.text);
  const Normalized record = normalize(post, verdict);
  promise(!record.lang.empty(), "a record has a language");
  // More work, so not each time.
  constexpr std::size_t kSeldom = 8;
  if (size % kSeldom == 0) promise(judge().classify(post) == verdict, "a verdict is repeatable");
  if (size % kSeldom == 1) check_prefilter(post);
  return 0;
}
