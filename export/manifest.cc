#include "export/manifest.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>
#include <utility>

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

std::set<std::string> files_below(const fs::path& folder) {
  std::set<std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_directory()) out.insert(entry.path().lexically_relative(folder).generic_string());
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
  std::ifstream in(fs::path(folder) / kManifestName, std::ios::binary);
  if (!in) {
    return fail(Errc::usage,
                folder + ": has no " + kManifestName + ": it is no export, or not a whole one");
  }
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

Result<std::vector<ManifestFile>> read_manifest(const std::string& text) {
  Json manifest = Json::parse(text, nullptr, false);
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

Result<Verification> verify_folder(const std::string& folder) {
  const auto text = read_manifest_file(folder);
  if (!text) return fail(text.error());
  Verification out;
  const auto files = read_manifest(*text);
  if (!files) {
    out.differences.push_back({.path = kManifestName, .problem = files.error().message});
    return out;
  }
  std::set<std::string> found = files_below(folder);
  found.erase(kManifestName);
  for (const ManifestFile& file : *files) {
    ++out.files;
    out.bytes += file.bytes;
    if (found.erase(file.path) == 0) {
      out.differences.push_back({.path = file.path, .problem = "is missing"});
      continue;
    }
    const auto now = digest_of_file((fs::path(folder) / file.path).string());
    if (!now) return fail(now.error());
    const bool is_same = now->bytes == file.bytes && now->sha256 == file.sha256;
    if (!is_same) out.differences.push_back({.path = file.path, .problem = "has other bytes"});
  }
  for (const std::string& name : found) {
    out.differences.push_back({.path = name, .problem = "is not in the manifest"});
  }
  return out;
}

}  // namespace qanat::exporting
