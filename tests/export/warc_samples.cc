#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/sha256.h"
#include "export/warc/warc_file.h"

using namespace qanat;
using exporting::warc::FetchedPage;

namespace {

std::vector<FetchedPage> sample_pages() {
  const Instant begin = parse_instant("2026-07-24T09:00:05Z").value();
  const std::string url = "https://t.me/s/some_channel";
  std::vector<FetchedPage> pages;
  const auto add = [&](const std::string& address, std::string body, std::string headers) {
    std::string snapshot = "sha256:" + sha256_hex(body);
    pages.push_back({.url = address,
                     .fetched_at = begin + std::chrono::seconds(pages.size()),
                     .status = 200,
                     .headers = std::move(headers),
                     .body = std::move(body),
                     .snapshot = std::move(snapshot)});
  };
  const std::string headers =
      "HTTP/2 200\r\ncontent-type: text/html; charset=utf-8\r\ncontent-encoding: gzip\r\n\r\n";
  add(url, "<html>Почему небо голубое?</html>", headers);
  add(url + "?before=20", "<html>\r\n\r\nWARC/1.1\r\n\r\n</html>", headers);
  add(url, "<html>Почему небо голубое?</html>", headers);
  add(url + "?before=1", "", "");
  add(url + "?before=40", std::string(300'000, 'x'), headers);
  return pages;
}

}  // namespace

/// warc_samples FOLDER: sample.warc.gz, its index, and in sample.json what is in it.
int main(int count, char** arguments) {
  if (count != 2) return 2;
  const std::string folder = arguments[1];
  auto file = exporting::warc::WarcFile::create(folder + "/sample.warc.gz", "qanat/test").value();
  nlohmann::json expected = nlohmann::json::array();
  for (const FetchedPage& page : sample_pages()) {
    file.add(page).value();
    expected.push_back(
        {{"url", page.url}, {"date", format_instant(page.fetched_at)}, {"body", page.body}});
  }
  (void)file.finish().value();
  std::ofstream(folder + "/sample.json") << expected;
  return 0;
}
