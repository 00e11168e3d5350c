#include "export/disk.h"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace qanat::exporting {

Error disk_error(const std::string& path, int code) {
  std::string message = path + ": " + std::generic_category().message(code);
  if (code == ENOSPC || code == EDQUOT) message += ": free space, then run again";
  if (code == EFBIG) message += ": allow larger files (`ulimit -f`), then run again";
  if (code == EACCES || code == EROFS || code == EPERM) {
    message += ": let this user write the file and its folder, or name another path";
  }
  if (code == ENOENT) message += ": make the folder first";
  if (code == EISDIR) message += ": name a file in it";
  return {.code = Errc::storage, .message = std::move(message)};
}

int sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  const int code = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  return code;
}

}  // namespace qanat::exporting
