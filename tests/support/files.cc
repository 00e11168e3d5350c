#include "support/files.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <system_error>

#include "support/catch.h"

namespace qanat::test {
namespace {

bool skipped = false;

}  // namespace

void skip(std::string_view why) {
  std::fprintf(stderr, "skipped: %.*s\n", static_cast<int>(why.size()), why.data());
  skipped = true;
  // Ends a case; what makes it a failure is the assertion that Catch2 has recorded before.
  throw Catch::TestFailureException();
}

bool any_skipped() { return skipped; }

std::filesystem::path shared(std::string_view name) {
  const char* named = std::getenv("QANAT_SHARED");
  const std::filesystem::path folder = named != nullptr ? named : QANAT_SHARED_FOLDER;
  const std::filesystem::path wanted = folder / name;
  if (!std::filesystem::exists(wanted)) skip("needs real pages and posts, " + wanted.string());
  return wanted;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  INFO(path.string());
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "qanat-test-XXXXXX").string();
  REQUIRE(mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace qanat::test
