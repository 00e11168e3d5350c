#include "app/output_target.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

namespace qanat::app {
namespace {

namespace fs = std::filesystem;

/// Absolute, links resolved; the file need not be there.
fs::path resolved(const fs::path& path) {
  std::error_code error;
  const fs::path whole = fs::weakly_canonical(fs::absolute(path, error), error);
  return error ? path : whole;
}

/// Also by another link to the same bytes.
bool is_same(const fs::path& one, const fs::path& other) {
  std::error_code error;
  return resolved(one) == resolved(other) || fs::equivalent(one, other, error);
}

bool is_within(const fs::path& path, const fs::path& folder) {
  fs::path at = resolved(path);
  while (!is_same(at, folder)) {
    if (at == at.root_path() || !at.has_parent_path()) return false;
    at = at.parent_path();
  }
  return true;
}

/// The database, what SQLite keeps beside it, and the lock of a run.
bool is_of_store(const fs::path& path, const fs::path& store) {
  return std::ranges::any_of(std::array{"", "-wal", "-shm", "-journal", ".run-lock"},
                             [&](const char* ending) {
                               return is_same(path, store.string() + ending) ||
                                      is_same(path, resolved(store).string() + ending);
                             });
}

/// What `path` is to qanat; empty when it is nothing.
std::string use_of(const fs::path& path, const LoadedConfig& loaded) {
  const Config::Store& store = loaded.config.store;
  if (is_of_store(path, store.path)) return "belongs to qanat's own database";
  if (!loaded.file.empty() && is_same(path, loaded.file)) return "is qanat's configuration";
  if (is_within(path, store.archive)) return "is in qanat's archive";
  return {};
}

std::unexpected<Error> refuse(const std::string& path, const std::string& why) {
  return fail(Errc::usage, path + ": " + why + "; name another file");
}

}  // namespace

Result<void> check_output(const Session& session, const OutputTarget& target) {
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  for (auto file = target.files.begin(); file != target.files.end(); ++file) {
    const auto is_it = [&](const std::string& other) { return is_same(*file, other); };
    if (file->empty()) return fail(Errc::usage, "the name of the file to write is empty");
    if (std::any_of(target.files.begin(), file, is_it)) {
      return refuse(*file, "is named twice, for two files");
    }
    if (*file == "-") continue;
    if (const std::string use = use_of(*file, *loaded); !use.empty()) return refuse(*file, use);
    if (std::ranges::any_of(target.read, is_it)) return refuse(*file, "is read by this command");
  }
  return {};
}

Result<void> check_output(const Session& session,
                          const std::string& file,
                          const std::string& read) {
  return check_output(session, OutputTarget{.files = {file}, .read = {read}});
}

}  // namespace qanat::app
