#include "classifier/views.h"

#include <algorithm>

#include "base/utf8.h"
#include "classifier/lines.h"
#include "rule_pack_sample.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::classifier;

namespace {

std::string folded(std::string_view text) { return fold_view(text).text(); }

std::vector<std::size_t> boundaries(std::string_view text) {
  std::vector<std::size_t> found;
  for (std::size_t at = 0; at < text.size(); at += utf8::decode(text, at).length) {
    found.push_back(at);
  }
  found.push_back(text.size());
  return found;
}

/// Every character of the view comes from whole characters of the source, in the source's order.
void check_origins(const MappedText& view, const std::string& source) {
  const auto places = boundaries(view.text());
  const auto allowed = boundaries(source);
  REQUIRE(utf8::is_valid(view.text()));
  Span before{};
  for (std::size_t i = 0; i + 1 < places.size(); ++i) {
    const Span origin = view.original({.begin = places[i], .end = places[i + 1]});
    REQUIRE(std::ranges::binary_search(allowed, origin.begin));
    REQUIRE(std::ranges::binary_search(allowed, origin.end));
    REQUIRE(before.begin <= origin.begin);
    REQUIRE(before.end <= origin.end);
    before = origin;
  }
  const Span whole = view.original({.begin = 0, .end = view.text().size()});
  CHECK(whole.end <= source.size());
}

std::string source_of(std::string_view source, std::string_view needle) {
  const MappedText view = fold_view(source);
  const auto at = view.text().find(needle);
  REQUIRE(at != std::string::npos);
  const Span origin = view.original({.begin = at, .end = at + needle.size()});
  return std::string(source.substr(origin.begin, origin.size()));
}

}  // namespace

TEST_CASE("the folded view is lower case, ё as е, blanks as one space", "[views]") {
  CHECK(folded("Ещё\u00A0РАЗ\t и  всё") == "еще раз и все");
  CHECK(folded("строка\r\nдругая") == "строка\nдругая");
  CHECK(folded("«Ромашка» — “да”…") == "\"ромашка\" - \"да\"...");
}

TEST_CASE("letters written with their mark apart fold as one letter", "[views]") {
  CHECK(folded("и\u0306 е\u0308 Е\u0308") == "й е е");
  CHECK(folded("за\u0301мок") == "замок");
}

TEST_CASE("what cannot be seen does not part a word", "[views]") {
  CHECK(folded("рек\u200Bла\u00ADма\uFEFF") == "реклама");
  CHECK(folded("👍🏽 ❤\uFE0F") == "👍 ❤");
}

TEST_CASE("a word disguised with twins of another alphabet is repaired", "[views]") {
  CHECK(folded("рекл\u0061ма") == "реклама");
  CHECK(folded("CКИДKА") == "скидка");
  CHECK(folded("Pyth\u043En") == "python");
}

TEST_CASE("a word that mixes alphabets in earnest stays as it is", "[views]") {
  CHECK(folded("SMMщик и frontендер") == "smmщик и frontендер");
  CHECK(folded("IT-компания, ITшник") == "it-компания, itшник");
}

TEST_CASE("styled letters fold to plain ones", "[views]") {
  CHECK(folded("𝐁𝐨𝐥𝐝 Ｗｉｄｅ ⓐⓑ 🅰🅱 𝟙") == "bold wide ab ab 1");
}

TEST_CASE("a match in the folded view leads back to the bytes as written", "[views]") {
  CHECK(source_of("Вот РЕК\u200BЛАМ\u0041 тут", "реклама") == "РЕК\u200BЛАМ\u0041");
  CHECK(source_of("a е\u0308лка b", "елка") == "е\u0308лка");
  CHECK(source_of("так\u00A0\u00A0далее", "так далее") == "так\u00A0\u00A0далее");
  CHECK(source_of("да… нет", "...") == "…");
}

TEST_CASE("a span leaves out the blanks at its ends", "[views]") {
  CHECK(source_of("одно два три", " два ") == "два");
}

TEST_CASE("the words view holds tokens between single spaces", "[views]") {
  const MappedText view = words_view(fold_view("«Реклама», ООО-1!"));
  CHECK(view.text() == " реклама ооо 1 ");
  CHECK(view.original({.begin = 0, .end = view.text().find("ооо")}) == Span{2, 16});
  CHECK(words_view(fold_view("")).text() == "  ");
}

TEST_CASE("the squash view finds a word written letter by letter", "[views]") {
  const std::string source = "это Р е к.л-а м а!";
  const MappedText view = squash_view(fold_view(source));
  CHECK(view.text() == "этореклама");
  const Span origin = view.original({.begin = 6, .end = view.text().size()});
  CHECK(source.substr(origin.begin, origin.size()) == "Р е к.л-а м а");
}

TEST_CASE("every view of any text leads back to whole characters, in order", "[views]") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    const std::string source = test::random_text(seed, 60);
    const MappedText fold = fold_view(source);
    check_origins(fold, source);
    check_origins(words_view(fold), source);
    check_origins(squash_view(fold), source);
    check_origins(raw_view(source), source);
  }
}

TEST_CASE("a line folded with its neighbours is what it is alone", "[views]") {
  std::size_t parts = 0;
  for (unsigned seed = 1; seed <= 2000; ++seed) {
    const std::string source = test::random_text(seed, 40, {"\n", "\r\n", "\n  ", "\u2800"});
    const MappedText fold = fold_view(source);
    for (const Line& line : split_lines(source)) {
      const auto begin = static_cast<std::size_t>(line.text.data() - source.data());
      const auto part = fold.part({.begin = begin, .end = begin + line.text.size()});
      if (!part) continue;
      ++parts;
      const MappedText alone = fold_view(line.text);
      REQUIRE(part->text() == alone.text());
      const auto places = boundaries(alone.text());
      for (std::size_t i = 0; i + 1 < places.size(); ++i) {
        const Span character{.begin = places[i], .end = places[i + 1]};
        REQUIRE(part->original(character) == alone.original(character));
      }
    }
  }
  CHECK(parts > 1000);
}

TEST_CASE("an invalid byte is seen as the replacement character", "[views]") {
  CHECK(folded("а\xFFб") == "а\uFFFDб");
  CHECK(raw_view("А\xFFб").text() == "А\uFFFDб");
}

TEST_CASE("hostile texts fold in linear time", "[views]") {
  std::string marks = "а";
  for (int i = 0; i < 500'000; ++i) marks += "\u0301";
  CHECK(folded(marks) == "а");

  std::string mixed;
  for (int i = 0; i < 300'000; ++i) mixed += i % 2 == 0 ? "a" : "ж";
  CHECK(folded(mixed).size() > 300'000);
}
