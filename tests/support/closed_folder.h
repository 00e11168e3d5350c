#pragma once

#include <filesystem>
#include <optional>
#include <tuple>

#include <unistd.h>

#include "support/catch.h"
#include "support/files.h"

namespace qanat::test {

inline constexpr uid_t kNobodysId = 65533;

/// Not root for as long as it lives.
struct Unprivileged {
  bool was_root = geteuid() == 0;

  Unprivileged() {
    if (was_root) REQUIRE(seteuid(kNobodysId) == 0);
  }
  ~Unprivileged() {
    if (was_root) std::ignore = seteuid(0);
  }
  Unprivileged(const Unprivileged&) = delete;
  Unprivileged& operator=(const Unprivileged&) = delete;
};

/// A folder that, once it is closed, may not be entered by who then runs the case.
class ClosedFolder {
 public:
  ClosedFolder() {
    std::filesystem::permissions(outer_.path(),
                                 std::filesystem::perms(0755));  // what is in it is seen
    std::filesystem::create_directory(path());
  }
  ~ClosedFolder() {
    user_.reset();
    std::error_code ignored;
    std::filesystem::permissions(path(), std::filesystem::perms::owner_all, ignored);
  }
  ClosedFolder(const ClosedFolder&) = delete;
  ClosedFolder& operator=(const ClosedFolder&) = delete;

  void close() {
    std::filesystem::permissions(path(), std::filesystem::perms::none);
    user_.emplace();
  }

  [[nodiscard]] std::filesystem::path path() const { return outer_.path() / "closed"; }
  [[nodiscard]] std::string file(std::string_view name) const { return (path() / name).string(); }

 private:
  TemporaryFolder outer_;
  std::optional<Unprivileged> user_;
};

}  // namespace qanat::test
