#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "app/commands/archive.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/open_store.h"
#include "app/output_target.h"
#include "app/record_filter.h"
#include "app/units.h"
#include "app/version.h"
#include "export/warc/warc_file.h"

namespace qanat::app {
namespace {

namespace fs = std::filesystem;
using exporting::warc::WarcFile;
using exporting::warc::WarcReport;

struct WarcOptions {
  std::string target;
  std::vector<std::string> channels;
};

/// The archive on its way into WARCs.
class WarcExport {
 public:
  /// Of these channels; of all, when none is named. `target`: a file, or a folder that gets one for
  /// each month.
  WarcExport(store::SnapshotArchive& archive, std::vector<ChannelName> channels, fs::path target)
      : archive_(archive), channels_(std::move(channels)), target_(std::move(target)) {}

  Result<WarcReport> write(const std::vector<std::string>& months) {
    for (const std::string& month : months) {
      if (auto added = add_month(month); !added) return fail(added.error());
      if (is_file()) continue;
      if (auto finished = finish_file(month); !finished) return fail(finished.error());
    }
    if (is_file()) {
      if (auto finished = finish_file({}); !finished) return fail(finished.error());
    }
    return sum_;
  }

  /// Nothing was there to write.
  [[nodiscard]] bool is_empty() const { return is_empty_; }
  /// Fetches whose bytes were taken out for good.
  [[nodiscard]] std::int64_t erased() const { return erased_; }
  /// Files of earlier exports that are gone: all of their pages were taken out for good.
  [[nodiscard]] const std::vector<std::string>& outdated() const { return outdated_; }

 private:
  [[nodiscard]] bool is_file() const { return target_.string().ends_with(".warc.gz"); }

  Result<void> add_month(const std::string& month) {
    Result<void> added;
    const auto read =
        archive_.for_each_fetch(month, std::nullopt, [&](const store::ArchivedFetch& fetch) {
          if (!wants(fetch)) return true;
          if (fetch.erased) {
            ++erased_;
            has_erased_ = true;
          } else {
            added = add(month, fetch);
          }
          return added.has_value();
        });
    return added ? read : added;
  }

  [[nodiscard]] bool wants(const store::ArchivedFetch& fetch) const {
    // What `qanat import` took from a file has no address on the web.
    if (!fetch.url.starts_with("http")) return false;
    return channels_.empty() || std::ranges::binary_search(channels_, fetch.channel);
  }

  /// The month's, or that of all; it begins with the first page: a WARC without any is no gzip
  /// file.
  Result<void> begin_file(const std::string& month) {
    if (file_) return {};
    std::error_code error;
    if (!is_file()) fs::create_directories(target_, error);
    if (error) return fail(Errc::storage, target_.string() + ": " + error.message());
    auto file = WarcFile::create(file_of(month).string(), "qanat/" + std::string(kVersion));
    if (!file) return fail(file.error());
    file_.emplace(*std::move(file));
    is_empty_ = false;
    return {};
  }

  [[nodiscard]] fs::path file_of(const std::string& month) const {
    return is_file() ? target_ : target_ / ("qanat-" + month + ".warc.gz");
  }

  Result<void> finish_file(const std::string& month) {
    const bool has_erased = std::exchange(has_erased_, false);
    if (!file_) return has_erased ? remove_outdated(file_of(month)) : Result<void>();
    const auto report = file_->finish();
    file_.reset();
    if (!report) return fail(report.error());
    sum_.responses += report->responses;
    sum_.revisits += report->revisits;
    sum_.bytes += report->bytes;
    return {};
  }

  /// What an earlier export wrote when the pages had their bytes; the index first.
  Result<void> remove_outdated(const fs::path& file) {
    std::error_code error;
    fs::remove(file.string() + ".cdxj", error);
    if (!error && fs::remove(file, error)) outdated_.push_back(file.string());
    return error ? fail(Errc::storage, file.string() + ": " + error.message()) : Result<void>();
  }

  Result<void> add(const std::string& month, const store::ArchivedFetch& fetch) {
    if (auto begun = begin_file(month); !begun) return begun;
    auto body = archive_.body(fetch.snapshot);
    if (!body) return fail(body.error());
    if (!*body) {
      return fail(Errc::storage_unusable,
                  "the archive lacks the bytes of " + fetch.snapshot +
                      ": restore its months from a backup");
    }
    return file_->add({.url = fetch.url,
                       .fetched_at = fetch.fetched_at,
                       .status = fetch.status,
                       .headers = fetch.headers,
                       .body = **std::move(body),
                       .snapshot = fetch.snapshot});
  }

  store::SnapshotArchive& archive_;
  std::vector<ChannelName> channels_;  ///< by name
  fs::path target_;
  std::optional<WarcFile> file_;
  WarcReport sum_;
  bool is_empty_ = true;
  std::int64_t erased_ = 0;
  bool has_erased_ = false;  ///< for the file that is being written
  std::vector<std::string> outdated_;
};

/// Without a channel's name the archive is enough: the store need not be there.
Result<void> check_stored(const Session& session, const std::vector<ChannelName>& channels) {
  if (channels.empty()) return {};
  auto store = open_store(session, store::Access::read_only);
  return store ? check_channels(*store, channels) : fail(store.error());
}

Result<void> check_warc_target(const Session& session, const std::string& target) {
  if (target != "-") return check_output(session, {.files = {target}, .read = {}});
  return fail(
      Errc::usage,
      "a WARC is written with an index beside it; name a folder, or a file that ends in .warc.gz");
}

Result<int> export_warc(const Session& session, const WarcOptions& options) {
  if (auto free = check_warc_target(session, options.target); !free) return fail(free.error());
  auto channels = read_channel_names(options.channels);
  if (!channels) return fail(channels.error());
  if (auto met = check_stored(session, *channels); !met) return fail(met.error());
  auto archive = open_archive(session);
  if (!archive) return fail(archive.error());
  const auto months = archive->months();
  if (!months) return fail(months.error());
  WarcExport pages(*archive, *std::move(channels), options.target);
  const auto report = pages.write(*months);
  if (!report) return fail(report.error());
  if (pages.is_empty()) session.err << "no file was written: the archive has no such pages\n";
  for (const std::string& file : pages.outdated()) {
    session.err << file << ": deleted, because all of its pages were redacted\n";
  }
  if (pages.erased() > 0) {
    session.err << "left out, because their bytes were redacted: "
                << counted(pages.erased(), "fetched page") << '\n';
  }
  session.err << counted(report->responses, "response") << ", "
              << counted(report->revisits, "revisit") << ", " << counted(report->bytes, "byte")
              << "\nnot redacted: a WARC holds the pages as they were fetched\n";
  return kExitFine;
}

}  // namespace

void add_export_warc(CLI::App& group, Session& session) {
  CLI::App* command = add_command(group,
                                  "warc",
                                  "Write the archived pages, as fetched, as WARC 1.1 with an index",
                                  "qanat export warc pages/              # a file for each month\n"
                                  "qanat export warc some.warc.gz --channel some_channel");
  auto options = std::make_shared<WarcOptions>();
  command->add_option("target", options->target, "A folder, or a file whose name ends in .warc.gz")
      ->type_name("DIR|FILE")
      ->required();
  add_channels_option(*command, options->channels);
  set_action(*command, session, [&session, options] { return export_warc(session, *options); });
}

}  // namespace qanat::app
