#include "export/leftovers.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ascii.h"

namespace qanat::exporting {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEnding = ".partial";

/// Whether partial_path() of some process gives `name` for the target `of`.
bool is_partial_name(std::string_view name, const std::string& of) {
  if (!name.starts_with(of + '.') || !name.ends_with(kEnding)) return false;
  name.remove_prefix(of.size() + 1);
  if (name.size() <= kEnding.size()) return false;
  name.remove_suffix(kEnding.size());
  return std::ranges::all_of(name, is_ascii_digit);
}

/// Whether `descriptor` is what now lies under `path`.
bool is_still_at(int descriptor, const std::string& path) {
  struct stat held{};
  struct stat there{};
  return ::fstat(descriptor, &held) == 0 && ::lstat(path.c_str(), &there) == 0 &&
         held.st_dev == there.st_dev && held.st_ino == there.st_ino;
}

bool is_file_or_folder(int descriptor) {
  struct stat held{};
  return ::fstat(descriptor, &held) == 0 && (S_ISREG(held.st_mode) || S_ISDIR(held.st_mode));
}

void clear_unheld(const std::string& path) {
  // A pipe would be waited for.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) return;
  if (is_file_or_folder(descriptor) && ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 &&
      is_still_at(descriptor, path)) {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  ::close(descriptor);
}

}  // namespace

std::string partial_path(const std::string& target) {
  return target + "." + std::to_string(::getpid()) + std::string(kEnding);
}

void clear_leftovers(const std::string& target) {
  const fs::path path(target);
  const std::string name = path.filename().string();
  std::vector<std::string> leftovers;
  std::error_code error;
  for (fs::directory_iterator entry(path.has_parent_path() ? path.parent_path() : ".", error);
       !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    if (is_partial_name(entry->path().filename().string(), name)) {
      leftovers.push_back(entry->path().string());
    }
  }
  std::ranges::for_each(leftovers, clear_unheld);
}

bool hold_partial(int descriptor, const std::string& path) {
  while (::flock(descriptor, LOCK_EX) != 0) {
    if (errno != EINTR) return true;
  }
  return is_still_at(descriptor, path);
}

}  // namespace qanat::exporting
