#include "crawler/host_sign.h"

#include "support/catch.h"

using qanat::crawler::Answer;
using qanat::crawler::HostSign;
using qanat::crawler::sign_of;

namespace {

HostSign sign(int status, std::string body = "<html>page</html>", std::string headers = "") {
  return sign_of(Answer{.status = status,
                        .url = "https://t.me/s/some_channel",
                        .headers = std::move(headers),
                        .body = std::move(body)});
}

}  // namespace

TEST_CASE("pages, redirects and unchanged pages speak well of the host", "[politeness]") {
  CHECK(sign(200) == HostSign::fine);
  CHECK(sign(302, "") == HostSign::fine);
  CHECK(sign(304, "") == HostSign::fine);
}

TEST_CASE("a channel that is not there says nothing of the host", "[politeness]") {
  CHECK(sign(404) == HostSign::unrelated);
  CHECK(sign(410) == HostSign::unrelated);
}

TEST_CASE("a refusal is told from a host in trouble", "[politeness]") {
  CHECK(sign(403) == HostSign::refused);
  CHECK(sign(401) == HostSign::refused);
  CHECK(sign(429) == HostSign::busy);
  CHECK(sign(503) == HostSign::busy);
}

TEST_CASE("a page without a word is empty, an unchanged one is not", "[politeness]") {
  CHECK(sign(200, "") == HostSign::empty);
  CHECK(sign(200, " \r\n") == HostSign::empty);
}

TEST_CASE("a challenge is one whatever its status", "[politeness]") {
  const std::string body =
      "<html><title>Wait</title><script src=\"/cdn-cgi/challenge-platform/h/b/x.js\"></script>";
  CHECK(sign(200, body) == HostSign::challenge);
  CHECK(sign(403, body) == HostSign::challenge);
  CHECK(sign(503, body) == HostSign::challenge);
  CHECK(sign(403, "", "HTTP/2 403\r\ncf-mitigated: challenge\r\n") == HostSign::challenge);
  CHECK(sign(403, "", "HTTP/1.1 403\r\nCF-Mitigated: challenge\r\n") == HostSign::challenge);
}

TEST_CASE("a post that speaks of a challenge is no challenge", "[politeness]") {
  CHECK(sign(200,
             "<main class=\"tgme_main\"><div>load /cdn-cgi/challenge-platform/ and "
             "class=\"g-recaptcha\"</div></main>") == HostSign::fine);
}
