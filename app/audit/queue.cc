#include "app/audit/queue.h"

#include <algorithm>
#include <functional>
#include <map>
#include <unordered_map>
#include <utility>

#include "app/number_option.h"

namespace qanat::app {
namespace {

/// Who labelled a post, and in which rounds.
struct Labelled {
  int revision = 0;
  std::vector<std::string> annotators;
  bool elsewhere = false;  ///< in another round, or outside of any
};

using LabelledPosts = std::map<PostId, Labelled>;

Result<LabelledPosts> read_labelled(store::Store& store, std::int64_t seed) {
  const auto rows = store.labels();
  if (!rows) return fail(rows.error());
  LabelledPosts out;
  for (const store::LabelRow& row : *rows) {
    Labelled& post = out[row.post];
    if (row.revision > post.revision) post = {.revision = row.revision, .annotators = {}};
    if (row.revision < post.revision) continue;
    post.annotators.push_back(row.annotator);
    post.elsewhere = post.elsewhere || row.round != seed;
  }
  return out;
}

bool is_dropped(const Verdict& verdict) {
  return verdict.outcome == Outcome::ad_only ||
         std::ranges::any_of(verdict.removed,
                             [](const Removed& part) { return part.kind == RemovedKind::ad; });
}

/// The posts to draw from, and how many say the same as each.
class Population {
 public:
  explicit Population(const LabelledPosts& labelled) : labelled_(&labelled) {}

  void add(const Record& record) {
    if (record.post.text.empty() || record.post.kind == PostKind::service) return;
    const std::size_t text = std::hash<std::string>{}(record.post.text);
    ++texts_[text];
    ++clusters_[record.cluster];
    QueuedPost post{.id = record.post.id, .revision = record.revision};
    const auto known = labelled_->find(post.id);
    if (known != labelled_->end() && known->second.revision == record.revision) {
      if (known->second.elsewhere) return;
      post.annotators = known->second.annotators;
    }
    post.candidate = {.id = post.id.str(),
                      .ad_probability = record.verdict.ad_probability,
                      .undecided = record.verdict.outcome == Outcome::review,
                      .dropped = is_dropped(record.verdict),
                      .views = record.post.views.value.value_or(0)};
    posts_.push_back(std::move(post));
    keys_.push_back({.text = text, .cluster = record.cluster});
  }

  [[nodiscard]] std::vector<QueuedPost> draw(const QueueRequest& request) {
    std::vector<classifier::Candidate> candidates;
    for (std::size_t i = 0; i < posts_.size(); ++i) {
      posts_[i].candidate.copies =
          std::max(texts_.at(keys_[i].text), clusters_.at(keys_[i].cluster));
      candidates.push_back(posts_[i].candidate);
    }
    std::vector<QueuedPost> queue;
    const auto seed = static_cast<std::uint64_t>(request.seed);
    for (const classifier::Asked& asked :
         classifier::review_queue(candidates, request.size, seed)) {
      queue.push_back(std::move(posts_[asked.candidate]));
      queue.back().asked = asked;
    }
    return queue;
  }

 private:
  struct Key {
    std::size_t text = 0;
    std::string cluster;
  };

  const LabelledPosts* labelled_;
  std::vector<QueuedPost> posts_;
  std::vector<Key> keys_;  ///< of posts_
  std::unordered_map<std::size_t, std::size_t> texts_;
  std::unordered_map<std::string, std::size_t> clusters_;
};

}  // namespace

void add_seed_option(CLI::App& command, QueueRequest& request) {
  command.add_option("--seed", request.seed, "The round; another number draws other posts")
      ->type_name("N")
      ->transform(whole_number(0))
      ->capture_default_str();
}

Result<std::vector<QueuedPost>> read_queue(store::Store& store, const QueueRequest& request) {
  const auto labelled = read_labelled(store, request.seed);
  if (!labelled) return fail(labelled.error());
  Population population(*labelled);
  const auto read = store.for_each({}, [&](const Record& record) {
    population.add(record);
    return true;
  });
  if (!read) return fail(read.error());
  return population.draw(request);
}

}  // namespace qanat::app
