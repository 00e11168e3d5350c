#include "export/text_file.h"

#include <cstdlib>
#include <string>

#include "base/sha256.h"
#include "support/files.h"
#include "tests/store/pages.h"

using namespace qanat;
using namespace qanat::test;
using exporting::TextFile;
using exporting::WrittenFile;

namespace {

/// Rows that together are more than any buffer on the way.
std::string row(int index) { return std::to_string(index) + std::string(1'000, 'a') + "\n"; }
constexpr int kRows = 500;

WrittenFile write_rows(const std::string& path) {
  TextFile file = must(TextFile::open(path));
  for (int i = 0; i < kRows; ++i) must(file.write_row(row(i)));
  return must(file.finish());
}

std::string all_rows() {
  std::string out;
  for (int i = 0; i < kRows; ++i) out += row(i);
  return out;
}

}  // namespace

TEST_CASE("a name that ends in .zst or .gz compresses the file", "[text file]") {
  const TemporaryFolder folder;
  for (const auto& [suffix, tool] : {std::pair{".zst", "zstd -dqc "}, {".gz", "gzip -dc "}}) {
    const std::string path = folder.file(std::string("set.jsonl") + suffix);

    const WrittenFile written = write_rows(path);

    INFO(suffix);
    CHECK(written.rows == kRows);
    CHECK(written.bytes < static_cast<std::int64_t>(all_rows().size() / 50));
    CHECK(written.sha256 == sha256_hex(read_file(path)));
    const std::string unpack = tool + path + " >" + folder.file("plain");
    REQUIRE(std::system(unpack.c_str()) == 0);
    CHECK(read_file(folder.file("plain")) == all_rows());
  }
}

TEST_CASE("compressed files of the same rows have the same bytes, whatever their name",
          "[text file]") {
  const TemporaryFolder folder;
  for (const std::string suffix : {".zst", ".gz"}) {
    CHECK(write_rows(folder.file("one" + suffix)) == write_rows(folder.file("two" + suffix)));
  }
  // Neither a name nor a time is in gzip's head.
  CHECK(read_file(folder.file("one.gz")).substr(3, 5) == std::string(5, '\0'));
}

TEST_CASE("a compressed file of no rows is whole", "[text file]") {
  const TemporaryFolder folder;
  must(must(TextFile::open(folder.file("none.zst"))).finish());

  const std::string unpack = "zstd -dqc " + folder.file("none.zst") + " >" + folder.file("plain");
  REQUIRE(std::system(unpack.c_str()) == 0);
  CHECK(read_file(folder.file("plain")).empty());
}
