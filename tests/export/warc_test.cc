#include <sstream>

#include <nlohmann/json.hpp>

#include "base/sha256.h"
#include "export/warc/base32.h"
#include "export/warc/cdxj.h"
#include "export/warc/warc_file.h"
#include "support/files.h"
#include "tests/store/pages.h"

using namespace qanat;
using namespace qanat::test;
using exporting::warc::FetchedPage;
using exporting::warc::WarcFile;
using exporting::warc::WarcReport;

namespace {

FetchedPage fetched(const std::string& url, const std::string& body, Instant moment = kMonday) {
  return {.url = url,
          .fetched_at = moment,
          .status = 200,
          .headers = "HTTP/2 200\r\ncontent-type: text/html\r\nContent-Encoding: gzip\r\n\r\n",
          .body = body,
          .snapshot = "sha256:" + sha256_hex(body)};
}

WarcReport write(const std::string& path, const std::vector<FetchedPage>& pages) {
  WarcFile file = must(WarcFile::create(path, "qanat/test"));
  for (const FetchedPage& page : pages) must(file.add(page));
  return must(file.finish());
}

const std::string kUrl = "https://t.me/s/some_channel";

}  // namespace

TEST_CASE("the same page again is a revisit that leads back to the first", "[warc]") {
  const FetchedPage first = fetched(kUrl, "<html>");
  const FetchedPage again = fetched(kUrl, "<html>", kTuesday);

  const std::string record = exporting::warc::revisit_record(
      again, "urn:uuid:2", {.record_id = "urn:uuid:1", .url = first.url, .fetched_at = kMonday});

  CHECK(record.find("WARC-Type: revisit\r\n") != std::string::npos);
  CHECK(record.find("WARC-Refers-To: <urn:uuid:1>\r\n") != std::string::npos);
  CHECK(record.find("WARC-Refers-To-Date: 2026-07-20T02:00:00Z\r\n") != std::string::npos);
  CHECK(record.find("<html>") == std::string::npos);
  const TemporaryFolder folder;
  const WarcReport report = write(folder.file("a.warc.gz"), {first, again});
  CHECK(report.responses == 1);
  CHECK(report.revisits == 1);
}

TEST_CASE("headers that describe the packing we took off are renamed", "[warc]") {
  const std::string head = exporting::warc::http_head(fetched(kUrl, "<html>"));

  CHECK(head ==
        "HTTP/1.1 200\r\ncontent-type: text/html\r\nX-Archive-Orig-Content-Encoding: gzip\r\n"
        "Content-Length: 6\r\n\r\n");
}

TEST_CASE("a page whose headers were not kept still has a head", "[warc]") {
  FetchedPage page = fetched(kUrl, "<html>");
  page.headers.clear();

  CHECK(exporting::warc::http_head(page) == "HTTP/1.1 200 \r\nContent-Length: 6\r\n\r\n");
}

TEST_CASE("a record's length and digests are those of its block", "[warc]") {
  const FetchedPage page = fetched(kUrl, "<html>");

  const std::string record = exporting::warc::response_record(page, "urn:uuid:1");

  const std::string block = exporting::warc::http_head(page) + page.body;
  CHECK(record.ends_with("\r\n\r\n" + block + "\r\n\r\n"));
  CHECK(record.find("Content-Length: " + std::to_string(block.size()) + "\r\n\r\n") !=
        std::string::npos);
  CHECK(record.find(
            "WARC-Payload-Digest: sha256:" + exporting::warc::base32_of_hex(sha256_hex("<html>")) +
            "\r\n") != std::string::npos);
}

TEST_CASE("the index is sorted, and names where each record lies", "[warc]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.warc.gz");

  write(path,
        {fetched(kUrl + "?before=40", "<html>2"),
         fetched(kUrl, "<html>1"),
         fetched(kUrl, "<html>1", kTuesday)});

  const std::string warc = read_file(path);
  std::istringstream in(read_file(path + ".cdxj"));
  std::vector<std::string> keys;
  for (std::string line; std::getline(in, line);) {
    const std::size_t brace = line.find('{');
    keys.push_back(line.substr(0, brace - 1));
    const auto fields = nlohmann::json::parse(line.substr(brace));
    const auto offset = std::stoul(fields.at("offset").get<std::string>());
    const auto length = std::stoul(fields.at("length").get<std::string>());
    CHECK(fields.at("filename") == "a.warc.gz");
    CHECK(warc.substr(offset, 2) == "\x1f\x8b");
    CHECK((offset + length == warc.size() || warc.substr(offset + length, 2) == "\x1f\x8b"));
  }
  CHECK(keys == std::vector<std::string>{"me,t)/s/some_channel 20260720020000",
                                         "me,t)/s/some_channel 20260721020000",
                                         "me,t)/s/some_channel?before=40 20260720020000"});
}

TEST_CASE("one archive gives one WARC, byte for byte", "[warc]") {
  const TemporaryFolder one;
  const TemporaryFolder two;
  const std::vector<FetchedPage> pages = {fetched(kUrl, "<html>"), fetched(kUrl, "<html>")};

  write(one.file("a.warc.gz"), pages);
  write(two.file("a.warc.gz"), pages);

  CHECK(read_file(one.file("a.warc.gz")) == read_file(two.file("a.warc.gz")));
  CHECK(read_file(one.file("a.warc.gz.cdxj")) == read_file(two.file("a.warc.gz.cdxj")));
}

TEST_CASE("addresses of one host sort together, however they are spelled", "[warc]") {
  using exporting::warc::sortable_url;
  CHECK(sortable_url("https://T.me/s/Some_Channel?q=2&before=1#x") ==
        "me,t)/s/some_channel?before=1&q=2");
  CHECK(sortable_url("https://t.me") == "me,t)/");
  CHECK(sortable_url("http://127.0.0.1:8080/s/x") == "127.0.0.1:8080)/s/x");
}

TEST_CASE("Base32 is RFC 4648's", "[warc]") {
  using exporting::warc::base32_of_hex;
  CHECK(base32_of_hex("").empty());
  CHECK(base32_of_hex("66") == "MY======");
  CHECK(base32_of_hex("666f") == "MZXQ====");
  CHECK(base32_of_hex("666f6f") == "MZXW6===");
  CHECK(base32_of_hex("666f6f62") == "MZXW6YQ=");
  CHECK(base32_of_hex("666f6f6261") == "MZXW6YTB");
}
