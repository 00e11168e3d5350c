#include "crawler/page_url.h"

#include "support/catch.h"

using qanat::ChannelName;
using qanat::crawler::host_of;
using qanat::crawler::landing_url;
using qanat::crawler::leads_to_landing;
using qanat::crawler::preview_url;

namespace {

const ChannelName& channel() {
  static const ChannelName name = ChannelName::parse("Some_Channel").value();
  return name;
}

}  // namespace

TEST_CASE("the newest page has no cursor, an older one names it") {
  CHECK(preview_url("https://t.me", channel(), {}) == "https://t.me/s/some_channel");
  CHECK(preview_url("http://127.0.0.1:8080", channel(), 519) ==
        "http://127.0.0.1:8080/s/some_channel?before=519");
}

TEST_CASE("no URL asks for before=0, which would be the newest page again") {
  CHECK(preview_url("https://t.me", channel(), 0) == "https://t.me/s/some_channel");
  CHECK(preview_url("https://t.me", channel(), -7) == "https://t.me/s/some_channel");
}

TEST_CASE("the landing page is the bare name") {
  CHECK(landing_url("https://telegram.me", channel()) == "https://telegram.me/some_channel");
}

TEST_CASE("a URL's host is lower case, without user and port") {
  CHECK(host_of("https://T.Me/s/x?before=3") == "t.me");
  CHECK(host_of("http://127.0.0.1:8080/s/x") == "127.0.0.1");
  CHECK(host_of("http://[::1]:8080/s/x") == "[::1]");
  CHECK(host_of("https://user:secret@t.me:443") == "t.me");
  CHECK(host_of("https://t.me?x=http://evil.example/") == "t.me");
}

TEST_CASE("what is no absolute URL has no host") {
  CHECK(host_of("").empty());
  CHECK(host_of("t.me/s/x").empty());
  CHECK(host_of("://t.me").empty());
  CHECK(host_of("http://[::1").empty());
}

TEST_CASE("a redirect to the bare name leads to the landing page, in any case and from any host") {
  CHECK(leads_to_landing("https://t.me/some_channel", channel()));
  CHECK(leads_to_landing("https://t.me/Some_Channel", channel()));
  CHECK(leads_to_landing("http://127.0.0.1:8080/some_channel?from=s#x", channel()));
  CHECK(leads_to_landing("https://t.me/some_channel/", channel()));
}

TEST_CASE("a redirect elsewhere does not lead to the landing page") {
  CHECK_FALSE(leads_to_landing("", channel()));
  CHECK_FALSE(leads_to_landing("https://t.me/", channel()));
  CHECK_FALSE(leads_to_landing("https://t.me/s/some_channel", channel()));
  CHECK_FALSE(leads_to_landing("https://t.me/some_channel_2", channel()));
  CHECK_FALSE(leads_to_landing("https://telegram.org/", channel()));
}
