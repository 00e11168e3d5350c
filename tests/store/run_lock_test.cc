#include "store/run_lock.h"

#include "support/catch.h"
#include "support/files.h"

using qanat::Errc;
using qanat::store::RunLock;
using qanat::test::TemporaryFolder;

TEST_CASE("one process crawls at a time, and the next may when it has ended", "[run_lock]") {
  const TemporaryFolder folder;
  const std::string store = folder.file("q.db");
  {
    const auto first = RunLock::take(store);
    REQUIRE(first);

    const auto second = RunLock::take(store);

    REQUIRE_FALSE(second);
    CHECK(second.error().code == Errc::storage_busy);
    CHECK(second.error().message.find("another crawl is running") != std::string::npos);
  }
  CHECK(RunLock::take(store));
}

TEST_CASE("crawls of two databases do not wait for each other", "[run_lock]") {
  const TemporaryFolder folder;

  const auto one = RunLock::take(folder.file("one.db"));

  CHECK(RunLock::take(folder.file("two.db")));
}

TEST_CASE("a lock where no file can be made is a storage error", "[run_lock]") {
  const auto lock = RunLock::take("/nonexistent/q.db");

  REQUIRE_FALSE(lock);
  CHECK(lock.error().code == Errc::storage);
}
