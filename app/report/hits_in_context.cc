#include "app/report/hits_in_context.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"

namespace qanat::app {
namespace {

/// Bytes shown on either side: a line or so.
constexpr std::size_t kAround = 160;

void add_context(HitInContext& shown, std::string_view text, Span span) {
  const std::size_t begin =
      utf8::start_of_character(text, span.begin > kAround ? span.begin - kAround : std::size_t{0});
  const std::size_t end = utf8::start_of_character(text, std::min(text.size(), span.end + kAround));
  shown.before = (begin > 0 ? "…" : "") + std::string(text.substr(begin, span.begin - begin));
  shown.matched = text.substr(span.begin, span.size());
  shown.after = std::string(text.substr(span.end, end - span.end)) + (end < text.size() ? "…" : "");
}

/// Takes the hits of one post.
class Collector {
 public:
  Collector(std::map<std::string, std::vector<HitInContext>>& hits, std::size_t most)
      : hits_(&hits), most_(most) {}

  void add(const std::vector<RuleHit>& hits,
           const Post& post,
           const classifier::LabelledPost& label,
           const Verdict& verdict) {
    for (const RuleHit& hit : hits) {
      const bool counts = hit.effect == HitEffect::counts && !hit.is_context();
      if (counts) add(hit, post, label, verdict);
    }
  }

 private:
  void add(const RuleHit& hit,
           const Post& post,
           const classifier::LabelledPost& label,
           const Verdict& verdict) {
    HitInContext shown{.id = label.id,
                       .labelled = label.label,
                       .judged = verdict.label,
                       .where = hit.where,
                       .before = {},
                       .matched = hit.text,
                       .after = {}};
    std::vector<HitInContext>& known = (*hits_)[hit.rule];
    const auto alike = std::ranges::count(known, shown.agrees(), &HitInContext::agrees);
    const bool repeated = std::ranges::find(known, shown.id, &HitInContext::id) != known.end();
    if (repeated || std::cmp_greater_equal(alike, most_)) return;
    if (hit.span) add_context(shown, post.text, *hit.span);
    known.push_back(std::move(shown));
  }

  std::map<std::string, std::vector<HitInContext>>* hits_;
  std::size_t most_;
};

}  // namespace

std::map<std::string, std::vector<HitInContext>> hits_in_context(
    std::span<const Post> posts,
    std::span<const classifier::LabelledPost> labels,
    std::span<const Verdict> verdicts,
    std::size_t most) {
  std::map<std::string, std::vector<HitInContext>> hits;
  Collector collector(hits, most);
  for (std::size_t i = 0; i < posts.size(); ++i) {
    for (const BlockVerdict& block : verdicts[i].blocks) {
      collector.add(block.because, posts[i], labels[i], verdicts[i]);
      collector.add(block.against, posts[i], labels[i], verdicts[i]);
    }
    collector.add(verdicts[i].post_hits, posts[i], labels[i], verdicts[i]);
  }
  return hits;
}

}  // namespace qanat::app
