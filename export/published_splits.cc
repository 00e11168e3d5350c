#include "export/published_splits.h"

#include <algorithm>
#include <filesystem>

#include "base/post_id.h"
#include "export/manifest.h"
#include "record/json.h"

namespace qanat::exporting {
namespace {

using record::Json;

constexpr std::string_view kHeader = "id,split";

std::string path_in(const std::string& folder, const char* name) {
  return (std::filesystem::path(folder) / name).string();
}

std::optional<PublishedSplit> read_split_line(std::string_view line) {
  const std::size_t comma = line.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  auto id = parse_post_id(line.substr(0, comma));
  if (!id) return std::nullopt;
  return PublishedSplit{.id = *std::move(id), .part = std::string(line.substr(comma + 1))};
}

/// Of a manifest whose hash is right: its keys are those that we wrote.
std::optional<PublishedPlan> plan_of(const Json& split) {
  PublishedPlan out;
  out.plan.parts.clear();
  for (const auto& [name, share] : split.at("shares").items()) {
    out.plan.parts.push_back({.name = name, .share = share});
  }
  for (const SplitBy by : kSplitChoices) {
    if (split.at("by") == name_of(by)) out.plan.by = by;
  }
  for (const Json& cut : split.at("cuts")) {
    // A cut behind every post has no moment.
    const auto moment = cut.is_null() ? Instant::max() : parse_instant(cut.get<std::string>());
    if (!moment) return std::nullopt;
    out.cuts.push_back(*moment);
  }
  return out;
}

/// Another list of splits would put posts that somebody trained on into the test.
Result<void> check_splits_file(const std::string& folder, const std::vector<ManifestFile>& files) {
  const auto listed = std::ranges::find(files, kSplitsName, &ManifestFile::path);
  if (listed == files.end()) {
    return fail(Errc::usage, folder + ": its manifest names no " + kSplitsName);
  }
  const auto differs = difference_from(*listed, folder);
  if (!differs) return fail(differs.error());
  if (!*differs) return {};
  return fail(Errc::usage,
              folder + ": " + (*differs)->path + " " + (*differs)->problem +
                  ": bring it back from where the set was published");
}

}  // namespace

Result<PublishedPlan> read_published_plan(const std::string& folder) {
  const auto text = read_manifest_file(folder);
  if (!text) return fail(text.error());
  const auto files = read_manifest(*text);
  if (!files) return fail(Error{files.error()}.within(folder));
  if (auto sound = check_splits_file(folder, *files); !sound) return fail(sound.error());
  const Json manifest = Json::parse(*text);
  const Json split = manifest.value("split", Json());
  auto plan = split.contains("cuts") ? plan_of(split) : std::nullopt;
  if (!plan) return fail(Errc::usage, folder + ": the manifest does not say how the set was split");
  return *std::move(plan);
}

Result<PublishedSplits> PublishedSplits::open(const std::string& folder) {
  const std::string path = path_in(folder, kSplitsName);
  auto reader = LineReader::open(path);
  if (!reader) return fail(reader.error());
  std::string header;
  const auto begun = reader->next(header);
  if (!begun) return fail(begun.error());
  if (!*begun || header != kHeader) return fail(Errc::usage, path + ":1: not a list of splits");
  PublishedSplits splits(path, *std::move(reader));
  if (auto first = splits.advance(); !first) return fail(first.error());
  return splits;
}

Result<void> PublishedSplits::advance() {
  std::string line;
  const auto more = reader_.next(line);
  if (!more) return fail(more.error());
  ++line_;
  if (!*more) {
    current_.reset();
    return {};
  }
  auto read = read_split_line(line);
  if (!read || (current_ && read->id <= current_->id)) {
    return fail(
        Errc::usage,
        path_ + ":" + std::to_string(line_) + ": not a row of a list of splits, or out of order");
  }
  current_ = *std::move(read);
  return {};
}

Result<SplitsFile> SplitsFile::create(const std::string& path, const std::string& earlier) {
  auto file = TextFile::open(path);
  if (!file) return fail(file.error());
  std::optional<PublishedSplits> published;
  if (!earlier.empty()) {
    auto opened = PublishedSplits::open(earlier);
    if (!opened) return fail(opened.error());
    published = *std::move(opened);
  }
  if (auto begun = file->write(std::string(kHeader) + '\n'); !begun) return fail(begun.error());
  return SplitsFile(*std::move(file), std::move(published));
}

Result<void> SplitsFile::write(const PostId& id, const std::string& part) {
  if (auto written = write_earlier(&id); !written) return written;
  return write_line(id, part);
}

Result<WrittenFile> SplitsFile::finish() {
  if (auto written = write_earlier(nullptr); !written) return fail(written.error());
  return file_.finish();
}

Result<void> SplitsFile::write_earlier(const PostId* id) {
  while (earlier_ && earlier_->current()) {
    const PublishedSplit& split = *earlier_->current();
    if (id != nullptr && *id < split.id) return {};
    if (id == nullptr || split.id < *id) {
      if (auto written = write_line(split.id, split.part); !written) return written;
    }
    if (auto moved = earlier_->advance(); !moved) return moved;
  }
  return {};
}

Result<void> SplitsFile::write_line(const PostId& id, const std::string& part) {
  return file_.write_row(id.str() + ',' + part + '\n');
}

}  // namespace qanat::exporting
