#include "app/rule_packs.h"

#include <fstream>

#include "app/embedded.h"
#include "support/catch.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::app;

namespace fs = std::filesystem;

TEST_CASE("the packs inside the program are those of rules/, byte for byte") {
  const fs::path rules = QANAT_SOURCE_FOLDER "/rules";
  const auto inside = read_rule_packs("");
  const auto outside = read_rule_packs(rules);

  REQUIRE(inside);
  REQUIRE(outside);
  REQUIRE(inside->size() == outside->size());
  for (const classifier::PackFile& file : *inside) {
    CAPTURE(file.path);
    CHECK(file.text == test::read_file(rules / file.path));
  }
}

TEST_CASE("a folder's packs come in path order, lists included, other files not") {
  const test::TemporaryFolder folder;
  fs::create_directories(folder.path() / "lists");
  for (const char* name : {"20-b.toml", "10-a.toml", "lists/hosts.txt", "README.md"}) {
    std::ofstream(folder.file(name)) << "# " << name;
  }

  const auto files = read_rule_packs(folder.path());

  REQUIRE(files);
  std::vector<std::string> paths;
  for (const auto& file : *files) paths.push_back(file.path);
  CHECK(paths == std::vector<std::string>{"10-a.toml", "20-b.toml", "lists/hosts.txt"});
}

TEST_CASE("a file that nothing reads is found, what a folder may well hold is not") {
  const test::TemporaryFolder folder;
  for (const char* sub : {"golden", "lists", ".git"}) fs::create_directories(folder.path() / sub);
  for (const char* name : {"10-a.toml",
                           "20-b.tml",
                           "golden/a.json",
                           "golden/b.jsonl",
                           "ru.jsonl",
                           "lists/hosts.txt",
                           "README.md",
                           "LICENSE",
                           ".gitignore",
                           ".git/x.pack"}) {
    std::ofstream(folder.file(name)) << "# " << name;
  }

  const auto unread = unread_files(folder.path());

  REQUIRE(unread);
  CHECK(*unread == std::vector<std::string>{"20-b.tml", "golden/a.json", "ru.jsonl"});
}

TEST_CASE("a linked folder is read as any other, once, also when it leads back") {
  const test::TemporaryFolder elsewhere;
  std::ofstream(elsewhere.file("10-a.toml")) << "# elsewhere";
  const test::TemporaryFolder folder;
  fs::create_directory_symlink(elsewhere.path(), folder.path() / "theirs");
  fs::create_directory_symlink(folder.path(), elsewhere.path() / "back");

  const auto files = read_rule_packs(folder.path());

  REQUIRE(files);
  REQUIRE(files->size() == 1);
  CHECK(files->front().path == "theirs/10-a.toml");
}

TEST_CASE("a folder without packs is an error with a remedy") {
  const test::TemporaryFolder folder;

  for (const fs::path& dir : {folder.path(), folder.path() / "missing"}) {
    const auto files = read_rule_packs(dir);
    REQUIRE_FALSE(files);
    CHECK(files.error().code == Errc::rule);
    CHECK(files.error().message.find(dir.string()) != std::string::npos);
    CHECK(files.error().message.find("--rules") != std::string::npos);
  }
}
