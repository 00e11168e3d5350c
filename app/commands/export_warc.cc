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
  /// Of these channels; of all, when none is named.
  WarcExport(store::SnapshotArchive& archive, std::vector<ChannelName> channels)
      : archive_(archive), channels_(std::move(channels)) {}

  /// Those of the months that have a page to write: a WARC without any is no gzip file.
  Result<std::vector<std::string>> months_with_pages(const std::vector<std::string>& months) {
    std::vector<std::string> out;
    for (const std::string& month : months) {
      bool has_page = false;
      const auto read =
          archive_.for_each_fetch(month, std::nullopt, [&](const store::ArchivedFetch& fetch) {
            if (!wants(fetch)) return true;
            if (fetch.erased) {
              ++erased_;
            } else {
              has_page = true;
            }
            return true;
          });
      if (!read) return fail(read.error());
      if (has_page) out.push_back(month);
    }
    return out;
  }

  /// All of the months in one file.
  Result<WarcReport> write_file(const std::string& path, const std::vector<std::string>& months) {
    auto file = WarcFile::create(path, "qanat/" + std::string(kVersion));
    if (!file) return fail(file.error());
    for (const std::string& month : months) {
      if (auto added = add_month(*file, month); !added) return fail(added.error());
    }
    return file->finish();
  }

  /// A file for each month.
  Result<WarcReport> write_folder(const fs::path& folder, const std::vector<std::string>& months) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return fail(Errc::storage, folder.string() + ": " + error.message());
    WarcReport sum;
    for (const std::string& month : months) {
      const fs::path file = folder / ("qanat-" + month + ".warc.gz");
      const auto report = write_file(file.string(), {month});
      if (!report) return report;
      sum.responses += report->responses;
      sum.revisits += report->revisits;
      sum.bytes += report->bytes;
    }
    return sum;
  }

  /// Fetches whose bytes were taken out for good.
  [[nodiscard]] std::int64_t erased() const { return erased_; }

 private:
  Result<void> add_month(WarcFile& file, const std::string& month) {
    Result<void> added;
    const auto read =
        archive_.for_each_fetch(month, std::nullopt, [&](const store::ArchivedFetch& fetch) {
          if (wants(fetch) && !fetch.erased) added = add(file, fetch);
          return added.has_value();
        });
    return added ? read : added;
  }

  [[nodiscard]] bool wants(const store::ArchivedFetch& fetch) const {
    // What `qanat import` took from a file has no address on the web.
    if (!fetch.url.starts_with("http")) return false;
    return channels_.empty() || std::ranges::binary_search(channels_, fetch.channel);
  }

  Result<void> add(WarcFile& file, const store::ArchivedFetch& fetch) {
    auto body = archive_.body(fetch.snapshot);
    if (!body) return fail(body.error());
    if (!*body) {
      return fail(Errc::storage_unusable,
                  "the archive lacks the bytes of " + fetch.snapshot +
                      ": restore its months from a backup");
    }
    return file.add({.url = fetch.url,
                     .fetched_at = fetch.fetched_at,
                     .status = fetch.status,
                     .headers = fetch.headers,
                     .body = **std::move(body),
                     .snapshot = fetch.snapshot});
  }

  store::SnapshotArchive& archive_;
  std::vector<ChannelName> channels_;  ///< by name
  std::int64_t erased_ = 0;
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

Result<WarcReport> write_warcs(WarcExport& pages,
                               const std::string& target,
                               const std::vector<std::string>& months) {
  if (months.empty()) return WarcReport{};
  return target.ends_with(".warc.gz") ? pages.write_file(target, months)
                                      : pages.write_folder(target, months);
}

Result<int> export_warc(const Session& session, const WarcOptions& options) {
  if (auto free = check_warc_target(session, options.target); !free) return fail(free.error());
  auto channels = read_channel_names(options.channels);
  if (!channels) return fail(channels.error());
  if (auto met = check_stored(session, *channels); !met) return fail(met.error());
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  auto archive = open_archive(loaded->config.store);
  if (!archive) return fail(archive.error());
  const auto all_months = archive->months();
  if (!all_months) return fail(all_months.error());
  WarcExport pages(*archive, *std::move(channels));
  const auto months = pages.months_with_pages(*all_months);
  if (!months) return fail(months.error());
  const auto report = write_warcs(pages, options.target, *months);
  if (!report) return fail(report.error());
  if (months->empty()) session.err << "no file was written: the archive has no such pages\n";
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
  command->callback([&session, options] {
    session.action = [&session, options] { return export_warc(session, *options); };
  });
}

}  // namespace qanat::app
