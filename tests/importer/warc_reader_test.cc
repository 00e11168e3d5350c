#include "importer/warc_reader.h"

#include <sstream>

#include "support/catch.h"
#include "support/packed.h"

using namespace qanat;
using importer::read_warc;
using importer::WarcPage;

namespace {

std::string warc_record(const std::string& type,
                        const std::string& url,
                        const std::string& block,
                        const std::string& date = "2026-07-24T09:00:05Z") {
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: " + url +
         "\r\nWARC-Payload-Digest: sha1:ABC\r\nWARC-Date: " + date +
         "\r\nContent-Type: application/http; msgtype=response" +
         "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

std::string answer(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body;
}

struct Reading {
  Result<importer::WarcTally> tally;
  std::vector<WarcPage> pages;
};

Reading read_whole(const std::string& bytes) {
  std::istringstream in(bytes);
  std::vector<WarcPage> pages;
  auto tally = read_warc(
      in,
      [](const std::string& url) { return url.find("/s/") != std::string::npos; },
      [&](WarcPage page) -> Result<void> {
        pages.push_back(std::move(page));
        return {};
      });
  return {.tally = std::move(tally), .pages = std::move(pages)};
}

}  // namespace

TEST_CASE("the wanted responses of a WARC are pages, plain or packed record by record", "[warc]") {
  const std::vector<std::string> records = {
      warc_record("warcinfo", "", "software: x\r\n"),
      warc_record("request", "https://t.me/s/some_channel", "GET / HTTP/1.1\r\n\r\n"),
      warc_record("response", "<https://t.me/s/some_channel>", answer("<html>1</html>")),
      warc_record("response", "https://t.me/css/x.css", answer("a{}")),
      warc_record("revisit", "https://t.me/s/some_channel", "HTTP/1.1 200 OK\r\n\r\n")};
  std::string plain;
  std::string packed;
  for (const std::string& record : records) {
    plain += record;
    packed += test::gzip(record);
  }

  for (const std::string& bytes : {plain, packed}) {
    const Reading reading = read_whole(bytes);

    REQUIRE(reading.tally);
    REQUIRE(reading.pages.size() == 2);
    CHECK_FALSE(reading.pages[0].is_revisit);
    CHECK(reading.pages[0].url == "https://t.me/s/some_channel");
    CHECK(reading.pages[0].fetched_at == parse_instant("2026-07-24T09:00:05Z").value());
    CHECK(reading.pages[0].status == 200);
    CHECK(reading.pages[0].body == "<html>1</html>");
    CHECK(reading.pages[1].is_revisit);
    CHECK(reading.pages[1].digest == "sha1:ABC");
    CHECK(reading.pages[1].body.empty());
    CHECK(reading.tally->responses == 2);
    CHECK(reading.tally->revisits == 1);
    CHECK(reading.tally->others == 2);
  }
}

TEST_CASE("a date of WARC 1.1 may have a fraction of the second", "[warc]") {
  const Reading reading = read_whole(warc_record(
      "response", "https://t.me/s/some_channel", answer("x"), "2026-07-24T09:00:05.123456Z"));

  REQUIRE(reading.pages.size() == 1);
  CHECK(reading.pages[0].fetched_at == parse_instant("2026-07-24T09:00:05Z").value());
}

TEST_CASE("a response that cannot be read is named, the rest is read", "[warc]") {
  const Reading reading =
      read_whole(warc_record("response", "https://t.me/s/one", "no HTTP") +
                 warc_record("response", "https://t.me/s/two", answer("x"), "yesterday") +
                 warc_record("response", "https://t.me/s/three", answer("x")));

  REQUIRE(reading.tally);
  CHECK(reading.tally->unreadable ==
        std::vector<std::string>{"https://t.me/s/one: not an HTTP response",
                                 "https://t.me/s/two: no readable date"});
  CHECK(reading.pages.size() == 1);
}

TEST_CASE("a revisit needs no block of its own", "[warc]") {
  const std::string url = "https://t.me/s/one";
  const Reading reading =
      read_whole(warc_record("response", url, answer("x")) + warc_record("revisit", url, ""));

  REQUIRE(reading.tally);
  CHECK(reading.tally->unreadable.empty());
  REQUIRE(reading.pages.size() == 2);
  CHECK(reading.pages[1].is_revisit);
  CHECK(reading.pages[1].status == 200);
}

TEST_CASE("a revisit of a page that does not come before it is named", "[warc]") {
  const std::string url = "https://t.me/s/one";
  const Reading reading =
      read_whole(warc_record("revisit", url, "") + warc_record("response", url, answer("x")));

  REQUIRE(reading.tally);
  CHECK(reading.tally->unreadable ==
        std::vector<std::string>{url + ": a revisit of a page that is not earlier in the file"});
  CHECK(reading.pages.size() == 1);
}

TEST_CASE("what is no WARC, or ends inside of a record, is an error that names the record",
          "[warc]") {
  CHECK(read_whole("<html>").tally.error().message.find("record 1: ") == 0);
  const std::string record = warc_record("response", "https://t.me/s/one", answer("x"));
  CHECK(read_whole(record + record.substr(0, record.size() - 10))
            .tally.error()
            .message.find("record 2: ") == 0);
  CHECK_FALSE(read_whole(record + record.substr(0, 30)).tally);
  CHECK_FALSE(read_whole("WARC/1.1\r\nContent-Length: many\r\n\r\n").tally);
  CHECK(read_whole("").tally);
}
