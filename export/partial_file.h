#pragma once

#include <optional>
#include <string>
#include <utility>

#include "base/error.h"
#include "export/removed_on_signal.h"

namespace qanat::exporting {

/// The place of an export's bytes until they are whole: a new file of this process's own, beside
/// the one that it becomes in finish(). The destructor takes it away before that, and so does a
/// signal that ends the process (removed_on_signal.h); what kill -9 leaves, the next one of the
/// same target.
///
/// Errors of every call: storage, naming the target.
class PartialFile {
 public:
  /// Nothing when `target` is a device or a pipe, which nothing can take the place of. Where the
  /// target is a link, the file that it leads to is replaced. The file there keeps its mode.
  static Result<std::optional<PartialFile>> beside(const std::string& target);

  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;
  PartialFile(PartialFile&& other) noexcept;
  PartialFile& operator=(PartialFile&&) = delete;
  ~PartialFile();

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const std::string& target() const { return target_; }

  /// A file that tells of the target that is there now, empty for none: it goes just before this
  /// one appears, so that a process which is killed leaves no two that do not fit.
  void outdates(std::string path) { outdated_ = std::move(path); }

  /// Open for writing until finish().
  [[nodiscard]] int descriptor() const { return descriptor_; }

  /// What was written is on the disk, under the target's name, when it returns without error. The
  /// last call.
  Result<void> finish();

 private:
  PartialFile(std::string target, std::string path, int descriptor);

  RemovedOnSignal on_signal_;
  std::string target_;
  std::string path_;  ///< empty: finished, or moved from
  std::string outdated_;
  int descriptor_;  ///< -1: closed, or moved from
};

}  // namespace qanat::exporting
