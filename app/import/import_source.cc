#include "app/import/import_source.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <utility>

#include <sys/stat.h>

#include "app/input.h"
#include "app/units.h"
#include "base/sha256.h"
#include "crawler/page_url.h"
#include "importer/warc_reader.h"

namespace qanat::app {
namespace {

/// When the file was last written: the moment that its content is of.
Instant written_at(const std::string& path) {
  struct stat found{};
  if (::stat(path.c_str(), &found) != 0) return {};
  return Instant(std::chrono::seconds(found.st_mtim.tv_sec));
}

/// "file:page-2.html": names no folder of this machine.
std::string file_url(const std::string& path) {
  return "file:" + std::filesystem::path(path).filename().string();
}

bool is_preview_url(const std::string& url, const std::vector<std::string>& hosts) {
  return std::ranges::find(hosts, crawler::host_of(url)) != hosts.end() &&
         url.find("/s/") != std::string::npos;
}

// Saved pages -------------------------------------------------------------------------------------

Result<void> import_page(const std::string& path, Importer& importer) {
  auto body = read_file(path,
                        {.bytes = parser::Limits().max_bytes,
                         .remedy = "no page of Telegram is that large",
                         .code = Errc::usage});
  if (!body) {
    importer.refuse(body.error().message);
    return {};
  }
  return importer.add_page({.url = file_url(path),
                            .host = std::string(kFileHost),
                            .fetched_at = written_at(path),
                            .body = *std::move(body)});
}

// WARCs -------------------------------------------------------------------------------------------

/// Reads the file to its end. Errors: it cannot be read, or no channel's preview is in it.
Result<void> check_warc(const std::string& path, const std::vector<std::string>& hosts) {
  auto in = open_file(path);
  if (!in) return fail(in.error());
  bool has_preview = false;
  const auto tally = importer::read_warc(
      *in,
      [&](const std::string& url) {
        has_preview = has_preview || is_preview_url(url, hosts);
        return false;
      },
      [](const importer::WarcPage&) { return Result<void>(); });
  if (!tally) return fail(Error{tally.error()}.within(path));
  if (has_preview) return {};
  return fail(
      Errc::usage,
      path + ": no page of https://t.me/s/ among the " + counted(tally->responses, "response"));
}

/// The pages of a WARC on their way to the importer.
class WarcPages {
 public:
  explicit WarcPages(Importer& importer) : importer_(importer) {}

  Result<void> add(importer::WarcPage page) {
    if (page.is_revisit) {
      auto body = earlier_body(page.digest);
      if (!body) return fail(body.error());
      if (!*body) return {};
      page.body = **std::move(body);
    } else if (!page.digest.empty()) {
      snapshots_.insert_or_assign(page.digest, "sha256:" + sha256_hex(page.body));
    }
    return importer_.add_page({.url = page.url,
                               .host = crawler::host_of(page.url),
                               .fetched_at = page.fetched_at,
                               .status = page.status,
                               .headers = std::move(page.headers),
                               .body = std::move(page.body)});
  }

 private:
  /// Nothing when the file had none of that digest, or the archive did not need it.
  Result<std::optional<std::string>> earlier_body(const std::string& digest) {
    const auto found = snapshots_.find(digest);
    if (found == snapshots_.end()) return std::nullopt;
    return importer_.archived(found->second);
  }

  Importer& importer_;
  std::map<std::string, std::string> snapshots_;  ///< by digest
};

Result<void> import_warc(const std::string& path,
                         const std::vector<std::string>& hosts,
                         Importer& importer) {
  if (const auto sound = check_warc(path, hosts); !sound) {
    importer.refuse(sound.error().message);
    return {};
  }
  auto in = open_file(path);
  if (!in) return fail(in.error());
  WarcPages pages(importer);
  const auto tally = importer::read_warc(
      *in,
      [&](const std::string& url) { return is_preview_url(url, hosts); },
      [&](importer::WarcPage page) { return pages.add(std::move(page)); });
  if (!tally) return fail(tally.error());
  const std::string place = path + ": ";
  for (const std::string& why : tally->unreadable) importer.refuse(place + why);
  return {};
}

// Telegram Desktop's export -----------------------------------------------------------------------

using TakeBatch = std::function<Result<void>(importer::DesktopBatch)>;

Result<void> read_export(const std::string& path,
                         const ChannelName& channel,
                         const TakeBatch& take) {
  auto in = open_file(path);
  if (!in) return fail(in.error());
  return importer::read_desktop_export(*in, channel, take);
}

Result<void> import_desktop_export(const std::string& path,
                                   const ChannelName& channel,
                                   Importer& importer) {
  ShownChannel shown;
  const auto sound =
      read_export(path, channel, [&](const importer::DesktopBatch& batch) -> Result<void> {
        shown.numeric_id = batch.numeric_id;
        return {};
      });
  if (!sound) {
    importer.refuse(Error{sound.error()}.within(path).message);
    return {};
  }
  const auto mistake = importer.mistaken(shown, channel);
  if (!mistake) return fail(mistake.error());
  if (!mistake->empty()) {
    importer.refuse(path + ": " + *mistake);
    return {};
  }
  return read_export(path, channel, [&](importer::DesktopBatch batch) {
    return importer.add_messages(file_url(path), written_at(path), std::move(batch));
  });
}

}  // namespace

Result<void> import_source(const ImportSource& source,
                           const std::optional<ChannelName>& channel,
                           const std::vector<std::string>& hosts,
                           Importer& importer) {
  switch (source.kind) {
    case SourceKind::page: return import_page(source.path, importer);
    case SourceKind::warc: return import_warc(source.path, hosts, importer);
    case SourceKind::desktop_export:
      return import_desktop_export(source.path, channel.value(), importer);
  }
  std::unreachable();
}

}  // namespace qanat::app
