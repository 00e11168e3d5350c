#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "record/json.h"

namespace qanat::exporting {

inline constexpr const char* kManifestName = "manifest.json";
inline constexpr const char* kManifestSchema = "qanat.manifest/1";

/// A file of an exported folder, as its manifest has it.
struct ManifestFile {
  std::string path;  ///< in the folder, with '/'
  std::int64_t bytes = 0;
  std::string sha256;  ///< hex

  bool operator==(const ManifestFile&) const = default;
};

/// A manifest's text: `about`, then the files, then the SHA-256 of all that comes before, so that
/// a change of the manifest shows too.
[[nodiscard]] std::string manifest_text(record::Json about, const std::vector<ManifestFile>& files);

/// The text of an exported folder's manifest. Errors: usage, when it has none.
Result<std::string> read_manifest_file(const std::string& folder);

/// The files that a manifest names.
/// Errors: usage, in words, when it is none of ours or was changed.
Result<std::vector<ManifestFile>> read_manifest(const std::string& text);

/// What is not as the manifest of an exported folder says.
struct Difference {
  std::string path;     ///< in the folder
  std::string problem;  ///< "is missing", "has other bytes", …

  bool operator==(const Difference&) const = default;
};

/// A file as it lies in `folder` now; nothing when it is as the manifest says.
/// Errors: storage when it cannot be read.
Result<std::optional<Difference>> difference_from(const ManifestFile& file,
                                                  const std::string& folder);

struct Verification {
  std::int64_t files = 0;  ///< that the manifest names
  std::int64_t bytes = 0;  ///< of them
  std::vector<Difference> differences;
  std::int64_t hidden = 0;  ///< files and folders that were passed over
};

/// Reads every file of `folder` and holds it against the folder's manifest: changed, missing and
/// additional ones are differences, and so is a manifest that was changed. What has a name that
/// begins with a dot is no part of an export, but of what keeps or copies the folder (.git,
/// .gitattributes, .cache, .DS_Store): it is passed over, and counted.
/// Errors: usage when the folder or its manifest is missing; storage when a file cannot be read.
Result<Verification> verify_folder(const std::string& folder);

}  // namespace qanat::exporting
