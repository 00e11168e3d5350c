#include "record/markdown.h"

#include <string>
#include <string_view>
#include <utility>

#include "support/catch.h"
#include "support/samples.h"

namespace qanat::record {
namespace {

using enum EntityKind;

/// Lays formatting over the first occurrence of words.
class Text {
 public:
  explicit Text(std::string text) : post_(test::text_post(7, std::move(text))) {}

  Text& with(EntityKind kind, std::string_view words, std::string value = "") {
    const std::size_t begin = post_.text.find(words);
    REQUIRE(begin != std::string::npos);
    post_.entities.push_back(
        {.kind = kind, .span = {begin, begin + words.size()}, .value = std::move(value)});
    return *this;
  }

  /// An entity whose address stands in the post's links.
  Text& linked(EntityKind kind, std::string_view words, std::string url) {
    with(kind, words);
    post_.links.push_back(
        {.url = std::move(url), .text = std::string{words}, .span = post_.entities.back().span});
    return *this;
  }

  [[nodiscard]] std::string markdown() const { return record::markdown(post_); }

 private:
  Post post_;
};

std::string plain(std::string text) { return Text(std::move(text)).markdown(); }

}  // namespace

TEST_CASE("each formatting has its marks", "[markdown]") {
  CHECK(Text("a b c").with(bold, "b").markdown() == "a **b** c");
  CHECK(Text("a b c").with(italic, "b").markdown() == "a _b_ c");
  CHECK(Text("a b c").with(strike, "b").markdown() == "a ~~b~~ c");
  CHECK(Text("a b c").with(underline, "b").markdown() == "a <u>b</u> c");
  CHECK(Text("a b c").with(spoiler, "b").markdown() == "a ||b|| c");
  CHECK(Text("a b c").with(code, "b").markdown() == "a `b` c");
}

TEST_CASE("masked links show their words, bare ones themselves", "[markdown]") {
  CHECK(Text("сюда!").with(link, "сюда", "https://a.example/?x=1&y=2").markdown() ==
        "[сюда](https://a.example/?x=1&y=2)\\!");
  CHECK(Text("https://a.example/x")
            .with(link, "https://a.example/x", "https://a.example/x")
            .markdown() == "<https://a.example/x>");
  CHECK(Text("a.example").with(link, "a.example", "https://a.example/").markdown() ==
        "[a.example](https://a.example/)");
  CHECK(Text("x").with(link, "x", "https://a.example/(b) c\\&amp;<d>").markdown() ==
        "[x](https://a.example/\\(b\\)%20c\\\\\\&amp;\\<d\\>)");
  CHECK(Text("Смотри!тут").with(link, "тут", "https://a.example/").markdown() ==
        "Смотри\\![тут](https://a.example/)");
  CHECK(Text("\u200b\u200b").with(link, "\u200b\u200b", "https://a.example/").markdown() ==
        "[\u200b\u200b](https://a.example/)");
}

TEST_CASE("mentions, mail, phones and custom emoji lead where they lead", "[markdown]") {
  CHECK(Text("@qa_help").linked(mention, "@qa_help", "https://t.me/qa_help").markdown() ==
        "[@qa\\_help](https://t.me/qa_help)");
  CHECK(Text("a@b.example").linked(email, "a@b.example", "mailto:a@b.example").markdown() ==
        "<a@b.example>");
  CHECK(Text("+375 29").linked(phone, "+375 29", "tel:+37529").markdown() ==
        "[+375 29](tel:+37529)");
  CHECK(Text("да 🤖").with(custom_emoji, "🤖", "534").markdown() == "да ![🤖](tg://emoji?id=534)");
  CHECK(Text("🤖").with(custom_emoji, "🤖").markdown() == "🤖");
  CHECK(Text("#тест $TON /go")
            .with(hashtag, "#тест")
            .with(cashtag, "$TON")
            .with(bot_command, "/go")
            .markdown() == "#тест $TON /go");
}

TEST_CASE("quotes and code blocks stand apart from the words around them", "[markdown]") {
  CHECK(Text("Вопрос:\nраз\nдва\nОтвет").with(quote, "раз\nдва").markdown() ==
        "Вопрос:\n\n> раз\\\n> два\n\nОтвет");
  CHECK(Text("a\n\nb").with(collapsed_quote, "a\n\nb").markdown() == "> a\n>\n> b");
  CHECK(Text("см.\nint a;\n  a++;\nвот").with(pre, "int a;\n  a++;", "cpp").markdown() ==
        "см.\n\n```cpp\nint a;\n  a++;\n```\n\nвот");
  CHECK(Text("x\ny").with(quote, "x\ny").with(pre, "y").markdown() == "> x\n>\n> ```\n> y\n> ```");
  CHECK(Text("a ``` b").with(pre, "a ``` b", "two words").markdown() == "````\na ``` b\n````");
}

TEST_CASE("a block that overlaps another one loses no words", "[markdown]") {
  CHECK(Text("ab\ncd\nef").with(quote, "ab\ncd").with(pre, "cd\nef").markdown() ==
        "> ab\n>\n> ```\n> cd\n> ```\n\n```\nef\n```");
}

TEST_CASE("line breaks are kept, paragraphs stay paragraphs", "[markdown]") {
  CHECK(plain("раз\nдва\n\nтри\n \nчетыре") == "раз\\\nдва\n\nтри\n\nчетыре");
  CHECK(plain("") == "");
}

TEST_CASE("formatting over several lines is closed and opened at each", "[markdown]") {
  CHECK(Text("раз\nдва\n\nтри").with(bold, "раз\nдва\n\nтри").markdown() ==
        "**раз**\\\n**два**\n\n**три**");
}

TEST_CASE("white space at the ends of marks is left outside of them", "[markdown]") {
  CHECK(Text("a  b\u00a0 c").with(bold, "  b\u00a0 ").markdown() == "a  **b**\u00a0 c");
  CHECK(Text("a   c").with(bold, "   ").markdown() == "a   c");
}

TEST_CASE("marks that would not close beside a letter are HTML", "[markdown]") {
  CHECK(Text("Почему?потому").with(bold, "Почему?").markdown() == "<b>Почему?</b>потому");
  CHECK(Text("перенос").with(bold, "пере").markdown() == "**пере**нос");
  CHECK(Text("перенос").with(italic, "пере").markdown() == "<i>пере</i>нос");
  CHECK(Text("«да»нет").with(strike, "«да»").markdown() == "<s>«да»</s>нет");
  CHECK(Text("(да)").with(italic, "да").markdown() == "(_да_)");
}

TEST_CASE("nested spans nest, overlapping ones are split", "[markdown]") {
  CHECK(Text("ab cd ef").with(bold, "ab cd ef").with(italic, "cd").markdown() == "**ab _cd_ ef**");
  CHECK(Text("abcde fgh").with(bold, "abcde").with(italic, "de fgh").markdown() ==
        "**abc<i>de</i>** _fgh_");
  CHECK(Text("ab cd ef").with(bold, "ab cd").with(italic, "cd ef").markdown() ==
        "**ab _cd_** _ef_");
  CHECK(Text("ab cd ef").with(bold, "ab cd").with(link, "cd ef", "https://a.example").markdown() ==
        "**ab [cd](https://a.example)**[ ef](https://a.example)");
  CHECK(Text("ab").with(bold, "ab").with(italic, "ab").with(underline, "ab").markdown() ==
        "**_<u>ab</u>_**");
}

TEST_CASE("touching and repeated spans of one mark are one", "[markdown]") {
  CHECK(Text("abcd").with(bold, "ab").with(bold, "cd").markdown() == "**abcd**");
  CHECK(Text("abcd").with(bold, "abcd").with(bold, "bc").markdown() == "**abcd**");
}

TEST_CASE("nothing goes on inside of code, whatever it holds", "[markdown]") {
  CHECK(Text("a*b_c").with(code, "a*b_c").with(bold, "b").markdown() == "`a*b_c`");
  CHECK(Text("a`b").with(code, "a`b").markdown() == "``a`b``");
  CHECK(Text("`").with(code, "`").markdown() == "`` ` ``");
  CHECK(Text("x ``y` z").with(code, "``y`").markdown() == "x ``` ``y` ``` z");
  CHECK(Text("a b c").with(code, " b ").markdown() == "a`  b  `c");
  CHECK(Text("ab").with(bold, "ab").with(code, "b").markdown() == "**a`b`**");
}

TEST_CASE("what means something to Markdown is escaped", "[markdown]") {
  CHECK(plain("a*b_c`d[e]f<g>~h|\\") == "a\\*b\\_c\\`d\\[e\\]f\\<g>\\~h\\|\\\\");
  CHECK(plain("&amp; & &x") == "\\&amp; & &x");
  CHECK(plain("# a") == "\\# a");
  CHECK(plain("#тег") == "#тег");
  CHECK(plain("> a") == "\\> a");
  CHECK(plain("- a\n+ b\n---\n-\n1. c\n2) d\n=== \n-5 и 3.5") ==
        "\\- a\\\n\\+ b\\\n\\---\\\n\\-\\\n1\\. c\\\n2\\) d\\\n\\=== \\\n-5 и 3.5");
  CHECK(plain("    a") == "&nbsp;&nbsp;&nbsp;&nbsp;a");
}

TEST_CASE("spans outside of the text do no harm", "[markdown]") {
  Post post = test::text_post(7, "ab");
  post.entities = {{.kind = bold, .span = {1, 9}},
                   {.kind = pre, .span = {5, 9}},
                   {.kind = link, .span = {1, 1}, .value = "https://a.example"}};
  CHECK(record::markdown(post) == "a**b**");
}

}  // namespace qanat::record
