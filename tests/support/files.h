#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace qanat::test {

/// Ends the case without a failure, and says why.
[[noreturn]] void skip(std::string_view why);
[[nodiscard]] bool any_skipped();

/// A file or folder of real pages and labelled posts, which are not part of the project: in
/// $QANAT_SHARED, or beside the checkout. Skips the case, visibly, where it is absent.
[[nodiscard]] std::filesystem::path shared(std::string_view name);

/// The whole file, bytes as they are. Fails the case when it cannot be read.
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

/// A folder of the case's own below the system's temporary folder, removed at its end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::string file(std::string_view name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace qanat::test
