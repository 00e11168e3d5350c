#include "export/huggingface.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "export/dataset/card.h"
#include "export/dataset/croissant.h"
#include "export/dataset/data_package.h"
#include "export/dataset/json_schema.h"
#include "export/dataset/leakage.h"
#include "export/dataset/part_writer.h"
#include "export/field_table.h"
#include "export/manifest.h"
#include "export/output_file.h"
#include "export/output_folder.h"
#include "export/placement.h"
#include "export/pretty_json.h"
#include "export/published_splits.h"
#include "export/removals_file.h"
#include "export/rows.h"
#include "export/selection_json.h"

namespace qanat::exporting {
namespace {

using record::Json;

std::string name_of_folder(const std::string& path) {
  const std::filesystem::path target = std::filesystem::absolute(path);
  return (target.has_filename() ? target : target.parent_path()).filename().string();
}

Json split_json(const DataSet& set) {
  Json shares = Json::object();
  for (const SplitPart& part : set.plan.parts) shares[part.name] = part.share;
  Json cuts = Json::array();
  for (const Instant cut : set.cuts) {
    cuts.push_back(cut == Instant::max() ? Json(nullptr) : Json(format_instant(cut)));
  }
  return {{"by", name_of(set.plan.by)},
          {"shares", std::move(shares)},
          {"cuts", std::move(cuts)},
          {"leaked_posts", set.leaked},
          {"without_date", set.without_date},
          {"kept_places", set.kept_places},
          {"left_out_leaks", set.left_out_leaks}};
}

Json parts_json(const DataSet& set) {
  Json out = Json::object();
  for (const DataPart& part : set.parts) out[part.name] = {{"rows", part.rows()}};
  return out;
}

Json redaction_json(const DataSet& set) {
  if (!set.redacted) return {{"done", false}, {"because", set.not_redacted_because}};
  Json counts = Json::object();
  for (const auto& [kind, count] : *set.redacted) counts[kind] = count;
  return {{"done", true}, {"counts", std::move(counts)}};
}

Json about(const DataSet& set) {
  return {{"format", "huggingface"},
          {"program", set.program},
          {"record", record::kPostSchema},
          {"filter", selection_json(set.selection)},
          {"split", split_json(set)},
          {"parts", parts_json(set)},
          {"counts", row_counts_json(set.counts)},
          {"redaction", redaction_json(set)},
          {"parsers", set.fingerprints.parsers},
          {"rulesets", set.fingerprints.rulesets}};
}

/// One export, on its way.
class Writing {
 public:
  /// `selection` and `placement` outlive it.
  Writing(OutputFolder folder,
          const Selection& selection,
          const DataSetOptions& options,
          const Placement& placement)
      : folder_(std::move(folder)), placement_(&placement), earlier_(options.splits_of) {
    set_.cuts = placement.splitter().cuts();
    set_.title = options.title.empty() ? name_of_folder(options.folder) : options.title;
    set_.program = options.program;
    set_.plan = options.plan;
    set_.requests_per_second = options.requests_per_second;
    set_.contact = options.contact;
    set_.judging = options.judging;
    set_.not_redacted_because = selection.not_redacted_because;
    if (options.is_archived) set_.without_bytes = 0;
    is_archived_ = options.is_archived;
    for (const SplitPart& part : set_.plan.parts) {
      parts_.emplace_back(folder_, selection, part.name, set_.program, options.file_bytes);
    }
  }

  Result<void> write_rows(store::Store& store, const Selection& selection) {
    if (auto added = folder_.add_folder("data"); !added) return added;
    auto pass = placement_->begin();
    if (!pass) return fail(pass.error());
    auto splits = SplitsFile::create(folder_.file(kSplitsName), earlier_);
    if (!splits) return fail(splits.error());
    auto written = for_each_row(store, selection, [&](const Record& record) -> Result<void> {
      const auto is_written = write_row(record, *pass, *splits);
      if (!is_written) return fail(is_written.error());
      if (!*is_written && selection.redactor != nullptr) selection.redactor->take_back();
      return {};
    });
    if (!written) return written;
    const auto listed = splits->finish();
    if (!listed) return fail(listed.error());
    add_to_manifest(kSplitsName, *listed);
    if (selection.redactor != nullptr) set_.redacted = selection.redactor->counts();
    return finish_parts();
  }

  Result<void> tell_collection(store::Store& store) {
    auto collection = collection_of(store, set_.counts);
    if (!collection) return fail(collection.error());
    set_.collection = *std::move(collection);
    return {};
  }

  /// Of the channels that the set is of, under the names that they had, too.
  Result<void> list_removals(store::Store& store, const std::vector<ChannelName>& only) {
    auto removals = store.removals();
    if (!removals) return fail(removals.error());
    std::set<std::int64_t> numbers;
    for (const ChannelName& channel : only) {
      const auto number = store.numeric_id(channel);
      if (!number) return fail(number.error());
      if (*number) numbers.insert(**number);
    }
    std::erase_if(*removals, [&](const store::Removal& removal) {
      const store::RemovalTarget& target = removal.target;
      const bool is_of_set = std::ranges::find(only, target.channel) != only.end() ||
                             (target.numeric_id && numbers.contains(*target.numeric_id));
      return !only.empty() && !is_of_set;
    });
    set_.removals = std::ssize(*removals);
    const auto written = write_text(kRemovalsName, removals_text(*removals));
    if (!written) return fail(written.error());
    add_to_manifest(kRemovalsName, *written);
    return {};
  }

