#include "export/dataset/data_set.h"

namespace qanat::exporting {
namespace {

template <class Member>
std::int64_t sum_of(const std::vector<DataFile>& files, Member member) {
  std::int64_t sum = 0;
  for (const DataFile& file : files) sum += file.written.*member;
  return sum;
}

}  // namespace

std::int64_t DataPart::rows() const { return sum_of(files, &WrittenFile::rows); }
std::int64_t DataPart::bytes() const { return sum_of(files, &WrittenFile::bytes); }
std::int64_t DataPart::raw_bytes() const { return sum_of(files, &WrittenFile::raw_bytes); }

}  // namespace qanat::exporting
