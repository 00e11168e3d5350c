#include "bench/hostile_posts.h"

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "bench/paired_time.h"
#include "classifier/plain_post.h"

namespace qanat::bench {
namespace {

struct Attack {
  const char* name;
  std::string_view piece;
};

std::vector<Attack> attacks() {
  return {{"words", "слово "},
          {"one word", "я"},
          {"one word of both alphabets", "аa"},
          {"combining marks", "и\u0306\u0301"},
          {"marks alone", "\u0301"},
          {"bytes that are no UTF-8", "\xff\xd0"},
          {"invisible letters", "\u200b\u00ad"},
          {"line breaks", "\n"},
          {"blocks", "а\n\n"},
          {"list items", "- слово\n"},
          {"ornaments", "👉"},
          {"mentions", "@uroki_koda "},
          {"tags", "#тег "},
          {"addresses", "https://a.example/?utm_source=b "},
          {"dots", "a.b."},
          {"promotions in one block", "Скидка 30% по промокоду ПОТОК до 12 мая. "},
          {"promotions, a block each", "Скидка 30% по промокоду ПОТОК до 12 мая!\n\n"},
          {"questions and answers", "Почему?\nОтвет: потому.\n\n"},
          {"lines of code", "x = f(1);\n"}};
}

double seconds_for(const classifier::Classifier& judge, std::string_view piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  const Post post =
      classifier::post_from_text(*ChannelName::parse("sample_channel"), 1, std::move(text), {});
  const double begin = cpu_seconds();
  const Verdict verdict = judge.classify(post);
  return verdict.ruleset.empty() ? 0 : cpu_seconds() - begin;
}

}  // namespace

void judge_hostile_posts(const classifier::Classifier& judge) {
  constexpr std::size_t kSize = std::size_t{256} << 10U;
  std::printf("\n%-28s %12s %12s\n", "hostile post", "ns/byte", "double takes");
  for (const Attack& attack : attacks()) {
    const double once = seconds_for(judge, attack.piece, kSize);
    const double twice = seconds_for(judge, attack.piece, 2 * kSize);
    std::printf("%-28s %12.1f %12.2f\n",
                attack.name,
                twice * 1e9 / static_cast<double>(2 * kSize),
                twice / once);
  }
}

}  // namespace qanat::bench
