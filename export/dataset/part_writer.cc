#include "export/dataset/part_writer.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "export/disk.h"

namespace qanat::exporting {
namespace {

/// Five digits, as the Hub writes them.
std::string five_digits(std::size_t number) {
  constexpr std::size_t kDigits = 5;
  const std::string digits = std::to_string(number);
  return std::string(kDigits - std::min(kDigits, digits.size()), '0') + digits;
}

}  // namespace

Result<void> PartWriter::write(const Record& record) {
  if (!file_) {
    if (auto begun = begin_file(); !begun) return begun;
  }
  if (auto written = file_->write(record); !written) return written;
  return file_->size() < file_bytes_ ? Result<void>{} : end_file();
}

Result<DataPart> PartWriter::finish() {
  if (!file_ && ended_.empty()) {
    if (auto begun = begin_file(); !begun) return fail(begun.error());
  }
  if (file_) {
    if (auto ended = end_file(); !ended) return fail(ended.error());
  }
  for (std::size_t i = 0; i < ended_.size(); ++i) {
    ended_[i].path =
        "data/" + name_ + "-" + five_digits(i) + "-of-" + five_digits(ended_.size()) + ".parquet";
    const std::string path = folder_->file(ended_[i].path);
    if (std::rename(unnamed(i).c_str(), path.c_str()) != 0) return fail(disk_error(path, errno));
  }
  return DataPart{.name = name_, .files = std::move(ended_)};
}

Result<void> PartWriter::begin_file() {
  auto file = RecordFile::create(unnamed(ended_.size()), *selection_);
  if (!file) return fail(file.error());
  file_.emplace(*std::move(file));
  return {};
}

Result<void> PartWriter::end_file() {
  auto written = file_->finish(program_);
  if (!written) return fail(written.error());
  file_.reset();
  ended_.push_back({.path = "", .written = *std::move(written)});
  return {};
}

std::string PartWriter::unnamed(std::size_t index) const {
  return folder_->file("data/" + name_ + "-" + five_digits(index) + ".parquet");
}

}  // namespace qanat::exporting
