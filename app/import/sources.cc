#include "app/import/sources.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "app/input.h"

namespace qanat::app {
namespace {

namespace fs = std::filesystem;

SourceKind kind_of(std::string_view head) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  if (head.starts_with("WARC/") || head.starts_with("\x1f\x8b")) return SourceKind::warc;
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && head[first] == '{' ? SourceKind::desktop_export
                                                               : SourceKind::page;
}

Result<ImportSource> read_source(const std::string& path) {
  auto in = open_file(path);
  if (!in) return fail(in.error());
  constexpr std::size_t kHeadBytes = 64;
  std::string head(kHeadBytes, '\0');
  in->read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(in->gcount()));
  return ImportSource{.path = path, .kind = kind_of(head)};
}

/// What may be a page, a WARC or an export; media, style sheets and scripts lie beside them.
bool is_wanted(const fs::path& file) {
  const std::string name = file.filename().string();
  return name == "result.json" || name.ends_with(".html") || name.ends_with(".htm") ||
         name.ends_with(".warc") || name.ends_with(".warc.gz");
}

Result<std::vector<std::string>> files_in(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> files;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    if (at->is_regular_file(error) && is_wanted(at->path())) files.push_back(at->path().string());
  }
  if (error) return fail(Errc::usage, folder + ": " + error.message());
  if (files.empty()) {
    return fail(Errc::usage,
                folder + ": nothing to import; it has no .html, .warc, .warc.gz or result.json");
  }
  std::ranges::sort(files);
  return files;
}

Result<std::vector<std::string>> files_at(const std::string& path) {
  std::error_code error;
  if (!fs::exists(path, error)) {
    return fail(Errc::usage, path + ": " + (error ? error.message() : "no such file or folder"));
  }
  if (fs::is_directory(path, error)) return files_in(path);
  // It is read more than once, and a pipe gives its bytes once.
  if (!fs::is_regular_file(path, error)) {
    return fail(Errc::usage,
                path + ": not a regular file; save its output to a file and import that");
  }
  return std::vector{path};
}

}  // namespace

Result<std::vector<ImportSource>> find_sources(const std::vector<std::string>& paths,
                                               const std::optional<ChannelName>& channel) {
  std::vector<ImportSource> sources;
  for (const std::string& path : paths) {
    const auto files = files_at(path);
    if (!files) return fail(files.error());
    for (const std::string& file : *files) {
      auto source = read_source(file);
      if (!source) return fail(source.error());
      if (source->kind == SourceKind::desktop_export && !channel) {
        return fail(Errc::usage,
                    file +
                        ": a Telegram Desktop export does not name its channel; "
                        "name the channel with --channel");
      }
      sources.push_back(*std::move(source));
    }
  }
  return sources;
}

}  // namespace qanat::app
