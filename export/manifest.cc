#include "export/manifest.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "base/json_depth.h"
#include "base/sha256.h"
#include "export/file_digest.h"
#include "export/pretty_json.h"

namespace qanat::exporting {
namespace {

namespace fs = std::filesystem;
using record::Json;

std::string hash_of(const Json& manifest) { return sha256_hex(record::dump_line(manifest)); }

Error changed_manifest(std::string why) {
  return {.code = Errc::usage, .message = "the manifest " + std::move(why)};
}

Error unreadable(const fs::path& folder, const std::error_code& code) {
  return {.code = Errc::storage,
          .message = folder.string() + ": " + code.message() + ": let this user read it"};
}

/// What lies in a folder and those in it.
struct FoundFiles {
  std::set<std::string> files;  ///< everything but folders
  std::int64_t hidden = 0;      ///< files and folders that were passed over
};

/// A link is followed nowhere.
Result<FoundFiles> files_below(const fs::path& folder) {
  FoundFiles out;
  std::vector<fs::path> unread{folder};
  while (!unread.empty()) {
    const fs::path next = std::move(unread.back());
    unread.pop_back();
    std::error_code error;
    for (fs::directory_iterator entry(next, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
      if (entry->path().filename().string().starts_with('.')) {
        ++out.hidden;
      } else if (fs::is_directory(entry->symlink_status(error))) {
        unread.push_back(entry->path());
      } else {
        out.files.insert(entry->path().lexically_relative(folder).generic_string());
      }
      if (error) break;
    }
    if (error) return fail(unreadable(next, error));
  }
  return out;
}

}  // namespace

std::string manifest_text(Json about, const std::vector<ManifestFile>& files) {
  Json list = Json::array();
  for (const ManifestFile& file : files) {
    list.push_back({{"path", file.path}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  }
  Json manifest = {{"schema", kManifestSchema}};
  manifest.update(about);
  manifest["files"] = std::move(list);
  manifest["sha256"] = hash_of(manifest);
  return pretty_json(manifest);
}

Result<std::string> read_manifest_file(const std::string& folder) {
  const fs::path path = fs::path(folder) / kManifestName;
  std::error_code error;
  const bool is_there = fs::is_regular_file(path, error);  // a pipe would be waited for
  std::ifstream in;
  errno = 0;
  if (is_there) in.open(path, std::ios::binary);
  if (is_there && errno != 0) error = {errno, std::generic_category()};
  if (error == std::errc::permission_denied) return fail(unreadable(path, error));
  if (!in.is_open()) {
    return fail(
        Errc::usage,
        folder + ": has no " + kManifestName + ": it is not an export, or not a complete one");
  }
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

Result<std::vector<ManifestFile>> read_manifest(const std::string& text) {
  Json manifest = is_too_deep(text) ? Json() : Json::parse(text, nullptr, false);
  if (!manifest.is_object() || manifest.value("schema", Json()) != kManifestSchema) {
    return fail(changed_manifest("is none that this version of qanat reads"));
  }
  const Json hash = manifest.value("sha256", Json());
  manifest.erase("sha256");
  const bool is_hashed = hash == hash_of(manifest);
  manifest["sha256"] = hash;
  // What the hash does not see: white space.
  if (!is_hashed || pretty_json(manifest) != text) return fail(changed_manifest("was changed"));
  std::vector<ManifestFile> out;
  for (const Json& file : manifest["files"]) {
    out.push_back({.path = file["path"], .bytes = file["bytes"], .sha256 = file["sha256"]});
  }
  return out;
}

Result<std::optional<Difference>> difference_from(const ManifestFile& file,
                                                  const std::string& folder) {
  const fs::path path = fs::path(folder) / file.path;
  std::error_code error;
  // A pipe would be waited for.
  if (!fs::is_regular_file(path, error)) {
    if (error == std::errc::permission_denied) return fail(unreadable(path, error));
    return Difference{.path = file.path,
                      .problem = fs::exists(fs::symlink_status(path, error))
                                     ? "is not a regular file"
                                     : "is missing"};
  }
  const auto now = digest_of_file(path.string());
  if (!now) return fail(now.error());
  if (now->bytes == file.bytes && now->sha256 == file.sha256) return std::nullopt;
  return Difference{.path = file.path, .problem = "has other bytes"};
}

Result<Verification> verify_folder(const std::string& folder) {
  const auto text = read_manifest_file(folder);
  if (!text) return fail(text.error());
  Verification out;
  const auto files = read_manifest(*text);
  if (!files) {
    out.differences.push_back({.path = kManifestName, .problem = files.error().message});
    return out;
  }
  auto found = files_below(folder);
  if (!found) return fail(found.error());
  found->files.erase(kManifestName);
  out.hidden = found->hidden;
  for (const ManifestFile& file : *files) {
    ++out.files;
    out.bytes += file.bytes;
    found->files.erase(file.path);
    auto difference = difference_from(file, folder);
    if (!difference) return fail(difference.error());
    if (*difference) out.differences.push_back(**std::move(difference));
  }
  for (const std::string& name : found->files) {
    out.differences.push_back({.path = name, .problem = "is not in the manifest"});
  }
  return out;
}

}  // namespace qanat::exporting
