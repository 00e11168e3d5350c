#include "store/run_lock.h"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "store/file_owner.h"

namespace qanat::store {

Result<RunLock> RunLock::take(const std::string& store_path) {
  const std::string path = store_path + ".run-lock";
  const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    const std::string why = std::generic_category().message(errno);
    return fail(
        Errc::storage,
        path + ": " + why + ": let this user write the file and its folder" + owner_in_words(path));
  }
  give_to_owner_of(store_path, path);
  RunLock lock(descriptor);
  if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno != EWOULDBLOCK) {
    return fail(Errc::storage,
                path + ": " + std::generic_category().message(errno) +
                    "; the store must be on a file system that supports locks");
  }
  return fail(Errc::storage_busy,
              store_path + ": another crawl is running; try again when it has finished");
}

RunLock::RunLock(RunLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

RunLock& RunLock::operator=(RunLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

RunLock::~RunLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace qanat::store
