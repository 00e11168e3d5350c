#include "store/file_owner.h"

#include <tuple>

#include <sys/stat.h>
#include <unistd.h>

namespace qanat::store {

void give_to_owner_of(const std::string& model, const std::string& made) {
  struct stat owner = {};
  if (geteuid() != 0 || stat(model.c_str(), &owner) != 0) return;
  std::ignore = lchown(made.c_str(), owner.st_uid, owner.st_gid);
}

std::string owner_in_words(const std::string& path) {
  struct stat file = {};
  if (stat(path.c_str(), &file) != 0 || file.st_uid == geteuid()) return {};
  const std::string name = file.st_uid == 0 ? "root" : "user " + std::to_string(file.st_uid);
  return "; " + path + " is owned by " + name;
}

}  // namespace qanat::store
