#include "page_builder.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::test;

TEST_CASE("line breaks are where the page has <br>, and nowhere else") {
  const Post post = post_with_text(
      "<b>Почему?</b><br/>Потому что <a href=\"https://t.me/x_notes\">@x_notes</a> "
      "<i class=\"emoji\"><b>🔥</b></i> так.<br><br>Всё");

  CHECK(post.text == "Почему?\nПотому что @x_notes 🔥 так.\n\nВсё");
}

TEST_CASE("a line end in the markup is at most a space") {
  CHECK(post_with_text("\n   один\n   два <br/>\n  три\n").text == "один два \nтри");
}

TEST_CASE("entities, no-break spaces and double spaces stay as written") {
  CHECK(post_with_text("A&#33; &quot;B&quot; &lt;br&gt; в&nbsp;Минске  &#036;5 &amp;amp;").text ==
        "A! \"B\" <br> в\u00a0Минске  $5 &amp;");
}

TEST_CASE("an emoji is its character, neither bold nor italic") {
  const Post post = post_with_text(
      "<i class=\"emoji\" "
      "style=\"background-image:url('//telegram.org/img/emoji/40/F09F9180.png')\">"
      "<b>👀</b></i> <tg-emoji emoji-id=\"534\"><i class=\"emoji\"><b>🤖</b></i></tg-emoji> "
      "<i>да</i>");

  CHECK(post.text == "👀 🤖 да");
  CHECK(entities_of(post) == "custom_emoji(🤖) italic(да)");
  CHECK(post.entities.front().value == "534");
}

TEST_CASE("formatting is kept as spans over the text") {
  const Post post = post_with_text(
      "<b>b<i>bi</i></b> <u>u</u> <s>s</s> <code>c</code> <tg-spoiler>sp</tg-spoiler> "
      "<strong>B</strong> <mark>found</mark>");

  CHECK(post.text == "bbi u s c sp B found");
  CHECK(entities_of(post) ==
        "bold(bbi) italic(bi) underline(u) strike(s) code(c) spoiler(sp) bold(B)");
}

TEST_CASE("quotes and code blocks stand on lines of their own, once") {
  const Post quote = post_with_text("Вопрос:<blockquote>цитата</blockquote>Ответ");
  CHECK(quote.text == "Вопрос:\nцитата\nОтвет");
  CHECK(entities_of(quote) == "quote(цитата)");
  CHECK(post_with_text("a<br/><blockquote expandable>b</blockquote><br/>c").text == "a\nb\nc");
  CHECK(entities_of(post_with_text("<blockquote expandable>b</blockquote>")) ==
        "collapsed_quote(b)");

  const Post code =
      post_with_text("см.<pre><code class=\"language-cpp\">int a;\n  a++;</code></pre>");
  CHECK(code.text == "см.\nint a;\n  a++;");
  CHECK(entities_of(code) == "pre(int a;\n  a++;)");
  CHECK(code.entities.front().value == "cpp");
}

TEST_CASE("a code block's language is read wherever the page wrote it") {
  for (const std::string_view block : {R"(<pre><code class="language-c++">a</code></pre>)",
                                       R"(<pre class="language-c++">a</pre>)",
                                       R"(<pre class="language-c++"><code>a</code></pre>)"}) {
    const Post post = post_with_text(block);
    CHECK(entities_of(post) == "pre(a)");
    CHECK(post.entities.at(0).value == "c++");
  }
  CHECK(post_with_text("<pre>a<br/>b</pre>").entities.at(0).value.empty());
}

TEST_CASE("a search's marks are neither formatting nor lost words") {
  const Post post = post_with_text("<b>a <mark>b</mark></b> <mark>c</mark>");
  CHECK(post.text == "a b c");
  CHECK(entities_of(post) == "bold(a b)");
}

TEST_CASE("bot commands, cashtags and phones are told from links") {
  const Post post = post_with_text(
      R"(<a href="tg://bot_command?command=start">/start</a> <a href="?q=%24TON">$TON</a> <a href="tel:375290000000">+375 29 000-00-00</a> <a href="?q=%23a%40b">#a@b</a>)");
  CHECK(entities_of(post) ==
        "bot_command(/start) cashtag($TON) phone(+375 29 000-00-00) hashtag(#a@b)");
  CHECK(post.links.size() == 1);
}

TEST_CASE("the ends are trimmed without moving a span") {
  const Post post = post_with_text(
      " <br/><b> Тема<br/><br/></b><a href=\"https://a.example/\">a.example</a>&nbsp;<br/> ");

  CHECK(post.text == "Тема\n\na.example");
  CHECK(entities_of(post) == "bold(Тема\n\n) link(a.example)");
  REQUIRE(post.links.size() == 1);
  CHECK(under(post, post.links[0].span) == "a.example");
}

TEST_CASE("an album's caption is wrapped twice and read once") {
  CHECK(post_with(text(text("подпись"))).text == "подпись");
}

TEST_CASE("each document's caption is kept, spans moved along") {
  const auto document = [](std::string_view title) {
    return std::string{
        R"(<a class="tgme_widget_message_document_wrap" href="https://t.me/qa_notes/7">)"
        R"(<div class="tgme_widget_message_document_icon accent_bg"></div>)"
        R"(<div class="tgme_widget_message_document">)"
        R"(<div class="tgme_widget_message_document_title">)"}
        .append(title)
        .append(R"(</div><div class="tgme_widget_message_document_extra">5.6 MB</div></div></a>)");
  };

  const Post post = post_with(document("a.pdf") + text("первый <b>файл</b>") + document("b.pdf") +
                              text("второй <a href=\"https://b.example/\" onclick=\"\">тут</a>"));

  CHECK(post.kind == PostKind::document);
  CHECK(post.text == "первый файл\n\nвторой тут");
  CHECK(entities_of(post) == "bold(файл) link(тут)");
  REQUIRE(post.media.size() == 2);
  CHECK(post.media[1].title == "b.pdf");
  CHECK(post.media[1].extra == "5.6 MB");
}
