#include "classifier/plug_sentence.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/verdict.h"
#include "classifier/classifier.h"
#include "plain_sample.h"
#include "support/catch.h"
#include "support/shipped_packs.h"

using namespace qanat;
using namespace qanat::classifier;
using namespace qanat::test;

namespace {

const std::vector<RuleInfo>& kinds() {
  static const std::vector<RuleInfo> rules{
      {.id = "offer", .label = RuleLabel::ad, .weight = 2000},
      {.id = "reason", .label = RuleLabel::qa, .weight = -700}};
  return rules;
}

/// Matches of one rule wherever a word stands in the text.
void add_matches(std::size_t rule,
                 std::string_view word,
                 std::string_view text,
                 std::vector<RuleMatch>& matches) {
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    matches.push_back({.rule = rule,
                       .weight = kinds()[rule].weight,
                       .span = Span{.begin = at, .end = at + word.size()}});
  }
}

Block paragraph(const std::string& text, BlockKind kind) {
  return {.span = {0, text.size()}, .text = {0, text.size()}, .kind = kind};
}

/// The plugs in a post of one block, where "sale" offers and "because" explains.
std::vector<Plug> plugs_in(const std::string& text, BlockKind kind = BlockKind::paragraph) {
  PostMatches matches{.blocks = {{}}, .whole = {}, .searches = {}};
  add_matches(0, "sale", text, matches.blocks.front());
  add_matches(1, "because", text, matches.blocks.front());
  const std::vector<Block> blocks{paragraph(text, kind)};
  return find_plugs(text, blocks, matches, kinds());
}

/// The texts of the blocks when these plugs are parted off; none where there is no plug.
std::vector<std::string> parted(const std::string& text) {
  const std::vector<Plug> plugs = plugs_in(text);
  std::vector<std::string> texts;
  if (plugs.empty()) return texts;
  std::size_t end = 0;
  for (const Block& block :
       part_off(plugs, text, std::vector{paragraph(text, BlockKind::paragraph)})) {
    CHECK(block.span.begin == end);
    end = block.span.end;
    texts.push_back(text.substr(block.text.begin, block.text.size()));
  }
  CHECK(end == text.size());
  return texts;
}

using Texts = std::vector<std::string>;
const std::string kExplanation =
    "The second query is faster, because its index holds all columns that the query asks for.";

}  // namespace

TEST_CASE("the sentences that promote at the end of an explanation are a block of their own",
          "[plug]") {
  CHECK(parted(kExplanation + " Our courses are on sale. Two places are left.") ==
        Texts{kExplanation, "Our courses are on sale. Two places are left."});
  CHECK(parted(kExplanation + " 🔥 Books on sale!") == Texts{kExplanation, "🔥 Books on sale!"});
  CHECK(parted(kExplanation + "\nthis week on sale") == Texts{kExplanation, "this week on sale"});
}

TEST_CASE("a sentence goes on behind an initial, a number and a small letter", "[plug]") {
  const std::string of_a_person = "As J. Doe tells, v. 2.5 e.g. is on sale.";
  CHECK(parted(kExplanation + " " + of_a_person) == Texts{kExplanation, of_a_person});
  CHECK(parted(kExplanation.substr(0, kExplanation.size() - 1) + " and on sale.").empty());
}

TEST_CASE("no plug is found where the beginning promotes, or is short", "[plug]") {
  CHECK(plugs_in("Because of a sale: " + kExplanation + " Our courses are on sale.").empty());
  CHECK(plugs_in("Yes, because it is. Our courses are on sale.").empty());
  CHECK(plugs_in(kExplanation).empty());
}

TEST_CASE("a plug tells whether what stands before it explains, or is at least long and plain",
          "[plug]") {
  const std::string plug = " Our courses are on sale.";
  const std::string plain =
      "The second query is faster than the first one, and it takes less memory, too.";
  const auto behind = [](const std::string& text) {
    const std::vector<Plug> plugs = plugs_in(text);
    REQUIRE(plugs.size() == 1);
    return std::pair(plugs.front().behind_answer, plugs.front().behind_text);
  };
  CHECK(behind(kExplanation + plug) == std::pair(true, true));
  CHECK(behind(plain + plug) == std::pair(false, false));
  CHECK(behind(plain + " " + plain + plug) == std::pair(false, true));
}

TEST_CASE("code, lists and quotes are no paragraphs", "[plug]") {
  for (const BlockKind kind : {BlockKind::code, BlockKind::list, BlockKind::quote}) {
    CHECK(plugs_in(kExplanation + " Our courses are on sale.", kind).empty());
  }
}

TEST_CASE("a plug that is parted off is of the language that it was found in", "[plug]") {
  const std::string answer =
      "Чем поток отличается от процесса?\n\nПотоки одного процесса делят кучу, потому что живут в "
      "одном адресном пространстве.\n\nA thread is cheap to make, because it shares the memory of "
      "its process, which means that one fault takes all of them down. A lock keeps two of them "
      "from "
      "writing to one place at the same time. ";
  const Post post =
      plain_post(answer + "Join our Python bootcamp, 30% off with code PY30: school.example/join");
  const Verdict verdict = shipped_classifier().classify(post);
  CHECK(verdict.label == Label::mixed);
  CHECK(kept_text(post.text, verdict.removed) == answer);
}

TEST_CASE("a promotion in an answer's last line is cut out of it", "[plug]") {
  const std::string answer =
      "Чем поток отличается от процесса?\n\nПроцесс — это программа со своей памятью. Потоки "
      "одного "
      "процесса делят кучу, потому что живут в одном адресном пространстве.\n\nПоэтому поток "
      "создать "
      "дешевле, но ошибка в нём роняет весь процесс. Например, браузер держит каждую вкладку в "
      "своём "
      "процессе, чтобы остальные пережили её падение. ";
  const Post post = plain_post(answer + "По промокоду POTOK скидка 30 %: school.example/join");
  const Verdict verdict = shipped_classifier().classify(post);
  CHECK(verdict.label == Label::mixed);
  CHECK(kept_text(post.text, verdict.removed) == answer);
}
