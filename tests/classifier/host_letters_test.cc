#include "classifier/host_letters.h"

#include "classifier/lint.h"
#include "classifier/lists.h"
#include "support/catch.h"

using namespace qanat::classifier;

TEST_CASE("a host in Punycode is read in its own letters", "[hosts]") {
  CHECK(in_own_letters("xn--e1afmkfd.xn--p1ai") == "пример.рф");
  CHECK(in_own_letters("shop.xn--e1afmkfd.xn--p1ai") == "shop.пример.рф");
  CHECK(in_own_letters("xn--bcher-kva.example") == "bücher.example");
  CHECK(in_own_letters("t.me.") == "t.me");
}

TEST_CASE("what is no valid Punycode stays as it is", "[hosts]") {
  for (const char* host : {"xn--", "xn--99999999999", "xn--e1afmkf!", "a..b", ""}) {
    CHECK_NOTHROW(in_own_letters(host));
  }
  CHECK(in_own_letters("xn--99999999999.example") == "xn--99999999999.example");
}

TEST_CASE("a list of hosts knows both spellings of an address", "[hosts]") {
  Findings findings;
  const WordList list = WordList::read("lists/l.txt", "kind: host\nпример.рф\n", findings);

  CHECK(list.has_host("пример.рф"));
  CHECK(list.has_host("xn--e1afmkfd.xn--p1ai"));
  CHECK(list.has_host("shop.xn--e1afmkfd.xn--p1ai"));
  CHECK_FALSE(list.has_host("xn--p1ai"));
}
