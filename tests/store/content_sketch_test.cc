#include "store/content_sketch.h"

#include <algorithm>
#include <set>

#include "support/catch.h"
#include "support/random.h"
#include "support/samples.h"

namespace {

using namespace qanat;
using store::ContentSketch;
using store::jaccard;
using store::sketch_of;

std::vector<std::string> random_words(test::Random& random, std::size_t count) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < count; ++i) words.push_back("w" + std::to_string(random.below(4000)));
  return words;
}

/// `words` with `changes` of them replaced.
std::vector<std::string> edited(test::Random& random,
                                std::vector<std::string> words,
                                std::size_t changes) {
  for (std::size_t i = 0; i < changes; ++i) {
    words[random.below(words.size())] = "x" + std::to_string(random.below(1000000));
  }
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += word + " ";
  return text;
}

/// By definition, on the words themselves.
double true_jaccard(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const auto shingles = [](const std::vector<std::string>& words) {
    std::set<std::string> all;
    for (std::size_t i = 0; i + 3 <= words.size(); ++i) {
      all.insert(words[i] + " " + words[i + 1] + " " + words[i + 2]);
    }
    return all;
  };
  const std::set<std::string> of_a = shingles(a);
  const std::set<std::string> of_b = shingles(b);
  const auto shared =
      std::ranges::count_if(of_a, [&](const auto& one) { return of_b.contains(one); });
  const auto all = static_cast<double>(of_a.size() + of_b.size()) - static_cast<double>(shared);
  return static_cast<double>(shared) / all;
}

bool share_a_band(const ContentSketch& a, const ContentSketch& b) {
  const auto bands = store::bands_of(a.shingles);
  return std::ranges::any_of(store::bands_of(b.shingles), [&](std::int64_t band) {
    return std::ranges::find(bands, band) != bands.end();
  });
}

}  // namespace

TEST_CASE("posts that differ in case, marks, emoji and addresses have the same words",
          "[cluster]") {
  const ContentSketch plain = sketch_of("Ёлка в репозитории: как её убрать? Пишите @elka");

  CHECK(plain.words_sha256 ==
        sketch_of("🎄 елка в РЕПОЗИТОРИИ — как ее убрать. Пишите").words_sha256);
  CHECK(plain.words_sha256 != sketch_of("Ёлка в репозитории: как её найти?").words_sha256);
  CHECK(sketch_of("👍👍 https://t.me/elka").words_sha256.empty());
}

TEST_CASE("an ad inside a post and its footer do not part it from its like", "[cluster]") {
  const std::string said = "Индекс ускоряет чтение, потому что дерево низкое и страниц мало.";
  const Post post = test::text_post(1, said + "\nКупите курс!\n@kanal");
  Verdict verdict;
  verdict.outcome = Outcome::stripped;
  const std::size_t ad = post.text.find("Купите");
  const std::size_t footer = post.text.find("@kanal");
  verdict.removed = {
      {.span = {ad, footer - 1}, .kind = RemovedKind::ad, .rules = {}},
      {.span = {footer, post.text.size()}, .kind = RemovedKind::signature, .rules = {}}};

  CHECK(sketch_of(post.text, verdict).words_sha256 == sketch_of(said).words_sha256);
}

TEST_CASE("a post that is an ad as a whole is compared by its ad", "[cluster]") {
  const Post post = test::text_post(1, "Купите наш курс сегодня!");
  Verdict verdict;
  verdict.outcome = Outcome::ad_only;
  verdict.removed = {{.span = {0, post.text.size()}, .kind = RemovedKind::ad, .rules = {}}};

  CHECK(sketch_of(post.text, verdict).words_sha256 ==
        sketch_of("Купите наш курс сегодня!").words_sha256);
}

TEST_CASE("a text too short to be told apart by shingles has none", "[cluster]") {
  CHECK(sketch_of("Доброе утро, коллеги, как дела?").shingles.empty());
}

TEST_CASE("the shared part of two sketches is that of their words", "[cluster]") {
  test::Random random(7);
  for (int round = 0; round < 200; ++round) {
    const auto a = random_words(random, 40 + random.below(200));
    const auto b = edited(random, a, random.below(20));

    const double found = jaccard(sketch_of(joined(a)).shingles, sketch_of(joined(b)).shingles);

    CHECK(found == Approx(true_jaccard(a, b)));
  }
}

TEST_CASE("all pairs that share nine tenths meet in a band, few strangers do", "[cluster]") {
  test::Random random(11);
  int alike = 0;
  int strangers_met = 0;
  for (int round = 0; round < 2000; ++round) {
    const auto a = random_words(random, 60 + random.below(240));
    const auto b = edited(random, a, 1 + random.below(4));
    const ContentSketch sketch = sketch_of(joined(a));
    const ContentSketch like = sketch_of(joined(b));
    if (jaccard(sketch.shingles, like.shingles) >= 0.9) {
      ++alike;
      CHECK(share_a_band(sketch, like));
    }
    strangers_met += share_a_band(sketch, sketch_of(joined(random_words(random, 100)))) ? 1 : 0;
  }
  CHECK(alike > 1000);
  CHECK(strangers_met == 0);
}
