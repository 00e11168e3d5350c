#include "export/warc/warc_file.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "export/compression.h"
#include "export/stable_uuid.h"
#include "export/warc/cdxj.h"

namespace qanat::exporting::warc {

WarcFile::WarcFile(std::string path, std::string software, OutputFile file)
    : path_(std::move(path)),
      name_(std::filesystem::path(path_).filename().string()),
      software_(std::move(software)),
      file_(std::move(file)) {}

Result<WarcFile> WarcFile::create(const std::string& path, std::string software) {
  auto file = OutputFile::open(path);
  if (!file) return fail(file.error());
  return WarcFile(path, std::move(software), *std::move(file));
}

Result<std::int64_t> WarcFile::write(const std::string& record) {
  std::string member;
  const auto compressor = gzip_compressor();
  compressor->add(record, member);
  compressor->finish(member);
  if (auto written = file_.write(member); !written) return fail(written.error());
  return static_cast<std::int64_t>(member.size());
}

Result<void> WarcFile::add(const FetchedPage& page) {
  if (index_.empty()) {
    const auto written = write(info_record(name_, page.fetched_at, software_));
    if (!written) return fail(written.error());
  }
  // The number tells two fetches of one address in one second apart.
  const std::string id = stable_uuid(page.url + " " + format_instant(page.fetched_at) + " " +
                                     page.snapshot + " " + std::to_string(index_.size()));
  const auto [first, is_new] =
      seen_.try_emplace(page.snapshot, FirstFetch{id, page.url, page.fetched_at});
  const std::int64_t offset = file_.size();
  const auto length =
      write(is_new ? response_record(page, id) : revisit_record(page, id, first->second));
  if (!length) return fail(length.error());
  index_.push_back(index_line(page,
                              is_new ? "text/html" : "warc/revisit",
                              {.file = name_, .offset = offset, .length = *length}));
  ++(is_new ? report_.responses : report_.revisits);
  return {};
}

Result<WarcReport> WarcFile::finish() {
  // The index of an earlier export would lead astray, were this one killed before its own is there.
  std::error_code ignored;
  std::filesystem::remove(path_ + ".cdxj", ignored);
  if (auto finished = file_.finish(); !finished) return fail(finished.error());
  report_.bytes = file_.size();
  std::ranges::sort(index_);
  auto index = OutputFile::open(path_ + ".cdxj");
  if (!index) return fail(index.error());
  for (const std::string& line : index_) {
    if (auto written = index->write(line + '\n'); !written) return fail(written.error());
  }
  if (auto finished = index->finish(); !finished) return fail(finished.error());
  return report_;
}

}  // namespace qanat::exporting::warc
