#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "export/removed_on_signal.h"

namespace qanat::exporting {

/// Where the files of an export go that is a folder. It gets its name only in finish(): until then
/// it is a .partial of this process beside it, which goes away as a PartialFile does.
class OutputFolder {
 public:
  /// Errors: usage when `path` is there already and not an empty folder; storage, naming the path.
  static Result<OutputFolder> create(const std::string& path);

  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;
  OutputFolder(OutputFolder&& other) noexcept;
  OutputFolder& operator=(OutputFolder&&) = delete;
  ~OutputFolder();

  /// Where to write the file `name`, "data/x" with a folder of its own.
  [[nodiscard]] std::string file(std::string_view name) const { return (partial_ / name).string(); }

  /// A folder in it. Errors: storage.
  Result<void> add_folder(std::string_view name);

  /// All of it is on the disk, under the folder's name, when it returns without error. The files
  /// are there already. The last call. Errors: storage; usage, as create().
  Result<void> finish();

 private:
  OutputFolder(std::filesystem::path path, std::filesystem::path partial, int descriptor);

  std::vector<RemovedOnSignal> on_signal_;  ///< the folder and those in it
  std::filesystem::path path_;
  std::filesystem::path partial_;  ///< empty: finished, or moved from
  int descriptor_;                 ///< holds the folder, as nobody's leftover; -1: moved from
};

}  // namespace qanat::exporting
