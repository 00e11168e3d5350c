#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <random>

#include <sys/wait.h>
#include <unistd.h>

#include "store/pages.h"
#include "store/sqlite.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;
using store::Access;
using store::Database;
using store::Store;

namespace {

constexpr int kKills = 25;

/// Keeps pages for ever; writes the number of each to `pipe` once it is kept.
[[noreturn]] void keep_pages(const std::string& path, std::int64_t next, int pipe) {
  auto store = Store::open(path, Access::read_write);
  while (store && store->keep_page(numbered_page(next), kMonday)) {
    if (::write(pipe, &next, sizeof next) != sizeof next) break;
    ++next;
  }
  std::_Exit(1);
}

/// The last number in the pipe, read until the writer is gone; `last` when there is none.
std::int64_t drained(int pipe, std::int64_t last) {
  for (std::int64_t number = 0; ::read(pipe, &number, sizeof number) == sizeof number;) {
    last = number;
  }
  return last;
}

/// Runs a writer, kills it some microseconds after its third page, and gives the last page that it
/// acknowledged.
std::int64_t acknowledged_before_kill(const std::string& path,
                                      std::int64_t next,
                                      std::chrono::microseconds moment) {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const pid_t child = ::fork();
  if (child == 0) keep_pages(path, next, ends[1]);
  ::close(ends[1]);
  std::int64_t last = next - 1;
  for (int i = 0; i < 3; ++i) REQUIRE(::read(ends[0], &last, sizeof last) == sizeof last);
  const auto until = std::chrono::steady_clock::now() + moment;
  while (std::chrono::steady_clock::now() < until) {
  }
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  last = drained(ends[0], last);
  ::close(ends[0]);
  return last;
}

/// What the database itself says, through its own connection.
struct Findings {
  std::int64_t pages = 0;  ///< whole ones
  std::int64_t posts = 0;
  std::int64_t doubled = 0;
  std::int64_t settled = 0;
  std::string check;
};

Findings look(const std::string& path) {
  auto database =
      must(Database::open(path, Database::Mode::read_write, std::chrono::milliseconds(0)));
  const auto number = [&](const char* sql) {
    return must(database.value<std::int64_t>(sql)).value_or(-1);
  };
  const std::string size = std::to_string(kPostsPerPage);
  const std::string whole_pages =
      "SELECT count(*) FROM (SELECT 1 FROM post GROUP BY (message_id - 1) / " + size +
      " HAVING count(*) = " + size + ")";
  return {.pages = number(whole_pages.c_str()),
          .posts = number("SELECT count(*) FROM post"),
          .doubled = number("SELECT (SELECT count(*) FROM post WHERE revision <> 1)"
                            " + (SELECT count(*) FROM verdict) - (SELECT count(*) FROM post)"),
          .settled = number("SELECT settled FROM channel"),
          .check = must(database.value<std::string>("PRAGMA quick_check")).value_or("")};
}

}  // namespace

TEST_CASE("SIGKILL at any moment loses no acknowledged page, halves none, doubles none", "[kill]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  {
    const Store store = new_store(path);
  }
  std::mt19937 random(7);  // NOLINT(cert-msc32-c,cert-msc51-cpp) the same moments each time
  std::uniform_int_distribution<int> microseconds(0, 3000);
  std::int64_t acknowledged = -1;

  for (int kill = 0; kill < kKills; ++kill) {
    acknowledged = acknowledged_before_kill(
        path, acknowledged + 1, std::chrono::microseconds(microseconds(random)));

    const Findings found = look(path);
    INFO("kill " << kill << ", acknowledged page " << acknowledged);
    CHECK(found.pages >= acknowledged + 1);
    CHECK(found.pages <= acknowledged + 2);  // one may be kept and not yet told
    CHECK(found.posts == found.pages * kPostsPerPage);
    CHECK(found.doubled == 0);
    CHECK(found.settled == found.pages - 1);
    CHECK(found.check == "ok");
  }
}
