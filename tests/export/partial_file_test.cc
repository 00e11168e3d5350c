#include "export/partial_file.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "export/output_file.h"
#include "export/output_folder.h"
#include "export/removed_on_signal.h"
#include "support/catch.h"
#include "support/files.h"
#include "tests/store/child.h"
#include "tests/store/pages.h"

using namespace qanat;
using namespace qanat::test;
using exporting::OutputFile;
using exporting::OutputFolder;

namespace fs = std::filesystem;

namespace {

std::size_t entries_in(const TemporaryFolder& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()));
}

/// As in a program that has just begun: Catch2 takes some signals for itself.
void take_signals() {
  for (const int number : {SIGHUP, SIGINT, SIGPIPE, SIGQUIT, SIGTERM}) std::signal(number, SIG_DFL);
  exporting::remove_on_signals();
}

/// What kill -9 leaves.
void write_leftovers(const TemporaryFolder& out) {
  std::ofstream(out.file("set.1234567.partial")) << "half of it";
  fs::create_directories(out.file("folder.1234567.partial/data"));
  std::ofstream(out.file("folder.1234567.partial/data/train.parquet")) << "half of it";
}

}  // namespace

TEST_CASE("a signal that ends the process takes half-written files with it", "[partial]") {
  for (const int number : {SIGHUP, SIGINT, SIGPIPE, SIGQUIT, SIGTERM}) {
    const TemporaryFolder out;
    std::ofstream(out.file("set.jsonl")) << "last night's\n";

    const int signal = signal_of_child([&] {
      take_signals();
      const auto file = OutputFile::open(out.file("set.jsonl")).value();
      raise(number);
      return 1;
    });

    CHECK(signal == number);
    CHECK(entries_in(out) == 1);
    CHECK(read_file(out.file("set.jsonl")) == "last night's\n");
  }
}

TEST_CASE("a signal that ends the process takes a half-written folder with it", "[partial]") {
  const TemporaryFolder out;

  const int signal = signal_of_child([&] {
    take_signals();
    auto folder = OutputFolder::create(out.file("set")).value();
    folder.add_folder("data").value();
    exporting::write_file(folder.file("README.md"), "whole").value();
    exporting::write_file(folder.file("data/train.parquet"), "whole").value();
    const auto half = OutputFile::open(folder.file("data/test.parquet")).value();
    raise(SIGTERM);
    return 1;
  });

  CHECK(signal == SIGTERM);
  CHECK(entries_in(out) == 0);
}

TEST_CASE("a signal takes nothing that is whole", "[partial]") {
  const TemporaryFolder out;

  const int signal = signal_of_child([&] {
    take_signals();
    exporting::write_file(out.file("set.jsonl"), "whole").value();
    auto folder = OutputFolder::create(out.file("set")).value();
    exporting::write_file(folder.file("README.md"), "whole").value();
    folder.finish().value();
    raise(SIGTERM);
    return 1;
  });

  CHECK(signal == SIGTERM);
  CHECK(read_file(out.file("set.jsonl")) == "whole");
  CHECK(read_file(out.file("set/README.md")) == "whole");
}

TEST_CASE("a signal that the process was started to ignore stays ignored", "[partial]") {
  const TemporaryFolder out;

  const int code = in_child([&] {
    std::signal(SIGHUP, SIG_IGN);
    exporting::remove_on_signals();
    raise(SIGHUP);
    return 7;
  });

  CHECK(code == 7);
}

TEST_CASE("what a killed export left goes when the next one to its name begins", "[partial]") {
  const TemporaryFolder out;
  write_leftovers(out);

  must(exporting::write_file(out.file("set"), "whole"));
  must(must(OutputFolder::create(out.file("folder"))).finish());

  CHECK(entries_in(out) == 2);
  CHECK(read_file(out.file("set")) == "whole");
}

TEST_CASE("what another export is writing, and what is none's, stays", "[partial]") {
  const TemporaryFolder out;
  write_leftovers(out);
  const int file = ::open(out.file("set.1234567.partial").c_str(), O_RDONLY | O_CLOEXEC);
  const int folder = ::open(out.file("folder.1234567.partial").c_str(), O_RDONLY | O_CLOEXEC);
  REQUIRE(::flock(file, LOCK_EX) == 0);
  REQUIRE(::flock(folder, LOCK_EX) == 0);
  for (const char* name :
       {"set.partial", "set.x1.partial", "set.1234567.partial.gz", "sett.1.partial"}) {
    std::ofstream(out.file(name)) << "mine";
  }

  must(exporting::write_file(out.file("set"), "whole"));
  must(must(OutputFolder::create(out.file("folder"))).finish());

  CHECK(entries_in(out) == 8);
  CHECK(read_file(out.file("folder.1234567.partial/data/train.parquet")) == "half of it");
  ::close(file);
  ::close(folder);
}
