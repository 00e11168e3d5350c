#include "importer/gzip_reader.h"

#include <sstream>

#include "support/catch.h"
#include "support/packed.h"

using namespace qanat;
using importer::GzipReader;
using test::gzip;

namespace {

constexpr std::size_t kLine = 100;

}  // namespace

TEST_CASE("gzip members in a row read as one stream, a plain file reads as it is", "[gzip]") {
  for (const std::string& bytes :
       {std::string("one\r\ntwo\nrest"), gzip("one\r") + gzip("\ntwo\nre") + gzip("st")}) {
    std::istringstream in(bytes);
    GzipReader reader(in);
    std::string line;

    CHECK(reader.line(line, kLine).value());
    CHECK(line == "one");
    CHECK(reader.line(line, kLine).value());
    CHECK(line == "two");
    CHECK(reader.bytes(4).value() == "rest");
    CHECK_FALSE(reader.line(line, kLine).value());
  }
}

TEST_CASE("a stream larger than the buffers is read whole", "[gzip]") {
  std::string bytes;
  for (int i = 0; i < 100'000; ++i) bytes += std::to_string(i) + "\n";
  std::istringstream in(gzip(bytes));
  GzipReader reader(in);

  CHECK(reader.skip(1000));
  CHECK(reader.bytes(bytes.size() - 1000).value() == bytes.substr(1000));
}

TEST_CASE("a member that is cut or damaged is an error, not an end", "[gzip]") {
  const std::string whole = gzip(std::string(10'000, 'a') + "\n");
  std::string line;
  std::istringstream cut(whole.substr(0, whole.size() / 2));
  GzipReader reader(cut);
  CHECK_FALSE(reader.line(line, 1'000'000));

  std::string broken = whole;
  broken[12] = '\xff';
  std::istringstream damaged(broken);
  GzipReader other(damaged);
  CHECK_FALSE(other.line(line, 1'000'000));
}

TEST_CASE("more bytes than there are is an error, and so is an endless line", "[gzip]") {
  std::istringstream in("abc");
  GzipReader reader(in);
  CHECK_FALSE(reader.bytes(4));

  std::istringstream endless(std::string(1000, 'a'));
  GzipReader other(endless);
  std::string line;
  CHECK_FALSE(other.line(line, kLine));
}

TEST_CASE("a body may be packed with gzip, zlib or bare deflate, up to a size", "[gzip]") {
  CHECK(importer::unpacked(gzip("page"), 100).value() == "page");
  CHECK(importer::unpacked(test::bare_deflate("page"), 100).value() == "page");
  CHECK_FALSE(importer::unpacked(gzip(std::string(10'000'000, 'a')), 1000));
  CHECK_FALSE(importer::unpacked("no compression", 100));
}
