#include "classifier/audit/review_queue.h"

#include <map>
#include <set>

#include "support/catch.h"

namespace {

using namespace qanat::classifier;

/// `count` posts of which each tenth was dropped; probabilities from sure to doubtful.
std::vector<Candidate> posts(std::size_t count) {
  std::vector<Candidate> out;
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back({.id = "kanal/" + std::to_string(i),
                   .ad_probability = static_cast<double>(i % 100) / 100,
                   .dropped = i % 10 == 9,
                   .views = static_cast<std::int64_t>(i % 7) * 1000});
  }
  return out;
}

std::vector<std::string> ids(const std::vector<Candidate>& candidates,
                             const std::vector<Asked>& queue) {
  std::vector<std::string> out;
  for (const Asked& one : queue) out.push_back(candidates[one.candidate].id);
  return out;
}

}  // namespace

TEST_CASE("doubt and reach make a post urgent", "[queue]") {
  const Candidate sure{.id = "a", .ad_probability = 0.99};
  const Candidate doubtful{.id = "a", .ad_probability = 0.5};
  const Candidate review{.id = "a", .ad_probability = 0.99, .undecided = true};
  const Candidate copied{.id = "a", .ad_probability = 0.5, .copies = 3};
  const Candidate seen{.id = "a", .ad_probability = 0.5, .views = 999};

  CHECK(priority(doubtful) == Approx(1));
  CHECK(priority(sure) < 0.05);
  CHECK(priority(review) == Approx(1));
  CHECK(priority(copied) == Approx(3));
  CHECK(priority(seen) == Approx(4));
}

TEST_CASE("15 % of a queue are random kept posts, 15 % random dropped ones", "[queue]") {
  const std::vector<Candidate> candidates = posts(2000);

  const std::vector<Asked> queue = review_queue(candidates, 100, 1);

  REQUIRE(queue.size() == 100);
  std::map<Reason, int> reasons;
  for (const Asked& one : queue) {
    ++reasons[one.reason];
    const bool dropped = candidates[one.candidate].dropped;
    if (one.reason == Reason::random_dropped) CHECK(dropped);
    if (one.reason == Reason::random_kept) CHECK_FALSE(dropped);
  }
  CHECK(reasons[Reason::random_kept] == 15);
  CHECK(reasons[Reason::random_dropped] == 15);
}

TEST_CASE("a queue depends on seed and posts, not on the order of the posts", "[queue]") {
  const std::vector<Candidate> candidates = posts(500);
  const std::vector<Candidate> reversed(candidates.rbegin(), candidates.rend());

  const auto first = ids(candidates, review_queue(candidates, 40, 1));

  CHECK(first == ids(candidates, review_queue(candidates, 40, 1)));
  CHECK(first == ids(reversed, review_queue(reversed, 40, 1)));
  CHECK(first != ids(candidates, review_queue(candidates, 40, 2)));
}

TEST_CASE("no post is asked twice, and few posts are asked all", "[queue]") {
  const std::vector<Candidate> candidates = posts(12);

  const auto all = ids(candidates, review_queue(candidates, 50, 1));

  CHECK(std::set(all.begin(), all.end()).size() == 12);
  for (const Asked& one : review_queue(candidates, 50, 1)) CHECK(one.p_sample == Approx(1));
  CHECK(review_queue(candidates, 1, 1).size() == 1);
  CHECK(review_queue(candidates, 0, 1).empty());
  CHECK(review_queue({}, 10, 1).empty());
}

TEST_CASE("over many seeds a post is asked as often as its probability says", "[queue]") {
  const std::vector<Candidate> candidates = posts(60);
  constexpr int kSeeds = 2000;
  std::vector<double> asked(candidates.size(), 0.0);
  std::vector<double> weighted(candidates.size(), 0.0);

  for (int seed = 1; seed <= kSeeds; ++seed) {
    for (const Asked& one : review_queue(candidates, 15, static_cast<std::uint64_t>(seed))) {
      asked[one.candidate] += 1.0 / kSeeds;
      weighted[one.candidate] += 1 / one.p_sample / kSeeds;
    }
  }

  for (std::size_t i = 0; i < candidates.size(); ++i) {
    CAPTURE(candidates[i].id, asked[i]);
    CHECK(weighted[i] == Approx(1).margin(0.25));  // each post speaks for one post in the mean
  }
}
