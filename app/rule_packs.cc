#include "app/rule_packs.h"

#include <algorithm>
#include <set>
#include <system_error>

#include "app/embedded.h"

namespace qanat::app {
namespace {

namespace fs = std::filesystem;

bool belongs_to_pack(const fs::path& path) {
  const fs::path extension = path.extension();
  return extension == ".toml" || extension == ".txt" || extension == ".tsv";
}

Result<std::vector<fs::path>> all_paths(const fs::path& dir) {
  std::error_code error;
  std::vector<fs::path> paths = files_below(dir, error);
  if (!error) return paths;
  return fail(Errc::rule,
              "rule packs in " + dir.string() + ": " + error.message() +
                  "; name a folder of packs with --rules or `rules.dir`");
}

Result<std::vector<fs::path>> pack_paths(const fs::path& dir) {
  auto paths = all_paths(dir);
  if (!paths) return paths;
  std::erase_if(*paths, [](const fs::path& path) { return !belongs_to_pack(path); });
  if (paths->empty()) {
    return fail(Errc::rule,
                "rule packs in " + dir.string() +
                    ": no *.toml file there; name a folder of packs with --rules or "
                    "`rules.dir`");
  }
  return paths;
}

/// README.md, LICENSE, .git and .gitignore.
bool is_besides_packs(const fs::path& path) {
  const auto is_hidden = [](const fs::path& part) { return part.string().starts_with('.'); };
  return path.extension().empty() || path.extension() == ".md" ||
         std::ranges::any_of(path, is_hidden);
}

}  // namespace

bool is_golden_file(const fs::path& path) {
  return path.extension() == ".jsonl" && path.parent_path().filename() == "golden";
}

std::vector<fs::path> files_below(const fs::path& dir, std::error_code& error) {
  std::vector<fs::path> files;
  std::set<fs::path> entered{fs::canonical(dir, error)};
  constexpr auto kFollow = fs::directory_options::follow_directory_symlink;
  for (fs::recursive_directory_iterator entry(dir, kFollow, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->is_directory(error)) {
      // A link may lead back to where it stands.
      if (!entered.insert(fs::canonical(entry->path(), error)).second) {
        entry.disable_recursion_pending();
      }
    } else if (entry->is_regular_file(error)) {
      files.push_back(entry->path());
    }
  }
  std::ranges::sort(files);
  return files;
}

Result<std::vector<classifier::PackFile>> read_rule_packs(const fs::path& dir) {
  std::vector<classifier::PackFile> files;
  if (dir.empty()) {
    for (const EmbeddedFile& file : embedded_rules()) {
      files.push_back({.path = std::string(file.path), .text = std::string(file.text)});
    }
    return files;
  }
  const auto paths = pack_paths(dir);
  if (!paths) return fail(paths.error());
  for (const fs::path& path : *paths) {
    auto text = read_file(path.string(), kPackFileCap);
    if (!text) return fail(Errc::rule, text.error().message);
    files.push_back(
        {.path = path.lexically_relative(dir).generic_string(), .text = std::move(*text)});
  }
  return files;
}

Result<std::vector<std::string>> unread_files(const fs::path& dir) {
  const auto paths = all_paths(dir);
  if (!paths) return fail(paths.error());
  std::vector<std::string> unread;
  for (const fs::path& path : *paths) {
    const fs::path inside = path.lexically_relative(dir);
    if (belongs_to_pack(path) || is_golden_file(path) || is_besides_packs(inside)) continue;
    unread.push_back(inside.generic_string());
  }
  return unread;
}

Result<classifier::Classifier> load_classifier(const fs::path& dir) {
  const auto files = read_rule_packs(dir);
  if (!files) return fail(files.error());
  using enum classifier::PackChecks;
  auto rules = classifier::RuleSet::compile(*files, dir.empty() ? reading : all);
  if (!rules) return fail(rules.error());
  return classifier::Classifier(std::move(*rules));
}

}  // namespace qanat::app
