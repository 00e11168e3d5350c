#include "export/manifest.h"

#include <filesystem>
#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

#include "base/sha256.h"
#include "support/closed_folder.h"
#include "support/files.h"
#include "tests/store/pages.h"

using namespace qanat;
using namespace qanat::test;
using exporting::Difference;
using exporting::manifest_text;
using exporting::verify_folder;

namespace fs = std::filesystem;

namespace {

void put(const fs::path& path, const std::string& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

/// A folder of two files with its manifest.
class Exported {
 public:
  Exported() {
    put(path("data/a.parquet"), "first");
    put(path("README.md"), "second");
    put(path("manifest.json"),
        manifest_text({{"format", "test"}},
                      {{.path = "data/a.parquet", .bytes = 5, .sha256 = sha256_hex("first")},
                       {.path = "README.md", .bytes = 6, .sha256 = sha256_hex("second")}}));
  }

  [[nodiscard]] fs::path path(const std::string& name) const { return folder_.path() / name; }
  [[nodiscard]] exporting::Verification verification() const {
    return must(verify_folder(folder_.path().string()));
  }
  [[nodiscard]] std::vector<Difference> differences() const { return verification().differences; }

 private:
  TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("an untouched folder is as its manifest says", "[manifest]") {
  const Exported exported;

  CHECK(exported.differences().empty());
}

TEST_CASE("what keeps or copies a folder may lie in it under hidden names", "[manifest]") {
  const Exported exported;
  put(exported.path(".git/HEAD"), "ref: refs/heads/main");
  put(exported.path(".gitattributes"), "*.parquet filter=lfs");
  put(exported.path("data/.DS_Store"), "1");

  CHECK(exported.differences().empty());
  CHECK(exported.verification().hidden == 3);
}

TEST_CASE("a missing, an additional and a renamed file are found", "[manifest]") {
  const Exported exported;
  put(exported.path("data/b.parquet"), "new");
  CHECK(exported.differences() ==
        std::vector<Difference>{{.path = "data/b.parquet", .problem = "is not in the manifest"}});

  fs::rename(exported.path("README.md"), exported.path("readme.md"));
  fs::remove(exported.path("data/b.parquet"));
  CHECK(exported.differences() ==
        std::vector<Difference>{{.path = "README.md", .problem = "is missing"},
                                {.path = "readme.md", .problem = "is not in the manifest"}});
}

TEST_CASE("any flipped bit of any file is found, the manifest's too", "[manifest]") {
  for (const char* name : {"data/a.parquet", "README.md", "manifest.json"}) {
    const Exported exported;
    const std::string bytes = read_file(exported.path(name));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      for (const unsigned bit : {0U, 5U, 7U}) {
        std::string flipped = bytes;
        flipped[i] = static_cast<char>(static_cast<unsigned char>(flipped[i]) ^ (1U << bit));
        put(exported.path(name), flipped);
        INFO(name << " byte " << i << " bit " << bit);
        REQUIRE_FALSE(exported.differences().empty());
      }
    }
  }
}

TEST_CASE("a folder without a manifest is no export", "[manifest]") {
  const TemporaryFolder folder;

  const Error error = error_of(verify_folder(folder.path().string()));

  CHECK(error.code == Errc::usage);
  CHECK(error.message.starts_with(folder.path().string()));
}

TEST_CASE("a folder that one may not see into is not called no export", "[manifest]") {
  ClosedFolder folder;
  folder.close();

  const Error error = error_of(verify_folder(folder.path().string()));

  CHECK(error.code == Errc::storage);
  CHECK(error.message.starts_with(folder.file("manifest.json") + ": Permission denied"));
}

TEST_CASE("what is not a regular file is named, and not waited for", "[manifest]") {
  const Exported exported;
  fs::remove(exported.path("README.md"));
  REQUIRE(::mkfifo(exported.path("README.md").c_str(), 0600) == 0);
  fs::create_directory_symlink(exported.path("data"), exported.path("more"));

  CHECK(exported.differences() ==
        std::vector<Difference>{{.path = "README.md", .problem = "is not a regular file"},
                                {.path = "more", .problem = "is not in the manifest"}});
}

TEST_CASE("a manifest that is a pipe is none", "[manifest]") {
  const Exported exported;
  fs::remove(exported.path("manifest.json"));
  REQUIRE(::mkfifo(exported.path("manifest.json").c_str(), 0600) == 0);

  CHECK(error_of(verify_folder(exported.path("").string())).code == Errc::usage);
}

TEST_CASE("a folder that cannot be read is an error that names it", "[manifest]") {
  if (::geteuid() == 0) skip("root reads every folder");
  const Exported exported;
  fs::permissions(exported.path("data"), fs::perms::none);

  const Error error = error_of(verify_folder(exported.path("").string()));

  fs::permissions(exported.path("data"), fs::perms::owner_all);
  CHECK(error.message ==
        exported.path("data").string() + ": Permission denied: let this user read it");
}
