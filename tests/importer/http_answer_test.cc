#include "importer/http_answer.h"

#include "support/catch.h"
#include "support/packed.h"

using namespace qanat;
using importer::read_http_answer;

TEST_CASE("an answer is its status, its headers and its body", "[http]") {
  const auto answer = read_http_answer(
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-A: 1\r\n\r\n<p>\r\n\r\n</p>");

  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(answer->headers == "Content-Type: text/html\r\nX-A: 1\r\n");
  CHECK(answer->body == "<p>\r\n\r\n</p>");
}

TEST_CASE("chunks are put together and compression is taken off", "[http]") {
  const std::string packed = test::gzip("<html>page</html>");
  std::string size;
  for (std::size_t rest = packed.size(); rest > 0; rest /= 16) {
    size.insert(0, 1, "0123456789abcdef"[rest % 16]);
  }

  const auto answer = read_http_answer(
      "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\nContent-Encoding: gzip\r\n\r\n" + size +
      ";x=1\r\n" + packed + "\r\n0\r\n\r\n");

  REQUIRE(answer);
  CHECK(answer->body == "<html>page</html>");
}

TEST_CASE("a body that a tool unpacked, while it kept the headers, is taken as it is", "[http]") {
  const auto answer = read_http_answer(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n<html>");

  REQUIRE(answer);
  CHECK(answer->body == "<html>");
}

TEST_CASE("a body whose chunks are damaged or cut is an error, not a text with sizes in it",
          "[http]") {
  for (const char* body : {"5\r\n<html\r\n",           // no last chunk
                           "6\r\n<html\r\n0\r\n\r\n",  // a size that is not true
                           "4\r\n<html\r\n0\r\n\r\n",
                           "5\r\n<html\r\nx\r\n\r\n",           // no size
                           "fffffffffffffffe\r\n<html\r\n"}) {  // a size that would wrap
    CAPTURE(body);
    const auto answer = read_http_answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" +
                                         std::string(body));
    REQUIRE_FALSE(answer);
    CHECK(answer.error().message.find("a chunked body") == 0);
  }
}

TEST_CASE("a packed body that is damaged or cut is an error, not a page of bytes", "[http]") {
  const std::string packed = test::gzip("<html>page</html>");
  std::string flipped = packed;
  flipped[12] = static_cast<char>(flipped[12] ^ 0x10);
  for (const std::string& body : {packed.substr(0, packed.size() / 2), flipped}) {
    CHECK_FALSE(read_http_answer("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + body));
  }
}

TEST_CASE("x-gzip is gzip's older name", "[http]") {
  const auto answer = read_http_answer("HTTP/1.1 200 OK\r\nContent-Encoding: x-gzip\r\n\r\n" +
                                       test::gzip("<html>page</html>"));

  REQUIRE(answer);
  CHECK(answer->body == "<html>page</html>");
}

TEST_CASE("what is no answer, or packed in a way that is not known, is an error", "[http]") {
  CHECK_FALSE(read_http_answer(""));
  CHECK_FALSE(read_http_answer("<html>"));
  CHECK_FALSE(read_http_answer("HTTP/1.1 200 OK\r\nA: b\r\n"));
  const auto brotli = read_http_answer("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nxx");
  REQUIRE_FALSE(brotli);
  CHECK(brotli.error().message.find("br") != std::string::npos);
}

TEST_CASE("a header is found whatever its case", "[http]") {
  CHECK(importer::header_value("A: 1\r\nWARC-Type:  response \r\n", "warc-type") == "response");
  CHECK(importer::header_value("A: 1\r\n", "B").empty());
}
