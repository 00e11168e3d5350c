#include "demo/text_markup.h"

#include "markup/html.h"
#include "support/catch.h"

using qanat::demo::page_markup;
using qanat::demo::plain_text;

TEST_CASE("line breaks and signs become what the page writes") {
  CHECK(page_markup("a\nb! it's \"$5\" & 7 > 5") ==
        "a<br/>b&#33; it&#39;s &quot;&#036;5&quot; &amp; 7 &gt; 5");
  CHECK(page_markup("5 &lt; 7 &amp; so") == "5 &lt; 7 &amp; so");
}

TEST_CASE("an emoji becomes an image named by its bytes, whatever its shape") {
  CHECK(page_markup("🔥") ==
        "<i class=\"emoji\" style=\"background-image:url('/img/emoji/40/F09F94A5.png')\">"
        "<b>🔥</b></i>");
  CHECK_THAT(page_markup("⚙️"), Catch::Contains("/E29A99.png") && Catch::Contains("<b>⚙️</b>"));
  CHECK_THAT(page_markup("🇵🇹"), Catch::Contains("<b>🇵🇹</b>"));
  CHECK_THAT(page_markup("👩‍💻"), Catch::Contains("<b>👩‍💻</b>"));
  CHECK_THAT(page_markup("👍🏽"), Catch::Contains("<b>👍🏽</b>"));
  CHECK_THAT(page_markup("1️⃣"), Catch::Contains("<b>1️⃣</b>"));
}

TEST_CASE("letters and digits are no emoji") {
  CHECK(page_markup("Привет, 12 × 3 → «да» № 5 — α") == "Привет, 12 × 3 → «да» № 5 — α");
}

TEST_CASE("a custom emoji keeps its number") {
  CHECK_THAT(page_markup("<tg-emoji emoji-id=\"534\">🤖</tg-emoji>"),
             Catch::StartsWith("<tg-emoji emoji-id=\"534\"><i class=\"emoji\"") &&
                 Catch::EndsWith("<b>🤖</b></i></tg-emoji>"));
}

TEST_CASE("a bare address leads where it says, without what follows the sentence") {
  CHECK(page_markup("see https://a.example/x?b=1&c=2.") ==
        "see <a href=\"https://a.example/x?b=1&amp;c=2\" target=\"_blank\" rel=\"noopener\">"
        "https://a.example/x?b=1&amp;c=2</a>.");
  CHECK_THAT(page_markup("t.me/some_channel"),
             Catch::Contains("href=\"https://t.me/some_channel\""));
}

TEST_CASE("a masked link asks before it opens, and its address is escaped twice") {
  CHECK(page_markup("<a href=\"https://a.example/?b=1&c=2\">here</a>") ==
        "<a href=\"https://a.example/?b=1&amp;amp;c=2\" target=\"_blank\" rel=\"noopener\" "
        "onclick=\"return confirm('Open this link?\\n\\n'+this.href);\">here</a>");
}

TEST_CASE("hashtags search the channel, mentions lead to their owner") {
  CHECK(page_markup("#тег и @some_name") ==
        "<a href=\"?q=%23%D1%82%D0%B5%D0%B3\">#тег</a> и "
        "<a href=\"https://t.me/some_name\" target=\"_blank\">@some_name</a>");
}

TEST_CASE("what only looks like a hashtag or a mention stays text") {
  for (const char* text : {"#1", "C#", "a@b.example", "@ab", "# heading", "x#y"}) {
    INFO(text);
    CHECK(page_markup(text) == text);
  }
}

TEST_CASE("nothing becomes a link inside code") {
  CHECK(page_markup("<pre>#define @name_x\nhttps://a.example</pre>") ==
        "<pre>#define @name_x<br/>https://a.example</pre>");
}

TEST_CASE("the plain text is what a reader sees") {
  CHECK(plain_text("<b>bold</b> <a href=\"https://a.example\">here</a> 5 &lt; 7 &amp; 🔥\nnext") ==
        "bold here 5 < 7 & 🔥\nnext");
}

TEST_CASE("a pattern is filled key by key and values are not filled again") {
  CHECK(qanat::markup::fill("{a}-{b}-{c} { color: {a} }", {{"a", "{b}"}, {"b", "2"}}) ==
        "{b}-2-{c} { color: {b} }");
}

TEST_CASE("base64 for URLs has no padding") {
  CHECK(qanat::markup::base64url("").empty());
  CHECK(qanat::markup::base64url("f") == "Zg");
  CHECK(qanat::markup::base64url("foob") == "Zm9vYg");
  CHECK(qanat::markup::base64url("\xFB\xFF") == "-_8");
}
