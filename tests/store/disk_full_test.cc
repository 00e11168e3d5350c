#include <csignal>

#include <sys/resource.h>

#include "store/child.h"
#include "store/pages.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;
using store::Access;
using store::Store;

namespace {

/// No file of this process may grow beyond `bytes`: what a full disk looks like to SQLite.
void limit_files(rlim_t bytes) {
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = bytes;
  setrlimit(RLIMIT_FSIZE, &limit);
}

store::PageCommit big_page(MessageId first) {
  std::vector<store::JudgedPost> posts;
  for (MessageId id = first; id < first + 20; ++id) {
    posts.push_back(judged("some_channel", id, std::string(2000, 'a')));
  }
  return page("some_channel", std::move(posts));
}

/// Keeps pages until the disk is full, then frees space and keeps one more. What it acknowledged is
/// 20 posts a page; the pages are its exit code, or over 100 when a promise did not hold.
int fill_the_disk(const std::string& path) {
  auto store = Store::open(path, Access::read_write);
  if (!store) return 101;
  limit_files(1'000'000);
  int pages = 0;
  for (;;) {
    const auto kept = store->keep_page(big_page(pages * 20 + 1), kMonday);
    if (!kept) {
      const std::string& words = kept.error().message;
      if (kept.error().code != Errc::storage) return 102;
      if (!words.starts_with(path) || words.find("free space") == std::string::npos) return 103;
      break;
    }
    if (++pages == 100) return 104;
  }
  if (selected(*store, {}).size() != static_cast<std::size_t>(pages) * 20) return 105;
  limit_files(RLIM_INFINITY);
  return store->keep_page(big_page(pages * 20 + 1), kMonday) ? pages + 1 : 106;
}

}  // namespace

TEST_CASE("a full disk fails the page, loses nothing, and is over when there is space", "[disk]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  {
    const Store store = new_store(path);
  }

  const int pages = in_child([&] { return fill_the_disk(path); });

  CHECK(pages > 2);
  CHECK(pages <= 100);
  Store store = must(Store::open(path, Access::read_only));
  CHECK(selected(store, {}).size() == static_cast<std::size_t>(pages) * 20);
}

TEST_CASE("a run that the disk has no room for does not begin", "[disk]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  must(Store::create(path));

  const int code = in_child([&] {
    auto store = Store::open(path, Access::read_write);
    if (!store) return 101;
    limit_files(1);
    const auto run = store->begin_run(kMonday);
    return !run && run.error().code == Errc::storage ? 0 : 1;
  });

  CHECK(code == 0);
}
