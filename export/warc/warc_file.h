#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "export/output_file.h"
#include "export/warc/record.h"

namespace qanat::exporting::warc {

/// What was written.
struct WarcReport {
  std::int64_t responses = 0;
  std::int64_t revisits = 0;
  std::int64_t bytes = 0;  ///< of the WARC
};

/// A WARC 1.1 file with one gzip member a record, and its CDXJ index beside it (FILE.cdxj). The
/// same pages in the same order under the same name give the same bytes. Both files appear as
/// OutputFile's do, the index last. Keeps in memory a line of the index for each page.
///
/// Errors of every call: those of OutputFile.
class WarcFile {
 public:
  /// `software` is the maker, for the file's own record: "qanat/1.0".
  static Result<WarcFile> create(const std::string& path, std::string software);

  /// A page whose body the file already has becomes a revisit of it.
  Result<void> add(const FetchedPage& page);

  /// The last call.
  Result<WarcReport> finish();

 private:
  WarcFile(std::string path, std::string software, OutputFile file);

  /// Writes a record as a gzip member; gives its length.
  Result<std::int64_t> write(const std::string& record);

  std::string path_;
  std::string name_;  ///< of the file, without its folder
  std::string software_;
  OutputFile file_;
  std::map<std::string, FirstFetch, std::less<>> seen_;  ///< by snapshot
  std::vector<std::string> index_;
  WarcReport report_;
};

}  // namespace qanat::exporting::warc
