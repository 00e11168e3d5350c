#include "base/link_address.h"

#include "support/catch.h"

using qanat::path_on_telegram;
using qanat::split_address;

TEST_CASE("an address has a host, however it is written, and what follows", "[link_address]") {
  for (const char* text : {"https://example.org/A?b",
                           "example.org/A?b",
                           "HTTP://www.Example.ORG/A?b",
                           "https://me:secret@www.example.org:8080/A?b"}) {
    INFO(text);
    CHECK(split_address(text).host == "example.org");
    CHECK(split_address(text).path == "/A?b");
  }
  CHECK(split_address("example.org?b#c").path == "?b#c");
  CHECK(split_address("example.org").path.empty());
  CHECK(split_address("").host.empty());
}

TEST_CASE("an address that another one carries is not taken for it", "[link_address]") {
  CHECK(split_address("t.me/share/url?url=https://example.org/a").host == "t.me");
  CHECK(split_address("https://example.org/?to=https://t.me/a").host == "example.org");
}

TEST_CASE("what an address on Telegram's hosts leads to is told without the host",
          "[link_address]") {
  for (const char* text : {"https://t.me/name/12?x",
                           "telegram.me/name/12?x",
                           "https://www.telegram.dog/name/12?x",
                           "t.me:443/name/12?x",
                           "name.t.me/12?x"}) {
    INFO(text);
    CHECK(path_on_telegram(text) == "name/12?x");
  }
  for (const char* text : {"",
                           "name",
                           "t.me",
                           "https://not.me/name",
                           "nott.me/name",
                           "https://example.org/t.me/name"}) {
    INFO(text);
    CHECK(path_on_telegram(text).empty());
  }
}
