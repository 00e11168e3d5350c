#include "store/search_text.h"

#include "support/catch.h"

using qanat::store::normalise_for_search;
using qanat::store::search_words;

TEST_CASE("texts that look alike are searched alike", "[search]") {
  CHECK(normalise_for_search("ЁЛКА") == "елка");
  CHECK(normalise_for_search("Е\u0308лка") == "елка");          // decomposed ё
  CHECK(normalise_for_search("под\u00ADписка") == "подписка");  // soft hyphen
  CHECK(normalise_for_search("под\u200Bпис\uFEFFка") == "подписка");
  CHECK(normalise_for_search("10\u00A0000") == "10 000");
  CHECK(normalise_for_search("Straße") == "strasse");
  CHECK(normalise_for_search("й") == "й");  // not и
}

TEST_CASE("normalising twice changes nothing", "[search]") {
  for (const char* text :
       {"", "Ёж и ЁЖ", "İstanbul ǅ ﬁ", "👨‍👩‍👧 e\u0301", "\xff\xfe?", "a\nb\tc"}) {
    INFO(text);
    const std::string once = normalise_for_search(text);

    CHECK(normalise_for_search(once) == once);
  }
}

TEST_CASE("a query is parted at any white space", "[search]") {
  CHECK(search_words(" Что\u00A0такое\n RAG ") == std::vector<std::string>{"что", "такое", "rag"});
  CHECK(search_words(" \u200B ").empty());
}
