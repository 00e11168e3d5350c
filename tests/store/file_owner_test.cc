#include "store/file_owner.h"

#include <filesystem>

#include <sys/stat.h>
#include <unistd.h>

#include "store/pages.h"
#include "store/run_lock.h"
#include "store/snapshot_archive.h"
#include "store/store.h"
#include "support/catch.h"
#include "support/closed_folder.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;

namespace fs = std::filesystem;

namespace {

constexpr uid_t kService = kNobodysId;

uid_t owner_of(const fs::path& path) {
  struct stat file = {};
  REQUIRE(stat(path.c_str(), &file) == 0);
  return file.st_uid;
}

/// A service's folder, where the case is root's.
struct ServiceFolder {
  TemporaryFolder folder;

  ServiceFolder() {
    if (geteuid() != 0) skip("only root gives files away");
    REQUIRE(chown(folder.path().c_str(), kService, kService) == 0);
  }
};

}  // namespace

TEST_CASE("what root makes beside a service's database is the service's, whosever the folder is",
          "[file_owner]") {
  if (geteuid() != 0) skip("only root gives files away");
  const TemporaryFolder folder;
  REQUIRE(store::Store::create(folder.file("qanat.db")));
  REQUIRE(chown(folder.file("qanat.db").c_str(), kService, kService) == 0);

  const auto lock = store::RunLock::take(folder.file("qanat.db"));
  REQUIRE(lock);
  {
    auto archive =
        must(store::SnapshotArchive::open(folder.file("kept/archive"), folder.file("qanat.db")));
    REQUIRE(archive.keep({.channel = channel("some_channel"),
                          .url = "https://t.me/s/some_channel",
                          .fetched_at = kMonday,
                          .status = 200,
                          .headers = {},
                          .body = "<html>"}));
    int files = 0;
    for (const auto& file : fs::recursive_directory_iterator(folder.file("kept"))) {
      CAPTURE(file.path());
      CHECK(owner_of(file.path()) == kService);
      ++files;
    }
    CHECK(files >= 2);
  }
  CHECK(owner_of(folder.file("kept")) == kService);
  CHECK(owner_of(folder.file("qanat.db.run-lock")) == kService);
}

TEST_CASE("a lock that is root's is named, and so is root", "[file_owner]") {
  const ServiceFolder service;
  const std::string store = service.folder.file("qanat.db");
  REQUIRE(store::RunLock::take(store));
  REQUIRE(chown((store + ".run-lock").c_str(), 0, 0) == 0);
  const Unprivileged user;

  const Error error = error_of(store::RunLock::take(store));

  CHECK(error.code == Errc::storage);
  CHECK(error.message == store +
                             ".run-lock: Permission denied: let this user write the file and "
                             "its folder; " +
                             store + ".run-lock is owned by root");
}

TEST_CASE("a month of the archive that is root's is named, and so is root", "[file_owner]") {
  const ServiceFolder service;
  const store::Snapshot page{.channel = channel("some_channel"),
                             .url = "https://t.me/s/some_channel",
                             .fetched_at = kMonday,
                             .status = 200,
                             .headers = {},
                             .body = "<html>"};
  REQUIRE(must(store::SnapshotArchive::open(service.folder.path().string(),
                                            service.folder.file("qanat.db")))
              .keep(page));
  for (const auto& file : fs::directory_iterator(service.folder.path())) {
    REQUIRE(chown(file.path().c_str(), 0, 0) == 0);
  }
  const Unprivileged user;

  auto archive = must(store::SnapshotArchive::open(service.folder.path().string(),
                                                   service.folder.file("qanat.db")));
  const Error error = error_of(archive.keep(page));

  CHECK(error.code == Errc::storage);
  CHECK(error.message.find(".db is owned by root") != std::string::npos);
}

TEST_CASE("a database in a folder that one may not look into is not called missing",
          "[file_owner]") {
  ClosedFolder folder;
  const std::string path = folder.file("qanat.db");
  REQUIRE(store::Store::create(path));
  folder.close();

  const Error error = error_of(store::Store::open(path, store::Access::read_only));

  CHECK(error.code == Errc::storage);
  CHECK(error.message ==
        path + ": Permission denied: run qanat as the database's owner, or as root with sudo");
}

TEST_CASE("a database that root makes in a service's folder is the service's", "[file_owner]") {
  const ServiceFolder service;

  const auto made = must(store::Store::create(service.folder.file("qanat.db")));

  for (const char* name : {"qanat.db", "qanat.db-wal", "qanat.db-shm"}) {
    CHECK(owner_of(service.folder.file(name)) == kService);
  }
}