  /// `looked_at`: the selection, of rows that are only looked at.
  Result<void> measure_leakage(store::Store& store, const Selection& looked_at) {
    set_.selection = looked_at;
    if (set_.plan.parts.size() == 1) return {};
    // By cluster there is none: a cluster has one part, unless it is made of published ones.
    if (set_.plan.by == SplitBy::cluster && !placement_->has_earlier()) return {};
    const auto leaked = count_leaked(store, looked_at, *placement_);
    if (!leaked) return fail(leaked.error());
    set_.leaked = *leaked;
    return {};
  }

  /// What describes the data; the manifest comes last, so that a folder with
  /// one is whole.
  Result<DataSet> describe() {
    const std::vector<std::pair<const char*, std::string>> files = {
        {"README.md", data_set_card(set_)},
        {"croissant.json", pretty_json(croissant(set_))},
        {"datapackage.json", pretty_json(data_package(set_))},
        {"schema.json", pretty_json(json_schema(record_fields()))}};
    for (const auto& [name, text] : files) {
      const auto written = write_text(name, text);
      if (!written) return fail(written.error());
      add_to_manifest(name, *written);
    }
    const auto manifest = write_text(kManifestName, manifest_text(about(set_), manifest_));
    if (!manifest) return fail(manifest.error());
    if (auto finished = folder_.finish(); !finished) return fail(finished.error());
    return std::move(set_);
  }

 private:
  Result<void> finish_parts() {
    for (PartWriter& part : parts_) {
      auto finished = part.finish();
      if (!finished) return fail(finished.error());
      for (const DataFile& file : finished->files) add_to_manifest(file.path, file.written);
      set_.parts.push_back(*std::move(finished));
    }
    return {};
  }

  /// False when it has no place.
  Result<bool> write_row(const Record& record, Placement::Pass& pass, SplitsFile& splits) {
    const auto place = pass.place(record);
    if (!place) return fail(place.error());
    if (!place->part) {
      ++(place->would_leak ? set_.left_out_leaks : set_.without_date);
      return false;
    }
    set_.kept_places += place->is_published ? 1 : 0;
    set_.counts.add(record);
    set_.fingerprints.add(record);
    look_for_bytes(record.provenance.snapshot);
    auto written = splits.write(record.post.id, set_.plan.parts[*place->part].name);
    if (written) written = parts_[*place->part].write(record);
    if (!written) return fail(written.error());
    return true;
  }

  /// A page shows many posts, and is looked for once.
  void look_for_bytes(const std::string& snapshot) {
    if (!is_archived_) return;
    const auto [found, is_new] = archived_.try_emplace(snapshot, false);
    if (is_new) found->second = is_archived_(snapshot);
    if (!found->second) ++*set_.without_bytes;
  }

  void add_to_manifest(const std::string& path, const WrittenFile& written) {
    manifest_.push_back({.path = path, .bytes = written.bytes, .sha256 = written.sha256});
  }

  Result<WrittenFile> write_text(const std::string& name, const std::string& text) {
    auto file = OutputFile::open(folder_.file(name));
    if (!file) return fail(file.error());
    if (auto written = file->write(text); !written) return fail(written.error());
    if (auto finished = file->finish(); !finished) return fail(finished.error());
    return WrittenFile{.bytes = file->size(), .sha256 = file->sha256()};
  }

  OutputFolder folder_;
  const Placement* placement_;
  std::string earlier_;
  DataSet set_;
  std::vector<PartWriter> parts_;
  std::vector<ManifestFile> manifest_;
  std::function<bool(const std::string& snapshot)> is_archived_;
  std::map<std::string, bool> archived_;  ///< by snapshot
};

}  // namespace

Result<DataSet> write_huggingface(store::Store& store,
                                  const Selection& selection,
                                  const DataSetOptions& options) {
  auto folder = OutputFolder::create(options.folder);
  if (!folder) return fail(folder.error());
  Selection looked_at = selection;
  looked_at.only_looked_at = true;
  const auto placement = Placement::make(store, looked_at, options.plan, options.splits_of);
  if (!placement) return fail(placement.error());
  Writing writing(*std::move(folder), selection, options, *placement);
  if (auto written = writing.write_rows(store, selection); !written) return fail(written.error());
  if (auto measured = writing.measure_leakage(store, looked_at); !measured)
    return fail(measured.error());
  if (auto told = writing.tell_collection(store); !told) return fail(told.error());
  if (auto listed = writing.list_removals(store, selection.stored.channels); !listed) {
    return fail(listed.error());
  }
  return writing.describe();
}

}  // namespace qanat::exporting
